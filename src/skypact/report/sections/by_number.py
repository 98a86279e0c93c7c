"""The numbers that matter most, at both ends."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import rests


def section(material: Material) -> Section | None:
    """Single numbers, each at both ends of its range."""
    table = rests.by_number(material)
    if table is None:
        return None
    return Section("by-number", "The numbers that matter most, at both ends", "Numbers", blocks(table))
