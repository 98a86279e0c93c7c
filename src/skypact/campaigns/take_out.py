"""The ledger of a campaign's result as a table: CSV, Parquet, and a Data Package that describes both."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from skypact.campaigns.results import FLOWS, CampaignResult
from skypact.reading import Problem, Problems
from skypact.reading.write import write_text

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("policy", "string", "Name of the policy"),
    ("owner", "string", "Whose stock"),
    ("munition", "string", "Of what"),
    (
        "column",
        "string",
        "Opening, produced, received, given, fired, lost or closing, over the whole campaign",
    ),
    ("mean", "number", "Rounds; mean over the replications of all sets"),
    ("p05", "number", "Rounds; 5th percentile"),
    ("p50", "number", "Rounds; median"),
    ("p95", "number", "Rounds; 95th percentile"),
)
"""Columns with their types and what they mean; the unit is rounds."""


def rows_of(result: CampaignResult) -> list[dict[str, Any]]:
    """A row for each policy, page and column of the ledger."""
    rows = []
    for policy, one in result.policies.items():
        for owner, munitions in one.stock.items():
            for munition, stock in munitions.items():
                for name in FLOWS:
                    found = stock.flows[name].to_dict()
                    numbers = {part: found[part] for part in ("mean", "p05", "p50", "p95")}
                    rows.append(
                        {"policy": policy, "owner": owner, "munition": munition, "column": name, **numbers}
                    )
    return rows


def write_package(result: CampaignResult, folder: str | Path) -> list[Path]:
    """Write ledger.csv, ledger.parquet and datapackage.json into a folder, which is made if it is not there.

    Raises
    ------
    Problems
        If pyarrow is missing.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        what = "writing Parquet needs pyarrow"
        raise Problems([Problem(str(folder), 0, 0, "", what, "pip install 'skypact[tables]'")]) from None
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rows = rows_of(result)
    names = [name for name, _, _ in FIELDS]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(target / "ledger.csv", text.getvalue())
    pq.write_table(
        pa.table(
            {
                name: pa.array([row[name] for row in rows], pa.string() if kind == "string" else pa.float64())
                for name, kind, _ in FIELDS
            }
        ),
        target / "ledger.parquet",
    )
    write_text(
        target / "datapackage.json", json.dumps(_described(result), indent=1, ensure_ascii=False) + "\n"
    )
    return [target / name for name in ("ledger.csv", "ledger.parquet", "datapackage.json")]


def _described(result: CampaignResult) -> dict[str, Any]:
    campaign = result.study.campaign
    fields = [
        {"name": name, "type": kind, "description": what, **({"unit": "rounds"} if kind == "number" else {})}
        for name, kind, what in FIELDS
    ]
    return {
        "name": f"{campaign.id}-ledger",
        "title": f"{campaign.title}: the ledger",
        "description": "Computed by Skypact. Opening stocks are notional; see the campaign's file.",
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit"}],
        "sources": [
            {"title": f"{one.title} ({one.publisher}, {one.date})", **({"path": one.url} if one.url else {})}
            for one in campaign.sources.values()
        ],
        "resources": [
            {
                "name": "ledger",
                "path": "ledger.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {"fields": fields, "primaryKey": ["policy", "owner", "munition", "column"]},
            },
            {
                "name": "ledger-parquet",
                "path": "ledger.parquet",
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
            },
        ],
    }
