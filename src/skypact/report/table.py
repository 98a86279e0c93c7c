"""A table as a value: columns with unit, format and meaning, rows of typed cells.

A table is built once and shown in two ways: on the terminal (`skypact.report.terminal`) and in a page
(`skypact.report.html`).  Numbers stay numbers until they are shown, so that both write them alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from skypact.formatting import aligned, between, brief, decimals_for, fixed, millions, percent, signed


class Format(Enum):
    """How the numbers of a column are written."""

    WORDS = "words"
    COUNT = "a whole number"
    MEAN = "one decimal"
    BRIEF = "three digits"
    SHARE = "a share from 0 to 1, in per cent"
    MILLIONS = "an amount, in millions"
    CHANGE = "a difference, with its sign and as many digits as its interval allows"
    CHANGE_MILLIONS = "the same, in millions"
    CORRELATION = "two decimals, with the sign"


@dataclass(frozen=True)
class Words:
    """A cell of text.

    Attributes
    ----------
    text
        What stands in the cell.
    name
        What to type where the text is a title: the terminal shows it instead of the text.
    note
        A smaller second line.
    items
        Several sentences, as a list.
    sources
        Names of sources.
    mark
        A word set apart: the kind of a number, the status of a decision.
    code
        The name in files of what the text says in words: a page shows it when asked, the terminal below.
    """

    text: str = ""
    name: str = ""
    note: str = ""
    items: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    mark: str = ""
    code: str = ""


@dataclass(frozen=True)
class Number:
    """A cell with a number, or with an interval alone, or with neither.

    Attributes
    ----------
    value
        The number; None shows the interval in its place, or a dash.
    low, high
        The interval, on a second line.
    said
        Words in place of the number: "baseline".
    note
        Words on a second line.
    bar
        A share from 0 to 1 that a page draws beside the number.
    format
        Where the numbers of a column differ in kind; else the column's.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""
    note: str = ""
    bar: float | None = None
    format: Format | None = None


Cell = Words | Number


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    head
        Its heading.
    unit
        The unit of its numbers; every column of numbers has one.
    format
        How its numbers are written; `Format.WORDS` for a column of text.
    meaning
        What the heading leaves open, in a sentence.
    whole
        Whether its text never wraps: dates.
    """

    head: str
    unit: str = ""
    format: Format = Format.WORDS
    meaning: str = ""
    whole: bool = False

    @property
    def numeric(self) -> bool:
        return self.format is not Format.WORDS


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row, and each row has a cell for every column."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def __post_init__(self) -> None:
        for cells in self.rows:
            if len(cells) != len(self.columns):
                raise ValueError(f"{self.id}: {len(cells)} cells for {len(self.columns)} columns")


def numbers(head: str, unit: str, format: Format = Format.MEAN, meaning: str = "") -> Column:
    """A column of numbers."""
    return Column(head, unit, format, meaning)


def row(*values: str | float | Cell | None) -> Row:
    """A row: text and numbers become cells, None a dash."""
    return tuple(_cell(value) for value in values)


def _cell(value: str | float | Cell | None) -> Cell:
    if isinstance(value, Words | Number):
        return value
    return Words(value) if isinstance(value, str) else Number(value)


def lines_of(cell: Number, column: Column) -> tuple[str, str]:
    """What stands in a cell with a number, and what stands below it.

    >>> lines_of(Number(-4.2, -4.31, -4.09), numbers("Arrive", "threats", Format.CHANGE))
    ('−4.2', '−4.3 to −4.1')
    >>> lines_of(Number(low=1.0, high=3.0), numbers("Range", "km", Format.BRIEF))
    ('1 to 3', '')
    >>> lines_of(Number(), numbers("Arrive", "threats"))
    ('–', '')
    >>> lines_of(Number(0.0, -3.0, 1.0), numbers("Arrive", "threats", Format.CHANGE))
    ('0.0', '−3.0 to +1.0')
    """
    found = cell.format or column.format
    interval = _interval(cell, found)
    if cell.said:
        return cell.said, cell.note or interval
    if cell.value is None:
        return interval or "–", cell.note
    if cell.low == cell.high == cell.value == 0:
        return "0", cell.note
    if found in SCALES and _rounds_to_nothing(cell, SCALES[found]):
        return "under 0.01", cell.note
    return _written(cell.value, cell, found), cell.note or interval


SCALES = {Format.CHANGE: 1.0, Format.CHANGE_MILLIONS: 1e-6}
"""What a change is multiplied by before it is shown."""


def _written(value: float, cell: Number, form: Format) -> str:
    match form:
        case Format.COUNT:
            return fixed(value, 0)
        case Format.SHARE:
            return percent(value, _points(cell))
        case Format.MILLIONS:
            return millions(value)
        case Format.BRIEF:
            return brief(value)
        case Format.CORRELATION:
            return signed(value, 2) if cell.low is None else aligned(value, 2, sign=True)
        case Format.CHANGE:
            return _change(value, cell, 1.0)
        case Format.CHANGE_MILLIONS:
            return _change(1e-6 * value, cell, 1e-6)
        case _:
            return "under 0.1" if 0 < value < 0.05 else fixed(value)


def _interval(cell: Number, form: Format) -> str:
    low, high = cell.low, cell.high
    if low is None or high is None:
        return ""
    match form:
        case Format.CHANGE:
            return between(low, high, _decimals(cell, 1.0), sign=True)
        case Format.CHANGE_MILLIONS:
            return between(1e-6 * low, 1e-6 * high, _decimals(cell, 1e-6), sign=True)
        case Format.MILLIONS:
            return f"{millions(low)} to {millions(high)}"
        case Format.SHARE:
            return f"{percent(low, _points(cell))} to {percent(high, _points(cell))}"
        case Format.BRIEF:
            return f"{brief(low)} to {brief(high)}"
        case Format.CORRELATION:
            return between(low, high, 2, sign=True)
        case _:
            return between(low, high, 0)


def _change(value: float, cell: Number, scale: float) -> str:
    """A change, with the digits of its interval."""
    return signed(value) if cell.low is None else aligned(value, _decimals(cell, scale), sign=True)


def _decimals(cell: Number, scale: float) -> int:
    if cell.low is None or cell.high is None:
        return 1
    return decimals_for(scale * (cell.high - cell.low))


def _points(cell: Number) -> int | None:
    """Decimals of a share in per cent and of its interval; None where there is none."""
    if cell.low is None or cell.high is None:
        return None
    return 0 if max(abs(cell.low), abs(cell.high)) >= 0.0995 else 1


def _rounds_to_nothing(cell: Number, scale: float) -> bool:
    """Whether a change and its interval would all be written as zeros, though it is not nothing."""
    if cell.value is None or cell.low is None or cell.high is None:
        return False
    return max(abs(scale * one) for one in (cell.value, cell.low, cell.high)) < 0.005
