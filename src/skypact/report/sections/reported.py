"""What was reported beside what was simulated."""

from __future__ import annotations

from skypact.report import charts
from skypact.report.material import Material
from skypact.report.section import Key, Section, Shown, blocks, figure
from skypact.report.tables.reported import reported

KEYS = (
    Key("bar", "var(--accent)", "simulated: mean, and 5th to 95th percentile"),
    Key("diamond", "var(--reported)", "reported, with its range where the report gives one"),
)


def section(material: Material) -> Section | None:
    """Where the scenario has reports of the outcome."""
    table = reported(material)
    if table is None:
        return None
    caption = "Counts of the same thing by different parties, as a share of the threats of these classes in the scenario."
    drawn = figure(caption, charts.reported(material), KEYS)
    shown = Shown(table, kind_of_source=True)
    return Section("record", "Reported beside simulated", "Reported and simulated", blocks(drawn, shown))
