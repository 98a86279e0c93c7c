"""Answering a question: every policy played, differences paired, and what it costs beside it."""

from __future__ import annotations

from skypact import __version__
from skypact.study.documents import Document
from skypact.study.exposure import exposure
from skypact.study.incident import answer_incident, into
from skypact.study.play import How, play_together
from skypact.study.question import Compiled, Question
from skypact.study.reported import asked_of, reported_beside


def answer(question: Question, how: How, compiled: dict[str, Compiled] | None = None) -> Document:
    """Play every policy of a question with the same luck.

    Parameters
    ----------
    question
        The scenario and the policies.
    how
        Replications, seed, threads.
    compiled
        Policies that are compiled already.

    Returns
    -------
    dict
        ``policies``, ``differences``, ``reported``, ``exposure`` (design, section 8).
    """
    ready = compiled if compiled is not None else {}
    for number, name in enumerate(question.policies):
        how.progress("compiling", number / len(question.policies))
        if name not in ready:
            ready[name] = question.compiled(name)
    how.progress("compiling", 1.0)
    raids = {name: ready[name].raid for name in question.policies}
    played, differences = play_together(raids, how, asked_of(question.scenario), question.baseline)
    under = question.scenario.reported_under
    document: Document = {
        "skypact": __version__,
        "scenario": question.scenario.id,
        "baseline": question.baseline,
        "seed": how.seed,
        "replications": how.replications,
        "policies": {
            name: played[name].document(how.seed, ready[name].seconds) for name in question.policies
        },
        "differences": differences,
        "reported": reported_beside(question.scenario, played[under]) if under in played else [],
        "exposure": {name: exposure(question, ready[name], played[name], how) for name in question.policies},
    }
    if question.scenario.incident is not None:
        into(document, answer_incident(question, how, ready))
    return document
