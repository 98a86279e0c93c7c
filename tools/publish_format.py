"""Write the JSON Schemas and the reference of the file formats from the models.

Usage: python tools/publish_format.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skypact.evidence.schema import evidence_schema
from skypact.raid import model as raid
from skypact.raid.schema import DetectionRow, RaidFile, ThreatRow, UnitRow, WindowRow
from skypact.reading.publish import json_schema
from skypact.scenario.reference import with_reference
from skypact.scenario.schema import scenario_schema
from skypact.study.schema import results_schema

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scenario-format.md"


def raid_schema() -> dict[str, Any]:
    """The JSON Schema of a raid file, in the words of `skypact.raid.model`."""
    words: dict[Any, type] = {
        RaidFile: raid.Raid,
        ThreatRow: raid.Threat,
        UnitRow: raid.Unit,
        WindowRow: raid.Window,
        DetectionRow: raid.Detection,
    }
    schema = json_schema(RaidFile, "Skypact raid", words)
    number = {"type": "integer", "minimum": 0}
    by_group = {"type": "object", "additionalProperties": number}
    schema["properties"]["concurrency"]["additionalProperties"] = {"anyOf": [number, by_group]}
    return schema


def published() -> dict[Path, str]:
    """What each published file should hold."""
    schemas = {
        "scenario": scenario_schema(),
        "raid": raid_schema(),
        "results": results_schema(),
        "evidence": evidence_schema(),
    }
    return {
        PAGE: with_reference(PAGE.read_text(encoding="utf-8")),
        **{
            ROOT / "schema" / f"{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
            for name, schema in schemas.items()
        },
    }


if __name__ == "__main__":
    for path, text in published().items():
        path.write_text(text, encoding="utf-8")
