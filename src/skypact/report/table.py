"""A table as the page shows it: a caption, columns with units, rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """What stands in a table.

    Attributes
    ----------
    text
        The text or the number, already in words.
    note
        A smaller second line.
    items
        Several sentences, as a list.
    bar
        A share from 0 to 1 that is drawn behind the text; None for no bar.
    sources
        Names of sources, shown as links to the list of sources.
    mark
        A word set apart: the kind of a number, the status of a decision.
    """

    text: str
    note: str = ""
    items: Sequence[str] = ()
    bar: float | None = None
    sources: Sequence[str] = ()
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """A column; a `numeric` one has a unit and is aligned to the right; a `whole` one does not wrap."""

    head: str
    unit: str = ""
    numeric: bool = False
    whole: bool = False


def numbers(head: str, unit: str) -> Column:
    """A column of numbers, which has a unit."""
    return Column(head, unit, numeric=True)


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row."""

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def row(*values: str | Cell) -> list[Cell]:
    return [cell(value) for value in values]
