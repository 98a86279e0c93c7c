"""Several units at once: how many where, by an exact solver.

The solver works with a sum: what is stopped with units at several places is taken to be what is stopped with those of each
place alone, added up.  Within one place nothing is added up: one, two, three units there were each played.  Whether the sum
holds is asked of a simulation afterwards (`skypact.placing.joint`).

A choice z of columns (so many units at a place; 0 or 1, one column of a place at most, no more units than there are) is
sought in two steps.  First the purpose: most stopped over all raids; or the largest t with at least t stopped in each
raid; or the smallest u with at most u arriving at each asset, in the mean of the raids.  Then, of the choices that are as
good for the purpose, the one with most stopped over all raids.  Both are mixed-integer linear programmes, solved to
optimality by HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018; `scipy.optimize.milp`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from skypact.placing.play import Floats, mean_of_raids
from skypact.placing.question import Stand

Purpose = Literal["all-raids", "least-helped-raid", "worst-city"]
PURPOSES: Mapping[Purpose, str] = {
    "all-raids": "most is stopped over all raids",
    "least-helped-raid": "most is stopped in the raid where least is",
    "worst-city": "fewest arrive at the place where most do",
}
CLOSE = 1e-6
"""By how much the second step may fall behind the purpose, in arrivals: what the solver can tell apart."""
LIMIT_S = 60.0
Limit = tuple[Floats, Any, float]
"""Rows of numbers, and between what their products with a choice lie."""


@dataclass(frozen=True)
class Offers:
    """What the solver works with.

    Attributes
    ----------
    stands
        Columns: so many units at one place.
    stopped
        How many fewer arrive with each, [raids, columns].
    arrive
        Arrivals at each asset without the units, in the mean of the raids, [assets].
    stopped_at
        How many fewer arrive there, in the mean of the raids, [columns, assets].
    """

    stands: tuple[Stand, ...]
    stopped: Floats
    arrive: Floats
    stopped_at: Floats

    def value(self, chosen: Sequence[int], purpose: Purpose) -> float:
        """What a choice is worth for a purpose, by the sum: more is better."""
        rows = list(chosen)
        if purpose == "worst-city":
            return -float((self.arrive - self.stopped_at[rows].sum(axis=0)).max(initial=0.0))
        stopped = self.stopped[:, rows].sum(axis=1)
        return float(stopped.min() if purpose == "least-helped-raid" else mean_of_raids(stopped))


def allocate(offers: Offers, units: int, purpose: Purpose) -> tuple[int, ...]:
    """Which columns to choose, with at most so many units; fewer where more would stop no more.

    Examples
    --------
    >>> columns = ((("kyiv", 1),), (("lviv", 1),), (("odesa", 1),))
    >>> stopped = np.array([[3.0, 1.0, 0.0], [0.0, 1.0, 2.0]])
    >>> offers = Offers(columns, stopped, np.zeros(0), np.zeros((3, 0)))
    >>> allocate(offers, 1, "all-raids"), allocate(offers, 1, "least-helped-raid")
    ((0,), (1,))
    """
    # In whatever order places and raids came, the solver sees them in one.
    order = sorted(range(len(offers.stands)), key=lambda row: offers.stands[row])
    stands = [offers.stands[row][0] for row in order]
    places = sorted({place for place, _ in stands})
    limits: list[Limit] = [
        (np.array([[float(own == place) for own, _ in stands] for place in places]), -np.inf, 1.0),
        (np.array([[float(number) for _, number in stands]]), -np.inf, float(units)),
    ]
    gain = mean_of_raids(offers.stopped)[order]
    if purpose == "all-raids":
        found = _solved(gain, limits)
    else:
        rows, least, most = _bounds(offers, purpose)
        rows = rows[:, order]
        found = _solved(np.zeros(len(order)), limits, (rows, least, most))
        reached = offers.value([order[row] for row in found], purpose)
        found = _solved(gain, [*limits, (rows, least + reached - CLOSE, np.inf)])
    return _needed(offers, [order[row] for row in found], purpose)


def _bounds(offers: Offers, purpose: Purpose) -> tuple[Floats, Floats, float]:
    """Rows, least numbers and a limit: a choice z is worth t, up to the limit, where rows @ z >= least + t."""
    if purpose == "worst-city":
        return offers.stopped_at.T, offers.arrive, 0.0  # no fewer than none arrive, whatever a sum says
    rows = offers.stopped[np.lexsort(offers.stopped.T[::-1])]
    return rows, np.zeros(len(rows)), np.inf


def _solved(
    gain: Floats, limits: Sequence[Limit], highest: tuple[Floats, Floats, float] | None = None
) -> list[int]:
    """The columns of the choice with the most gain within limits; or with t as high as it can be (`_bounds`)."""
    size, more = len(gain), int(highest is not None)
    constraints = [
        LinearConstraint(np.hstack([rows, np.zeros((len(rows), more))]), low, high)
        for rows, low, high in limits
    ]
    most = np.inf
    if highest is not None:
        rows, least, most = highest
        constraints.append(LinearConstraint(np.hstack([rows, -np.ones((len(rows), 1))]), least, np.inf))
    found = milp(
        -np.append(gain, np.ones(more)),
        integrality=np.append(np.ones(size), np.zeros(more)),
        bounds=Bounds(
            np.append(np.zeros(size), np.full(more, -np.inf)), np.append(np.ones(size), np.full(more, most))
        ),
        constraints=constraints,
        options={"mip_rel_gap": 0.0, "time_limit": LIMIT_S},
    )
    if found.status != 0:
        raise RuntimeError(f"the solver found no allocation: {found.message}")
    return [int(row) for row in np.flatnonzero(found.x[:size] > 0.5)]


def _needed(offers: Offers, chosen: Sequence[int], purpose: Purpose) -> tuple[int, ...]:
    """A choice without the columns that could be left out at no loss."""
    kept = tuple(sorted(chosen, key=lambda row: offers.stands[row]))
    for row in kept:
        rest = tuple(one for one in kept if one != row)
        if all(offers.value(rest, one) >= offers.value(kept, one) for one in (purpose, "all-raids")):
            kept = rest
    return tuple(sorted(kept))
