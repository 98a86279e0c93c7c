"""What takes minutes to know: families drawn anew, other correlations, other placements."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, blocks
from skypact.report.tables import full


def section(material: Material) -> Section | None:
    """Where the report was asked for in full."""
    found = blocks(full.sobol(material), full.correlations(material), full.placements(material))
    if not found:
        return None
    return Section("in-full", "Does the answer hold if we assume otherwise?", "Assumed otherwise", found)
