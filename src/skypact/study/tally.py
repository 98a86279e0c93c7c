"""Adding up measures over replications without keeping the replications."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from skypact.study.estimates import Change, Estimate, Histogram
from skypact.study.measures.base import Spread

PERCENTILES = (("p05", 0.05), ("p50", 0.50), ("p95", 0.95))


class Tally:
    """Sums, sums of squares and distributions of measures; only what is kept by value grows.

    Counts are whole numbers, so their sums are exact and do not depend on how replications are grouped.

    Parameters
    ----------
    spreads
        For each measure what is kept of its distribution (`skypact.study.measures.Shown`).

    Examples
    --------
    >>> tally = Tally(["counts"])
    >>> tally.add(np.array([[3.0], [5.0]]))
    >>> tally.estimate(0).mean
    4.0
    """

    def __init__(self, spreads: Sequence[Spread]) -> None:
        self.replications = 0
        self._spreads = tuple(spreads)
        size = len(self._spreads)
        self._pivot = np.zeros(size)
        self._sum = np.zeros(size)
        self._squares = np.zeros(size)
        self._histograms = {c: np.zeros(1, np.int64) for c, s in enumerate(spreads) if s == "counts"}
        self._kept: dict[int, list[NDArray[np.float64]]] = {
            c: [] for c, spread in enumerate(spreads) if spread == "values"
        }

    def add(self, values: NDArray[np.float64]) -> None:
        """Add replications, shape (replications, measures)."""
        if not len(values):
            return
        if not self.replications:
            # Distances from the first replication are small whole numbers: their sums are exact.
            self._pivot = values[0].copy()
        self.replications += len(values)
        distance = values - self._pivot
        self._sum += distance.sum(axis=0)
        self._squares += (distance * distance).sum(axis=0)
        for column, held in self._histograms.items():
            counts = np.bincount(values[:, column].astype(np.int64), minlength=len(held))
            counts[: len(held)] += held
            self._histograms[column] = counts
        for column, kept in self._kept.items():
            kept.append(values[:, column].copy())

    def mean(self, column: int) -> float:
        """Mean of a measure."""
        if not self.replications:
            return 0.0
        if column in self._kept:
            return float(self.values(column).mean())
        if self._spreads[column] == "mean":
            total = self._pivot[column] * self.replications + self._sum[column]
            return float(total / self.replications)
        return float(self._pivot[column] + self._sum[column] / self.replications)

    def variance(self, column: int) -> float:
        """Unbiased variance of a measure over replications."""
        runs = self.replications
        if runs < 2:
            return 0.0
        if column in self._kept:
            return float(self.values(column).var(ddof=1))
        return max(0.0, float(self._squares[column] - self._sum[column] ** 2 / runs) / (runs - 1))

    def standard_error(self, column: int) -> float:
        """Standard error of the mean."""
        return math.sqrt(self.variance(column) / self.replications) if self.replications else 0.0

    def estimate(self, column: int) -> Estimate:
        """Mean, standard deviation, standard error and, where the distribution is kept, percentiles."""
        mean = self.mean(column)
        if self._spreads[column] == "mean":
            return Estimate(mean)
        sd = math.sqrt(self.variance(column))
        return Estimate(mean, sd, self.standard_error(column), *pooled([(self, column)]))

    def histogram(self, column: int) -> NDArray[np.int64] | None:
        """How many replications had 0, 1, 2, ...; None if the measure is not counted."""
        return self._histograms.get(column)

    def values(self, column: int) -> NDArray[np.float64]:
        """Every value, of a measure whose values are kept."""
        kept = self._kept[column]
        if len(kept) > 1:
            kept[:] = [np.concatenate(kept)]
        return kept[0] if kept else np.zeros(0)

    def change(self, column: int) -> Change:
        """Mean with its standard error and 95 % interval (Student's t)."""
        mean, error = self.mean(column), self.standard_error(column)
        half = float(stdtrit(self.replications - 1, 0.975)) * error if self.replications > 1 else 0.0
        return Change(mean, error, (mean - half, mean + half))


Percentiles = tuple[float | None, float | None, float | None, Histogram | None]


def pooled(measured: Sequence[tuple[Tally, int]]) -> Percentiles:
    """Percentiles 5, 50 and 95 of a measure over all replications of several tallies, and its histogram.

    Each tally comes with the measure's column in it.

    The p-th percentile is the smallest number that at least p per cent of the replications do not exceed.
    None where the distribution is not kept.
    """
    counted = [counts for tally, column in measured if (counts := tally.histogram(column)) is not None]
    if counted and sum(counts.sum() for counts in counted):
        counts = np.zeros(max(map(len, counted)), np.int64)
        for held in counted:
            counts[: len(held)] += held
        below = np.cumsum(counts)
        low, middle, high = (int(np.searchsorted(below, share * below[-1])) for _, share in PERCENTILES)
        used = np.flatnonzero(counts)
        histogram = Histogram(int(used[0]), tuple(counts[used[0] : used[-1] + 1].tolist()))
        return low, middle, high, histogram
    kept = [tally.values(column) for tally, column in measured if column in tally._kept]
    ordered = np.sort(np.concatenate(kept)) if kept else np.zeros(0)
    if not len(ordered):
        return None, None, None, None
    places = (max(0, math.ceil(share * len(ordered)) - 1) for _, share in PERCENTILES)
    low_, middle_, high_ = (float(ordered[place]) for place in places)
    return low_, middle_, high_, None
