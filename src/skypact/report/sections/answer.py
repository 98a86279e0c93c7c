"""The answer in full: what the policies are, sentences for each, and the numbers in short."""

from __future__ import annotations

from collections.abc import Mapping

from skypact.report import answer, answer_incident
from skypact.report.later import later_policies
from skypact.report.material import Material
from skypact.report.section import Bullets, Paragraph, Section, Term, Terms, blocks
from skypact.report.tables import outcome

ANSWERED = (answer_incident.answered, answer.answered)
"""What can be asked; the first that has an answer gives it."""


def section(material: Material) -> Section | None:
    """Sentences made from the numbers, the numbers in short, and the policies."""
    found = next((one for give in ANSWERED if (one := give(material)) is not None), None)
    if found is None:
        return None
    later = later_policies(material)
    policies = tuple(
        Term(
            material.title(name),
            _summary(material, name, later),
            "baseline" if name == material.baseline else "",
        )
        for name in material.policies
    )
    return Section(
        "answer",
        "The answer, policy by policy",
        "Policy by policy",
        blocks(
            Paragraph(material.scenario.summary),
            Terms(policies, "policies"),
            Bullets(found.sentences, "answer"),
            outcome.summary(material),
        ),
    )


def _summary(material: Material, name: str, later: Mapping[str, str]) -> str:
    """What a policy is, and how and when it came up if that was later than what is asked about."""
    policy = material.scenario.policies.get(name)
    came_up = f"Came up later: {later[name]}." if name in later else ""
    return " ".join(filter(None, (policy.summary if policy else "", came_up)))
