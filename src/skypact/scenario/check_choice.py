"""Checks of a policy that was made of decisions outside the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from skypact.catalog import load_catalog
from skypact.reading import Problem, scan_document
from skypact.scenario.check_decisions import check_decisions
from skypact.scenario.partial import PartialScenario

LOOKED_AT = ("date", "rules", "laydown", "decisions")
"""What contradictions are looked for in; the rest of the file stays as it was, and is without errors."""


def check_choice(text: str, file: str, decisions: Sequence[str]) -> tuple[Problem, ...]:
    """What is wrong with putting these decisions of a scenario in force together: contradictions, with their lines.

    Parameters
    ----------
    text, file
        The scenario, without errors of its own, and what problems call it.
    decisions
        Names that the scenario has.
    """
    policy = {"title": "What if", "summary": "What if", "decisions": list(decisions)}
    partial = _looked_at(text, file).besides({"policies": {"what-if": policy}, "baseline": "what-if"})
    return tuple(sorted({problem for problem in check_decisions(partial) if problem.level == "error"}))


@lru_cache(maxsize=4)
def _looked_at(text: str, file: str) -> PartialScenario:
    document, catalog = scan_document(text, file), load_catalog()
    data = {name: part for name, part in document.data.items() if name in LOOKED_AT}
    return PartialScenario(replace(document, data=data), catalog, catalog)
