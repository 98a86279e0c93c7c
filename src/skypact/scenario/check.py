"""Checking a scenario file: everything that is wrong with it, at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from skypact.catalog import Catalog, Effector, Family, Sensor, Threat, load_catalog
from skypact.catalog.change import with_systems
from skypact.reading import Problem, Problems, read_text, scan_document, schema_problems
from skypact.scenario.check_aid import check_aid
from skypact.scenario.check_bands import check_bands
from skypact.scenario.check_decisions import check_decisions
from skypact.scenario.check_forces import check_forces
from skypact.scenario.check_names import check_names
from skypact.scenario.check_numbers import check_numbers
from skypact.scenario.check_raid import check_raid
from skypact.scenario.check_rules import check_rules
from skypact.scenario.check_systems import check_systems
from skypact.scenario.check_world import check_world
from skypact.scenario.model import Scenario
from skypact.scenario.partial import PartialScenario

CHECKS = (
    check_names,
    check_systems,
    check_rules,
    check_decisions,
    check_forces,
    check_raid,
    check_aid,
    check_numbers,
    check_bands,
    check_world,
)
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Examined:
    """What became of a file: the scenario, if the file makes one, and everything that is wrong with it."""

    partial: PartialScenario | None
    scenario: Scenario | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")


def examine(path: str | Path, catalog: Catalog | None = None) -> Examined:
    """Read a file and run every check that is quick (all but what units can reach)."""
    try:
        text = read_text(path, MAX_BYTES)
    except Problems as bad:
        return Examined(None, None, bad.problems)
    return examine_text(text, str(path), catalog)


def examine_text(text: str, name: str, catalog: Catalog | None = None) -> Examined:
    """Run every check that is quick on a text; problems are said to stand in a file of this name."""
    catalog = load_catalog() if catalog is None else catalog
    try:
        document = scan_document(text, name)
    except Problems as bad:
        return Examined(None, None, bad.problems)
    scenario, problems = None, list(document.problems)
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems += schema_problems(Scenario, document, error)
    own = _with_own(catalog, PartialScenario(document, catalog, catalog))
    partial = PartialScenario(document, own, catalog)
    problems += chain.from_iterable(check(partial) for check in CHECKS)
    return Examined(partial, scenario, tuple(sorted(set(problems))))


def _with_own(catalog: Catalog, partial: PartialScenario) -> Catalog:
    """The catalogue and those of the scenario's own systems that are sound."""
    if not partial.at("catalog"):
        return catalog
    named = partial.named
    return with_systems(catalog, named(Threat), named(Effector), named(Sensor), named(Family))
