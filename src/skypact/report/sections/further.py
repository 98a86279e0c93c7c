"""Further measures."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables.further import further


def section(material: Material) -> Section | None:
    """Where a measure says that it is to be listed."""
    table = further(material)
    if table is None:
        return None
    return Section("further-measures", "Further measures", "Further measures", blocks(table))
