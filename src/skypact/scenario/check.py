"""Checking a scenario file: everything that is wrong with it, at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from skypact.catalog import Catalog, load_catalog
from skypact.reading import BadInput, Problem, read_text, scan_document, schema_problems
from skypact.scenario.check_aid import check_aid
from skypact.scenario.check_decisions import check_decisions
from skypact.scenario.check_forces import check_forces
from skypact.scenario.check_names import check_names
from skypact.scenario.check_numbers import check_numbers
from skypact.scenario.check_raid import check_raid
from skypact.scenario.check_rules import check_rules
from skypact.scenario.check_world import check_world
from skypact.scenario.draft import Draft
from skypact.scenario.model import Scenario

CHECKS = (
    check_names,
    check_rules,
    check_decisions,
    check_forces,
    check_raid,
    check_aid,
    check_numbers,
    check_world,
)
MAX_BYTES = 2 * 1024 * 1024


def check_scenario(path: str | Path, catalog: Catalog | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a scenario file: errors and warnings, sorted by place.

    Parameters
    ----------
    path
        The file.
    catalog
        The systems that it may name; by default the catalogue that is shipped.

    Returns
    -------
    tuple of Problem
        Empty for a file without fault. Whatever the file holds, no exception is raised.
    """
    examined = examine(path, catalog)
    if examined.draft is None or examined.scenario is None or examined.errors:
        return examined.problems
    from skypact.scenario.check_reach import check_reach  # heavy, and only wanted here

    return tuple(sorted({*examined.problems, *check_reach(examined.draft, examined.scenario)}))


@dataclass(frozen=True)
class Examined:
    """What became of a file: the scenario, if the file makes one, and everything that is wrong with it."""

    draft: Draft | None
    scenario: Scenario | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")


def examine(path: str | Path, catalog: Catalog | None = None) -> Examined:
    """Read a file and run every check that is quick (all but what units can reach)."""
    catalog = load_catalog() if catalog is None else catalog
    try:
        document = scan_document(read_text(path, MAX_BYTES), str(path))
    except BadInput as bad:
        return Examined(None, None, bad.problems)
    scenario, problems = None, list(document.problems)
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems += schema_problems(Scenario, document, error)
    draft = Draft(document, catalog)
    problems += chain.from_iterable(check(draft) for check in CHECKS)
    return Examined(draft, scenario, tuple(sorted(set(problems))))
