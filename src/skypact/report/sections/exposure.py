"""The price: what allies do, spend and expose."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import spending


def section(material: Material) -> Section | None:
    """Where policies are compared."""
    found = blocks(spending.exposure(material))
    return Section("exposed", "What each policy exposes and spends", "Exposure", found) if found else None
