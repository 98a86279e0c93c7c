"""An incident under one policy, with every number settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from skypact.catalog.model import ThreatClass
from skypact.policy.draw import Draw, central
from skypact.policy.force import dated
from skypact.policy.situation import FireUnit, Situation
from skypact.quantity import Quantity
from skypact.scenario.incident import Incident, Span
from skypact.scenario.model import Scenario

Between = tuple[float, float]
"""An interval from which one uniform draw a replication is taken."""


@dataclass(frozen=True)
class SettledStep:
    """One step that is taken.

    Fields as in `skypact.scenario.incident.Step`; times in seconds.  `armed` says whether it needs units,
    and `units` are those that there are.
    """

    id: str
    response: str
    actor: str
    title: str
    delay_s: Between
    chance: float
    works_after_s: float
    tries: int
    every_s: float
    armed: bool
    units: tuple[FireUnit, ...]
    cost_usd: float
    prolongs_min: float
    renews: float
    renewed_min: Between
    widens: float
    harm_if_hit: float
    contested: str


@dataclass(frozen=True)
class SettledIncident:
    """The fire and the steps taken.

    `lat`, `lon` is the place under fire; the gun lies `depth_km` behind the edge of `behind`, somewhere in
    a circle of radius `uncertain_km`.
    """

    name: str
    by: str
    under: str
    threat_class: ThreatClass
    lat: float
    lon: float
    behind: str
    depth_km: float
    uncertain_km: float
    seen: float
    rounds_per_min: float
    harm_per_round: float
    lasts_s: Between
    steps: tuple[SettledStep, ...]

    def with_chance(self, names: Collection[str], chance: float) -> SettledIncident:
        """The same with another chance that these steps end the fire."""
        steps = tuple(replace(one, chance=chance) if one.id in names else one for one in self.steps)
        return replace(self, steps=steps)


def settle_incident(
    scenario: Scenario, policy: str, situation: Situation, draw: Draw = central
) -> SettledIncident | None:
    """Settle the incident of a scenario under a policy; None where it has none.

    The steps are those that the policy's decisions take, in the order of the ladder.
    """
    incident = scenario.incident
    if incident is None:
        return None
    taken = {name for _, decision in dated(scenario, policy) for name in decision.steps}
    fire, place = incident.fire, scenario.places[incident.fire.at]
    return SettledIncident(
        name=fire.name,
        by=fire.by,
        under=fire.under,
        threat_class=fire.threat_class,
        lat=place.lat,
        lon=place.lon,
        behind=fire.gun.behind,
        depth_km=draw("incident.fire.gun.depth_km", fire.gun.depth_km),
        uncertain_km=draw("incident.fire.gun.uncertain_km", fire.gun.uncertain_km),
        seen=draw("incident.fire.gun.seen", fire.gun.seen),
        rounds_per_min=draw("incident.fire.rounds_per_min", fire.rounds_per_min),
        harm_per_round=draw("incident.fire.harm_per_round", fire.harm_per_round),
        lasts_s=_seconds("incident.fire.lasts_min", fire.lasts_min, draw),
        steps=tuple(_step(incident, name, situation, draw) for name in incident.ladder if name in taken),
    )


def _seconds(name: str, span: Span, draw: Draw) -> Between:
    low, high = _ends(name, span, draw)
    return (60 * low, 60 * high)


def _ends(name: str, span: Span, draw: Draw) -> Between:
    """The ends of a span; those that are numbers with a range are settled."""
    low, high = (
        draw(f"{name}.{end}", given) if isinstance(given, Quantity) else given
        for end, given in (("low", span.low), ("high", span.high))
    )
    return low, high


def alike(incident: Incident, name: str, field: str) -> tuple[str, ...]:
    """The steps by the same units for which a number is the same: one number, however often it is given."""
    units = incident.ladder[name].units
    if units is None:
        return (name,)
    ours = _range(getattr(incident.ladder[name], field))
    steps = incident.ladder.items()
    return tuple(n for n, one in steps if one.units == units and _range(getattr(one, field)) == ours)


def _range(quantity: Quantity | None) -> tuple[float | None, ...]:
    return () if quantity is None else (quantity.value, quantity.low, quantity.high)


def _step(incident: Incident, name: str, situation: Situation, draw: Draw) -> SettledStep:
    step = incident.ladder[name]

    def settled(field: str, quantity: Quantity | None) -> float:
        if quantity is None:
            return 0.0
        return draw(f"incident.ladder.{alike(incident, name, field)[0]}.{field}", quantity)

    renewed, key = step.renewed_min, f"incident.ladder.{name}"
    return SettledStep(
        id=name,
        response=step.response,
        actor=step.actor,
        title=step.title,
        delay_s=_seconds(f"{key}.delay_min", step.delay_min, draw),
        chance=settled("chance", step.chance),
        works_after_s=60 * step.works_after_min,
        tries=step.tries,
        every_s=60 * step.every_min,
        armed=step.units is not None,
        units=tuple(unit for unit in situation.units if unit.entry == step.units),
        cost_usd=settled("cost_usd", step.cost_usd),
        prolongs_min=settled("prolongs_min", step.prolongs_min),
        renews=settled("renews", step.renews),
        renewed_min=(0.0, 0.0) if renewed is None else _ends(f"{key}.renewed_min", renewed, draw),
        widens=settled("widens", step.widens),
        harm_if_hit=settled("harm_if_hit", step.harm_if_hit),
        contested=step.contested,
    )
