"""Drawing numbers from their ranges, all at once: a *set*.

Sets are a Latin hypercube (McKay, Beckman and Conover, Technometrics 21, 1979).  Of N sets each has, in every
dimension, one of N equal parts of the distribution, and a place by chance within it.  Every number and every family has
a dimension of its own, whose order of the parts is a pure function of the seed, N and the name.  So a set does not
depend on which policy asks for what and when; a policy or a file that is added, with numbers that it alone uses, shifts
no other number.  (A Sobol sequence numbers its dimensions, and would.)

Numbers of one family (`skypact.policy.families`) are drawn together, each in its own direction.  With the family's common
factor f, a number's own e, both standard normal, and the stated correlation r, a number lies at the share
Φ(±√r f + √(1 − r) e) of its distribution: a Gaussian copula.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from skypact.catalog.model import Catalog
from skypact.engine.randomness import identity, series
from skypact.policy.families import family_of, sign_of
from skypact.quantity import Quantity

PARAMETER = 16
"""The purpose of these draws in the generator's counter."""
CORRELATION = 0.5
"""Of two numbers of a family: half of what is not known about a number it shares with its like, half is its own.
Nobody has measured it; 0 is what ranges drawn one by one say, and 1 would make one number of a family."""
FAMILY, NUMBER = "family", "number"
"""What a dimension belongs to, so that a family and a number of the same name are told apart."""


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


@dataclass(frozen=True)
class SetDraws:
    """One set as it was drawn.

    Attributes
    ----------
    number
        Which of the sets, from 0.
    values
        By name, every number with a range that was asked for, with the value that it has in this set.
    factors
        By family, its common factor in this set (standard normal over the sets).
    """

    number: int
    values: Mapping[str, tuple[Quantity, float]]
    factors: Mapping[str, float]


@dataclass(frozen=True)
class Sets:
    """All sets of a study: how many, from which seed, and how numbers of a family go together in them.

    Parameters
    ----------
    count
        How many sets, 2 or more.
    seed
        Same seed, same sets.
    correlation
        Of two numbers of one family, 0 to 1.

    Examples
    --------
    >>> sets = Sets(4, seed=1)
    >>> sorted(int(4 * share) for share in sets.dimension("number", "effectors.hawk.cost_usd"))
    [0, 1, 2, 3]
    """

    count: int
    seed: int = 1
    correlation: float = CORRELATION

    def dimension(self, *ids: str) -> NDArray[np.float64]:
        """Of each set the share of one dimension: one in each of `count` equal parts, in an order by chance."""
        order, within = series(self.seed, 0, self.count, PARAMETER, identity(*ids, str(self.count)))
        part = np.empty(self.count)
        part[np.argsort(order, kind="stable")] = np.arange(self.count)
        shares: NDArray[np.float64] = (part + within) / self.count
        # 0 and 1 have no place on the normal distribution.
        return np.clip(shares, 2.0**-54, 1 - 2.0**-53)

    def factor(self, family: str) -> NDArray[np.float64]:
        """Of each set the common factor of a family."""
        found: NDArray[np.float64] = ndtri(self.dimension(FAMILY, family))
        return found

    def own(self, name: str) -> NDArray[np.float64]:
        """Of each set a number's own part, which it does not share with its family (standard normal)."""
        found: NDArray[np.float64] = ndtri(self.dimension(NUMBER, name))
        return found

    def shares(self, name: str, family: str) -> NDArray[np.float64]:
        """Of each set the share of a number's distribution that lies below its value."""
        common = sign_of(name) * math.sqrt(self.correlation) * self.factor(family)
        found: NDArray[np.float64] = ndtr(common + math.sqrt(1 - self.correlation) * self.own(name))
        return found

    @property
    def effective(self) -> float:
        """As how many independent sets they count."""
        return float(self.count)

    def drawn(self, catalog: Catalog) -> Draws:
        """The sets, to be asked one by one; `catalog` as the scenario sees it says what is of one family."""
        return Draws(self, catalog)


@dataclass(frozen=True)
class GivenSets(Sets):
    """Sets of which some numbers are given: those that a calibration found; all others are drawn.

    Attributes
    ----------
    factors
        By family its common factor in each set.
    owns
        By name a number's own part in each set.  A number that is not here has an own part as drawn; it still goes
        with its family's factor, if that is given.
    resampled
        The effective size of the sample that they were taken from; None: they count as they are.
    """

    factors: Mapping[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    owns: Mapping[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    resampled: float | None = None

    def factor(self, family: str) -> NDArray[np.float64]:
        """Of each set the common factor of a family."""
        found = self.factors.get(family)
        return super().factor(family) if found is None else found

    def own(self, name: str) -> NDArray[np.float64]:
        """Of each set a number's own part."""
        found = self.owns.get(name)
        return super().own(name) if found is None else found

    @property
    def effective(self) -> float:
        """As how many independent sets they count: their own chance, and that of the sample they are from, add up."""
        if self.resampled is None:
            return float(self.count)
        return 1 / (1 / self.count + 1 / self.resampled)


class Draws:
    """Sets with the dimensions that were asked for, kept: a number is settled once for all sets.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> range_km = Quantity(value=2, low=0, high=4, kind="notional", note="an example")
    >>> first = Sets(2).drawn(load_catalog()).of(0)
    >>> 0 <= first("effectors.hawk.against.drone.max_range_km", range_km) <= 4
    True
    >>> list(first.done().values), list(first.done().factors)
    (['effectors.hawk.against.drone.max_range_km'], ['reach'])
    """

    def __init__(self, sets: Sets, catalog: Catalog) -> None:
        self.sets = sets
        self._catalog = catalog
        self._family: dict[str, str] = {}
        self._shares: dict[str, NDArray[np.float64]] = {}
        self._factors: dict[str, NDArray[np.float64]] = {}

    def share(self, name: str, number: int) -> float:
        """The share of a number's distribution that lies below its value in a set."""
        if name not in self._shares:
            self._family[name] = family_of(name, self._catalog)
            self._shares[name] = self.sets.shares(name, self._family[name])
        return float(self._shares[name][number])

    def factors(self, names: Iterable[str], number: int) -> dict[str, float]:
        """The common factors, in a set, of the families of some numbers that were asked for."""
        found = {}
        for family in sorted({self._family[name] for name in names}):
            if family not in self._factors:
                self._factors[family] = self.sets.factor(family)
            found[family] = float(self._factors[family][number])
        return found

    def of(self, number: int) -> DrawnSet:
        """One of the sets, as a way to settle numbers (`skypact.policy.Draw`)."""
        return DrawnSet(self, number)


class DrawnSet:
    """One set, as a way to settle numbers; it keeps what it was asked for."""

    def __init__(self, draws: Draws, number: int) -> None:
        self.number = number
        self._draws = draws
        self._values: dict[str, tuple[Quantity, float]] = {}

    def __call__(self, name: str, quantity: Quantity) -> float:
        """Settle a number."""
        if quantity.low is None or quantity.low == quantity.high:
            return quantity.value
        value = quantile(quantity, self._draws.share(name, self.number))
        self._values.setdefault(name, (quantity, value))
        return value

    def done(self) -> SetDraws:
        """What was drawn so far."""
        factors = self._draws.factors(self._values, self.number)
        return SetDraws(self.number, dict(self._values), factors)
