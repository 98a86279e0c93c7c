"""Answering a question: every policy played, differences paired, and what it costs beside it."""

from __future__ import annotations

from skypact import __version__
from skypact.study.documents import Document
from skypact.study.exposure import exposure
from skypact.study.incident import answer_incident, into
from skypact.study.play import RunSettings, play_together
from skypact.study.reported import asked_of, reported_beside
from skypact.study.setup import CompiledPolicy, Study


def answer(study: Study, how: RunSettings, compiled: dict[str, CompiledPolicy] | None = None) -> Document:
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
    for number, name in enumerate(study.policies):
        how.progress("compiling", number / len(study.policies))
        if name not in ready:
            ready[name] = study.compile(name)
    how.progress("compiling", 1.0)
    raids = {name: ready[name].raid for name in study.policies}
    played, differences = play_together(raids, how, asked_of(study.scenario), study.baseline)
    under = study.scenario.reported_under
    document: Document = {
        "skypact": __version__,
        "scenario": study.scenario.id,
        "baseline": study.baseline,
        "seed": how.seed,
        "replications": how.replications,
        "policies": {name: played[name].document(how.seed, ready[name].seconds) for name in study.policies},
        "differences": differences,
        "reported": reported_beside(study.scenario, played[under]) if under in played else [],
        "exposure": {name: exposure(study, ready[name], played[name], how) for name in study.policies},
    }
    if study.scenario.incident is not None:
        into(document, answer_incident(study, how, ready))
    return document
