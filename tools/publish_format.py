"""Write the JSON Schemas and the reference of the file formats from the models.

Usage: python tools/publish_format.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from skypact.campaigns import model as campaigns
from skypact.campaigns.model import Campaign
from skypact.campaigns.schema import campaign_results, campaign_schema
from skypact.evidence.laydown import DatedCount
from skypact.evidence.schema import evidence_schema
from skypact.placing.schema import place_results
from skypact.raid import model as raid
from skypact.raid.schema import LookRow, RaidFile, ThreatRow, TrackRow, UnitRow, WindowRow
from skypact.reading.publish import json_schema, models
from skypact.scenario.reference import reference, section, with_reference
from skypact.scenario.schema import scenario_schema
from skypact.study.schema import results_schema
from skypact.sweeps.model import Sweep

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scenario-reference.md"
CAMPAIGN_PAGE = ROOT / "docs" / "campaign.md"
SWEEP_PAGE = ROOT / "docs" / "sweep.md"
RAID_PAGE = ROOT / "docs" / "raid-format.md"
WORDS: dict[Any, type] = {
    RaidFile: raid.Raid,
    ThreatRow: raid.Threat,
    UnitRow: raid.Unit,
    WindowRow: raid.Window,
    LookRow: raid.Look,
    TrackRow: raid.Track,
}
"""Whose docstrings describe the rows of a raid file."""


def raid_schema() -> dict[str, Any]:
    """The JSON Schema of a raid file, in the words of `skypact.raid.model`."""
    schema = json_schema(RaidFile, "Skypact raid", WORDS)
    number = {"type": "integer", "minimum": 1}
    by_group = {"type": "object", "additionalProperties": number}
    for name in ("concurrency", "concurrency_late"):
        schema["properties"][name]["additionalProperties"] = {"anyOf": [number, by_group]}
    return schema


def raid_reference() -> str:
    """The fields of each kind of row of a raid file."""
    text = "\n".join(line for model, words in WORDS.items() for line in section(model, words))
    for model, words in WORDS.items():
        name, shown = model.__name__, words.__name__
        text = text.replace(f"[{name}](#{name.lower()})", f"[{shown}](#{shown.lower()})")
    return text


def campaign_reference() -> str:
    """The fields of each kind of object that a campaign file alone has; the others stand with the scenario."""
    own = [
        model for model in models(Campaign) if model.__module__ in (campaigns.__name__, DatedCount.__module__)
    ]
    text = "\n".join(line for model in own for line in section(model))
    here = {model.__name__.lower() for model in own}
    return re.sub(
        r"\]\(#(\w+)\)", lambda found: found[0] if found[1] in here else f"]({PAGE.name}#{found[1]})", text
    )


def published() -> dict[Path, str]:
    """What each published file should hold."""
    schemas = {
        "scenario": scenario_schema(),
        "raid": raid_schema(),
        "results": results_schema()
        | {"$defs": results_schema()["$defs"] | campaign_results() | place_results()},
        "evidence": evidence_schema(),
        "campaign": campaign_schema(),
        "sweep": json_schema(Sweep, "Skypact sweep"),
    }
    return {
        PAGE: with_reference(PAGE.read_text(encoding="utf-8"), reference()),
        SWEEP_PAGE: with_reference(
            SWEEP_PAGE.read_text(encoding="utf-8"),
            "\n".join(line for model in models(Sweep) for line in section(model)),
        ),
        CAMPAIGN_PAGE: with_reference(CAMPAIGN_PAGE.read_text(encoding="utf-8"), campaign_reference()),
        RAID_PAGE: with_reference(RAID_PAGE.read_text(encoding="utf-8"), raid_reference()),
        **{
            ROOT / "schema" / f"{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
            for name, schema in schemas.items()
        },
    }


if __name__ == "__main__":
    for path, text in published().items():
        path.write_text(text, encoding="utf-8")
