"""Two scenario files: what differs in them, and what that changes."""

from __future__ import annotations

import json
from typing import Any

from skypact.formatting import at, class_name
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Row, Table, numbers, row
from skypact.report.tables.cells import COST, COST_NOTE, interval
from skypact.report.verdict import verdict

LONGEST = 200
"""Letters of a value that are shown; the whole of it is in the files."""


def tables(document: Record) -> list[Table]:
    """The fields that differ, and by policy what arrives and is spent in both (`skypact.study.two_files`)."""
    return [_fields(document), _results(document)]


def sentences(document: Record) -> list[str]:
    """What the second file changes under each policy, and how sure that is; of a fire the table says it."""
    first, second = document["files"]
    found = []
    for policy, one in document["policies"].items():
        change = one["difference"].get("leakers")
        if change is not None:
            judged = verdict(change, document.get("sets"), replications=document["replications"])
            found.append(f"“{policy}”, {second} against {first}: {judged.said}.")
    return found


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
    ("leakers", "Arrive", "threats", None),
    ("kills", "Killed", "threats", None),
    ("rounds", "Rounds fired", "rounds", None),
    ("cost_usd", COST, "million USD", (Format.MILLIONS, Format.CHANGE_MILLIONS)),
    ("minutes_of_fire", "Fire", "minutes", None),
)
"""Measures with their units, and where these are not as they are in the document, how they are shown."""


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
        for name, title, unit, formats in MEASURES:
            change = found["difference"].get(name)
            if change is None:
                continue
            rows.append(_row(policy, f"{title}, {unit}", found, (name,), formats))
            if name == "leakers":
                classes = found["results"][0]["by_class"] | found["results"][1]["by_class"]
                rows += [
                    _row(policy, f"of these {class_name(one)}", found, ("by_class", one, "leakers"))
                    for one in classes
                ]
    sets = document.get("sets")
    if sets is None:
        below = "Below the change the 95 % interval by simulation error alone; what is not known about the numbers is in no range."
    else:
        below = (
            f"Below a mean the range of nine results of ten, chance and unknown numbers together; below the change that of nine"
            f" draws of ten, unknown numbers alone (of {sets} draws)."
        )
    note = f"The change is {second} less {first}, replication by replication with the same random numbers. {below}{COST_NOTE}"
    return Table("file-changes", "What that changes", columns, tuple(rows), note)


def _row(
    policy: str,
    measure: str,
    found: Record,
    path: tuple[str, ...],
    formats: tuple[Format, Format] | None = None,
) -> Row:
    """One measure in both files; a class that a file does not have counts as none."""
    change = at(found["difference"], *path)
    shown, changed = formats or (None, None)
    results = [at(result, *path) or {"mean": 0.0} for result in found["results"]]
    means = [Number(one["mean"], one.get("p05"), one.get("p95"), format=shown) for one in results]
    return row(policy, measure, *means, Number(change["mean"], *interval(change), format=changed))
