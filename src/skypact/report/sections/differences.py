"""What other policies would change."""

from __future__ import annotations

from skypact.report import charts
from skypact.report.material import Material
from skypact.report.section import Section, blocks, figure
from skypact.report.tables import outcome
from skypact.report.tables.cells import change_ranges


def section(material: Material) -> Section | None:
    """For a raid under several policies."""
    table = outcome.differences(material)
    if table is None:
        return None
    caption = f"Mean paired difference, and as a bar {change_ranges(material)}."
    title = f"Differences from “{material.title(material.baseline)}”"
    return Section(
        "paired", title, "Differences", blocks(figure(caption, charts.differences(material)), table)
    )
