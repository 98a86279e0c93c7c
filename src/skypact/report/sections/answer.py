"""The question and a short answer."""

from __future__ import annotations

from markupsafe import Markup

from skypact.report import answer, answer_incident
from skypact.report.material import Material
from skypact.report.section import Bullets, Paragraph, Section, Term, Terms, blocks
from skypact.report.tables import outcome

CAUTION = Markup(
    "A threat that arrives is an arrival, not damage. Positions and many of the numbers are notional"
    ' (<a href="#rests-on">what it rests on</a>). Skypact does not estimate escalation, risk to aircrew or legality'
    ' (<a href="#left-out">what is left out</a>), and calls no policy best.'
)
ANSWERED = (answer_incident.answered, answer.answered)
"""What can be asked; the first that has an answer gives it."""


def section(material: Material) -> Section | None:
    """What was asked, sentences made from the numbers, the numbers in short, and the policies."""
    found = next((one for give in ANSWERED if (one := give(material)) is not None), None)
    if found is None:
        return None
    policies = tuple(
        Term(
            material.title(name),
            material.scenario.policies[name].summary if name in material.scenario.policies else "",
            "baseline" if name == material.baseline else "",
        )
        for name in material.policies
    )
    return Section(
        "answer",
        "The question and a short answer",
        "Answer",
        blocks(
            Paragraph(found.question, "question"),
            Bullets(found.sentences, "answer"),
            outcome.summary(material),
            Paragraph(CAUTION, "caution"),
            Terms(policies, "policies"),
        ),
    )
