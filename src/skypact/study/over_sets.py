"""What is known over sets of drawn numbers: one set after the other is added, and none is kept whole.

The variance of a result has two parts: *chance*, the mean over the sets of the variance between replications, and
*ignorance*, the variance between the sets of the mean, freed of the part that chance leaves in a mean of n
replications (one-way analysis of variance with random effects; Searle, Casella and McCulloch, Variance Components, 1992,
chapter 3).

What is said of a difference is over the sets, of the set's mean.  A set's mean has noise of its replications in it, which
would widen the range; so the means are drawn towards their mean by the ratio of the net standard deviation
to the raw one before percentiles are taken.  The share of sets with the same sign is counted in the means as they are: noise
can only lower it, where shrinking could raise it out of nothing.

The standard error is that of a mean of so many sets as if they were independent.  They are a Latin hypercube, whose
mean varies less than that (Stein, Technometrics 29, 1987), so the error that is said is rather too large than too small.
The interval of the share is Wilson's for as many independent sets, for the same reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skypact.study.counts import Counts, percentiles_of
from skypact.study.estimates import Change, Estimate, SameSign, Variance
from skypact.study.measures.base import Key, Shown
from skypact.study.tally import SHARES, Percentiles, Tally, histogram_of, percentiles_in

Floats = NDArray[np.float64]
Z95 = 1.959963984540054
"""Of the normal distribution, the 97.5th percentile."""


@dataclass(frozen=True)
class SetMeans:
    """Of each set the mean of one measure, and the square of its standard error."""

    mean: Floats
    noise: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[float, float]]) -> SetMeans:
        """Of pairs of a mean and its noise."""
        mean, noise = np.array(rows, dtype=np.float64).reshape(-1, 2).T
        return cls(mean, noise)


class _Places:
    """Measures with their places; one that a later set has is added, and counts as zero in the earlier ones."""

    def __init__(self) -> None:
        self.of: dict[Key, int] = {}
        self._last: tuple[tuple[Key, ...], NDArray[np.int64]] = ((), np.zeros(0, np.int64))

    def find(self, keys: tuple[Key, ...]) -> NDArray[np.int64]:
        """The places of some measures."""
        if keys != self._last[0]:
            found = [self.of.setdefault(key, len(self.of)) for key in keys]
            self._last = keys, np.array(found, dtype=np.int64)
        return self._last[1]


class Gathered:
    """What became of one raid over the sets so far.

    Parameters
    ----------
    central
        The mean of every measure with central values.
    shown
        How each measure is shown.
    weight
        As how many independent ones a set counts: less than one if sets were taken from a sample.
    """

    def __init__(self, central: Mapping[Key, float], shown: Mapping[Key, Shown], weight: float = 1.0) -> None:
        self.central, self.weight = central, weight
        self.shown = dict(shown)
        self.sets = 0
        self.replications = 0
        self.simulate_s = 0.0
        self._places = _Places()
        self._means, self._squares, self._chance = (np.zeros(0) for _ in range(3))
        self._counts, self._counted = Counts(), _Places()
        self._kept: dict[Key, list[Floats]] = {}
        self._facts: dict[Key, list[object]] = {}

    def add(
        self, keys: tuple[Key, ...], shown: Mapping[Key, Shown], tally: Tally, facts: Mapping[Key, object]
    ) -> None:
        """Add what became of it in the next set."""
        places = self._places.find(keys)
        self.shown.update({key: how for key, how in shown.items() if key not in self.shown})
        means, squares, chance = (
            _padded(one, len(self._places.of)) for one in (self._means, self._squares, self._chance)
        )
        value, within = np.zeros(len(means)), np.zeros(len(means))
        value[places], within[places] = tally.means(), tally.variances()
        self.sets += 1
        self.replications = tally.replications
        apart = value - means
        self._means = means + apart / self.sets
        self._squares = squares + apart * (value - self._means)
        self._chance = chance + (within - chance) / self.sets
        if len(tally.counted):
            whole = self._counted.find(tuple(keys[column] for column in tally.counted))
            self._counts.merge(tally.counts, whole)
        for column, spread in enumerate(tally.spreads):
            if spread in ("values", "amounts"):
                self._kept.setdefault(keys[column], []).append(tally.values(column))
        for key, fact in facts.items():
            self._facts.setdefault(key, []).append(fact)

    def means(self) -> dict[Key, float]:
        """The mean of every measure."""
        return dict(zip(self._places.of, self._means.tolist(), strict=True))

    def estimates(self) -> dict[Key, Estimate]:
        """What is known of every measure."""
        between = self._squares / max(1, self.sets - 1)
        net = np.maximum(0.0, between - self._chance / self.replications)
        found = {}
        for key, place in self._places.of.items():
            chance, ignorance = float(self._chance[place]), float(net[place])
            found[key] = Estimate(
                float(self._means[place]),
                math.sqrt(chance + ignorance),
                math.sqrt(float(between[place]) / (self.sets * self.weight)),
                *self._percentiles(key),
                central=float(self.central.get(key, 0.0)),
                variance=Variance(chance, ignorance),
                histogram=histogram_of(self.counted(key)) if self.shown[key].spread == "counts" else None,
            )
        return found

    def counted(self, key: Key) -> NDArray[np.int64] | None:
        """How often a measure was 0, 1, 2, ... over all sets; None if it is not counted so."""
        place = self._counted.of.get(key)
        if place is None:
            return None
        counts = self._counts.of(place).copy()
        counts[0] += self.sets * self.replications - counts.sum()  # sets that do not have it
        return counts

    def _percentiles(self, key: Key) -> Percentiles:
        if (counts := self.counted(key)) is not None:
            return percentiles_of(counts, SHARES)
        kept = self._kept.get(key, [])
        each = max((len(values) for values in kept), default=0)
        without = np.zeros(each * (self.sets - len(kept)))
        return percentiles_in(np.concatenate([without, *kept]))

    @property
    def facts(self) -> dict[Key, object]:
        """What holds in every replication; of numbers that differ between the sets their mean."""
        return {key: _fact(found, self.sets) for key, found in self._facts.items()}


def _fact(found: Sequence[object], sets: int) -> object:
    numbers = [one for one in found if isinstance(one, int | float)]
    if not numbers or (len(numbers) == sets and all(one == numbers[0] for one in numbers)):
        return found[0]
    return float(np.sum(numbers)) / sets


def _padded(values: Floats, size: int) -> Floats:
    return np.concatenate([values, np.zeros(size - len(values))])


class GatheredPairs:
    """The paired difference of one raid from the baseline's over the sets so far.

    Parameters
    ----------
    central
        The difference in every measure with central values.
    weight
        As how many independent ones a set counts.
    """

    def __init__(self, central: Mapping[Key, float], weight: float = 1.0) -> None:
        self.central, self.weight = central, weight
        self._places = _Places()
        self._means: list[Floats] = []
        self._noise: list[Floats] = []
        self._changed: list[float] = []
        self._each = 1

    def add(self, keys: tuple[Key, ...], tally: Tally, fate_changed_share: float) -> None:
        """Add the paired differences of the next set."""
        places = self._places.find(keys)
        means, noise = np.zeros(len(self._places.of)), np.zeros(len(self._places.of))
        means[places] = tally.means()
        noise[places] = tally.variances() / max(1, tally.replications)
        self._means.append(means)
        self._noise.append(noise)
        self._changed.append(fate_changed_share)
        self._each = tally.replications

    @property
    def fate_changed_share(self) -> float:
        """Share of the threats with another fate, over all replications of all sets."""
        return float(np.mean(self._changed))

    def of(self, key: Key) -> SetMeans:
        """Of each set the difference in one measure."""
        place = self._places.of[key]
        means, noise = (
            np.array([row[place] if place < len(row) else 0.0 for row in rows])
            for rows in (self._means, self._noise)
        )
        return SetMeans(means, noise)

    def changes(self) -> dict[Key, Change]:
        """What is known of the difference in every measure."""
        size = len(self._places.of)
        means = np.array([_padded(row, size) for row in self._means])
        noise = np.array([_padded(row, size) for row in self._noise])
        found = differences_over_sets(means, noise, self._each, self.weight)
        return {
            key: replace(change, central=float(self.central.get(key, 0.0)))
            for key, change in zip(self._places.of, found, strict=True)
        }


def differences_over_sets(means: Floats, noise: Floats, each: int, weight: float = 1.0) -> list[Change]:
    """What is known of paired differences over sets.

    Parameters
    ----------
    means, noise
        Of each set and measure, the mean of the paired differences and the square of its standard error.
    each
        Replications of a set.
    weight
        As how many independent ones a set counts.
    """
    sets = len(means)
    mean = means.mean(axis=0)
    raw, chance = means.var(axis=0, ddof=1), noise.mean(axis=0)
    net = np.maximum(0.0, raw - chance)
    ratio = np.sqrt(np.divide(net, raw, out=np.zeros_like(net), where=raw > 0))
    low, middle, high = np.quantile(mean + (means - mean) * ratio, SHARES, axis=0)
    error = np.sqrt(raw / (sets * weight))
    signs = ((np.sign(means) == np.sign(mean)) & (means != 0)).sum(axis=0)
    return [
        Change(
            float(mean[i]),
            float(error[i]),
            p05=float(low[i]),
            p50=float(middle[i]),
            p95=float(high[i]),
            variance=Variance(float(chance[i] * each), float(net[i])),
            same_sign=wilson(int(signs[i]), sets, weight),
        )
        for i in range(len(mean))
    ]


def wilson(holds: float, sets: int, weight: float = 1.0) -> SameSign:
    """A share with Wilson's approximate 95 % interval (Journal of the American Statistical Association 22, 1927).

    `weight` is as how many independent ones a set counts.

    Examples
    --------
    >>> found = wilson(64, 64)
    >>> found.share, round(found.low, 2), found.high
    (1.0, 0.94, 1.0)
    """
    share, square = holds / sets, Z95**2 / (sets * weight)
    middle = (share + square / 2) / (1 + square)
    half = math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    low = 0.0 if holds == 0 else middle - half
    high = 1.0 if holds == sets else middle + half
    return SameSign(share, low, high)
