"""The ledger of a campaign's result as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from skypact.campaigns.results import FLOWS, CampaignResult
from skypact.exports.formats import write_tables
from skypact.exports.package import Package
from skypact.exports.sheet import Column, Row, Sheet

COLUMNS = (
    Column("policy", "string", "Name of the policy"),
    Column("owner", "string", "Whose stock"),
    Column("munition", "string", "Of what"),
    Column(
        "column",
        "string",
        "Opening, produced, received, given, fired, lost or closing, over the whole campaign",
    ),
    Column("mean", "number", "Mean over the replications of all sets", "rounds"),
    Column("p05", "number", "5th percentile", "rounds"),
    Column("p50", "number", "Median", "rounds"),
    Column("p95", "number", "95th percentile", "rounds"),
)


def ledger(result: CampaignResult) -> Sheet:
    """A row for each policy, page and column of the ledger."""
    return Sheet("ledger", f"{result.study.campaign.title}: the ledger", COLUMNS, tuple(_rows(result)))


def _rows(result: CampaignResult) -> Iterator[Row]:
    for policy, one in result.policies.items():
        for owner, munitions in one.stock.items():
            for munition, stock in munitions.items():
                for name in FLOWS:
                    found = stock.flows[name].to_dict()
                    numbers = {part: found[part] for part in ("mean", "p05", "p50", "p95")}
                    yield {"policy": policy, "owner": owner, "munition": munition, "column": name, **numbers}


def write_ledger(
    result: CampaignResult, into: str | Path, formats: str | Sequence[str] = ("csv", "parquet")
) -> tuple[Path, ...]:
    """Write the ledger into a folder, with a Data Package that describes it.

    Raises
    ------
    Problems
        As of `skypact.exports.formats.write_tables`.
    """
    campaign, sheet = result.study.campaign, ledger(result)
    note = "Computed by Skypact. Opening stocks are notional; see the campaign's file."
    package = Package(f"{campaign.id}-ledger", sheet.title, note, list(campaign.sources.values()), ["MIT"])
    return write_tables((sheet,), "ledger", formats, into, package)
