"""Several units at once: how many where, by an exact solver.

The solver works with a sum: what each place alone stops, added up, and for pairs of places that were played together what
they stop more or less than that.  Within one place nothing is added up: one, two, three units there were each played.  Whether the
sum holds for all of them at once is asked of a simulation afterwards (`skypact.placing.joint`).

A choice z of columns (so many units at a place; 0 or 1, one column of a place at most, no more units than there are), with y = 1
for a pair of which both are chosen, is sought in two steps.  First the purpose: most stopped over all raids; or the largest t
with at least t stopped in each raid; or the smallest u with at most u arriving at each asset, in the mean of the raids.  Then, of the
choices that are as good for the purpose, the one with most stopped over all raids.  Both are mixed-integer linear programmes, solved
to optimality by HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018; `scipy.optimize.milp`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
Limit = tuple[Floats, Any, Any]
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
    pairs
        Columns of two places that were played together.
    more, more_at
        How many more they stop together than added up, [raids, pairs] and [pairs, assets]; below zero where they overlap.
    """

    stands: tuple[Stand, ...]
    stopped: Floats
    arrive: Floats
    stopped_at: Floats
    pairs: tuple[tuple[int, int], ...] = ()
    more: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    more_at: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def value(self, chosen: Sequence[int], purpose: Purpose) -> float:
        """What a choice is worth for a purpose, by the sum: more is better."""
        rows = list(chosen)
        both = [number for number, (one, other) in enumerate(self.pairs) if one in rows and other in rows]
        if purpose == "worst-city":
            stopped = self.stopped_at[rows].sum(axis=0)
            if both:
                stopped = stopped + self.more_at[both].sum(axis=0)
            return -float((self.arrive - stopped).max(initial=0.0))
        stopped = self.stopped[:, rows].sum(axis=1)
        if both:
            stopped = stopped + self.more[:, both].sum(axis=1)
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
    programme = _Programme.of(offers, order, units)
    if purpose == "all-raids":
        found = programme.most()
    else:
        rows, least, most = _bounds(offers, purpose)
        rows = rows[:, programme.columns]
        found = programme.highest(rows, least, most)
        reached = offers.value([order[row] for row in found], purpose)
        found = programme.most((rows, least + reached - CLOSE, np.inf))
    return _needed(offers, [order[row] for row in found], purpose)


def _bounds(offers: Offers, purpose: Purpose) -> tuple[Floats, Floats, float]:
    """Rows of columns and pairs, least numbers and a limit: a choice is worth t, up to the limit, where rows @ it >= least + t."""
    if purpose == "worst-city":
        rows = np.vstack([offers.stopped_at, offers.more_at]) if offers.pairs else offers.stopped_at
        return rows.T, offers.arrive, 0.0  # no fewer than none arrive, whatever a sum says
    rows = _with_pairs(offers)
    return rows[np.lexsort(rows.T[::-1])], np.zeros(len(rows)), np.inf


def _with_pairs(offers: Offers) -> Floats:
    """What is stopped by columns, then by pairs, [raids, columns and pairs]."""
    return np.hstack([offers.stopped, offers.more]) if offers.pairs else offers.stopped


@dataclass(frozen=True)
class _Programme:
    """The programme without its purpose; its variables are columns, and then pairs.

    Attributes
    ----------
    size
        How many columns there are.
    columns
        Which of the offers' columns and pairs each variable is.
    gain
        What each stops in the mean of the raids.
    limits
        What a choice must keep to.
    """

    size: int
    columns: list[int]
    gain: Floats
    limits: list[Limit]

    @classmethod
    def of(cls, offers: Offers, order: list[int], units: int) -> _Programme:
        """The programme of some offers, the columns in an order."""
        size, stands = len(order), [offers.stands[row][0] for row in order]
        place = {row: number for number, row in enumerate(order)}
        ends = [tuple(sorted((place[one], place[other]))) for one, other in offers.pairs]
        pairs = sorted(range(len(ends)), key=lambda pair: ends[pair])
        columns = [*order, *(size + pair for pair in pairs)]
        first = np.zeros((len({name for name, _ in stands}), len(columns)))
        for number, name in enumerate(sorted({name for name, _ in stands})):
            first[number, :size] = [own == name for own, _ in stands]
        taken = np.zeros((1, len(columns)))
        taken[0, :size] = [number for _, number in stands]
        limits: list[Limit] = [(first, -np.inf, 1.0), (taken, -np.inf, float(units))]
        if pairs:
            none, both = np.zeros((2 * len(pairs), len(columns))), np.zeros((len(pairs), len(columns)))
            for number, pair in enumerate(pairs):
                one, other = ends[pair]
                none[2 * number, [size + number, one]] = 1.0, -1.0
                none[2 * number + 1, [size + number, other]] = 1.0, -1.0
                both[number, [one, other, size + number]] = 1.0, 1.0, -1.0
            limits += [(none, -np.inf, 0.0), (both, -np.inf, 1.0)]
        return cls(size, columns, mean_of_raids(_with_pairs(offers))[columns], limits)

    def most(self, *besides: Limit) -> list[int]:
        """The columns of the choice with the most gain within the limits, and within others."""
        return self._solved(self.gain, [*self.limits, *besides])

    def highest(self, rows: Floats, least: Floats, most: float) -> list[int]:
        """The columns of the choice with t as high as it can be (`_bounds`); t is one more variable."""
        limits = [(np.hstack([own, np.zeros((len(own), 1))]), low, high) for own, low, high in self.limits]
        reached: Limit = (np.hstack([rows, -np.ones((len(rows), 1))]), least, np.inf)
        return self._solved(np.append(np.zeros(len(self.gain)), 1.0), [*limits, reached], most)

    def _solved(self, gain: Floats, limits: Sequence[Limit], most: float = 1.0) -> list[int]:
        free = len(gain) > len(self.gain)  # the last variable may be any number
        low, high = np.zeros(len(gain)), np.ones(len(gain))
        if free:
            low[-1], high[-1] = -np.inf, most
        found = milp(
            -gain,
            integrality=(np.arange(len(gain)) < self.size).astype(np.int64),
            bounds=Bounds(low, high),
            constraints=[LinearConstraint(*limit) for limit in limits],
            options={"mip_rel_gap": 0.0, "time_limit": LIMIT_S},
        )
        if found.status != 0:
            raise RuntimeError(f"the solver found no allocation: {found.message}")
        return [int(row) for row in np.flatnonzero(found.x[: self.size] > 0.5)]


def _needed(offers: Offers, chosen: Sequence[int], purpose: Purpose) -> tuple[int, ...]:
    """A choice without the columns that could be left out at no loss."""
    kept = tuple(sorted(chosen, key=lambda row: offers.stands[row]))
    for row in kept:
        rest = tuple(one for one in kept if one != row)
        if all(offers.value(rest, one) >= offers.value(kept, one) for one in (purpose, "all-raids")):
            kept = rest
    return tuple(sorted(kept))
