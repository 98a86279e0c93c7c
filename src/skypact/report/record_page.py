"""The page about the public record: charts and counts by month and class."""

from __future__ import annotations

from datetime import datetime

from skypact.report import record_charts, told_record
from skypact.report.material import Record
from skypact.report.page import single_page
from skypact.report.section import Bullets, Heading, Paragraph, Shown, blocks, figure
from skypact.report.tables.evidence import by_class, by_month
from skypact.report.tables.not_known import not_known


def render_record(document: Record, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact evidence show --json``: HTML that needs nothing from elsewhere."""
    caption = "Weapons launched by month, and what became of them as reported"
    left_out = list(told_record.left_out(document))
    shown = blocks(
        Paragraph(told_record.CAUTION, "lead caution"),
        Paragraph(told_record.NIGHTLY) if document["nightly"] else None,
        figure(caption, record_charts.months(document), record_charts.KEYS),
        by_class(document),
        Shown(by_month(document), "Counts by month and class"),
        Heading("What is not in it", 3) if left_out else None,
        Bullets(left_out) if left_out else None,
        Heading("Where the record changes its ways", 3),
        Bullets([one["text"] for one in document["changes"]] or ["Nowhere that the program found."]),
        not_known(),
        Heading("Source", 3),
        Paragraph(told_record.SOURCE),
    )
    return single_page("What the public record claims", shown, document, document["store"], made)
