"""Maps of the raid, and of where intercepts are allowed abroad."""

from __future__ import annotations

from skypact.report import maps
from skypact.report.material import Material
from skypact.report.section import Figure, Gallery, Heading, Paragraph, Section, blocks

SHADED = (
    "Shaded, hatched or outlined: where fire units on the map may intercept outside their owner’s own territory, as"
    " far as their longest range goes (for aircraft, from as far as they can fly from their patrol area). Against"
    " some classes the range is shorter, and time may not suffice. Everyone may always intercept over their own"
    " territory from it; that is not shaded."
)
NOWHERE = (
    "No fire unit may and can intercept outside its owner’s territory under any of these policies, so no map of it"
    " is drawn."
)
BORDERS = (
    "Borders: internationally recognised; © OpenStreetMap contributors, Open Database License 1.0, simplified to"
    " about 10 km. Up to 10 km of coastal sea are drawn as land; the rest of the sea belongs to nobody."
)


def section(material: Material) -> Section | None:
    """For a raid."""
    if not material.situations or not material.counts_arrivals:
        return None
    overview = maps.overview(material)
    caption = (
        f"The raid, and the defence under “{material.title(material.baseline)}”. A larger mark stands for more fire"
        " units, a dotted circle for a patrol area. Routes, launch areas and positions are notional and no finer"
        f" than a city or a region. {overview.note}"
    )
    found = maps.permissions(material)
    return Section(
        "maps",
        "Maps",
        "Maps",
        blocks(
            Figure(caption.strip(), overview.drawing, overview.keys),
            *(_abroad(found) if found else ()),
            Paragraph(BORDERS, "table-note"),
        ),
    )


def _abroad(found: list[maps.PolicyMap]) -> tuple[Heading | Paragraph | Gallery, ...]:
    heading = Heading("Where intercepts are allowed abroad, by policy")
    if not any(one.shaded for one in found):
        return heading, Paragraph(NOWHERE)
    none = "No fire unit may and can intercept outside its owner’s territory."
    figures = [Figure(one.title, one.drawing, one.keys, "" if one.shaded else none) for one in found]
    return heading, Paragraph(SHADED), Gallery(figures)
