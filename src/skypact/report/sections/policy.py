"""Decisions, requests and refusals."""

from __future__ import annotations

from skypact.report import ledger
from skypact.report.material import Material
from skypact.report.section import Section, Shown, blocks, figure
from skypact.report.tables import scenario


def section(material: Material) -> Section | None:
    """What was said and decided, and the rules and the doctrine that follow."""
    said = scenario.statements(material)
    caption = "Statements and acts by date: requests, refusals, decisions, reports and claims, all with the same space."
    found = blocks(
        figure(caption, ledger.time_line(material), ledger.keys(material)),
        None if said is None else Shown(said, kind_of_source=True),
        scenario.decisions(material),
        scenario.standing_rules(material),
        scenario.doctrine(material),
    )
    title = "Decisions, requests and refusals"
    return Section("policy", title, "Decisions and statements", found) if found else None
