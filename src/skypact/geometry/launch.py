"""From times of intercept to launch windows in which the flight time is linear enough."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.geometry.crossings import doubled, sort
from skypact.geometry.reach import flight_s
from skypact.world.earth import Floats

OFF_S = 0.9
"""Greatest error of a flight time interpolated in a window, at the points looked at (1 s in between)."""
EDGE_S = 1e-4
PIECES = 64


@njit(nogil=True)
def launches(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    times: Floats,
    size: int,
    spans: Floats,
    fits: int,
    path: int,
    row: int,
    found: Floats,
    count: int,
) -> tuple[Floats, int]:
    """Append the windows for intervals of intercept times.

    Where the threat recedes faster than the interceptor flies, a later intercept needs an earlier launch,
    and one launch can have two intercepts; it makes the earlier one.
    """
    taken = np.empty((PIECES, 2))
    covered = 0
    bounds = np.empty(2 * PIECES + 2)
    for span in range(fits):
        left = spans[span, 0]
        while left < spans[span, 1]:
            right = _turn(shooter, nodes, start, last, times, size, left, spans[span, 1])
            a = left - flight_s(shooter, nodes, start, last, left)
            b = right - flight_s(shooter, nodes, start, last, right)
            low, high = min(a, b), max(a, b)
            bounds[0], bounds[1] = low, high
            edges = 2
            for piece in range(covered):
                for side in range(2):
                    if low < taken[piece, side] < high:
                        bounds[edges] = taken[piece, side]
                        edges += 1
            if edges > 2:
                sort(bounds, edges)
            for edge in range(edges - 1):
                middle = 0.5 * (bounds[edge] + bounds[edge + 1])
                free = True
                for piece in range(covered):
                    free = free and not taken[piece, 0] <= middle <= taken[piece, 1]
                if not free or (bounds[edge + 1] - bounds[edge] < EDGE_S and edges > 2):
                    continue
                begin, end = left, right
                if edges > 2:
                    begin = _intercept(shooter, nodes, start, last, left, right, bounds[edge], a <= b)
                    end = _intercept(shooter, nodes, start, last, left, right, bounds[edge + 1], a <= b)
                found, count = _split(
                    shooter, nodes, start, last, min(begin, end), max(begin, end), path, row, found, count
                )
            if covered < PIECES:
                taken[covered, 0], taken[covered, 1] = low, high
                covered += 1
            left = right
    return found, count


@njit(nogil=True)
def _turn(
    shooter: Any, nodes: Floats, start: int, last: int, times: Floats, size: int, left: float, end: float
) -> float:
    """The end of the piece from `left` on which the launch time rises, or falls, throughout."""
    before, at = left, left
    launch = left - flight_s(shooter, nodes, start, last, left)
    way = 0.0
    for sample in range(size + 1):
        time = end
        if sample < size:
            if times[sample] <= left + EDGE_S or times[sample] >= end - EDGE_S:
                continue
            time = times[sample]
        after = time - flight_s(shooter, nodes, start, last, time)
        if way != 0.0 and way * (after - launch) < 0.0:
            a, b = before, time
            while b - a > EDGE_S:
                c, d = a + 0.382 * (b - a), a + 0.618 * (b - a)
                at_c = way * (c - flight_s(shooter, nodes, start, last, c))
                at_d = way * (d - flight_s(shooter, nodes, start, last, d))
                if at_c > at_d:
                    b = d
                else:
                    a = c
            return max(0.5 * (a + b), left + EDGE_S)
        way = 1.0 if after >= launch else -1.0
        before, at, launch = at, time, after
    return end


@njit(nogil=True)
def _intercept(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    left: float,
    right: float,
    launch: float,
    rising: bool,
) -> float:
    """The intercept of a launch, on a piece where the launch time rises or falls throughout."""
    while right - left > 0.5 * EDGE_S:
        middle = 0.5 * (left + right)
        later = middle - flight_s(shooter, nodes, start, last, middle) >= launch
        if later == rising:
            right = middle
        else:
            left = middle
    return 0.5 * (left + right)


@njit(nogil=True)
def _split(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    left: float,
    right: float,
    path: int,
    row: int,
    found: Floats,
    count: int,
) -> tuple[Floats, int]:
    """Append windows for one piece, each as long as the flight time stays linear in the launch time."""
    while left < right:
        end = right
        if _off(shooter, nodes, start, last, left, end) > OFF_S:
            short = left
            while end - short > max(EDGE_S, 0.02 * (end - left)):
                middle = 0.5 * (short + end)
                if _off(shooter, nodes, start, last, left, middle) > OFF_S:
                    end = middle
                else:
                    short = middle
            end = max(short, left + EDGE_S)
        if count == found.shape[0]:
            found = doubled(found)
        flight, flight_end = (
            flight_s(shooter, nodes, start, last, left),
            flight_s(shooter, nodes, start, last, end),
        )
        rises = end - flight_end >= left - flight
        found[count, 0], found[count, 1] = path, row
        found[count, 2 if rises else 3], found[count, 4 if rises else 5] = left - flight, flight
        found[count, 3 if rises else 2], found[count, 5 if rises else 4] = end - flight_end, flight_end
        count += 1
        left = end
    return found, count


@njit(nogil=True)
def _off(shooter: Any, nodes: Floats, start: int, last: int, left: float, right: float) -> float:
    """Greatest error (s) of a flight time interpolated between two intercepts, at points between."""
    flight_left = flight_s(shooter, nodes, start, last, left)
    flight_right = flight_s(shooter, nodes, start, last, right)
    from_s, to_s = left - flight_left, right - flight_right
    if right - left < 1.0 or to_s == from_s:
        return 0.0
    slope = (flight_right - flight_left) / (to_s - from_s)
    worst = 0.0
    for point in range(1, 8):
        time = left + point * (right - left) / 8.0
        flight = flight_s(shooter, nodes, start, last, time)
        worst = max(worst, abs(flight_left + slope * (time - flight - from_s) - flight))
    return float(worst)
