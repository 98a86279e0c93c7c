"""Two scenario files: what differs in them, and what that changes."""

from __future__ import annotations

import json
from typing import Any

from skypact.formatting import at, class_name
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Row, Table, numbers, row
from skypact.report.tables.cells import COST, COST_NOTE, interval

LONGEST = 200
"""Letters of a value that are shown; the whole of it is in the files."""


def tables(document: Record) -> list[Table]:
    """The fields that differ, and by policy what arrives and is spent in both (`skypact.study.two_files`)."""
    return [_fields(document), _results(document)]


def _fields(document: Record) -> Table:
    columns = (Column("Field"), *map(Column, document["files"]))
    rows = tuple(row(one["path"], *_values(*one["values"])) for one in document["fields"])
    note = "" if rows else "No field differs."
    return Table("fields", "What differs in the files", columns, rows, note)


def _values(first: Any, second: Any) -> tuple[str, str]:
    """Two values; of lists of names what only one of them has."""
    if all(isinstance(v, list) and all(isinstance(name, str) for name in v) for v in (first, second)):
        only = [
            [name for name in ours if name not in theirs]
            for ours, theirs in ((first, second), (second, first))
        ]
        if any(only):
            return tuple(f"only here: {', '.join(names)}" if names else "" for names in only)  # type: ignore[return-value]
    return _value(first), _value(second)


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


MEASURES = (
    ("leakers", "Arrive", "threats"),
    ("kills", "Killed", "threats"),
    ("rounds", "Rounds fired", "rounds"),
    ("cost_usd", COST, "USD"),
    ("minutes_of_fire", "Fire", "minutes"),
)


def _results(document: Record) -> Table:
    first, second = document["files"]
    columns = (
        Column("Policy"),
        Column("Measure"),
        numbers(first, "mean", Format.BRIEF),
        numbers(second, "mean", Format.BRIEF),
        numbers("Change", "paired difference", Format.CHANGE),
    )
    rows = []
    for policy, found in document["policies"].items():
        for name, title, unit in MEASURES:
            change = found["difference"].get(name)
            if change is None:
                continue
            rows.append(_row(policy, f"{title}, {unit}", found, (name,)))
            if name == "leakers":
                classes = found["results"][0]["by_class"] | found["results"][1]["by_class"]
                rows += [
                    _row(policy, f"of these {class_name(one)}", found, ("by_class", one, "leakers"))
                    for one in classes
                ]
    sets = document.get("sets")
    below = (
        "the 95 % interval by simulation error alone"
        if sets is None
        else f"the range of nine draws of ten, unknown numbers alone (of {sets} draws)"
    )
    note = f"The change is {second} less {first}, replication by replication with the same random numbers; below it {below}.{COST_NOTE}"
    return Table("file-changes", "What that changes", columns, tuple(rows), note)


def _row(policy: str, measure: str, found: Record, path: tuple[str, ...]) -> Row:
    """One measure in both files; a class that a file does not have counts as none."""
    change = at(found["difference"], *path)
    means = [at(result, *path, "mean") or 0.0 for result in found["results"]]
    return row(policy, measure, *means, Number(change["mean"], *interval(change)))
