"""Why a unit can, or cannot, engage a threat: the numbers behind `skypact explain`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry import reach
from skypact.geometry.atlas import Atlas
from skypact.geometry.permission import cover, permitted, stands
from skypact.geometry.track import place_at, tracks
from skypact.geometry.windows import Opportunities, for_threats, opportunities, shooter
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
    "permission",
    "off-station",
]
SAMPLES = 3000


@dataclass(frozen=True)
class Appraisal:
    """What decides between one unit and one path; times in seconds after the path's launch.

    Attributes
    ----------
    reason
        ``window``: there is one. Else the first that fails: ``class`` (not engaged, see `leaves`),
        ``unseen`` by its group, out of ``range``, outside the ``altitude`` band, below the ``horizon`` or
        out of range of its own antenna, ``from-range`` (doctrine waits until it is too late), too
        ``late``; where geometry allows it, no ``permission``; where that does too, ``off-station``.
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
        First sight by the unit's group and usable track; infinite if never.
    late_s
        How much sooner the track would have had to be usable; 0 if it is in time; None if nothing
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
    alone = replace(situation, units=(unit,), paths=(situation.paths[path],), incoming=incoming)
    reachable = opportunities(alone, atlas, permission=False)
    group = reachable.detections.groups.index(unit.group)
    sight, usable = reachable.detections.sight_s[group, 0], reachable.detections.usable_s[group, 0]
    if engagement is None:
        leaves = unit.leaves.get(threat_class, "system")
        return Appraisal("class", leaves, sight_s=sight, usable_s=usable)
    times, values = _profile(alone, reachable, unit, engagement, usable)
    seen = replace(_approach(unit, engagement, reachable, times, values), sight_s=sight, usable_s=usable)
    if not len(reachable.windows):
        return replace(seen, reason="unseen" if sight == inf else _first_to_fail(values))
    allowed = opportunities(alone, atlas)
    there = for_threats(alone, allowed) if incoming else allowed.windows
    clear = times[(values >= 0).all(axis=1)]
    seen = _permission(replace(seen, windows=len(there)), atlas, unit, engagement, reachable, clear)
    if not len(allowed.windows):
        return replace(seen, reason="permission")
    windows = allowed.windows
    first = float((windows.opens_s + windows.flight_open_s).min())
    last = float((windows.closes_s + windows.flight_close_s).max())
    return replace(
        seen,
        reason="window" if len(there) else "off-station",
        first_intercept_s=first,
        last_intercept_s=last,
    )


def _profile(
    alone: Situation, found: Opportunities, unit: FireUnit, engagement: Engagement, usable: float
) -> tuple[Floats, Floats]:
    """The margins along the whole flight, one row a time."""
    flown = tracks(found.flights)
    record = np.array([shooter(unit, engagement)], dtype=reach.SHOOTER)[0]
    times = np.linspace(0.0, found.flights[0].duration_s, SAMPLES)[:-1]
    values = np.empty((len(times), reach.MARGINS))
    rcs = alone.paths[0].rcs_m2 ** 0.25
    last = len(flown.nodes) - 1
    for time, row in zip(times, values, strict=True):
        # Unseen, the threat still has a place; only the margin of time then says nothing.
        reach.margins(record, flown.nodes, 0, last, rcs, min(usable, 1e12), time, row)
    return times, values


_CHAIN: tuple[tuple[Reason, tuple[int, ...]], ...] = (
    ("range", (reach.RANGE, reach.LEAST_RANGE)),
    ("altitude", (reach.LOW, reach.HIGH)),
    ("horizon", (reach.LIT, reach.ABOVE, reach.LIT_BEFORE, reach.ABOVE_BEFORE)),
    ("from-range", (reach.NEAR,)),
    ("late", (reach.SEEN,)),
)


def _first_to_fail(values: Floats) -> Reason:
    """The first condition that leaves nothing of what those before it left."""
    held = np.ones(len(values), dtype=bool)
    for reason, kinds in _CHAIN:
        held &= (values[:, kinds] >= 0).all(axis=1)
        if not held.any():
            return reason
    return "late"


def _approach(
    unit: FireUnit, engagement: Engagement, found: Opportunities, times: Floats, values: Floats
) -> Appraisal:
    """Range, altitude, horizon and time in numbers."""
    flown = tracks(found.flights)
    record = np.array([shooter(unit, engagement)], dtype=reach.SHOOTER)[0]
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
    rest = np.delete(values, reach.SEEN, axis=1)
    possible = (rest >= 0).all(axis=1)
    return Appraisal(
        "window",
        nearest_km=float(slants[near]),
        nearest_s=float(times[near]),
        nearest_altitude_m=float(heights[near] * 1000),
        beyond_range_km=max(0.0, -float(values[:, reach.RANGE].max())),
        in_range_s=float(band.sum() * (times[1] - times[0])),
        horizon_km=float(lit[fits].max()) if unit.site is not None and fits.any() else None,
        late_s=max(0.0, -float(values[possible, reach.SEEN].max())) if possible.any() else None,
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
