"""What changes nothing, and why."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables.idle import idle


def section(material: Material) -> Section | None:
    """Where something changes nothing."""
    found = blocks(idle(material))
    return (
        Section("idle-section", "What changes nothing, and why", "What changes nothing", found)
        if found
        else None
    )
