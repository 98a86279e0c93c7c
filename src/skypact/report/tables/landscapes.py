"""Two scenarios side by side."""

from __future__ import annotations

from skypact.formatting import brief
from skypact.report.material import Record
from skypact.report.table import Cell, Column, Format, Number, Table, Words, row


def landscapes(document: Record) -> Table:
    """Two scenarios side by side, from the document of ``skypact landscapes --json``."""
    columns = (Column("What"), *(Column(name) for name in document["scenarios"]))
    rows = tuple(
        row(
            Words(_with_unit(entry), note=entry.get("note") or ""),
            *(_cell(value) for value in entry["values"]),
        )
        for entry in document["rows"]
    )
    return Table("landscapes", "Two landscapes side by side", columns, rows)


def _with_unit(entry: Record) -> str:
    return f"{entry['what']} ({entry['unit']})" if entry.get("unit") else str(entry["what"])


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Number(value, format=Format.BRIEF)
    return Words(_plain(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return brief(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_plain, value))
    return "–" if value is None else str(value)
