"""Which units can reach nothing: a slip in a place, a patrol, a rule or a range, or a unit too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from skypact.catalog.model import Catalog
from skypact.geometry.atlas import atlas_of
from skypact.geometry.windows import for_threats, opportunities
from skypact.policy import situate
from skypact.policy.situation import FireUnit
from skypact.reading import Problem
from skypact.scenario.draft import Draft
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.model import Scenario


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
        situation = situate(scenario, catalog, policy)
        units |= {unit.id: unit for unit in situation.units}
        waiting = tuple(unit for unit in situation.units if unit.id not in busy)
        if waiting:
            rest = replace(situation, units=waiting)
            atlas = atlas or atlas_of(situation.geography)
            found = for_threats(rest, opportunities(rest, atlas))
            busy |= {waiting[index].id for index in set(found.unit.tolist())}
    return Reach(tuple(units.values()), frozenset(units.keys() - busy))


def check_reach(draft: Draft, scenario: Scenario) -> Iterator[Problem]:
    """Warn of units that can reach nothing under any policy; for a scenario without errors.

    Units that are placed one by one are named one by one.  Where a rule spreads them, some may well
    stand where nothing comes: there only an entry whose units are all idle is named.
    """
    reach = idle_units(scenario, draft.catalog)
    for path, entry in draft.each(LaydownEntry):
        units = [unit for unit in reach.units if unit.entry == entry.id]
        if entry.at is not None:
            units = [unit for unit in units if unit.place in entry.at]
        idle = [unit for unit in units if unit.id in reach.idle]
        if not idle or (entry.at is None and len(idle) < len(units)):
            continue
        places = list(dict.fromkeys(unit.place for unit in idle))
        where = ", ".join(places[:4]) + (f" and {len(places) - 4} other places" if len(places) > 4 else "")
        what = f"{entry.id} at {where} can reach nothing under any policy"
        yield draft.warning(path, what, "check place, patrol, doctrine and rules, or remove it")
