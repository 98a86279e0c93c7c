"""Windows by the straightforward loop: for every path, unit and time step, pyproj and Shapely.

What one would write first.  It is the reference of the tests and the measure of `skypact bench`; it shares
the atlas's shapes with the program, and no geometry besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import acos, cos, inf, sqrt

import shapely
from pyproj import Geod

from skypact.geometry.atlas import Atlas
from skypact.geometry.flight import Flight
from skypact.policy.situation import Antenna, Engagement, FireUnit, Path

GEOD = Geod(ellps="WGS84")
RADIUS_KM = 6371.0088

Position = tuple[float, float, float]  # latitude, longitude, altitude in km


def intercepts(
    path: Path,
    flight: Flight,
    unit: FireUnit,
    usable_s: float,
    atlas: Atlas | None,
    step_s: float,
) -> Iterator[tuple[float, float]]:
    """Times of intercept that are possible, at whole steps, and the flight time of each (s).

    `usable_s` is when the unit's group has a usable track; without an atlas everything is permitted.
    """
    engagement = unit.engages.get(path.threat_class)
    if engagement is None:
        return
    for number in range(int(flight.duration_s / step_s) + 1):
        time = number * step_s
        flown = intercept(path, flight, unit, engagement, usable_s, time)
        if flown is None or time >= flight.duration_s:
            continue
        if atlas is None or is_permitted(atlas, unit, engagement, place(flight, time)):
            yield time, flown


def is_possible(
    path: Path, flight: Flight, unit: FireUnit, usable_s: float, atlas: Atlas | None, time: float
) -> bool:
    """Whether an intercept is possible and permitted at a time."""
    engagement = unit.engages[path.threat_class]
    if intercept(path, flight, unit, engagement, usable_s, time) is None:
        return False
    return atlas is None or is_permitted(atlas, unit, engagement, place(flight, time))


def intercept(
    path: Path, flight: Flight, unit: FireUnit, engagement: Engagement, usable_s: float, time: float
) -> float | None:
    """Flight time for an intercept at a time, or None if there can be none."""
    target = place(flight, time)
    azimuth, away = toward(unit.lat, unit.lon, target)
    height = unit.aircraft.altitude_m / 1000 if unit.aircraft else 0.0
    reach = unit.aircraft.reach_km if unit.aircraft else 0.0
    near = max(away - unit.radius_km, 0.0)
    level = level_km(engagement.max_range_km, height, target[2])
    if level is None or near > level + reach:
        return None
    if not engagement.min_altitude_m <= target[2] * 1000 <= engagement.max_altitude_m:
        return None
    if slant_km(away + unit.radius_km + reach, height, target[2]) < engagement.min_range_km:
        return None
    dash = min(max(near - level, 0.0), reach)
    slant = max(slant_km(near - dash, height, target[2]), engagement.min_range_km)
    missile = slant / (unit.interceptor_m_s / 1000)
    flown = missile + (dash / (unit.aircraft.dash_m_s / 1000) if unit.aircraft else 0.0)
    launch = time - flown
    if launch < usable_s + unit.reaction_s:
        return None
    if engagement.from_range_km < inf:
        then = place(flight, launch)
        gap = max(toward(unit.lat, unit.lon, then)[1] - unit.radius_km, 0.0)
        if slant_km(gap, height, then[2]) > engagement.from_range_km:
            return None
    if unit.site is not None:
        eye = height if unit.aircraft else unit.site.antenna.height_m / 1000
        lon, lat, _ = GEOD.fwd(unit.lon, unit.lat, azimuth, min(unit.radius_km + dash, away) * 1000)
        for moment in (time, time - missile):
            if not sees(unit.site.antenna, eye, lat, lon, place(flight, moment), path.rcs_m2):
                return None
    return flown


def is_permitted(atlas: Atlas, unit: FireUnit, engagement: Engagement, target: Position) -> bool:
    """Whether the last clause that covers the pair allows it, for some place of the shooter."""
    point = shapely.Point(atlas.project(target[0], target[1]))
    middle = shapely.Point(atlas.project(unit.lat, unit.lon))
    roam = middle.buffer(unit.radius_km + unit.aircraft.reach_km, 32) if unit.aircraft else middle
    stand = shapely.Polygon()
    for clause in engagement.clauses:
        if clause.over is not None and not any(atlas.shape(area).contains(point) for area in clause.over):
            continue
        if clause.airspace is not None:
            own = {code for actor in clause.airspace for code in atlas.geography.territories[actor]}
            if any(land.contains(point) for code, land in atlas.land.items() if code not in own):
                continue
        ground = roam if clause.stand is None else roam.intersection(atlas.shape(clause.stand))
        stand = stand.union(ground) if clause.allow else stand.difference(ground)
    return not stand.is_empty and (
        unit.aircraft is None or bool(stand.distance(point) <= engagement.max_range_km)
    )


def place(flight: Flight, time: float) -> Position:
    lat, lon, metres = flight.at(time)
    return lat, lon, metres / 1000


def toward(lat: float, lon: float, target: Position) -> tuple[float, float]:
    """Azimuth and distance in km."""
    azimuth, _, metres = GEOD.inv(lon, lat, target[1], target[0])
    return azimuth, metres / 1000


def slant_km(ground: float, height: float, other: float) -> float:
    """The third side of the triangle with the centre of the Earth."""
    a, b = RADIUS_KM + height, RADIUS_KM + other
    return sqrt(max(a * a + b * b - 2 * a * b * cos(ground / RADIUS_KM), 0.0))


def level_km(slant: float, height: float, other: float) -> float | None:
    """Distance over the ground at which two heights are a slant range apart; None if they never are."""
    a, b = RADIUS_KM + height, RADIUS_KM + other
    if abs(a - b) > slant:
        return None
    return RADIUS_KM * acos(max(min((a * a + b * b - slant * slant) / (2 * a * b), 1.0), -1.0))


def sees(antenna: Antenna, eye: float, lat: float, lon: float, target: Position, rcs_m2: float) -> bool:
    """In range by the radar equation and above the radar horizon of a four-thirds Earth."""
    _, away = toward(lat, lon, target)
    horizon = sqrt(2 * 4 / 3 * RADIUS_KM * eye) + sqrt(2 * 4 / 3 * RADIUS_KM * max(target[2], 0.0))
    reach = antenna.range_km * (rcs_m2 / antenna.reference_rcs_m2) ** 0.25
    return away <= horizon and slant_km(away, eye, target[2]) <= reach


def all_intercepts(
    paths: Sequence[Path],
    flights: Sequence[Flight],
    units: Sequence[FireUnit],
    usable_s: float,
    atlas: Atlas,
    step_s: float,
) -> int:
    """Count the possible intercepts of all pairs (what `skypact bench` times)."""
    return sum(
        1
        for path, flight in zip(paths, flights, strict=True)
        for unit in units
        for _ in intercepts(path, flight, unit, usable_s, atlas, step_s)
    )
