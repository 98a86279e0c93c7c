"""Who may intercept over whose territory."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Bullets, Section, Shown, blocks
from skypact.report.tables.who_may import who_may
from skypact.report.who_may import posts, said

MOST_ROWS = 16
"""Longer tables are shown when asked."""


def section(material: Material) -> Section | None:
    """Where others than the defended country have units."""
    sentences = said(material)
    if not sentences:
        return None
    table = who_may(material)
    shown = None
    if table is not None:
        shown = Shown(table, folded=table.caption if len(table.rows) > MOST_ROWS else "")
    found = blocks(Bullets([*sentences, *posts(material)]), shown)
    return Section("who-may-section", "Who may intercept", "Who may", found)
