"""Showing results: as frames, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skypact.reading import Problem, Problems
from skypact.report.extra import has_extra
from skypact.report.html import html_of
from skypact.report.material import Material
from skypact.report.table import Table

Frame = Any
"""A ``pandas.DataFrame``; pandas is loaded when one is made."""


def frame_of(rows: Iterable[Mapping[str, Any]]) -> Frame:
    """A pandas frame of rows.

    Raises
    ------
    skypact.Problems
        If pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        what = "frames need pandas"
        raise Problems([Problem("to_frame", 0, 0, "", what, "pip install 'skypact[report]'")]) from None
    return pandas.DataFrame(list(rows))


def notebook(tables: Iterable[Table | None], material: Material | None = None) -> str:
    """Tables as HTML, and above them a chart of what was played where drawings can be made."""
    shown = [html_of(table) for table in tables if table is not None]
    if material is not None and has_extra():
        from skypact.report.charts import headline

        shown.insert(0, f"<figure>{headline(material) or ''}</figure>")
    return "\n".join(shown)
