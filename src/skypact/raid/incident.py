"""Compiling an incident: the fire becomes a threat, every step a unit whose kill ends the fire.

The impact of the threat is the latest moment at which the fire would burn out by itself.  When it does is a
uniform draw: the delay of the look of a unit of its own (`BURNT_OUT`), which always kills.  A step acts at the
delay of its own look, named after its unit; steps stand in groups of their own and so go side by side.  No
step begins what could not work before the fire is over anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from skypact.geometry.standoff import Standoff
from skypact.policy.incident import Between, SettledIncident, SettledStep
from skypact.policy.situation import Engagement, FireUnit
from skypact.raid.model import Look, Raid, Threat, Track, Unit, Window

FIRE = "fire"
BURNT_OUT = "burnt-out"
BY_NATURE = "by_nature"
"""In a unit's `info`: it is nobody's doing; what it ends has run its course and counts as an arrival."""


def add_incident(raid: Raid, settled: SettledIncident, standoffs: Mapping[str, Standoff]) -> Raid:
    """Add the fire and the steps taken to a raid.

    Parameters
    ----------
    raid
        The compiled situation; it has the units that carry out steps.
    settled
        The incident with every number settled.
    standoffs
        Which unit reaches the gun, and how surely.
    """
    soonest, latest = settled.lasts_s
    units = {unit.id: unit for unit in raid.units}
    windows, looks = [], []
    if soonest < latest:
        units[BURNT_OUT] = Unit(BURNT_OUT, settled.by, BURNT_OUT, 1, 1, attempts=1, info={BY_NATURE: True})
        windows.append(Window(FIRE, BURNT_OUT, soonest, latest, 0.0, 0.0, 1.0, look_of(BURNT_OUT)))
        looks.append(_acts(BURNT_OUT, (soonest, latest)))
    for step in settled.steps:
        if not step.armed:
            units[step.id] = _words(step)
            looks.append(_acts(step.id, step.delay_s))
            windows += _windows(step.id, [(0.0, latest)], step.works_after_s, latest, step.chance)
        for unit in step.units:
            engagement, off = unit.engages.get(settled.threat_class), standoffs.get(unit.id)
            units[unit.id] = units[unit.id]._replace(
                group=unit.id,
                attempts=step.tries,
                recover_s=unit.recover_s,
                info={**units[unit.id].info, "step": step.id},
            )
            if engagement is None or off is None or off.share == 0.0:
                continue
            windows += _shots(step, unit, engagement, latest)
            start = step.delay_s[0] + unit.reaction_s, step.delay_s[1] + unit.reaction_s
            looks.append(_acts(unit.id, start, settled.seen * off.share))
    fire = Threat(FIRE, settled.threat_class, latest, info={"system": settled.name, "asset": ""})
    return replace(
        raid,
        threats=(*raid.threats, fire),
        units=tuple(units.values()),
        looks=(*raid.looks, *looks),
        tracks=(*raid.tracks, *(Track(look.id, FIRE, (look.id,)) for look in looks)),
        windows=(*raid.windows, *windows),
    )


def look_of(unit: str) -> str:
    """The id of the look after which a unit acts.

    Examples
    --------
    >>> look_of("burnt-out")
    'burnt-out/fire'
    """
    return f"{unit}/{FIRE}"


def _acts(unit: str, when: Between, p: float = 1.0) -> Look:
    return Look(look_of(unit), FIRE, when[0], (0.0, when[1] - when[0]), p)


def _words(step: SettledStep) -> Unit:
    pause = max(0.0, step.every_s - step.works_after_s)
    info = {"step": step.id, "system": step.response, "cost_usd": step.cost_usd}
    return Unit(
        *(step.id, step.actor, step.id, 1, step.tries),
        assess_s=pause,
        kind="soft",
        attempts=step.tries,
        info=info,
    )


def _shots(step: SettledStep, unit: FireUnit, engagement: Engagement, latest: float) -> list[Window]:
    """The unit's windows: whenever it is on station while the fire may last."""
    flight = step.works_after_s + 1000 * engagement.max_range_km / unit.interceptor_m_s
    n = engagement.salvo
    gun = 1 - (1 - engagement.p_kill) ** n
    each = 1 - (1 - step.chance * gun) ** (1 / n)  # so that the salvo ends the fire with chance * gun
    return _windows(unit.id, unit.on_station_s, flight, latest, each)


def _windows(
    unit: str, intervals: Iterable[Between], flight: float, latest: float, chance: float
) -> list[Window]:
    """A window for each interval in which the unit may begin what works after a flight time."""
    last = latest - flight
    return [
        Window(FIRE, unit, max(start, 0.0), min(end, last), flight, flight, chance, look_of(unit))
        for start, end in intervals
        if max(start, 0.0) <= min(end, last)
    ]
