"""Why a unit can, or cannot, engage a threat: the numbers behind `skypact explain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry import reach
from skypact.geometry.atlas import Atlas
from skypact.geometry.looks import ALWAYS, firing, looks_at, pictures
from skypact.geometry.permission import cover, permitted, stands
from skypact.geometry.shooters import shooter
from skypact.geometry.track import place_at, tracks
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy.precedence import deciding
from skypact.policy.situation import Clause, Engagement, FireUnit, Situation
from skypact.world.earth import Floats

Reason = Literal[
    "window",
    "class",
    "unseen",
    "range",
    "altitude",
    "horizon",
    "from-range",
    "late",
    "lost",
    "permission",
    "off-station",
]
SAMPLES = 3000


@dataclass(frozen=True)
class Finds:
    """One look that the unit's group may use; times in seconds after the path's launch.

    Attributes
    ----------
    sensor, owner
        Whose look it is.
    sight_s, leaves_s
        First and last sight.
    delay_s
        From first sight to a track.
    held_s
        Until when the track is kept.
    p_detect
        Chance that this look finds the threat.
    """

    sensor: str
    owner: str
    sight_s: float
    leaves_s: float
    delay_s: tuple[float, float]
    held_s: float
    p_detect: float


@dataclass(frozen=True)
class Appraisal:
    """What decides between one unit and one path; times in seconds after the path's launch.

    Attributes
    ----------
    reason
        ``window``: there is one. Else the first that fails: ``class`` (not engaged, see `leaves`),
        ``unseen`` by its group, out of ``range``, outside the ``altitude`` band, below the ``horizon`` or
        out of range of its own antenna, ``from-range`` (doctrine waits until it is too late), tracked too
        ``late`` or no more (``lost``); where geometry allows it, no ``permission``; where that does too,
        ``off-station``.
    leaves
        Why the class is not engaged: a doctrine's id, or "system".
    windows
        How many windows there are (within times on station, where threats fly the path).
    first_intercept_s, last_intercept_s
        Earliest and latest intercept in a window; None without one.
    nearest_km, nearest_s, nearest_altitude_m
        Nearest approach: slant range from the edge of the unit's disc, when, and how high.
    beyond_range_km
        How far outside its range the threat stays at best; 0 if it comes into range.
    in_range_s
        How long it is in the range band.
    horizon_km
        At best while in range and altitude band: how far above (positive) or below the own antenna's
        horizon or range, in km of distance; None without an antenna or if never in the band.
    sight_s, usable_s
        First sight by the unit's group, and its first track; infinite if never.
    finds
        Every look that the group may use, by time.
    late_s
        By how much the best track begins too late, or ends too soon; 0 if one is in time; None if nothing
        else would be possible either.
    depth_km
        From the nearest point of the track that geometry can reach to the nearest permitted intercept;
        0 if permitted; infinite if nothing is permitted anywhere; None if geometry reaches nothing.
    decided_by
        The clause that decides at that point; None if no clause covers it.
    nearest_permission
        The permission whose area comes nearest to that point, if any.
    """

    reason: Reason
    leaves: str = ""
    windows: int = 0
    first_intercept_s: float | None = None
    last_intercept_s: float | None = None
    nearest_km: float = inf
    nearest_s: float = 0.0
    nearest_altitude_m: float = 0.0
    beyond_range_km: float = 0.0
    in_range_s: float = 0.0
    horizon_km: float | None = None
    sight_s: float = inf
    usable_s: float = inf
    finds: tuple[Finds, ...] = ()
    late_s: float | None = None
    depth_km: float | None = None
    decided_by: Clause | None = None
    nearest_permission: Clause | None = None


def appraise(situation: Situation, atlas: Atlas, unit_id: str, path: int) -> Appraisal:
    """Say why there is, or is no, window for a unit and a path.

    Raises
    ------
    StopIteration
        If there is no such unit.
    """
    unit = next(unit for unit in situation.units if unit.id == unit_id)
    threat_class = situation.paths[path].threat_class
    engagement = unit.engages.get(threat_class)
    incoming = tuple(replace(threat, path=0) for threat in situation.incoming if threat.path == path)
    alone = replace(firing(situation, {unit.id}), paths=(situation.paths[path],), incoming=incoming)
    reachable = opportunities(alone, atlas, permission=False)
    finds = _finds(alone, reachable, unit)
    seen = Appraisal(
        "unseen",
        sight_s=min((look.sight_s for look in finds), default=inf),
        usable_s=min((_usable(look) for look in finds), default=inf),
        finds=finds,
    )
    if engagement is None:
        return replace(seen, reason="class", leaves=unit.leaves.get(threat_class, "system"))
    times, values, launches = _profile(alone, reachable, unit, engagement)
    seen = _approach(seen, unit, engagement, reachable, times, values)
    if not len(reachable.windows):
        return seen if not finds else replace(seen, reason=_first_to_fail(values))
    clear = (values >= 0).all(axis=1)
    gaps = _gaps(finds, launches[clear], unit.reaction_s)
    seen = replace(seen, late_s=float(np.abs(gaps).min()) if gaps.size else 0.0)
    on_station = replace(alone, units=tuple(replace(one, on_station_s=ALWAYS) for one in alone.units))
    if not len(tracked(on_station, reachable).windows):
        if not finds:
            return seen
        late = gaps.size == 0 or gaps[np.abs(gaps).argmin()] > 0
        return replace(seen, reason="late" if late else "lost")
    allowed = opportunities(alone, atlas)
    windows = tracked(on_station, allowed).windows
    there = len(tracked(alone, allowed).windows)
    held = times[clear][gaps == 0.0] if gaps.size else times[clear]
    seen = _permission(replace(seen, windows=there), atlas, unit, engagement, reachable, held)
    if not len(windows):
        return replace(seen, reason="permission")
    launch = incoming[0].launch_s
    return replace(
        seen,
        reason="window" if there else "off-station",
        first_intercept_s=float((windows.opens_s + windows.flight_open_s).min()) - launch,
        last_intercept_s=float((windows.closes_s + windows.flight_close_s).max()) - launch,
    )


def _finds(alone: Situation, found: Opportunities, unit: FireUnit) -> tuple[Finds, ...]:
    """The looks at the first threat on the path that the unit's group may use, by time."""
    looks = looks_at(alone, found.sensors, found.passages, found.flights)
    seen, of_group = pictures(alone, found.sensors)
    mine = np.flatnonzero((looks.threat == 0) & seen[of_group[unit.group]][looks.sensor])
    launch, threat_class = alone.incoming[0].launch_s, alone.paths[0].threat_class
    made = []
    for look in mine[np.argsort(looks.sight_s[mine], kind="stable")]:
        sensor = looks.sensors[looks.sensor[look]]
        sight, leaves, held = (
            float(column[look]) - launch for column in (looks.sight_s, looks.leaves_s, looks.held_s)
        )
        chance = sensor.p_detect[threat_class]
        made.append(Finds(sensor.id, sensor.owner, sight, leaves, sensor.delay_s, held, chance))
    return tuple(made)


