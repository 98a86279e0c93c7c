"""The page about where more units would help: the pictures and the tables."""

from __future__ import annotations

from datetime import datetime

from skypact.report import placing_charts as charts
from skypact.report.material import Record
from skypact.report.page import single_page
from skypact.report.section import Bullets, blocks, figure
from skypact.report.tables import placing as tables
from skypact.study.setup import Study


def render_places(document: Record, study: Study, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact place --json``: HTML that needs nothing from elsewhere.

    Parameters
    ----------
    document
        What it shows.
    study
        The first of the raids, for the map.
    made
        The moment to put on the page; None: now.
    """
    heading, *lines = tables.told(document)
    shown = blocks(
        Bullets(lines),
        figure("The change in arrivals with it at each place", charts.changes(document), charts.KEYS),
        figure("Where", charts.where(document, study), charts.MAP_KEYS),
        *tables.all_tables(document),
    )
    raids = ", ".join(one["scenario"] for one in document["raids"])
    return single_page(heading, shown, document, raids, made)
