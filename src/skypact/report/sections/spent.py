"""What is fired, by system and by owner, and what runs out over the hours."""

from __future__ import annotations

from skypact.formatting import fixed, moment_words
from skypact.report import stock
from skypact.report.material import Material
from skypact.report.section import Figure, Section, blocks
from skypact.report.tables import spending


def section(material: Material) -> Section | None:
    """Where anything is fired."""
    found = blocks(
        *(_over_time(material, name) for name in material.policies),
        spending.spent_by_system(material),
        spending.by_owner(material),
    )
    title = "What is fired, and what runs out"
    return Section("spent", title, "What runs out", found) if found else None


def _over_time(material: Material, policy: str) -> Figure | None:
    """The baseline's stock is shown, that of other policies when asked."""
    drawn = stock.over_time(material, policy)
    if drawn is None:
        return None
    title = material.title(policy)
    runs = fixed(material.policies[policy]["stock_over_time"]["replications"], 0)
    sets = "" if material.sets is None else f" over {material.sets} draws of the unknown numbers"
    caption = (
        f"What is left of each system’s stock under “{title}”, in % of what it had, over the hours since"
        f" {moment_words(material.scenario.raid.zero)}"
    )
    note = (
        f"The line is the median and the band the 5th to the 95th percentile of {runs} replications{sets}. Beside each name"
        " the median of its stock, ready and in reserve; a gun’s round is a burst. Systems that spend next to"
        " nothing are left out."
    )
    if policy == material.baseline:
        return Figure(caption, drawn, note=note)
    dashed = f" Dashed: the median under “{material.title(material.baseline)}”."
    return Figure(caption, drawn, note=note + dashed, folded=f"What runs out under “{title}”")
