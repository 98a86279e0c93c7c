"""The page about a sweep: the picture of what it rests on, and the tables."""

from __future__ import annotations

from datetime import datetime

from skypact.report import sweep_charts
from skypact.report.material import Record
from skypact.report.page import single_page
from skypact.report.section import Bullets, blocks, figure
from skypact.report.tables import sweep as tables


def render_sweep(document: Record, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact sweep show --json``: HTML that needs nothing from elsewhere."""
    shown = blocks(
        Bullets(tables.told(document)),
        tables.over_points(document),
        figure("What the answer rests on", sweep_charts.shares(document), sweep_charts.KEYS),
        tables.shares(document),
    )
    return single_page(document["sweep"]["title"], shown, document, document["folder"], made)
