"""Adding up measures over replications without keeping the replications."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from skypact.study.counts import Counts
from skypact.study.estimates import Change, Estimate, Histogram
from skypact.study.measures.base import Spread

SHARES = (0.05, 0.50, 0.95)
KEPT = 20_000
"""Replications whose large amounts are kept, for their percentiles: of more replications these are the first."""

Percentiles = tuple[float | None, float | None, float | None]
Floats = NDArray[np.float64]


class Tally:
    """Sums, sums of squares and distributions of measures; only what is kept by value grows.

    Whole numbers have exact sums, which do not depend on how replications are grouped.

    Parameters
    ----------
    spreads
        For each measure what is kept of its distribution (`skypact.study.measures.Shown`).
    kept
        Of so many replications the amounts are kept.

    Examples
    --------
    >>> tally = Tally(["counts"])
    >>> tally.add(np.array([[3.0], [5.0]]))
    >>> tally.estimate(0).mean
    4.0
    """

    def __init__(self, spreads: Sequence[Spread], kept: int = KEPT) -> None:
        self.replications = 0
        self.spreads = tuple(spreads)
        size = len(self.spreads)
        self._most = kept
        self._pivot = np.zeros(size)
        self._sum = np.zeros(size)
        self._squares = np.zeros(size)
        self.counted = _columns(self.spreads, "counts", "whole")
        self.counts = Counts(len(self.counted))
        self._place = {int(column): place for place, column in enumerate(self.counted)}
        self._by_value = _columns(self.spreads, "values", "amounts")
        self._kept: dict[int, list[Floats]] = {int(column): [] for column in self._by_value}

    def add(self, values: Floats) -> None:
        """Add replications, shape (replications, measures)."""
        if not len(values):
            return
        if not self.replications:
            # Distances from the first replication are small whole numbers: their sums are exact.
            self._pivot = values[0].copy()
        room = max(0, self._most - self.replications)
        self.replications += len(values)
        distance = values - self._pivot
        self._sum += distance.sum(axis=0)
        self._squares += (distance * distance).sum(axis=0)
        if len(self.counted):
            self.counts.add(values[:, self.counted])
        for column, kept in self._kept.items():
            part = values[:, column] if self.spreads[column] == "values" else values[:room, column]
            if len(part):
                kept.append(part.copy())

    def means(self) -> Floats:
        """Mean of each measure."""
        if not self.replications:
            return np.zeros(len(self.spreads))
        found: Floats = self._pivot + self._sum / self.replications
        for column in self._exact():
            found[column] = self.values(column).mean()
        return found

    def variances(self) -> Floats:
        """Unbiased variance of each measure over replications."""
        runs = self.replications
        if runs < 2:
            return np.zeros(len(self.spreads))
        found: Floats = np.maximum(0.0, (self._squares - self._sum**2 / runs) / (runs - 1))
        for column in self._exact():
            found[column] = self.values(column).var(ddof=1)
        return found

    def mean(self, column: int) -> float:
        """Mean of a measure."""
        return float(self.means()[column])

    def estimates(self) -> list[Estimate]:
        """Of each measure the mean, standard deviation, standard error and percentiles."""
        means, deviations = self.means(), np.sqrt(self.variances())
        errors = deviations / math.sqrt(self.replications or 1)
        numbers = zip(
            means.tolist(),
            deviations.tolist(),
            errors.tolist(),
            self._percentiles(),
            self.spreads,
            strict=True,
        )
        return [
            Estimate(
                mean,
                sd,
                se,
                *shares,
                histogram=histogram_of(self.histogram(column)) if spread == "counts" else None,
            )
            for column, (mean, sd, se, shares, spread) in enumerate(numbers)
        ]

    def estimate(self, column: int) -> Estimate:
        """Mean, standard deviation, standard error and percentiles of a measure."""
        return self.estimates()[column]

    def _percentiles(self) -> list[Percentiles]:
        """Percentiles 5, 50 and 95 of each: the least number that at least such a share of the replications do not exceed."""
        found: list[Percentiles] = [(None, None, None)] * len(self.spreads)
        if not self.replications:
            return found
        for column, (low, middle, high) in zip(
            self.counted.tolist(), self.counts.percentiles(SHARES).tolist(), strict=True
        ):
            found[column] = low, middle, high
        for column in self._kept:
            found[column] = percentiles_in(self.values(column))
        return found

    def histogram(self, column: int) -> NDArray[np.int64] | None:
        """How many replications had 0, 1, 2, ...; None if the measure is not counted."""
        place = self._place.get(column)
        return None if place is None or not self.replications else self.counts.of(place)

    def values(self, column: int) -> Floats:
        """What is kept of a measure by value."""
        kept = self._kept[column]
        if len(kept) > 1:
            kept[:] = [np.concatenate(kept)]
        return kept[0] if kept else np.zeros(0)

    def changes(self) -> list[Change]:
        """Of each measure the mean with its standard error and 95 % interval (Student's t)."""
        means, runs = self.means(), self.replications
        errors = np.sqrt(self.variances() / max(1, runs))
        half = errors * (float(stdtrit(runs - 1, 0.975)) if runs > 1 else 0.0)
        return [
            Change(mean, error, ci95=(low, high))
            for mean, error, low, high in zip(
                means.tolist(), errors.tolist(), (means - half).tolist(), (means + half).tolist(), strict=True
            )
        ]

    def change(self, column: int) -> Change:
        """The mean of a measure with its standard error and 95 % interval."""
        return self.changes()[column]

    def _exact(self) -> list[int]:
        """Measures whose values are all kept: their sums are made at once, however they came."""
        return [column for column in self._kept if self.spreads[column] == "values"]


def _columns(spreads: tuple[Spread, ...], *wanted: Spread) -> NDArray[np.int64]:
    return np.array([column for column, spread in enumerate(spreads) if spread in wanted], dtype=np.int64)


def percentiles_in(values: Floats) -> Percentiles:
    """Percentiles 5, 50 and 95 of values; None where there are none."""
    if not len(values):
        return None, None, None
    ordered = np.sort(values)
    low, middle, high = (float(ordered[max(0, math.ceil(share * len(ordered)) - 1)]) for share in SHARES)
    return low, middle, high


def histogram_of(counts: NDArray[np.int64] | None) -> Histogram | None:
    """Counts of 0, 1, 2, ... without the empty ends; None where nothing was counted."""
    used = np.zeros(0) if counts is None else np.flatnonzero(counts)
    if counts is None or not len(used):
        return None
    return Histogram(int(used[0]), tuple(counts[used[0] : used[-1] + 1].tolist()))
