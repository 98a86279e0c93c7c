"""What each decision changes."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import rests


def section(material: Material) -> Section | None:
    """Policies that differ from the baseline in several decisions: how much each of them changes."""
    table = rests.by_decision(material)
    if table is None:
        return None
    return Section("by-decision", "What each decision changes", "Each decision", blocks(table))
