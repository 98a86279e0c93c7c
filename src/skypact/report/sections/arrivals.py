"""What arrives under each policy."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, Shown, blocks
from skypact.report.tables import outcome


def section(material: Material) -> Section | None:
    """For a raid."""
    table = outcome.arrivals(material)
    if table is None:
        return None
    assets = outcome.by_asset(material)
    return Section(
        "arrive",
        "What arrives, and why",
        "What arrives",
        blocks(
            table,
            outcome.because(material),
            None if assets is None else Shown(assets, folded="By defended asset"),
        ),
    )
