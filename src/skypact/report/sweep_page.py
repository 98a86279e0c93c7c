"""The page about a sweep: the picture of what it rests on, and the tables."""

from __future__ import annotations

from datetime import UTC, datetime

from markupsafe import Markup

from skypact.report import sweep_charts
from skypact.report.html import html_of
from skypact.report.material import Record
from skypact.report.page import environment, text_of
from skypact.report.section import Bullets, blocks, figure
from skypact.report.tables import sweep as tables


def render_sweep(document: Record, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact sweep show --json``: HTML that needs nothing from elsewhere."""
    moment = (made or datetime.now(UTC)).astimezone(UTC)
    shown = blocks(
        Bullets(tables.told(document)),
        tables.over_points(document),
        figure("What the answer rests on", sweep_charts.shares(document), sweep_charts.KEYS),
        tables.shares(document),
    )
    return (
        environment()
        .get_template("record.html.j2")
        .render(
            title=document["sweep"]["title"],
            style=Markup(text_of("style.css")),
            blocks=shown,
            table=lambda one: Markup(html_of(one.table)),
            skypact=document["skypact"],
            store=document["folder"],
            made=moment.strftime("%Y-%m-%d %H:%M UTC"),
        )
    )
