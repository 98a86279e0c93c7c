"""What is fired, by system and by owner."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import spending


def section(material: Material) -> Section | None:
    """Where anything is fired."""
    found = blocks(spending.spent_by_system(material), spending.by_owner(material))
    return Section("spent", "Interceptors spent", "Interceptors spent", found) if found else None