def _usable(look: Finds) -> float:
    return look.sight_s + sum(look.delay_s) / 2


def _gaps(finds: Sequence[Finds], launches: Floats, reaction: float) -> Floats:
    """For each launch, how long the nearest track lies after it (positive) or before it (negative)."""
    if not finds:
        return np.empty(0)
    starts = np.array([_usable(look) + reaction for look in finds])
    ends = np.array([look.held_s for look in finds])
    before, after = starts - launches[:, None], launches[:, None] - ends
    gaps = np.where(before > 0, before, np.where(after > 0, -after, 0.0))
    gaps[:, starts > ends] = inf
    nearest: Floats = np.take_along_axis(gaps, np.abs(gaps).argmin(axis=1)[:, None], axis=1)[:, 0]
    return nearest


def _profile(
    alone: Situation, found: Opportunities, unit: FireUnit, engagement: Engagement
) -> tuple[Floats, Floats, Floats]:
    """Times along the whole flight; the margins of an intercept at each; when it would be launched."""
    flown = tracks(found.flights)
    record = shooter(unit, engagement)
    times = np.linspace(0.0, found.flights[0].duration_s, SAMPLES)[:-1]
    values = np.empty((len(times), reach.MARGINS))
    launches = np.empty(len(times))
    rcs = alone.paths[0].rcs_m2 ** 0.25
    last = len(flown.nodes) - 1
    for number, time in enumerate(times):
        reach.margins(record, flown.nodes, 0, last, rcs, time, values[number])
        launches[number] = time - reach.flight_s(record, flown.nodes, 0, last, time)
    return times, values, launches


