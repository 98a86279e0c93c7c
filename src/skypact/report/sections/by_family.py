"""On which numbers the differences rest."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import rests


def section(material: Material) -> Section | None:
    """Which kinds of numbers make the range of a difference as wide as it is."""
    table = rests.by_family(material)
    if table is None:
        return None
    return Section("by-family", "On which numbers the differences rest", "Families", blocks(table))
