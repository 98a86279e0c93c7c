"""Drawing numbers from their ranges: a set of numbers is a pure function of the seed and the set's number."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from skypact.engine.randomness import draws, identity
from skypact.policy import Draw
from skypact.quantity import Quantity

PARAMETER = 16
"""The purpose of these draws in the generator's counter."""


def quantile(quantity: Quantity, share: float) -> float:
    """The value below which a share of the quantity's distribution lies.

    Triangular with its mode at the central value, or uniform; without a range the value itself.

    Examples
    --------
    >>> speed = Quantity(value=2, low=0, high=4, kind="notional", note="an example")
    >>> quantile(speed, 0.5), quantile(speed, 0.125)
    (2.0, 1.0)
    """
    low, mode, high = quantity.low, quantity.value, quantity.high
    if low is None or high is None or low == high:
        return mode
    if quantity.distribution == "uniform":
        return low + (high - low) * share
    left = (mode - low) / (high - low)
    if share < left:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1 - share) * (high - low) * (high - mode))


@dataclass
class DrawnSet:
    """One set of numbers, and which were drawn; a pure function of the seed and the set's number."""

    seed: int
    number: int
    values: dict[str, tuple[Quantity, float]] = field(default_factory=dict)

    def __call__(self, name: str, quantity: Quantity) -> float:
        """Settle a number."""
        if quantity.low is None or quantity.low == quantity.high:
            return quantity.value
        if name not in self.values:
            key = np.uint64(identity(name))
            whole, _ = draws(np.uint64(self.seed), self.number, PARAMETER, 0, key)
            self.values[name] = (quantity, quantile(quantity, int(whole) / 2**53))
        return self.values[name][1]

    def as_draw(self) -> Draw:
        """This set as a way to settle numbers."""
        return self.__call__
