"""What the model leaves out."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.section import Section, Term, Terms, blocks

LEFT_OUT = (
    Term("Attacks on defenders and sensors", "Fire units and radars are never hit, moved or jammed."),
    Term("Debris", "What falls after an intercept is not counted."),
    Term("Damage", "A threat that arrives is an arrival: not a hit, not damage, not a casualty."),
    Term("Adaptation by either side", "The raid is the same under every policy; an attacker would react."),
    Term("Risk to aircrew", "Losses, friendly fire and mistaken identity are not modelled."),
    Term("Escalation", "What the attacker would do about a policy is not estimated."),
    Term("Legality", "Whether a policy is lawful is not judged."),
)


def section(material: Material) -> Section:
    """The same for every scenario."""
    title = "What the model leaves out"
    return Section("left-out", title, "What is left out", blocks(Terms(LEFT_OUT, "left-out")))
