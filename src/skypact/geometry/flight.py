"""How a threat flies: where it is, and how high, at every time after its launch.

Level flight follows geodesics on the WGS84 ellipsoid from waypoint to waypoint, at one speed and one
altitude.  Ballistic flight is a Kepler arc over a round Earth that does not turn, launch and impact on
the ground, drawn along the geodesic.  Drag, boost and manoeuvre are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from skypact.policy.situation import Path
from skypact.world.earth import RADIUS_KM, Floats

GEOD = Geod(ellps="WGS84")
GRAVITY = 398600.4418
"""Gravitational parameter of the Earth, km³/s²."""

LEVEL_STEP_KM = 10.0
BALLISTIC_STEP_S = 1.0
# Between nodes everything is linear in time.  A chord of 10 km lies 2 m below the geodesic, and one
# second of free fall bends an arc by 1.2 m: less than 0.05 s of flight.


@dataclass(frozen=True)
class Flight:
    """One flight: nodes between which position and altitude are linear in time.

    Attributes
    ----------
    time_s
        Seconds since launch, rising; the last is the impact.
    lat, lon
        Degrees, WGS84.
    altitude_m
        Above mean sea level.
    """

    time_s: Floats
    lat: Floats
    lon: Floats
    altitude_m: Floats

    @property
    def duration_s(self) -> float:
        return float(self.time_s[-1])

    def at(self, seconds: float) -> tuple[float, float, float]:
        """Latitude, longitude and altitude (m) at a time; the ends hold before and after."""
        lon = np.interp(seconds, self.time_s, np.unwrap(self.lon, period=360.0))
        return (
            float(np.interp(seconds, self.time_s, self.lat)),
            float((lon + 180.0) % 360.0 - 180.0),
            float(np.interp(seconds, self.time_s, self.altitude_m)),
        )


@dataclass(frozen=True)
class Arc:
    """A ballistic arc from ground to ground.

    Attributes
    ----------
    half_angle
        Half of the angle between launch and impact, seen from the centre of the Earth (radians).
    eccentricity, semi_major_km
        Of the ellipse, with one focus in the centre of the Earth.
    """

    half_angle: float
    eccentricity: float
    semi_major_km: float

    @property
    def apogee_km(self) -> float:
        return self.semi_major_km * (1 + self.eccentricity) - RADIUS_KM

    @property
    def burnout_speed_km_s(self) -> float:
        """Speed at ground level (vis-viva equation)."""
        return sqrt(GRAVITY * (2 / RADIUS_KM - 1 / self.semi_major_km))

    @property
    def duration_s(self) -> float:
        return 2 * float(self.since_apogee_s(np.array([self.half_angle]))[0])

    def since_apogee_s(self, angle: Floats) -> Floats:
        """Time from the apogee to an angle past it (Kepler's equation)."""
        e = self.eccentricity
        anomaly = 2 * np.arctan(sqrt((1 + e) / (1 - e)) * np.tan(angle / 2))
        motion = sqrt(GRAVITY / self.semi_major_km**3)
        result: Floats = (anomaly + e * np.sin(anomaly)) / motion
        return result

    def altitude_km(self, angle: Floats) -> Floats:
        """Altitude at an angle before (negative) or past the apogee."""
        e = self.eccentricity
        result: Floats = self.semi_major_km * (1 - e * e) / (1 - e * np.cos(angle)) - RADIUS_KM
        return result


def arc(range_km: float, apogee_km: float | None = None) -> Arc:
    """The arc over a distance on the ground, of least energy or with a given apogee.

    Least energy: the other focus lies on the chord between launch and impact, so that
    2a = R·(1 + sin φ) with φ half of the angle between them (Bate, Mueller and White, *Fundamentals of
    Astrodynamics*, 1971, section 6.2).

    Examples
    --------
    >>> missile = arc(300.0)
    >>> round(missile.apogee_km), round(missile.duration_s), round(missile.burnout_speed_km_s, 2)
    (74, 251, 1.7)
    """
    half = range_km / (2 * RADIUS_KM)
    if apogee_km is None:
        return Arc(half, cos(half) / (1 + sin(half)), RADIUS_KM * (1 + sin(half)) / 2)
    top = RADIUS_KM + apogee_km
    eccentricity = apogee_km / (top - RADIUS_KM * cos(half))
    return Arc(half, eccentricity, top / (1 + eccentricity))


def fly(paths: Sequence[Path]) -> tuple[Flight, ...]:
    """The flights of many paths at once.

    Examples
    --------
    >>> path = Path("drone", "drone", ((50.0, 40.0), (50.0, 30.0)), 0.0, False, 50.0, 500.0, 1.0, 0.05)
    >>> round(fly([path])[0].duration_s / 3600, 2)
    3.98
    """
    if not paths:
        return ()
    ways = _ways(paths)
    azimuths, lengths, _ = _courses(ways)
    plans = []
    first = 0
    for path, way in zip(paths, ways, strict=True):
        legs = lengths[first : first + len(way) - 1]
        first += len(way) - 1
        plans.append(_ballistic(path, legs[0]) if path.ballistic else _level(path, legs))
    leg = np.concatenate([plan.leg + start for plan, start in zip(plans, _starts(ways), strict=True)])
    along = np.concatenate([plan.along_km for plan in plans])
    corners = np.concatenate([way[:-1] for way in ways])
    lon, lat, _ = GEOD.fwd(corners[leg, 1], corners[leg, 0], azimuths[leg], along * 1000)
    ends = np.cumsum([len(plan.leg) for plan in plans])[:-1]
    return tuple(
        Flight(plan.time_s, own_lat, own_lon, plan.altitude_m)
        for plan, own_lat, own_lon in zip(plans, np.split(lat, ends), np.split(lon, ends), strict=True)
    )


@dataclass(frozen=True)
class _Plan:
    """Nodes of one flight: on which leg, how far along it, when and how high."""

    leg: NDArray[np.int64]
    along_km: Floats
    time_s: Floats
    altitude_m: Floats


def _level(path: Path, legs: Floats) -> _Plan:
    steps = np.maximum(np.ceil(legs / LEVEL_STEP_KM), 1).astype(np.int64)
    leg = np.append(np.repeat(np.arange(len(legs)), steps), len(legs) - 1)
    number = np.concatenate([np.arange(n) for n in steps] + [steps[-1:]])
    along = number * (legs / steps)[leg]
    travelled = (np.cumsum(legs) - legs)[leg] + along
    return _Plan(leg, along, travelled * 1000 / path.speed_m_s, np.full(len(leg), path.altitude_m))


def _ballistic(path: Path, range_km: float) -> _Plan:
    flown = arc(range_km)
    if path.loft != 1.0:
        flown = arc(range_km, path.loft * flown.apogee_km)
    steps = max(ceil(flown.duration_s / BALLISTIC_STEP_S), 2)
    angle = np.linspace(-flown.half_angle, flown.half_angle, steps + 1)
    time = flown.since_apogee_s(angle)
    along = np.linspace(0.0, range_km, steps + 1)
    return _Plan(np.zeros(steps + 1, np.int64), along, time - time[0], flown.altitude_km(angle) * 1000)


def _ways(paths: Sequence[Path]) -> list[Floats]:
    """Corners of each path (latitude, longitude), shifted sideways into its lane."""
    ways = [np.array([path.points[0], path.points[-1]] if path.ballistic else path.points) for path in paths]
    if not any(path.lane_km for path in paths):
        return ways
    azimuths, _, arrivals = _courses(ways)
    shifted = []
    for path, way, first in zip(paths, ways, _starts(ways), strict=True):
        legs = slice(first, first + len(way) - 1)
        leave, arrive = np.radians(azimuths[legs]), np.radians(arrivals[legs][:-1])
        east, north = np.sin(leave), np.cos(leave)
        east[1:] += np.sin(arrive)
        north[1:] += np.cos(arrive)
        right = np.degrees(np.arctan2(east, north)) + 90.0
        moved = way.copy()
        moved[:-1, 1], moved[:-1, 0], _ = GEOD.fwd(
            way[:-1, 1], way[:-1, 0], right, np.full(len(right), path.lane_km * 1000)
        )
        shifted.append(moved)
    return shifted


def _starts(ways: Sequence[Floats]) -> list[int]:
    """Index of the first leg of each way among the legs of all."""
    return list(np.cumsum([0] + [len(way) - 1 for way in ways[:-1]]))


def _courses(ways: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Azimuth at the start, length (km) and azimuth at the end of every leg of all ways."""
    tails = np.concatenate([way[:-1] for way in ways])
    heads = np.concatenate([way[1:] for way in ways])
    azimuth, back, metres = GEOD.inv(tails[:, 1], tails[:, 0], heads[:, 1], heads[:, 0])
    return azimuth, metres / 1000, back + 180.0
