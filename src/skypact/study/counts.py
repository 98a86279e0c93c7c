"""How often each whole number came, for many measures at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


class Counts:
    """For each of some measures how often it was 0, 1, 2, ...; no longer than its greatest value asks for.

    Examples
    --------
    >>> counts = Counts(2)
    >>> counts.add(np.array([[0, 3], [1, 3]]))
    >>> counts.of(0).tolist(), counts.of(1).tolist()
    ([1, 1], [0, 0, 0, 2])
    """

    def __init__(self, measures: int = 0) -> None:
        self._sizes: Whole = np.ones(measures, np.int64)
        self._starts: Whole = np.arange(measures, dtype=np.int64)
        self._flat: Whole = np.zeros(measures, np.int64)

    def __len__(self) -> int:
        return len(self._sizes)

    def of(self, measure: int) -> Whole:
        """How often a measure was 0, 1, 2, ..."""
        start = self._starts[measure]
        return self._flat[start : start + self._sizes[measure]]

    def percentiles(self, shares: tuple[float, ...]) -> Whole:
        """For each measure (rows) the least numbers that at least such shares (columns) of its counts do not exceed.

        The same as `percentiles_of`, of many measures at once.
        """
        if not len(self):
            return np.zeros((0, len(shares)), np.int64)
        upto = np.cumsum(self._flat)
        ends = self._starts + self._sizes - 1
        before = upto[self._starts] - self._flat[self._starts]
        whole = upto[ends] - before
        upto -= np.repeat(before, self._sizes)
        found = [
            np.add.reduceat(upto < np.repeat(share * whole, self._sizes), self._starts, dtype=np.int64)
            for share in shares
        ]
        return np.stack(found, axis=1)

    def add(self, values: NDArray[Any]) -> None:
        """Add replications, shape (replications, measures); values are whole and not negative."""
        if not values.size:
            return
        whole = values.astype(np.int64)
        self._grow(whole.max(axis=0) + 1)
        self._flat += np.bincount((whole + self._starts).ravel(), minlength=len(self._flat))

    def merge(self, other: Counts, places: Whole) -> None:
        """Add the counts of another, whose measure i is the one at ``places[i]`` here; a place not known yet is made."""
        if not len(other):
            return
        wanted = np.ones(max(len(self), int(places.max()) + 1), np.int64)
        wanted[places] = other._sizes
        self._grow(wanted)
        apart = np.repeat(self._starts[places] - other._starts, other._sizes)
        self._flat[np.arange(len(other._flat)) + apart] += other._flat

    def _grow(self, sizes: Whole) -> None:
        """Make room for some sizes at least."""
        have = np.concatenate([self._sizes, np.zeros(len(sizes) - len(self), np.int64)])
        if (sizes <= have).all():
            return
        want = np.maximum(sizes, have)
        starts = np.cumsum(want) - want
        flat = np.zeros(int(want.sum()), np.int64)
        apart = np.repeat(starts[: len(self)] - self._starts, self._sizes)
        flat[np.arange(len(self._flat)) + apart] = self._flat
        self._sizes, self._starts, self._flat = want, starts, flat


def percentiles_of(counts: NDArray[Any], shares: tuple[float, float, float]) -> tuple[int, int, int]:
    """The least numbers that at least such shares of what was counted do not exceed.

    Examples
    --------
    >>> percentiles_of(np.array([1, 1, 2]), (0.05, 0.5, 0.95))
    (0, 1, 2)
    """
    below = np.cumsum(counts)
    low, middle, high = below.searchsorted(np.multiply(shares, below[-1])).tolist()
    return low, middle, high
