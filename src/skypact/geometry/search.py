"""When a unit can intercept a threat: sampling, exact edges, launch windows.  The kernels of `windows`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.compiled import njit
from skypact.geometry.crossings import sort
from skypact.geometry.launch import launches
from skypact.geometry.reach import MARGINS, margins
from skypact.geometry.track import CHUNK, nearest_part
from skypact.world.earth import Floats

EDGE_S = 1e-4
"""To how many seconds an edge is found."""
BEFORE_IMPACT_S = 1e-3
"""An intercept is at least so long before the impact: more than the rounding of times in the raid."""
GAP_S = 1.0
"""Intervals of intercepts nearer to each other than this are joined."""
SAMPLES = 8192
CUTS = 256


@njit(nogil=True)
def search(
    low: int,
    high: int,
    step: float,
    first: NDArray[np.int64],
    nodes: Floats,
    ball_first: NDArray[np.int64],
    balls: Floats,
    shooters: Any,
    bounds: Floats,
    rcs: Floats,
    row_first: NDArray[np.int64],
    area: NDArray[np.int64],
    stay_first: NDArray[np.int64],
    stay_count: NDArray[np.int64],
    stay: Floats,
) -> tuple[Floats, int]:
    """Launch windows of the paths from `low` to `high`.

    The shooters of a path's class stand from ``row_first[path, 0]`` to ``row_first[path, 1]``; `area` is each shooter's area of permission, -1 for none.  `step` scales the sampling (1: usual).

    Returns
    -------
    tuple of Floats and int
        One row a window (path, shooter, launch from, to, flight at both in s), and how many rows count.
    """
    found = np.empty((1024, 6))
    times = np.empty(SAMPLES)
    values = np.empty((SAMPLES, MARGINS))
    cuts = np.empty(CUTS)
    spans = np.empty((CUTS, 2))
    count = int(0.0)  # not a literal, which would compile the callees twice
    for path in range(low, high):
        start, last = first[path], first[path + 1] - 1
        for row in range(row_first[path, 0], row_first[path, 1]):
            kept = 0
            if area[row] >= 0:
                kept = stay_count[path, area[row]]
                if kept == 0:
                    continue
            shooter = shooters[row]
            size = _sample(
                shooter,
                bounds[row],
                step,
                start,
                last,
                nodes,
                ball_first[path],
                ball_first[path + 1],
                balls,
                times,
            )
            if size < 2:
                continue
            for sample in range(size):
                margins(shooter, nodes, start, last, rcs[path], times[sample], values[sample])
            edges = _edges(shooter, nodes, start, last, rcs[path], times, values, size, cuts)
            begin = 0
            if area[row] >= 0:
                begin = stay_first[path, area[row]]
                for interval in range(begin, begin + kept):
                    for side in range(2):
                        when = stay[interval, side]
                        if times[0] < when < times[size - 1] and edges < CUTS:
                            cuts[edges] = when
                            edges += 1
            sort(cuts, edges)
            fits = int(0.0)
            for cut in range(edges - 1):
                middle = 0.5 * (cuts[cut] + cuts[cut + 1])
                if cuts[cut + 1] - cuts[cut] < EDGE_S or not _within(stay, begin, kept, area[row], middle):
                    continue
                margins(shooter, nodes, start, last, rcs[path], middle, values[0])
                if not _all_hold(values[0]):
                    continue
                if fits > 0 and cuts[cut] - spans[fits - 1, 1] < GAP_S:
                    spans[fits - 1, 1] = cuts[cut + 1]
                else:
                    spans[fits, 0], spans[fits, 1] = cuts[cut], cuts[cut + 1]
                    fits += 1
            if fits > 0:
                found, count = launches(
                    shooter, nodes, start, last, times, size, spans, fits, path, row, found, count
                )
    return found, count


@njit(nogil=True)
def _all_hold(values: Floats) -> bool:
    hold = True
    for kind in range(MARGINS):
        hold = hold and values[kind] >= 0.0
    return hold


@njit(nogil=True)
def _within(stay: Floats, begin: int, kept: int, area: int, time: float) -> bool:
    inside = area < 0
    for interval in range(begin, begin + kept):
        inside = inside or stay[interval, 0] <= time <= stay[interval, 1]
    return inside


@njit(nogil=True)
def _sample(
    shooter: Any,
    bound: float,
    step: float,
    start: int,
    last: int,
    nodes: Floats,
    first_ball: int,
    end_ball: int,
    balls: Floats,
    times: Floats,
) -> int:
    """Times at which to look: where the flight comes into reach and leaves it, its nearest points, and
    steps of a sixteenth of the reach between.

    Everything is smooth between two such times, so that a margin has at most one extreme there; `_edges`
    looks for it.
    """
    size = int(0.0)
    end_s = nodes[last, 0] - BEFORE_IMPACT_S
    spacing = step * bound / 16.0
    skipping = min(spacing, step * shooter.range / 16.0)  # what a steep fall through a small range needs
    for ball in range(first_ball, end_ball):
        dx, dy, dz = balls[ball, 0] - shooter.x, balls[ball, 1] - shooter.y, balls[ball, 2] - shooter.z
        if np.sqrt(dx * dx + dy * dy + dz * dz) - balls[ball, 3] > bound:
            continue
        low = start + (ball - first_ball) * CHUNK
        high = min(low + CHUNK, last)
        inside, passed = False, 0.0  # in reach on the leg before; km passed without a sample
        for leg in range(low, high):
            ax, ay, az = nodes[leg, 1], nodes[leg, 2], nodes[leg, 3]
            lx, ly, lz = nodes[leg + 1, 1] - ax, nodes[leg + 1, 2] - ay, nodes[leg + 1, 3] - az
            part = nearest_part(nodes, leg, shooter.x, shooter.y, shooter.z)
            dx, dy, dz = ax + part * lx - shooter.x, ay + part * ly - shooter.y, az + part * lz - shooter.z
            if np.sqrt(dx * dx + dy * dy + dz * dz) > bound:
                if inside:
                    size = _add(times, size, nodes[leg, 0])
                inside = False
                continue
            if not inside:
                size = _add(times, size, nodes[leg, 0])
                passed = 0.0
            inside = True
            km = np.sqrt(lx * lx + ly * ly + lz * lz)
            passed += km + abs(nodes[leg + 1, 4] - nodes[leg, 4])
            shown = part <= 0.0 or part >= 1.0
            if shown and passed < skipping and leg + 1 < high:
                continue
            passed = 0.0
            parts = max(1, min(int(np.ceil(km / spacing)), 64))
            length = nodes[leg + 1, 0] - nodes[leg, 0]
            for number in range(1, parts + 1):
                where = number / parts
                if not shown and part <= where:
                    shown = True
                    size = _add(times, size, min(nodes[leg, 0] + part * length, end_s))
                size = _add(times, size, min(nodes[leg, 0] + where * length, end_s))
    return size


@njit(nogil=True)
def _add(times: Floats, size: int, time: float) -> int:
    if size < times.size and (size == 0 or time > times[size - 1] + EDGE_S):
        times[size] = time
        return size + 1
    return size


@njit(nogil=True)
def _edges(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    rcs: float,
    times: Floats,
    values: Floats,
    size: int,
    cuts: Floats,
) -> int:
    """Both ends and every time at which a margin changes its sign, in no order."""
    cuts[0], cuts[1] = times[0], times[size - 1]
    edges = 2
    scratch = np.empty(MARGINS)
    for kind in range(MARGINS):
        for sample in range(size - 1):
            here, there = values[sample, kind], values[sample + 1, kind]
            if edges + 2 > cuts.size:
                return edges
            if (here >= 0.0) != (there >= 0.0):
                cuts[edges] = _root(
                    shooter,
                    nodes,
                    start,
                    last,
                    rcs,
                    kind,
                    times[sample],
                    here,
                    times[sample + 1],
                    there,
                    scratch,
                )
                edges += 1
            elif sample > 0 and (values[sample - 1, kind] >= 0.0) == (here >= 0.0):
                before = values[sample - 1, kind]
                sign = 1.0 if here >= 0.0 else -1.0
                # A dip towards zero that the slopes on both sides could carry across it.
                falls, rises = sign * (before - here), sign * (there - here)
                if falls >= 0.0 and rises > 0.0 and sign * here < falls + rises:
                    left, right = times[sample - 1], times[sample + 1]
                    dip, value = _dip(shooter, nodes, start, last, rcs, kind, left, right, sign, scratch)
                    if (value >= 0.0) != (here >= 0.0):
                        cuts[edges] = _root(
                            shooter,
                            nodes,
                            start,
                            last,
                            rcs,
                            kind,
                            left,
                            before,
                            dip,
                            value,
                            scratch,
                        )
                        cuts[edges + 1] = _root(
                            shooter,
                            nodes,
                            start,
                            last,
                            rcs,
                            kind,
                            dip,
                            value,
                            right,
                            there,
                            scratch,
                        )
                        edges += 2
    return edges


@njit(nogil=True)
def _dip(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    rcs: float,
    kind: int,
    left: float,
    right: float,
    sign: float,
    scratch: Floats,
) -> tuple[float, float]:
    """Where a margin comes nearest to zero, or past it, between two times; and its value there."""
    value = 0.0
    for _ in range(60):
        a, b = left + 0.382 * (right - left), left + 0.618 * (right - left)
        margins(shooter, nodes, start, last, rcs, a, scratch)
        at_a = sign * scratch[kind]
        margins(shooter, nodes, start, last, rcs, b, scratch)
        at_b = sign * scratch[kind]
        if at_a < at_b:
            right = b
            value = at_a
        else:
            left = a
            value = at_b
        if value < 0.0 or right - left < 10.0 * EDGE_S:
            if at_a < at_b:
                return a, sign * at_a
            return b, sign * at_b
    return 0.5 * (left + right), sign * value


@njit(nogil=True)
def _root(
    shooter: Any,
    nodes: Floats,
    start: int,
    last: int,
    rcs: float,
    kind: int,
    left: float,
    at_left: float,
    right: float,
    at_right: float,
    scratch: Floats,
) -> float:
    """Where a margin changes its sign, to `EDGE_S`: secant steps, every third a bisection.

    Returns the end of the bracket on which the condition holds.
    """
    turn = 0
    while right - left > EDGE_S:
        time = 0.5 * (left + right)
        if turn % 3 != 2:
            time = left + (right - left) * at_left / (at_left - at_right)
            time = min(max(time, left + 0.4 * EDGE_S), right - 0.4 * EDGE_S)
        margins(shooter, nodes, start, last, rcs, time, scratch)
        if (scratch[kind] >= 0.0) == (at_left >= 0.0):
            left, at_left = time, scratch[kind]
        else:
            right, at_right = time, scratch[kind]
        turn += 1
    return left if at_left >= 0.0 else right
