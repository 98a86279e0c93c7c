"""How sure: chance and unknown numbers apart."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Paragraph, Section, blocks
from skypact.report.tables import sets

APART = (
    "Chance is what differs from one replication to the next with the same numbers. Unknown numbers: what"
    " differs from one draw to the next, when the numbers themselves are drawn from their ranges."
)


def section(material: Material) -> Section | None:
    """Where numbers were drawn from their ranges."""
    table = sets.ignorance(material)
    if table is None or material.incident is not None:
        return None
    found = blocks(Paragraph(APART), table)
    return Section("unsure", "How sure: chance and unknown numbers apart", "How sure", found)
