"""Tables as JSON: what is in each cell is settled here, so that whoever shows it has nothing left to format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skypact.catalog.model import Source
from skypact.report.table import Cell, Column, Table, Words, lines_of

Document = dict[str, Any]


def table_document(table: Table, sources: Mapping[str, Source]) -> Document:
    """A table as JSON: its columns, and the text of every cell as people read it.

    Parameters
    ----------
    table
        What to show.
    sources
        Sources by name: cells name them with publisher, date and address.
    """
    columns = [
        {"head": one.head, "unit": one.unit, "meaning": one.meaning, "numeric": one.numeric}
        for one in table.columns
    ]
    rows = [
        [_cell(cell, column, sources) for cell, column in zip(cells, table.columns, strict=True)]
        for cells in table.rows
    ]
    return {
        "id": table.id,
        "caption": table.caption,
        "columns": columns,
        "rows": rows,
        "note": table.note,
    }


def source_document(source: Source | None, name: str) -> Document:
    """A source as JSON; of one that is not known, its name alone."""
    if source is None:
        return {"title": name, "publisher": "", "date": "", "url": "", "note": ""}
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "note": source.note,
    }


def _cell(cell: Cell, column: Column, sources: Mapping[str, Source]) -> Document:
    if isinstance(cell, Words):
        named = [source_document(sources.get(name), name) for name in cell.sources]
        whole: Document = {
            "text": cell.text,
            "note": cell.note,
            "items": list(cell.items),
            "mark": cell.mark,
            "sources": named,
        }
    else:
        text, below = lines_of(cell, column)
        whole = {"text": text, "note": below, "value": cell.value, "bar": cell.bar}
    return {name: value for name, value in whole.items() if value not in ("", [], None)}
