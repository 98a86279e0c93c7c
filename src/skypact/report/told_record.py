"""What the public record says and does not say, in words."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.evidence.counts import LEFT_OUT
from skypact.evidence.rows import DOUBTS
from skypact.report.material import Record
from skypact.report.terminal import Line

CAUTION = (
    "Claims, not truth: these are one side's reports, not independently verified. What was fired at the weapons, "
    "which of them were decoys, and what was hit is not in them."
)
SOURCE = (
    "UA AirDefense Tracker by Petro Ivaniuk and others, from the bulletins of Ukraine's Air Force Command; Open Data "
    "Commons Attribution License 1.0 (ODC-BY 1.0). https://ua-airdefense-tracker.org/"
)
NIGHTLY = "This is the small record in the package: each of its reports is the sum of a night and class."
MOST_NAMES = 8


def left_out(document: Record) -> Iterator[str]:
    """What the counts leave out, a sentence each."""
    for name, number in document["left_out"].items():
        yield f"{number:,} {_reports(number)} {LEFT_OUT[name]}"
    if missing := sum(one["incomplete"] for one in document["totals"]):
        yield f"{missing:,} {_reports(missing)} without a number launched or destroyed, which are in no sum"


def imported(document: Record) -> Iterator[Line]:
    """What an import did."""
    rows, aside = document["rows"], len(document["set_aside"])
    yield Line(f"{document['file']}: {rows:,} {'row' if rows == 1 else 'rows'}, {aside:,} set aside")
    parts = [f"{document[name]:,} {name}" for name in ("added", "changed", "unchanged")]
    yield Line(f"reports of the file: {', '.join(parts)}", 1)
    if document["absent"]:
        yield Line(f"in the store and not in the file, kept without a row: {document['absent']:,}", 1)
    if document["open_end"]:
        yield Line("its last line has no end: was the file cut off?", 1)
    yield Line(f"{document['store']} holds {document['reports']:,} reports", 1)
    if not document["written"]:
        yield Line("nothing is different, so the store was left as it is", 1)
    for name, number in document["doubts"].items():
        yield Line(f"{number:,} {_reports(number)} {DOUBTS[name]}", 1)
    if names := document["unknown_weapons"]:
        shown = [f"{name!r} ({number})" for name, number in list(names.items())[:MOST_NAMES]]
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        yield Line(f"names that the table of weapons lacks: {', '.join(shown)}{more}", 1)
    if columns := document["unknown_columns"]:
        yield Line(f"columns that this version does not know, kept as they are: {', '.join(columns)}", 1)
    if columns := document["missing_columns"]:
        yield Line(f"columns that the file lacks: {', '.join(columns)}", 1)
    yield from changes(document)


def changes(document: Record) -> Iterator[Line]:
    """Where the record changes its ways."""
    if document["changes"]:
        yield Line("The record changes its ways; a step in numbers may be a step in what is counted:")
    for one in document["changes"]:
        yield Line(one["text"], 1)


def _reports(number: int) -> str:
    return "report" if number == 1 else "reports"
