"""Flights as the kernels see them: rows of numbers, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.compiled import njit
from skypact.geometry.flight import Flight
from skypact.world.earth import Floats, vectors

CHUNK = 12
"""Legs that share one bounding ball."""


@dataclass(frozen=True)
class FlightTable:
    """Many flights, flattened.

    Attributes
    ----------
    first
        Row of the first node of each flight, and one more for the end.
    nodes
        One row a node: time (s), earth-centred vector of the ground below (km), altitude (km).
    ball_first
        Row of the first ball of each flight, and one more for the end.
    balls
        One row for `CHUNK` legs: centre and radius (km) of a ball around them.
    """

    first: NDArray[np.int64]
    nodes: Floats
    ball_first: NDArray[np.int64]
    balls: Floats


def tracks(flights: Sequence[Flight]) -> FlightTable:
    """Flatten flights."""
    sizes = np.array([len(flight.time_s) for flight in flights], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(sizes)])
    nodes = np.empty((int(first[-1]), 5))
    if len(flights):
        nodes[:, 0] = np.concatenate([flight.time_s for flight in flights])
        lat = np.concatenate([flight.lat for flight in flights])
        nodes[:, 1:4] = vectors(lat, np.concatenate([flight.lon for flight in flights]))
        nodes[:, 4] = np.concatenate([flight.altitude_m for flight in flights]) / 1000
    ball_first = np.concatenate([[0], np.cumsum((sizes - 2) // CHUNK + 1)])
    return FlightTable(first, nodes, ball_first, _balls(first, nodes, ball_first))


@njit(nogil=True)
def _balls(first: NDArray[np.int64], nodes: Floats, ball_first: NDArray[np.int64]) -> Floats:
    balls = np.empty((ball_first[-1], 4))
    for flight in range(first.size - 1):
        last = first[flight + 1] - 1
        for ball in range(ball_first[flight], ball_first[flight + 1]):
            start = first[flight] + (ball - ball_first[flight]) * CHUNK
            end = min(start + CHUNK, last)
            for axis in range(3):
                balls[ball, axis] = 0.5 * (nodes[start, 1 + axis] + nodes[end, 1 + axis])
            radius = 0.0
            for node in range(start, end + 1):
                radius = max(radius, distance(nodes, node, balls[ball, 0], balls[ball, 1], balls[ball, 2]))
            balls[ball, 3] = radius
    return balls


@njit(nogil=True)
def distance(nodes: Floats, node: int, x: float, y: float, z: float) -> float:
    """Chord from the ground below a node to a point (km)."""
    dx, dy, dz = nodes[node, 1] - x, nodes[node, 2] - y, nodes[node, 3] - z
    return float(np.sqrt(dx * dx + dy * dy + dz * dz))


@njit(nogil=True)
def leg_at(nodes: Floats, first: int, last: int, time: float) -> int:
    """The node at which the leg begins that is flown at a time."""
    low, high = first, last
    while high - low > 1:
        middle = (low + high) // 2
        if nodes[middle, 0] <= time:
            low = middle
        else:
            high = middle
    return low


@njit(nogil=True)
def place_at(nodes: Floats, first: int, last: int, time: float) -> tuple[float, float, float, float]:
    """Ground vector and altitude (km) at a time; the ends hold before launch and after impact."""
    leg = leg_at(nodes, first, last, time)
    length = nodes[leg + 1, 0] - nodes[leg, 0]
    part = 0.0
    if length > 0.0:
        part = min(max((time - nodes[leg, 0]) / length, 0.0), 1.0)
    return (
        nodes[leg, 1] + part * (nodes[leg + 1, 1] - nodes[leg, 1]),
        nodes[leg, 2] + part * (nodes[leg + 1, 2] - nodes[leg, 2]),
        nodes[leg, 3] + part * (nodes[leg + 1, 3] - nodes[leg, 3]),
        nodes[leg, 4] + part * (nodes[leg + 1, 4] - nodes[leg, 4]),
    )


@njit(nogil=True)
def nearest_part(nodes: Floats, leg: int, x: float, y: float, z: float) -> float:
    """Where on a leg, from 0 to 1, the ground below is nearest to a point."""
    ax, ay, az = nodes[leg, 1], nodes[leg, 2], nodes[leg, 3]
    dx, dy, dz = nodes[leg + 1, 1] - ax, nodes[leg + 1, 2] - ay, nodes[leg + 1, 3] - az
    square = dx * dx + dy * dy + dz * dz
    if square == 0.0:
        return 0.0
    return float(min(max(((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / square, 0.0), 1.0))
