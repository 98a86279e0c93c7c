"""Sharing a difference out over the decisions that make it: Shapley values.

A *player* is a decision (or several that go together) in which a policy and the baseline differ; a *coalition*
is the set of players that have been put in force so far.  A player's value is what it changes when it is put in
force, averaged over all orders in which the players could follow one another (L. Shapley, A value for n-person
games, 1953).  It is the only rule that shares out the whole difference, gives nothing to a decision that never
changes anything, the same to two that always do the same, and adds up over replications and over sets.

Up to `EXACT` players every coalition is played.  Above that some orders are drawn, each with its reverse
(antithetic: who came early comes late), which keeps the sum exact and the estimate without bias.

Weights are whole numbers over one denominator, so that with whole outcomes the values add up to the difference
without rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

EXACT = 4
"""Up to so many players every coalition is played: 16 at most."""


@dataclass(frozen=True)
class Plan:
    """Which coalitions are played, and how the values follow from what they give.

    Attributes
    ----------
    coalitions
        As numbers in which bit i stands for player i; the empty one first, the whole one last.
    weights
        Whole numbers, shape (players, coalitions).
    denominator
        By which the weights are divided.
    orders
        How many orders of the players stand behind it.

    Examples
    --------
    >>> plan = every_order(2)
    >>> plan.coalitions, plan.values(np.array([0, 1, 2, 5])).tolist()
    ((0, 1, 2, 3), [2.0, 3.0])
    """

    coalitions: tuple[int, ...]
    weights: NDArray[np.int64]
    denominator: int
    orders: int

    def scaled(self, outcomes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The values times the denominator, in whole numbers: shape (..., coalitions) to (..., players)."""
        scaled: NDArray[np.int64] = outcomes @ self.weights.T
        return scaled

    def values(self, outcomes: NDArray[np.int64]) -> NDArray[np.float64]:
        """The values, shape (..., coalitions) to (..., players)."""
        return self.scaled(outcomes) / self.denominator


@cache
def every_order(players: int) -> Plan:
    """The plan that plays every coalition: the values are exact.

    Examples
    --------
    >>> every_order(3).denominator, len(every_order(4).coalitions)
    (6, 16)
    """
    whole = 2**players - 1
    coalitions = tuple(range(whole + 1))
    orders = math.factorial(players)
    weights = np.zeros((players, whole + 1), dtype=np.int64)
    for coalition in coalitions:
        size = coalition.bit_count()
        for player in range(players):
            if not coalition >> player & 1:
                share = math.factorial(size) * math.factorial(players - size - 1)
                weights[player, coalition | 1 << player] += share
                weights[player, coalition] -= share
    return _reduced(coalitions, weights, orders, orders)


def of_orders(orders: Iterable[Sequence[int]], players: int) -> Plan:
    """The plan that plays the coalitions met on the way in some orders of the players.

    Examples
    --------
    >>> of_orders([(0, 1), (1, 0)], 2).coalitions == every_order(2).coalitions
    True
    """
    ways = [_way(order) for order in orders]
    coalitions = tuple(sorted({coalition for way in ways for coalition in way}))
    column = {coalition: index for index, coalition in enumerate(coalitions)}
    weights = np.zeros((players, len(coalitions)), dtype=np.int64)
    for way in ways:
        for before, after in pairwise(way):
            player = (before ^ after).bit_length() - 1
            weights[player, column[after]] += 1
            weights[player, column[before]] -= 1
    return _reduced(coalitions, weights, len(ways), len(ways))


def antithetic(players: int, seed: int, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """An order of the players and its reverse; a pure function of the seed and the pair's number."""
    order = tuple(np.random.default_rng([seed, number, players]).permutation(players).tolist())
    return order, order[::-1]


def _way(order: Sequence[int]) -> list[int]:
    """The coalitions from the empty one to the whole one."""
    way = [0]
    for player in order:
        way.append(way[-1] | 1 << player)
    return way


def _reduced(coalitions: tuple[int, ...], weights: NDArray[np.int64], denominator: int, orders: int) -> Plan:
    common = math.gcd(denominator, *(int(weight) for weight in weights.ravel()))
    return Plan(coalitions, weights // common, denominator // common, orders)
