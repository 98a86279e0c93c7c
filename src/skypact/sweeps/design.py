"""The points of a sweep, and which block of the design each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from skypact.sweeps.model import Design

Floats = NDArray[np.float64]
FIRST, SECOND = "A", "B"
EDGE = 2.0**-20
"""No point is nearer to an end of an axis: a common factor is infinite there."""


@dataclass(frozen=True)
class Point:
    """One point.

    Attributes
    ----------
    row
        Which row of its block; what is drawn besides is the same for all points of a row.
    block
        ``A``, ``B``, or the axis that a point of A has from B; empty where the design has no blocks.
    place
        On each axis, from 0 to 1.
    """

    row: int
    block: str
    place: tuple[float, ...]


def points_of(design: Design, axes: Sequence[str], seed: int) -> tuple[Point, ...]:
    """All points of a design, in an order that only the design, the axes and the seed decide.

    Examples
    --------
    >>> one = Design(kind="grid", points=3)
    >>> [point.place for point in points_of(one, ["reach"], 1)]
    [(0.1,), (0.5,), (0.9,)]
    >>> [point.block for point in points_of(Design(kind="sobol", points=2), ["reach"], 1)]
    ['A', 'A', 'B', 'B', 'reach', 'reach']
    """
    size = len(axes)
    if design.kind == "grid":
        levels = np.linspace(0.1, 0.9, design.points).round(12).tolist()
        return tuple(Point(row, "", place) for row, place in enumerate(product(levels, repeat=size)))
    rng = np.random.default_rng(seed)
    if design.kind == "latin-hypercube":
        found = _within(qmc.LatinHypercube(size, rng=rng).random(design.points))
        return tuple(Point(row, "", tuple(place)) for row, place in enumerate(found.tolist()))
    both = _within(qmc.Sobol(2 * size, rng=rng).random(design.points))
    first, second = both[:, :size], both[:, size:]
    blocks = {FIRST: first, SECOND: second}
    for column, axis in enumerate(axes):
        blocks[axis] = first.copy()
        blocks[axis][:, column] = second[:, column]
    return tuple(
        Point(row, block, tuple(place))
        for block, rows in blocks.items()
        for row, place in enumerate(rows.tolist())
    )


def count_of(design: Design, axes: int) -> int:
    """How many points a design has."""
    if design.kind == "grid":
        return int(design.points**axes)
    return design.points * (axes + 2) if design.kind == "sobol" else design.points


def _within(places: Floats) -> Floats:
    return np.asarray(np.clip(places, EDGE, 1 - EDGE))
