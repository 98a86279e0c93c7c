"""Checking a scenario file wholly: what is wrong in the file, and which units can reach nothing.

A unit that reaches nothing is a slip in a place, a patrol, a rule or a range, or a unit too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skypact.catalog.model import Catalog
from skypact.geometry.atlas import atlas_of
from skypact.geometry.looks import firing
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import opportunities
from skypact.policy import build_situation
from skypact.policy.situation import FireUnit
from skypact.reading import Problem
from skypact.scenario.check import Examined, examine, examine_text
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.model import Scenario
from skypact.scenario.partial import PartialScenario
from skypact.scenario.systems import catalog_of

MAYBE_MEANT = (
    "check place, patrol, doctrine and rules; or leave it, if that is so: that an ally's units stand too far back is part of"
    " the answer"
)
"""What to do about a unit that can reach nothing."""


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
    return _checked(examine(path, catalog))


def check_text(text: str, name: str) -> tuple[Problem, ...]:
    """The same for a text; problems are said to stand in a file of this name."""
    return _checked(examine_text(text, name))


def _checked(examined: Examined) -> tuple[Problem, ...]:
    if examined.partial is None or examined.scenario is None or examined.errors:
        return examined.problems
    from skypact.study.check import check_reach  # heavy, and only wanted here

    return tuple(sorted({*examined.problems, *check_reach(examined.partial, examined.scenario)}))


@dataclass(frozen=True)
class Reach:
    """The fire units of all policies, and which of them have a launch window under none that has them."""

    units: tuple[FireUnit, ...]
    idle: frozenset[str]


def idle_units(scenario: Scenario, catalog: Catalog) -> Reach:
    """Find the fire units that can reach nothing under any policy.

    Parameters
    ----------
    scenario, catalog
        A scenario without errors, and what systems are.
    """
    units: dict[str, FireUnit] = {}
    busy: set[str] = set()
    atlas = None
    for policy in scenario.policies:
        situation = build_situation(scenario, catalog, policy)
        units |= {unit.id: unit for unit in situation.units}
        waiting = {unit.id for unit in situation.units if unit.id not in busy}
        if waiting:
            rest = firing(situation, waiting)
            atlas = atlas or atlas_of(situation.geography)
            windows = tracked(rest, opportunities(rest, atlas)).windows
            busy |= {rest.units[index].id for index in set(windows.unit.tolist())}
    return Reach(tuple(units.values()), frozenset(units.keys() - busy))


def check_reach(partial: PartialScenario, scenario: Scenario) -> Iterator[Problem]:
    """Warn of units that can reach nothing under any policy; for a scenario without errors.

    Units that are placed one by one are named one by one.  Where a rule spreads them, some may well
    stand where nothing comes: there only an entry whose units are all idle is named.
    """
    reach = idle_units(scenario, catalog_of(scenario, partial.shipped))
    for path, entry in partial.each(LaydownEntry):
        units = [unit for unit in reach.units if unit.entry == entry.id]
        if entry.at is not None:
            units = [unit for unit in units if unit.place in entry.at]
        idle = [unit for unit in units if unit.id in reach.idle]
        if not idle or (entry.at is None and len(idle) < len(units)):
            continue
        places = list(dict.fromkeys(unit.place for unit in idle))
        where = ", ".join(places[:4]) + (f" and {len(places) - 4} other places" if len(places) > 4 else "")
        what = f"{entry.id} at {where} can reach nothing under any policy"
        yield partial.warning(path, what, MAYBE_MEANT)
