"""Two scenario files: what differs in them, and what that changes."""

from __future__ import annotations

import json
from typing import Any

from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Table, numbers, row

LONGEST = 200
"""Letters of a value that are shown; the whole of it is in the files."""


def tables(document: Record) -> list[Table]:
    """The fields that differ, and by policy what arrives and is spent in both (`skypact.study.two_files`)."""
    return [_fields(document), _results(document)]


def _fields(document: Record) -> Table:
    columns = (Column("Field"), *map(Column, document["files"]))
    rows = tuple(row(one["path"], *map(_value, one["values"])) for one in document["fields"])
    note = "" if rows else "No field differs."
    return Table("fields", "What differs in the files", columns, rows, note)


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


MEASURES = (
    ("leakers", "Arrive", "threats"),
    ("rounds", "Rounds fired", "rounds"),
    ("minutes_of_fire", "Fire", "minutes"),
)


def _results(document: Record) -> Table:
    first, second = document["files"]
    columns = (
        Column("Policy"),
        Column("Measure"),
        numbers(first, "mean", Format.MEAN),
        numbers(second, "mean", Format.MEAN),
        numbers("Change", "paired difference", Format.CHANGE),
    )
    rows = []
    for policy, found in document["policies"].items():
        for name, title, unit in MEASURES:
            change = found["difference"].get(name)
            if change is None:
                continue
            low, high = change["ci95"]
            means = [result[name]["mean"] for result in found["results"]]
            rows.append(row(policy, f"{title}, {unit}", *means, Number(change["mean"], low, high)))
    note = (
        f"The change is {second} less {first}, replication by replication with the same random numbers; below it"
        " the 95 % interval by simulation error alone."
    )
    return Table("file-changes", "What that changes", columns, tuple(rows), note)
