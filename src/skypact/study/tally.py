"""Adding up measures over replications without keeping the replications."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit


class Tally:
    """Sums, sums of squares and, for counts, histograms of measures; grows with no replication.

    Counts are whole numbers, so their sums are exact and do not depend on how replications are grouped.

    Examples
    --------
    >>> tally = Tally(1, np.array([True]))
    >>> tally.add(np.array([[3.0], [5.0]]))
    >>> tally.statistics(0)["mean"]
    4.0
    """

    def __init__(self, measures: int, counted: NDArray[np.bool_]) -> None:
        self.replications = 0
        self._pivot = np.zeros(measures)
        self._sum = np.zeros(measures)
        self._squares = np.zeros(measures)
        self._histograms: dict[int, NDArray[np.int64]] = {
            int(column): np.zeros(1, np.int64) for column in np.flatnonzero(counted)
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

    def mean(self, column: int) -> float:
        """Mean of a measure."""
        if not self.replications:
            return 0.0
        return float(self._pivot[column] + self._sum[column] / self.replications)

    def variance(self, column: int) -> float:
        """Unbiased variance of a measure over replications."""
        runs = self.replications
        if runs < 2:
            return 0.0
        return max(0.0, float(self._squares[column] - self._sum[column] ** 2 / runs) / (runs - 1))

    def standard_error(self, column: int) -> float:
        """Standard error of the mean."""
        return math.sqrt(self.variance(column) / self.replications) if self.replications else 0.0

    def statistics(self, column: int) -> dict[str, Any]:
        """Mean, standard deviation, standard error and, for counts, percentiles and the histogram."""
        found = {
            "mean": self.mean(column),
            "sd": math.sqrt(self.variance(column)),
            "se": self.standard_error(column),
        }
        return found | pooled([self], column, histogram=True)

    def histogram(self, column: int) -> NDArray[np.int64] | None:
        """How many replications had 0, 1, 2, ...; None if the measure is not counted."""
        return self._histograms.get(column)

    def interval(self, column: int) -> dict[str, Any]:
        """Mean with its standard error and 95 % interval (Student's t)."""
        mean, error = self.mean(column), self.standard_error(column)
        half = float(stdtrit(self.replications - 1, 0.975)) * error if self.replications > 1 else 0.0
        return {"mean": mean, "se": error, "ci95": [mean - half, mean + half]}


def pooled(tallies: Sequence[Tally], column: int, histogram: bool = False) -> dict[str, Any]:
    """Percentiles of a counted measure over all replications of several tallies.

    The p-th percentile is the smallest number that at least p per cent of the replications do not exceed.
    """
    counted = [counts for tally in tallies if (counts := tally.histogram(column)) is not None]
    if not counted or not sum(counts.sum() for counts in counted):
        return {}
    counts = np.zeros(max(map(len, counted)), np.int64)
    for held in counted:
        counts[: len(held)] += held
    below = np.cumsum(counts)
    found: dict[str, Any] = {
        name: int(np.searchsorted(below, share * below[-1]))
        for name, share in (("p05", 0.05), ("p50", 0.50), ("p95", 0.95))
    }
    if histogram:
        used = np.flatnonzero(counts)
        found["histogram"] = {"first": int(used[0]), "counts": counts[used[0] : used[-1] + 1].tolist()}
    return found
