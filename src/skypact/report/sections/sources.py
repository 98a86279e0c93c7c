"""The sources of everything in the report."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Paragraph, Section, SourceList, blocks
from skypact.report.tables.quantities import sources_used


def section(material: Material) -> Section:
    """All sources of the scenario, then those that its systems name."""
    note = Paragraph("A note names a state-directed outlet, or one side of a conflict, as such.")
    return Section("sources", "Sources", "Sources", blocks(note, SourceList(sources_used(material))))
