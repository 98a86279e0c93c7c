"""What other policies would change."""

from __future__ import annotations

from skypact.report import charts
from skypact.report.material import Material
from skypact.report.section import Section, blocks, figure
from skypact.report.tables import outcome


def section(material: Material) -> Section | None:
    """For a raid under several policies."""
    table = outcome.differences(material)
    if table is None:
        return None
    caption = (
        "Mean paired difference and its 95 % interval. With many replications an interval can be narrower than its"
        " dot."
    )
    title = f"Differences from “{material.title(material.baseline)}”"
    return Section(
        "paired", title, "Differences", blocks(figure(caption, charts.differences(material)), table)
    )
