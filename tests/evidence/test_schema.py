"""What --json gives is as the published schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import skypact
from skypact.evidence.load import load_reports
from skypact.evidence.schema import evidence_schema
from tests.evidence.made import ROOT, a_report, some_reports, write

NAME = "ukraine-to-2025-06"


def valid(kind: str, document: Any) -> None:
    schema = {"$ref": f"#/$defs/{kind}", "$defs": evidence_schema()["$defs"]}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(document, allow_nan=False)))


def test_the_schema_is_valid_and_published() -> None:
    jsonschema.Draft202012Validator.check_schema(evidence_schema())
    assert (
        json.loads((ROOT / "schema" / "evidence.schema.json").read_text(encoding="utf-8"))
        == evidence_schema()
    )


def test_documents_are_as_described(tmp_path: Path) -> None:
    rows = [*some_reports(), a_report(model="Zmiy"), a_report(launched="ten"), a_report(model="Lancet")]
    valid("import", skypact.import_record(write(tmp_path / "m.csv", rows), tmp_path / "s.duckdb").to_dict())
    valid("show", skypact.record(tmp_path / "s.duckdb").to_dict())
    valid("show", skypact.record(NAME).to_dict())
    valid("show", skypact.record(NAME, since="2030-01").to_dict())


def test_recorded_nights_are_as_described() -> None:
    valid("raid", skypact.recorded_night(NAME, "2024-08-25").to_dict())


def test_forecasts_are_as_described() -> None:
    valid("forecast", skypact.forecast(NAME, since="2023-02", until="2023-02", target="S").to_dict())


def test_scores_are_as_described(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="scores need pandas, of the extra report")
    found = load_reports(NAME).forecastable()
    found = found.take(found.month.astype(str) == "2023-02")
    lines = ["row,target,origin,trained_to,pmf"]
    for row, launched in zip(found.row.tolist(), found.launched.tolist(), strict=True):
        lines.append(f"{row},S,month,2023-01-31,{' '.join([repr(1 / (launched + 1))] * (launched + 1))}")
    (tmp_path / "p.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    valid("score", skypact.score(NAME, tmp_path / "p.csv").to_dict())
