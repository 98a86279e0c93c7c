"""When a radar sees a threat: range by radar cross-section, and the radar horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from skypact.compiled import njit
from skypact.geometry.crossings import doubled
from skypact.geometry.track import CHUNK, FlightTable, nearest_part
from skypact.policy.situation import Path, Site
from skypact.world.earth import RADIUS_KM, Floats, ground_km, slant_km, vectors

REFRACTION = 4 / 3
"""k: the factor by which the standard atmosphere bends radar beams, as a larger Earth."""
EDGE_S = 1e-4
"""To how many seconds an edge in time is found."""


def radar_range_km(range_km: float, reference_rcs_m2: float, rcs_m2: float) -> float:
    """Range against a target of another radar cross-section: by the fourth root (radar equation).

    Examples
    --------
    >>> round(radar_range_km(100.0, 1.0, 0.0625), 6)
    50.0
    """
    return float(range_km * (rcs_m2 / reference_rcs_m2) ** 0.25)


def horizon_km(height_m: ArrayLike) -> Floats:
    """Distance over the ground to the radar horizon, √(2·k·R·h); add those of both ends.

    Examples
    --------
    >>> round(float(horizon_km(100.0) + horizon_km(25.0)), 1)  # 4.12·(10 + 5)
    61.8
    """
    result: Floats = np.sqrt(2 * REFRACTION * RADIUS_KM * np.maximum(height_m, 0.0) / 1000)
    return result


@dataclass(frozen=True)
class Passages:
    """Every passage of a path through the sight of a sensor, by path, sensor and time.

    Attributes
    ----------
    path, sensor
        Indices.
    enters_s, leaves_s
        First and last sight, seconds after the path's launch.
    """

    path: NDArray[np.int64]
    sensor: NDArray[np.int64]
    enters_s: Floats
    leaves_s: Floats

    def __len__(self) -> int:
        return len(self.path)


def passages(sensors: Sequence[Site], paths: Sequence[Path], flown: FlightTable) -> Passages:
    """When each path is in sight of each sensor that looks for its class."""
    eyes = np.zeros((len(sensors), 6))
    antennas = [sensor.antenna for sensor in sensors]
    eyes[:, :3] = vectors([sensor.lat for sensor in sensors], [sensor.lon for sensor in sensors])
    eyes[:, 3] = [antenna.height_m / 1000 for antenna in antennas]
    eyes[:, 4] = [antenna.range_km / antenna.reference_rcs_m2**0.25 for antenna in antennas]
    eyes[:, 5] = horizon_km([antenna.height_m for antenna in antennas])
    classes = [path.threat_class for path in paths]
    looks_for = {
        name: np.array([sensor.p_detect.get(name, 0.0) > 0.0 for sensor in sensors], np.bool_)
        for name in set(classes)
    }
    wanted = np.array([looks_for[name] for name in classes], np.bool_).reshape(len(paths), len(sensors))
    rcs = np.array([path.rcs_m2**0.25 for path in paths])
    found, count = _passages(eyes, wanted, rcs, flown.first, flown.nodes, flown.ball_first, flown.balls)
    numbers = found[:count, :2].astype(np.int64)
    return Passages(numbers[:, 0], numbers[:, 1], found[:count, 2].copy(), found[:count, 3].copy())


@njit(nogil=True)
def target_horizon_km(altitude_km: float) -> float:
    return float(np.sqrt(2 * REFRACTION * RADIUS_KM * max(altitude_km, 0.0)))


@njit(nogil=True)
def _margin(eye: Floats, reach: float, nodes: Floats, leg: int, time: float) -> float:
    """How far (km) inside range and horizon a target is; negative if it is not seen."""
    length = nodes[leg + 1, 0] - nodes[leg, 0]
    part = 0.0
    if length > 0.0:
        part = (time - nodes[leg, 0]) / length
    square = 0.0
    for axis in range(3):
        here = nodes[leg, 1 + axis] + part * (nodes[leg + 1, 1 + axis] - nodes[leg, 1 + axis])
        square += (here - eye[axis]) ** 2
    altitude = nodes[leg, 4] + part * (nodes[leg + 1, 4] - nodes[leg, 4])
    chord = np.sqrt(square)
    below = eye[5] + target_horizon_km(altitude) - ground_km(chord)
    return float(min(reach - slant_km(chord, eye[3], altitude), below))


@njit(nogil=True)
def _passages(
    eyes: Floats,
    wanted: NDArray[np.bool_],
    rcs: Floats,
    first: NDArray[np.int64],
    nodes: Floats,
    ball_first: NDArray[np.int64],
    balls: Floats,
) -> tuple[Floats, int]:
    """One row a passage (path, sensor, enters, leaves), and how many rows count.

    On every leg the ends and the nearest point are looked at: between them the distance is monotone.  On a
    ballistic leg, which is a second long, the height may bring a threat into sight and out again between
    two of them; so short a passage is left out.
    """
    found = np.empty((1024, 4))
    count = int(0.0)  # not a literal, which would compile the callees twice
    for path in range(wanted.shape[0]):
        last = first[path + 1] - 1
        top = 0.0
        for node in range(first[path], last + 1):
            top = max(top, nodes[node, 4])
        for sensor in range(wanted.shape[1]):
            if not wanted[path, sensor]:
                continue
            eye = eyes[sensor]
            reach = eye[4] * rcs[path]
            bound = min(reach, eye[5] + target_horizon_km(top))
            inside, was = False, 0.0
            looked = int(-1.0)  # the node up to which the flight was looked at
            for ball in range(ball_first[path], ball_first[path + 1]):
                dx, dy, dz = balls[ball, 0] - eye[0], balls[ball, 1] - eye[1], balls[ball, 2] - eye[2]
                if not inside and np.sqrt(dx * dx + dy * dy + dz * dz) - balls[ball, 3] > bound:
                    continue
                low = first[path] + (ball - ball_first[path]) * CHUNK
                for leg in range(low, min(low + CHUNK, last)):
                    part = nearest_part(nodes, leg, eye[0], eye[1], eye[2])
                    begin, length = nodes[leg, 0], nodes[leg + 1, 0] - nodes[leg, 0]
                    before = begin
                    if leg != looked:
                        was = _margin(eye, reach, nodes, leg, begin)
                    looked = leg + 1
                    if not inside and was >= 0.0:  # from the launch on
                        if count == found.shape[0]:
                            found = doubled(found)
                        found[count, 0], found[count, 1], found[count, 2] = path, sensor, begin
                        inside = True
                    for where in (part, 1.0):
                        time = begin + where * length
                        now = _margin(eye, reach, nodes, leg, time)
                        if (now >= 0.0) != inside:
                            edge = _edge(eye, reach, nodes, leg, before, was, time, now)
                            if inside:
                                found[count, 3] = edge
                                count += 1
                            else:
                                if count == found.shape[0]:
                                    found = doubled(found)
                                found[count, 0], found[count, 1], found[count, 2] = path, sensor, edge
                            inside = not inside
                        before, was = time, now
            if inside:
                found[count, 3] = nodes[last, 0]
                count += 1
    return found, count


@njit(nogil=True)
def _edge(
    eye: Floats,
    reach: float,
    nodes: Floats,
    leg: int,
    left: float,
    at_left: float,
    right: float,
    at_right: float,
) -> float:
    """Where sight begins or ends on a leg, to `EDGE_S`: secant steps, every third a bisection.

    Returns the end of the bracket that is in sight.
    """
    turn = 0
    while right - left > EDGE_S:
        time = 0.5 * (left + right)
        if turn % 3 != 2:
            time = left + (right - left) * at_left / (at_left - at_right)
            time = min(max(time, left + 0.4 * EDGE_S), right - 0.4 * EDGE_S)
        value = _margin(eye, reach, nodes, leg, time)
        if (value >= 0.0) == (at_left >= 0.0):
            left, at_left = time, value
        else:
            right, at_right = time, value
        turn += 1
    return left if at_left >= 0.0 else right