_CHAIN: tuple[tuple[Reason, tuple[int, ...]], ...] = (
    ("range", (reach.RANGE, reach.LEAST_RANGE)),
    ("altitude", (reach.LOW, reach.HIGH)),
    ("horizon", (reach.LIT, reach.ABOVE, reach.LIT_BEFORE, reach.ABOVE_BEFORE)),
    ("from-range", (reach.NEAR,)),
)


def _first_to_fail(values: Floats) -> Reason:
    """The first condition that leaves nothing of what those before it left."""
    held = np.ones(len(values), dtype=bool)
    for reason, kinds in _CHAIN:
        held &= (values[:, kinds] >= 0).all(axis=1)
        if not held.any():
            return reason
    return "range"  # for less than what lies between two samples


def _approach(
    seen: Appraisal,
    unit: FireUnit,
    engagement: Engagement,
    found: Opportunities,
    times: Floats,
    values: Floats,
) -> Appraisal:
    """Range, altitude, horizon and time in numbers."""
    flown = tracks(found.flights)
    record = shooter(unit, engagement)
    last = len(flown.nodes) - 1
    slants = np.empty(len(times))
    heights = np.empty(len(times))
    still = record.copy()
    still["reach"] = 0.0
    for row, time in enumerate(times):
        x, y, z, heights[row] = place_at(flown.nodes, 0, last, time)
        slants[row] = reach.approach(still, reach.chord_at(still, x, y, z), heights[row])[1]
    near = int(np.argmin(slants))
    band = (values[:, [reach.RANGE, reach.LEAST_RANGE]] >= 0).all(axis=1)
    fits = band & (values[:, [reach.LOW, reach.HIGH]] >= 0).all(axis=1)
    lit = values[:, [reach.LIT, reach.ABOVE, reach.LIT_BEFORE, reach.ABOVE_BEFORE]].min(axis=1)
    return replace(
        seen,
        nearest_km=float(slants[near]),
        nearest_s=float(times[near]),
        nearest_altitude_m=float(heights[near] * 1000),
        beyond_range_km=max(0.0, -float(values[:, reach.RANGE].max())),
        in_range_s=float(band.sum() * (times[1] - times[0])),
        horizon_km=float(lit[fits].max()) if unit.site is not None and fits.any() else None,
    )


def _permission(
    seen: Appraisal,
    atlas: Atlas,
    unit: FireUnit,
    engagement: Engagement,
    found: Opportunities,
    clear: Floats,
) -> Appraisal:
    """Add how far from permitted the track is where geometry reaches it, and which clause decides there."""
    if not len(clear):
        windows = found.windows
        clear = windows.opens_s + windows.flight_open_s
    flight = found.flights[0]
    places = np.array([flight.at(time)[:2] for time in clear])
    points = shapely.points(atlas.project(places[:, 0], places[:, 1]))
    area = permitted(atlas, unit, engagement)
    away = np.full(len(points), inf) if area.is_empty else shapely.distance(area, points)
    nearest = points[int(np.argmin(away))]
    place = atlas.point(unit.lat, unit.lon)
    may = [c for c in engagement.clauses if c.allow and _stands(atlas, unit, engagement, c, place, nearest)]
    may = [clause for clause in may if not cover(atlas, clause).is_empty]
    if area.is_empty and may:
        nearest = points[int(np.argmin(shapely.distance(cover(atlas, may[-1]), points)))]
    covering = [
        clause
        for clause in engagement.clauses
        if cover(atlas, clause).intersects(nearest)
        and _stands(atlas, unit, engagement, clause, place, nearest)
    ]
    return replace(
        seen,
        depth_km=float(away.min()),
        decided_by=deciding(covering),
        nearest_permission=min(may, key=lambda clause: cover(atlas, clause).distance(nearest), default=None),
    )


def _stands(
    atlas: Atlas,
    unit: FireUnit,
    engagement: Engagement,
    clause: Clause,
    place: BaseGeometry,
    target: BaseGeometry,
) -> bool:
    """Whether the unit can stand, in range of the target, where the clause lets it."""
    if unit.aircraft is None:
        return stands(atlas, clause, place)
    disc = place.buffer(unit.radius_km + unit.aircraft.reach_km)
    return stands(atlas, clause, disc.intersection(target.buffer(engagement.max_range_km)))
