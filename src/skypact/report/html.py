"""Tables in a page, as HTML; every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from skypact.catalog.model import Source
from skypact.report.table import Cell, Column, Number, Table, Words, lines_of


def html_of(table: Table, sources: Mapping[str, Source] | None = None, kind_of_source: bool = False) -> str:
    """A table as HTML.

    Parameters
    ----------
    table
        What to show.
    sources
        Sources by name: cells name them with publisher and date, as links into the page's list.  Without
        it they are left out.
    kind_of_source
        Whether the kind of outlet stands beside each source.
    """
    show = _Shown(sources, kind_of_source)
    heads = "\n".join(map(_head, table.columns))
    body = "\n".join(
        "<tr>" + "\n".join(show.cell(cell, column, not n) for n, (cell, column) in enumerate(pairs)) + "</tr>"
        for pairs in (zip(cells, table.columns, strict=True) for cells in table.rows)
    )
    caption = f"caption-{escape(table.id)}"
    note = f'\n<p class="table-note">{escape(table.note)}</p>' if table.note else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{caption}">\n'
        f'<table id="{escape(table.id)}">\n<caption id="{caption}">{escape(table.caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>{note}"
    )


def _head(column: Column) -> str:
    unit = f' <span class="unit">{escape(column.unit)}</span>' if column.unit else ""
    numeric = f' class="number" data-unit="{escape(column.unit)}"' if column.numeric else ""
    meaning = f' title="{escape(column.meaning)}"' if column.meaning else ""
    return f'<th scope="col"{numeric}{meaning}>{escape(column.head)}{unit}</th>'


class _Shown:
    def __init__(self, sources: Mapping[str, Source] | None, kind_of_source: bool) -> None:
        self.sources, self.kind_of_source = sources, kind_of_source

    def cell(self, cell: Cell, column: Column, first: bool) -> str:
        inside = self.words(cell) if isinstance(cell, Words) else _number(cell, column)
        if first:
            return f'<th scope="row"{" class=whole" if column.whole else ""}>{inside}</th>'
        listing = isinstance(cell, Words) and cell.items
        kind = "number" if column.numeric else "whole" if column.whole else "listing" if listing else ""
        unit = f" ({column.unit})" if column.numeric else ""
        attribute = f' class="{kind}"' if kind else ""
        return f'<td{attribute} data-head="{escape(column.head + unit)}"><div>{inside}</div></td>'

    def words(self, cell: Words) -> str:
        parts = []
        if cell.text:
            code = f' title="{escape(cell.code)}"' if cell.code else ""
            parts.append(f'<span class="text"{code}>{escape(cell.text)}</span>')
        if cell.items:
            items = "".join(f"<li>{escape(line)}</li>" for line in cell.items)
            parts.append(f'<ul class="cell-items">{items}</ul>')
        if cell.mark:
            mark = escape(cell.mark)
            parts.append(f' <span class="mark {mark}">{mark}</span>')
        if cell.note:
            parts.append(f'<span class="note">{escape(cell.note)}</span>')
        if cell.sources and self.sources is not None:
            parts.append(f'<span class="cite">{"; ".join(map(self.source, cell.sources))}</span>')
        return "\n".join(parts)

    def source(self, name: str) -> str:
        found = (self.sources or {}).get(name)
        text = f"{found.publisher}, {found.date}" if found else name
        link = f'<a href="#source-{escape(name)}">{escape(text)}</a>'
        if self.kind_of_source and found and found.note:
            link += f" ({escape(found.note.strip().strip('.'))})"
        return link


def _number(cell: Number, column: Column) -> str:
    text, below = lines_of(cell, column)
    parts = [f'<span class="text">{escape(text)}</span>']
    if below:
        parts.append(f'<span class="note">{escape(below)}</span>')
    if cell.bar is not None:
        parts.append(f'<span class="gauge"><span style="width: {100 * cell.bar:.1f}%"></span></span>')
    return "\n".join(parts)
