"""Reading the published file: which fields stand in which row, and which rows are no rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from skypact.evidence.columns import FURTHER, NEEDED
from skypact.reading import Problem, Problems, read_text, suggest

csv.field_size_limit(1 << 24)
MOST_LINES = 200
"""A row with line breaks in its texts has at most so many lines; a quote left open would swallow the rest."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class Row:
    """A data row as it stands.

    Attributes
    ----------
    number
        Counted from 0, without the header and without empty lines.
    line
        Its line in the file, counted from 1.
    fields
        By column.
    text
        The row as written.
    """

    number: int
    line: int
    fields: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Aside:
    """A row that is set aside, with its text and the reason.

    Attributes
    ----------
    number, line, text
        As of `Row`.
    column
        Where it is wrong; empty if the row as a whole is.
    reason
        What is wrong.
    fields
        By column, where the row has a field for each.
    """

    number: int
    line: int
    column: str
    reason: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A file: its columns, its rows, and what could not be read as a row.

    Attributes
    ----------
    open_end
        Whether its last line has no end, as where a file was cut off.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: tuple[Aside, ...]
    open_end: bool = False

    @property
    def unknown(self) -> tuple[str, ...]:
        """Columns that this version of the program does not know."""
        return tuple(name for name in self.columns if name not in NEEDED and name not in FURTHER)

    @property
    def missing(self) -> tuple[str, ...]:
        """Known columns that the file lacks."""
        return tuple(name for name in (*NEEDED, *FURTHER) if name not in self.columns)


def read_table(path: str | Path) -> Table:
    """Read a file in the published format.

    Raises
    ------
    Problems
        If it cannot be read, or its header is not that of the record: one line.
    """
    file = str(path)
    if not Path(path).exists():
        raise Problems([Problem(file, 0, 0, "", "no such file", "the path of the published CSV file")])
    text = read_text(path)
    if not text.strip():
        raise Problems([Problem(file, 1, 1, "", "the file is empty", "a CSV file with a header")])
    return parse_table(text, file)


def parse_table(text: str, file: str) -> Table:
    """Take a text for a file; see `read_table`."""
    found = _records(text)
    header = next(found)
    columns = _columns(header.fields, header.line, file)
    rows: list[Row] = []
    aside: list[Aside] = []
    for number, record in enumerate(found):
        if record.wrong or len(record.fields) != len(columns):
            reason = record.wrong or f"{len(record.fields)} fields instead of {len(columns)}"
            aside.append(Aside(number, record.line, "", reason, record.text))
        else:
            fields = dict(zip(columns, record.fields, strict=True))
            rows.append(Row(number, record.line, fields, record.text))
    return Table(columns, tuple(rows), tuple(aside), not text.endswith(("\n", "\r")))


@dataclass(frozen=True)
class _Record:
    line: int
    fields: tuple[str, ...]
    text: str
    wrong: str = ""


def _records(text: str) -> Iterator[_Record]:
    """The records of a text, empty lines left out.

    One that cannot be read ends with its line, so that a quote left open costs one row and not the rest.
    """
    lines = [line for line in _LINE.findall(text) if line]
    at = 0
    width = None
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        record, used = _record(lines, at)
        if used > 1 and width is not None and len(record.fields) != width:
            record, used = _Record(at + 1, (), lines[at].rstrip("\r\n"), "a quote is not closed"), 1
        if width is None:
            width = len(record.fields)
        yield record
        at += used


def _record(lines: list[str], at: int) -> tuple[_Record, int]:
    """The record that begins with a line, and how many lines it takes."""
    reader = csv.reader(islice(lines, at, at + MOST_LINES), strict=True)
    try:
        fields = tuple(next(reader))
    except csv.Error:
        wrong = "a quote is not closed, or stands inside a field"
        return _Record(at + 1, (), lines[at].rstrip("\r\n"), wrong), 1
    used = max(1, reader.line_num)
    return _Record(at + 1, fields, "".join(lines[at : at + used]).rstrip("\r\n")), used


def _columns(fields: tuple[str, ...], line: int, file: str) -> tuple[str, ...]:
    """The header.

    Raises
    ------
    Problems
        If it is not that of the record: one line.
    """
    columns = tuple(name.strip() for name in fields)

    def bad(what: str, right: str, column: int = 1) -> Problems:
        return Problems([Problem(file, line, column, "header", what, right)])

    missing = [name for name in NEEDED if name not in columns]
    if len(missing) == len(NEEDED):
        other = next((sign for sign in ";\t|" if sign in "".join(fields)), None)
        if len(columns) <= 2 and other is not None:
            name = {";": "semicolons", "\t": "tabs", "|": "bars"}[other]
            raise bad(f"the columns are separated by {name}", "commas, as in the published file")
        raise bad("this is not the published format", f"a header with {', '.join(NEEDED[:4])}, ...")
    if missing:
        near = suggest(missing[0], [name for name in columns if name not in NEEDED])
        right = f"in its place: {near}" if near.startswith("did you mean") else "as in the published file"
        raise bad(f"missing column{'s'[: len(missing) > 1]} {', '.join(missing)}", right)
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise bad(f"column {twice[0]!r} is there twice", "each column once")
    return columns
