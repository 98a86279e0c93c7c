"""Two scenarios side by side."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables.landscapes import landscapes


def section(material: Material) -> Section | None:
    """Where another scenario was put beside this one."""
    if not material.landscapes:
        return None
    found = blocks(landscapes(material.landscapes))
    return Section("two-landscapes", "Two landscapes", "Two landscapes", found)
