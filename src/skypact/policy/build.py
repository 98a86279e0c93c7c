"""Making the situation: a scenario under a policy, with every number settled."""

from __future__ import annotations

from skypact.catalog.model import Catalog
from skypact.policy.doctrine import concurrencies
from skypact.policy.draw import Draw, central
from skypact.policy.force import in_force
from skypact.policy.placement import Placement
from skypact.policy.sharing import seen_by
from skypact.policy.situation import Geography, Path, Situation
from skypact.policy.stationing import stationed
from skypact.policy.threats import threats
from skypact.scenario.model import Scenario


def build_situation(scenario: Scenario, catalog: Catalog, policy: str, draw: Draw = central) -> Situation:
    """Make the situation of a scenario under a policy.

    Parameters
    ----------
    scenario, catalog
        What is asked, and what systems are.
    policy
        Name of a policy of the scenario.
    draw
        How numbers with ranges are settled: by default at their central value.

    Returns
    -------
    Situation
        Units, sensors, paths and threats in the order of the files.
    """
    force = stationed(scenario, policy, in_force(scenario, policy), draw)
    placement = Placement(scenario, catalog, force, draw)
    units = tuple(unit for held in force.laydown for unit in placement.units(held))
    sites = tuple(site for entry in force.sensors for site in placement.sites(entry))
    paths: dict[Path, int] = {}
    incoming = tuple(
        threat for wave in scenario.raid.waves for threat in threats(scenario, catalog, wave, draw, paths)
    )
    owners: dict[str, set[str]] = {}
    for unit in units:
        owners.setdefault(unit.group, set()).add(unit.owner)
    actors = tuple(scenario.actors)
    tracks = {group: seen_by(force, frozenset(members), actors) for group, members in owners.items()}
    usual, late = concurrencies(force, units, sorted({path.threat_class for path in paths}), draw)
    return Situation(units, sites, tuple(paths), incoming, tracks, usual, late, geography(scenario))


def geography(scenario: Scenario) -> Geography:
    """The names that areas may use."""
    territories = {
        name: actor.territory if actor.territory is not None else ((name,) if len(name) == 3 else ())
        for name, actor in scenario.actors.items()
    }
    regions = {name: region.corners for name, region in scenario.regions.items()}
    places = {name: (place.lat, place.lon) for name, place in scenario.places.items()}
    return Geography(territories, regions, places)
