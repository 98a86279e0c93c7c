"""What a policy exposes and spends: allies' engagements, rounds, aircraft-hours, nearest approach.

Beside every comparison, because a number of leakers is not the whole answer.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skypact.engine import trace
from skypact.geometry.atlas import Atlas
from skypact.geometry.permission import may_be
from skypact.policy.situation import FireUnit
from skypact.study.play import RunSettings
from skypact.study.ready import Ready
from skypact.study.results import Document, PolicyResult
from skypact.study.setup import CompiledPolicy, Study
from skypact.world.borders import country_at

TIMES = "opens_s", "flight_open_s", "closes_s", "flight_close_s"
TRACED = 50
"""Replications that are looked at in full, to see where engagements take place."""


def exposure(
    study: Study,
    made: Ready,
    result: PolicyResult,
    settings: RunSettings,
) -> Document:
    """What the allies' forces do under a policy.

    An ally is any owner whose role is not that of a defender.  *Abroad* is the territory of another
    actor than the owner.  Which share of the engagements lies abroad is counted in the first 50
    replications, all else in all of them.  Aircraft-hours are those on station abroad while the raid lasts, from the first launch
    to the last impact.  The nearest approach is that of the area in which an allied aircraft may be
    (its patrol and its dash, from where it may shoot at something in range) or of an allied unit's place.
    ``allied_units`` counts their fire units, those with a window, and those whose place is notional.

    Returns
    -------
    dict
        Means, hours, and km by watched actor (null where no ally stands or flies).
    """
    scenario, atlas, compiled = study.scenario, study.atlas, made.compiled
    allies = frozenset(name for name, actor in scenario.actors.items() if actor.role != "defender")
    units = [unit for unit in compiled.situation.units if unit.owner in allies and unit.engages]
    owners = sorted({unit.owner for unit in units})
    watched = scenario.watched or scenario.raid.attacker
    document: Document = {
        f"allied_{name}": _sum(result, owners, name) for name in ("engagements", "rounds", "cost_usd")
    }
    document["allied_engagements_abroad"] = _abroad(
        study, made, units, settings, document["allied_engagements"]["mean"]
    )
    document["aircraft_hours_abroad"] = _hours_abroad(compiled, units)

    def nearest() -> Document:
        areas = [may_be(atlas, unit, engagement) for unit in units for engagement in unit.engages.values()]
        return {name: _nearest(atlas, name, areas) for name in watched}

    document["nearest_approach_km"] = made.keep("nearest approach", nearest)
    document["allied_units"] = made.keep("allied units", lambda: _posts(study, compiled, units))
    document["training_days"] = {
        name: gift.training_days.model_dump(mode="json", include={"value", "low", "high"})
        for name in scenario.policies[compiled.policy].decisions
        for gift in scenario.decisions[name].gives
    }
    return document


def _posts(study: Study, compiled: CompiledPolicy, units: list[FireUnit]) -> Document:
    """How many fire units allies have, how many of them have a window, and of how many the place is notional."""
    scenario = study.scenario
    acts = [scenario.laydown, *(act.laydown for act in scenario.decisions.values())]
    ours = {entry.id for act in acts for entry in act if entry.kind == "notional"}
    shooters = set(compiled.raid.window_columns.column("unit"))
    return {
        "count": len(units),
        "with_window": sum(unit.id in shooters for unit in units),
        "notional_place": sum(unit.entry in ours for unit in units),
    }


def _sum(result: PolicyResult, owners: list[str], name: str) -> Document:
    return {"mean": sum(result.by_owner[owner][name].mean for owner in owners)}


def _abroad(
    study: Study,
    made: Ready,
    units: list[FireUnit],
    settings: RunSettings,
    engagements: float,
) -> Document:
    """Allied engagements by the actor over whose territory the intercepts would lie."""
    owner_of = {unit.id: unit.owner for unit in units}
    host_of = made.keep("hosts", lambda: _hosts(study, made.compiled, owner_of))
    hosts = sorted(set(host_of.values()))
    if not hosts:
        return {}
    runs = min(TRACED, settings.replications)

    def fired_windows() -> NDArray[np.int64]:
        traces = (trace(made.player.prepared, settings.first + run, settings.seed) for run in range(runs))
        return np.concatenate([one.fired["window"] for one in traces])

    windows = made.keep(("fired", settings.seed, settings.first, runs), fired_windows)
    column = made.compiled.raid.window_columns.column("unit")
    shooters = np.array([unit in owner_of for unit in column], np.bool_)
    fired = windows[shooters[windows]].tolist()
    counts = Counter(host_of.get(window, "") for window in fired)
    every = sum(counts.values()) or 1
    return {host: {"mean": engagements * counts[host] / every, "replications": runs} for host in hosts}


def _hosts(study: Study, compiled: CompiledPolicy, owner_of: dict[str, str]) -> dict[int, str]:
    """For each window of these units over another actor's territory, that actor (by the window's middle)."""
    columns = compiled.raid.window_columns
    threat, shooter = columns.column("threat"), columns.column("unit")
    indices = [index for index, unit in enumerate(shooter) if unit in owner_of]
    host_of: dict[int, str] = {}
    if not indices:
        return host_of
    threats = {one.id: one for one in compiled.situation.incoming}
    of = [threats[threat[index]] for index in indices]
    times = (columns.numbers(name)[indices] for name in TIMES)
    middle = sum(times, np.zeros(len(indices))) / 2 - np.array([one.launch_s for one in of])
    paths = np.array([one.path for one in of], np.int64)
    lat, lon = np.zeros(len(indices)), np.zeros(len(indices))
    for path in np.unique(paths).tolist():
        flight, rows = compiled.opportunities.flights[path], paths == path
        lat[rows] = np.interp(middle[rows], flight.time_s, flight.lat)
        lon[rows] = np.interp(middle[rows], flight.time_s, np.unwrap(flight.lon, period=360.0))
    for name in study.scenario.actors:
        over = study.atlas.contains(study.atlas.named(name), lat, lon)
        for row in np.flatnonzero(over).tolist():
            if owner_of[shooter[indices[row]]] != name:
                host_of[indices[row]] = name
    return host_of


def _hours_abroad(compiled: CompiledPolicy, units: list[FireUnit]) -> float:
    raid, situation = compiled.raid, compiled.situation
    begin = min((threat.launch_s for threat in situation.incoming), default=0.0)
    end = max((threat.impact_s for threat in raid.threats), default=0.0)
    hours = 0.0
    for unit in units:
        if unit.aircraft is None:
            continue
        code = country_at(unit.lat, unit.lon)
        home = situation.geography.territories.get(unit.owner, ())
        if code is None or code in home:
            continue
        seconds = sum(max(0.0, min(end, to) - max(begin, since)) for since, to in unit.on_station_s)
        hours += unit.aircraft.number * seconds / 3600
    return hours


def _nearest(atlas: Atlas, name: str, areas: list[BaseGeometry]) -> float | None:
    """From the nearest of some areas to a territory, km; what was measured of an area is remembered."""
    territory = atlas.named(name)
    if territory.is_empty:
        return None
    found = {
        atlas.keep(("nearest", name, one.wkb), partial(one.distance, territory))
        for one in {id(one): one for one in areas}.values()
        if not one.is_empty
    }
    return float(min(found)) if found else None
