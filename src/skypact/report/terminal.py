"""Tables on the terminal: wrapped, split or turned to fit its width, and never cut.

A table that fits stands as it is.  A wider one is split: its columns stand below each other in parts that
fit, each with the names of the rows.  Where that would be longer, or the table has long texts, it is turned:
each row becomes a block with a line for each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table as RichTable

from skypact.report.table import Cell, Column, Number, Table, lines_of

if TYPE_CHECKING:
    from rich.console import Console

    from skypact.catalog.model import Source

INDENT = 2
GAP = 2
LONG_TEXT = 30
"""A text that needs more columns than this wraps."""
NARROWEST_TEXT = 14
"""What a wrapped text is given at least, unless it is shorter."""


@dataclass(frozen=True)
class Line:
    """A line of text, so many steps to the right."""

    text: str
    indent: int = 0
    style: str = ""


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines.

    On a terminal one that is too long goes on below, under its own beginning; in a file or a pipe it stays
    one line, for those who search it.
    """
    for line in lines:
        if console.is_terminal:
            _print_at(console, line.indent, line.text, line.style)
        else:
            console.print(" " * INDENT * line.indent + line.text, style=line.style or None, soft_wrap=True)


def print_table(console: Console, table: Table, sources: Mapping[str, Source] | None = None) -> None:
    """Print a table; with `sources`, cells name theirs."""
    console.print()
    console.print(table.caption, style="bold")
    if table.rows:
        _print(console, table, _Texts(table, sources))
    for line in _below(table):
        console.print(line, style="dim")


def _below(table: Table) -> Iterable[str]:
    """The note of a table, and what its headings leave open."""
    if table.note:
        yield table.note
    for column in table.columns:
        if column.meaning:
            yield f"{column.head}: {column.meaning}"


class _Texts:
    """The cells of a table as text, with the least and the best width of each column."""

    def __init__(self, table: Table, sources: Mapping[str, Source] | None) -> None:
        self.heads = [_head(column) for column in table.columns]
        self.rows = [
            [_text(cell, column, sources) for cell, column in zip(cells, table.columns, strict=True)]
            for cells in table.rows
        ]
        self.least, self.best = [], []
        for number, column in enumerate(table.columns):
            texts = [cells[number] for cells in self.rows]
            least, best = _widths(self.heads[number], texts, column)
            self.least.append(least)
            self.best.append(best)


def _head(column: Column) -> str:
    return f"{column.head}\n{column.unit}" if column.unit else column.head


def _text(cell: Cell, column: Column, sources: Mapping[str, Source] | None) -> str:
    if isinstance(cell, Number):
        return "\n".join(filter(None, map(plain, lines_of(cell, column))))
    first = cell.name or cell.text
    if cell.mark:
        first = f"{first} ({cell.mark})" if first else cell.mark
    cited = [_cited(name, sources) for name in cell.sources] if sources is not None else []
    bullets = [f"- {line}" for line in cell.items] if len(cell.items) > 1 else list(cell.items)
    return "\n".join(filter(None, [first, cell.code, *bullets, cell.note, *cited]))


def _cited(name: str, sources: Mapping[str, Source]) -> str:
    found = sources.get(name)
    return f"{found.publisher}, {found.date}" if found else name


def plain(text: str) -> str:
    """A number as any terminal can show it, and as it can be copied.

    >>> plain("−4.2"), plain("–")
    ('-4.2', '-')
    """
    return text.replace("−", "-").replace("–", "-")


def _widths(head: str, texts: list[str], column: Column) -> tuple[int, int]:
    """The least and the best width: numbers and dates stay on their line, other texts may wrap."""
    lines = [line for text in texts for line in text.split("\n")]
    words = [word for text in [head, *lines] for word in text.split()]
    longest_word = min(max(map(cell_len, words), default=1), LONG_TEXT)
    whole = max(map(cell_len, lines), default=1)
    best = max(whole, *(cell_len(line) for line in head.split("\n")))
    if column.numeric or column.whole:
        return max(whole, longest_word), max(whole, longest_word, min(best, whole + 4))
    return max(longest_word, min(whole, NARROWEST_TEXT)), best


def _print(console: Console, table: Table, texts: _Texts) -> None:
    width = console.width
    long = [
        n for n, column in enumerate(table.columns) if n and not column.numeric and texts.best[n] > LONG_TEXT
    ]
    parts = _split(texts, width)
    turned_lines = len(texts.rows) * (len(texts.heads) + 1)
    if parts is None or (len(parts) > 1 and (long or turned_lines < _lines(texts, len(parts)))):
        _turned(console, table, texts)
        return
    for part in parts:
        _straight(console, table, texts, part)
    if len(parts) > 1:
        console.print(
            f"The table is too wide for {width} columns: it stands in {len(parts)} parts.", style="dim"
        )


def _split(texts: _Texts, width: int) -> list[list[int]] | None:
    """The columns in parts that fit, the first column in each; None where no other fits beside it."""
    parts: list[list[int]] = [[0]]
    used = texts.least[0]
    if used > width:
        return None
    for number in range(1, len(texts.heads)):
        if used + GAP + texts.least[number] > width and len(parts[-1]) > 1:
            parts.append([0])
            used = texts.least[0]
        used += GAP + texts.least[number]
        if used > width:
            return None
        parts[-1].append(number)
    return parts


def _lines(texts: _Texts, parts: int) -> int:
    """How many lines a table takes in so many parts, about: the heads of each part, and its rows."""
    return parts * (4 + sum(max(text.count("\n") for text in cells) + 1 for cells in texts.rows))


def _straight(console: Console, table: Table, texts: _Texts, part: list[int]) -> None:
    given = _shared([texts.least[n] for n in part], [texts.best[n] for n in part], console.width)
    made = RichTable(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    for number, width in zip(part, given, strict=True):
        made.add_column(
            texts.heads[number],
            justify="right" if table.columns[number].numeric else "left",
            width=width,
            overflow="fold",
        )
    for cells in texts.rows:
        made.add_row(*(cells[number] for number in part))
    console.print(made)


def _shared(least: list[int], best: list[int], width: int) -> list[int]:
    """The width of each column: its least, and a share of what is left as far as it can use it."""
    given = list(least)
    spare = width - sum(least) - GAP * (len(least) - 1)
    while spare > 0:
        wanting = [n for n in range(len(given)) if given[n] < best[n]]
        if not wanting:
            break
        each = max(1, spare // len(wanting))
        for n in wanting:
            more = min(each, best[n] - given[n], spare)
            given[n] += more
            spare -= more
    return given


def _turned(console: Console, table: Table, texts: _Texts) -> None:
    """A block for each row: its name, then a line for each other column that has something."""
    for before, cells in pairwise([None, *texts.rows]):
        if before is not None:
            console.print()
        assert cells is not None
        console.print(f"{table.columns[0].head}: {cells[0]}", style="bold")
        for column, text in zip(table.columns[1:], cells[1:], strict=True):
            if not text:
                continue
            unit = f" ({column.unit})" if column.numeric and column.unit else ""
            if column.numeric and "\n" in text:
                text = "{} ({})".format(*text.split("\n"))
            several = "\n" in text
            _print_at(console, 1, f"{column.head}{unit}:" + ("" if several else f" {text}"))
            if several:
                _print_at(console, 2, text)


def _print_at(console: Console, indent: int, text: str, style: str = "") -> None:
    console.print(Padding(text, (0, 0, 0, INDENT * indent), expand=False), style=style or None)
