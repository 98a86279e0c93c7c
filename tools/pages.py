"""Putting tables into the pages of docs/, each between ``<!-- table: NAME -->`` and ``<!-- end -->``."""

from __future__ import annotations

import re
from pathlib import Path


def put(page: Path, tables: dict[str, list[str]]) -> None:
    """Replace tables of a page by name.

    Raises
    ------
    SystemExit
        If the page has no place for one of them.
    """
    text = page.read_text(encoding="utf-8")
    for name, lines in tables.items():
        here = re.compile(rf"(<!-- table: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not here.search(text):
            raise SystemExit(f"{page} has no place for the table {name!r}")
        table = "\n".join(lines)
        text = here.sub(lambda match, table=table: f"{match[1]}\n{table}\n\n{match[2]}", text)
    page.write_text(text, encoding="utf-8")
