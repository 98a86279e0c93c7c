"""The first screen: the question, the answer with its range, one picture, and what it rests on and leaves out."""

from __future__ import annotations

from dataclasses import dataclass

from skypact.formatting import listed
from skypact.report import answer, answer_incident, charts
from skypact.report.headline import Headline, headline
from skypact.report.later import later_words
from skypact.report.material import Material
from skypact.report.recorded import recorded
from skypact.report.section import Figure, Key
from skypact.report.sections.left_out import LEFT_OUT
from skypact.report.tables.cells import played_words, ranges


@dataclass(frozen=True)
class Front:
    """What stands before the sections.

    Attributes
    ----------
    question
        What was asked.
    answer
        The answer in one sentence.
    weakened
        What weakens it.
    later
        Which policies came up only later.
    record
        What was reported beside what is simulated, a sentence for each report, and how near the model came.
    picture
        How many arrive, or how long a fire lasts, by policy.
    notional
        How much rests on notional numbers.
    left_out
        What the model leaves out.
    """

    question: str
    answer: str
    weakened: tuple[str, ...]
    later: str
    record: tuple[str, ...]
    picture: Figure | None
    notional: str
    left_out: str


def front(material: Material) -> Front | None:
    """The first screen of a report; None where nothing was asked that has one answer."""
    found = _answer(material)
    if found is None:
        return None
    question, one = found
    return Front(
        question,
        one.sentence,
        one.weakened,
        later_words(material),
        _record(material),
        _picture(material),
        answer.rests_on_notional(material),
        _left_out(),
    )


def _answer(material: Material) -> tuple[str, Headline] | None:
    one = headline(material)
    if one is None:
        return None
    return (answer_incident.QUESTION if material.incident else answer.question(material)), one


def _picture(material: Material) -> Figure | None:
    drawn = charts.headline(material)
    if drawn is None:
        return None
    if not material.counts_arrivals:
        caption = f"Minutes of fire by policy: the mean, and {ranges(material)}."
        return Figure(caption, drawn)
    caption = (
        f"How many threats arrive, by policy, over {played_words(material)}. The taller, the more often."
    )
    keys = [Key("block", "var(--accent)", "how often so many arrive; the upright line is the mean")]
    if len(material.policies) > 1:
        keys.append(Key("line", "var(--faint)", f"“{material.title(material.baseline)}”, repeated"))
    if recorded(material):
        keys.append(
            Key(
                "diamond",
                "var(--reported)",
                "what was reported, and down from it those that fail in the model",
            )
        )
    return Figure(caption, drawn, keys)


def _record(material: Material) -> tuple[str, ...]:
    found = tuple(f"{one.text[0].upper()}{one.text[1:]}. {one.beside}" for one in recorded(material))
    scored = answer.agreement(material)
    return (*found, scored) if found and scored else found


def _left_out() -> str:
    words = [term.word[0].lower() + term.word[1:] for term in LEFT_OUT]
    said = f"{listed(words).capitalize()} are left out. A threat that arrives is an arrival, not damage."
    return (
        f"{said} The raid is the same under every policy; an attacker would react. No policy is called best."
    )
