"""What a policy rests on besides the numbers that are settled: entries in force, distances, delays.

Names are those under which numbers are settled: ``laydown.ukr-iris-t.count``,
``effectors.nasams.reload_s``, ``rules.drones-70km.over.0.within.0.km``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from skypact.catalog.model import Catalog
from skypact.policy.force import dated, in_force
from skypact.policy.situation import Situation
from skypact.policy.stationing import stationed
from skypact.quantity import Basis, Quantity
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Doctrine


def used_undrawn(scenario: Scenario, catalog: Catalog, policy: str, situation: Situation) -> dict[str, Basis]:
    """Whatever has a basis and is used under a policy without being settled as a number, by name.

    Entries of the laydown, doctrine and waves; the distances of the rules in force; the delays of
    sensors, from whose range each replication draws.
    """
    force = stationed(scenario, policy, in_force(scenario, policy))
    used: dict[str, Basis] = {f"waves.{wave.id}": wave for wave in scenario.raid.waves}
    used |= {f"laydown.{held.entry.id}": held.entry for held in force.laydown}
    used |= {f"laydown.{entry.id}": entry for entry in force.sensors}
    used |= {f"doctrine.{one.id}": one for one in force.doctrine if _applies(one, situation)}
    for held in force.rules:
        used |= numbers_in(held.rule, f"rules.{held.rule.id}")
    for site in situation.sites:
        used[f"sensors.{site.system}.delay_s"] = catalog.sensors[site.system].delay_s
    for unit in situation.units:
        own = catalog.effectors[unit.system].sensor
        if own is not None and own.delay_s is not None:
            used[f"effectors.{unit.system}.sensor.delay_s"] = own.delay_s
    ladder = scenario.incident.ladder if scenario.incident is not None else {}
    for name, decision in dated(scenario, policy):
        for index, gift in enumerate(decision.gives):
            used |= numbers_in(gift, f"decisions.{name}.gives.{index}")
        for step in decision.steps:
            taken = ladder[step]
            used |= {f"incident.ladder.{step}": taken, **numbers_in(taken, f"incident.ladder.{step}")}
    return used


def _applies(entry: Doctrine, situation: Situation) -> bool:
    return any(
        (entry.owners is None or unit.owner in entry.owners)
        and (entry.systems is None or unit.system in entry.systems)
        and (entry.basing is None or unit.basing in entry.basing)
        and (entry.classes is None or not {*unit.engages, *unit.leaves}.isdisjoint(entry.classes))
        for unit in situation.units
    )


def numbers_in(part: object, name: str) -> dict[str, Quantity]:
    """Every number with a basis in a part of a scenario or of the catalogue, by name.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> list(numbers_in(load_catalog().sensors["medium-radar"].radar, "sensors.medium-radar.radar"))[0]
    'sensors.medium-radar.radar.range_km'
    """
    return dict(_numbers(part, name))


def _numbers(part: object, name: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(part, Quantity):
        yield name, part
    elif isinstance(part, BaseModel):
        for field in type(part).model_fields:
            yield from _numbers(getattr(part, field), f"{name}.{field}")
    elif isinstance(part, Mapping):
        for key, item in part.items():
            yield from _numbers(item, f"{name}.{key}")
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from _numbers(item, f"{name}.{index}")
