"""Aid: what may be handed over under each policy, and what is held over time."""

from __future__ import annotations

from skypact.report import holdings
from skypact.report.material import Material
from skypact.report.section import Section, blocks, figure
from skypact.report.tables import aid


def section(material: Material) -> Section | None:
    """For a scenario that hands something over."""
    table = aid.by_policy(material)
    if table is None:
        return None
    caption = (
        f"What is in the recipients’ hands over time under “{material.title(material.baseline)}”. The dashed line is"
        f" {material.scenario.date}. Each row has its own scale; what arrives more than a year later is left out."
    )
    drawn = figure(caption, holdings.over_time(material))
    title = "Aid: what may be handed over, and what is held"
    return Section("aid-section", title, "Aid", blocks(drawn, table))
