"""What forecasts of the public record expect."""

from __future__ import annotations

from skypact.evidence.counts import CLASS_NAMES
from skypact.evidence.score import ORIGINS, TARGETS
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Table, numbers, row

NOTE = "Forecasts of what will be claimed, from claims; each report has a distribution of its own (--output, --json)."


def expected(document: Record) -> Table:
    """The sums of what is expected, by class."""
    target = TARGETS[document["target"]]
    columns = (
        Column("Class"),
        numbers("Reports", "reports", Format.COUNT),
        numbers("Launched", "weapons", Format.COUNT),
        numbers("Expected", "weapons", Format.COUNT, f"{target}: the sum of the means of the forecasts"),
    )
    rows = []
    for strike, name in CLASS_NAMES.items():
        found = [one for one in document["forecasts"] if one["class"] == strike]
        if found:
            sums = (sum(one["launched"] for one in found), sum(one["mean"] for one in found))
            rows.append(row(name, Number(len(found)), *map(Number, sums)))
    span = f"{document['from']} to {document['until']}"
    title = f"Forecast: {target}, {ORIGINS[document['origin']]}, {span}"
    return Table("forecasts", title, columns, tuple(rows), NOTE)
