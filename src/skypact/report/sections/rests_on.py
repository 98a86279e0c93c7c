"""What the answer rests on: what is notional, what was chosen after the fact, every number."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Block, Bullets, Heading, Paragraph, Section, Shown, blocks
from skypact.report.tables import quantities, scenario

KINDS = "Reported: a source says so. Estimated: a source’s estimate. Notional: ours, with the reason."


def section(material: Material) -> Section:
    """Every number with its kind, range and source or reason."""
    notional = material.scenario.notional
    return Section(
        "rests-on",
        "What it rests on",
        "What it rests on",
        blocks(
            *((Heading("What is notional, in words"), Bullets(notional)) if notional else ()),
            Heading("Values chosen after seeing an outcome"),
            scenario.chosen(material) or Paragraph("None is recorded in this scenario."),
            Heading("Every number used"),
            Paragraph(f"{quantities.kinds(material)} {KINDS}"),
            *_numbers(material),
        ),
    )


def _numbers(material: Material) -> list[Block]:
    found: list[Block] = []
    for group, tables in quantities.quantities(material).items():
        found.append(Heading(group, 4))
        found += [Shown(table, folded=table.caption) for table in tables]
    return found
