"""The incident: how long the fire lasts under each policy, and how sure that is."""

from __future__ import annotations

from skypact.report import charts
from skypact.report.material import Material
from skypact.report.section import Paragraph, Section, Shown, blocks, figure
from skypact.report.tables import incident, sets
from skypact.report.tables.cells import ranges


def section(material: Material) -> Section | None:
    """For a scenario that has an incident."""
    found = material.incident
    if found is None:
        return None
    accounts = incident.accounts(material)
    caption = f"Minutes of fire by policy: the mean, and {ranges(material)}."
    return Section(
        "incident-section",
        "The incident",
        "The incident",
        blocks(
            Paragraph(str(found["caution"]), "caution"),
            figure(caption, charts.minutes_of_fire(material)),
            incident.fires(material),
            incident.differences(material),
            incident.variations(material),
            sets.ignorance(material),
            incident.ladder(material),
            None if accounts is None else Shown(accounts, kind_of_source=True),
        ),
    )
