"""Whether a unit can intercept a threat at a given time: every condition as a margin.

A margin is a number that is positive where its condition holds; km, or seconds for times.  Times count
from the launch of the threat's path.

What a unit is, here: a disc in which it may be (radius 0 for a battery), the distance that it may dash
beyond the disc, and an interceptor of one mean speed.  Distance counts from the nearest edge of the disc.
An aircraft dashes along the line to the intercept point until that is within its interceptor's range,
and launches there.  So the flight of an engagement is the dash and the interceptor's flight, and its
launch is the begin of the dash.  From a disc a unit can always stand back: for the least range its far
edge counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.geometry.sight import target_horizon_km
from skypact.geometry.track import place_at
from skypact.world.earth import RADIUS_KM, Floats, chord_km, ground_km, slant_km

SHOOTER = np.dtype(
    [
        (name, np.float64)
        for name in (
            "x",  # ground below the middle of the disc, earth-centred, km
            "y",
            "z",
            "radius",  # of the disc, km
            "reach",  # of the dash beyond the disc, km
            "dash",  # speed, km/s
            "height",  # of the shooter, km
            "speed",  # mean, of the interceptor, km/s; may be infinite
            "least_range",  # km
            "range",
            "least_altitude",  # km
            "altitude",
            "from_range",  # no launch before the threat is so near, km; may be infinite
            "sees",  # range of the own antenna for 1 m2, km; infinite: needs none
            "eye",  # height of the own antenna, km
            "horizon",  # its radar horizon, km; infinite: needs none
        )
    ]
)

RANGE, LEAST_RANGE, LOW, HIGH, NEAR, LIT, ABOVE, LIT_BEFORE, ABOVE_BEFORE = range(9)
"""The margins, in order: within range; not too near; altitude above its least and below its greatest;
near enough at launch (doctrine); at the intercept in range of the
own antenna and above its horizon; the same when the interceptor starts."""
MARGINS = 9


@njit(nogil=True)
def approach(shooter: Any, chord: float, altitude: float) -> tuple[float, float, float]:
    """How the shooter meets a target at a chord from its middle: dash (km), slant range, range margin."""
    near = max(ground_km(chord) - shooter.radius, 0.0)
    rise = altitude - shooter.height
    spare = shooter.range * shooter.range - rise * rise
    dash, margin = 0.0, shooter.range - abs(rise)
    if spare >= 0.0:
        stretch = (1.0 + altitude / RADIUS_KM) * (1.0 + shooter.height / RADIUS_KM)
        level = ground_km(np.sqrt(spare / stretch))
        dash = min(max(near - level, 0.0), shooter.reach)
        margin = level + shooter.reach - near
    return dash, slant_km(chord_km(near - dash), shooter.height, altitude), margin


@njit(nogil=True)
def chord_at(shooter: Any, x: float, y: float, z: float) -> float:
    """Chord from the middle of the shooter's disc to a point (km)."""
    dx, dy, dz = x - shooter.x, y - shooter.y, z - shooter.z
    return float(np.sqrt(dx * dx + dy * dy + dz * dz))


@njit(nogil=True)
def flight_s(shooter: Any, nodes: Floats, first: int, last: int, time: float) -> float:
    """Dash and flight of the interceptor for an intercept at a time (s)."""
    x, y, z, altitude = place_at(nodes, first, last, time)
    dash, slant, _ = approach(shooter, chord_at(shooter, x, y, z), altitude)
    return float(dash / shooter.dash + max(slant, shooter.least_range) / shooter.speed)


@njit(nogil=True)
def margins(
    shooter: Any,
    nodes: Floats,
    first: int,
    last: int,
    rcs: float,
    time: float,
    out: Floats,
) -> None:
    """Write the margins of an intercept at a time; `rcs` is the fourth root of the radar cross-section."""
    x, y, z, altitude = place_at(nodes, first, last, time)
    chord = chord_at(shooter, x, y, z)
    dash, slant, out[RANGE] = approach(shooter, chord, altitude)
    away = ground_km(chord)
    far = chord_km(away + shooter.radius + shooter.reach)
    out[LEAST_RANGE] = slant_km(far, shooter.height, altitude) - shooter.least_range
    out[LOW] = altitude - shooter.least_altitude
    out[HIGH] = shooter.altitude - altitude
    missile = max(slant, shooter.least_range) / shooter.speed
    launch = time - missile - dash / shooter.dash
    out[NEAR] = 1.0
    if np.isfinite(shooter.from_range):
        lx, ly, lz, height = place_at(nodes, first, last, launch)
        near = max(ground_km(chord_at(shooter, lx, ly, lz)) - shooter.radius, 0.0)
        out[NEAR] = shooter.from_range - slant_km(chord_km(near), shooter.height, height)
    out[LIT] = out[ABOVE] = out[LIT_BEFORE] = out[ABOVE_BEFORE] = 1.0
    if np.isfinite(shooter.horizon):
        reach = shooter.sees * rcs
        gap = max(away - shooter.radius - dash, 0.0)
        out[LIT] = reach - slant_km(chord_km(gap), shooter.eye, altitude)
        out[ABOVE] = shooter.horizon + target_horizon_km(altitude) - gap
        # The interceptor starts at the end of the dash, from the point nearest to the intercept.
        part = 0.0
        if away > 0.0:
            part = min((shooter.radius + dash) / away, 1.0)
        sx = shooter.x + part * (x - shooter.x)
        sy = shooter.y + part * (y - shooter.y)
        sz = shooter.z + part * (z - shooter.z)
        own = np.sqrt(shooter.x * shooter.x + shooter.y * shooter.y + shooter.z * shooter.z)
        lift = (own + part * (np.sqrt(x * x + y * y + z * z) - own)) / np.sqrt(sx * sx + sy * sy + sz * sz)
        lx, ly, lz, height = place_at(nodes, first, last, time - missile)
        dx, dy, dz = lx - lift * sx, ly - lift * sy, lz - lift * sz
        before = np.sqrt(dx * dx + dy * dy + dz * dz)
        out[LIT_BEFORE] = reach - slant_km(before, shooter.eye, height)
        out[ABOVE_BEFORE] = shooter.horizon + target_horizon_km(height) - ground_km(before)
