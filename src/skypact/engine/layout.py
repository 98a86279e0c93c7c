"""Small parts of laying a raid out: times, identities, aligned tables, and how the queue cuts time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from skypact.engine import randomness
from skypact.engine.prepared import ENDLESS, NEVER, Chances, Table, Whole

CACHE_LINE = 64
# How many earlier events stand before one in its bucket, on average; more wastes time on walking the
# bucket, less on looking at empty ones.
CROWDING = 0.3
SPARSE = 16
"""With more possible numbers than so many times the given ones they are sorted."""


def microseconds(seconds: ArrayLike) -> Whole:
    """Round seconds to whole microseconds, half to even.

    Examples
    --------
    >>> microseconds([0.0000005, 0.0000015, -3]).tolist()
    [0, 2, -3000000]
    """
    return np.rint(np.asarray(seconds, np.float64) * 1e6).astype(np.int64)


def identities(ids: Sequence[tuple[str, ...]]) -> NDArray[np.uint64]:
    """To whom draws belong: the hash of each group of ids."""
    return np.array([randomness.identity(*one) for one in ids], np.uint64)


def thresholds(probabilities: NDArray[np.float64]) -> NDArray[np.uint64]:
    """The threshold of each probability; see `skypact.engine.randomness.threshold`.

    Examples
    --------
    >>> thresholds(np.array([0.1])).tolist() == [randomness.threshold(0.1)]
    True
    """
    return np.ceil(probabilities * 2.0**53).astype(np.uint64)


def ranked(values: Whole) -> tuple[Whole, Whole]:
    """The distinct whole numbers among some, rising, and for each value its place among them.

    What `numpy.unique` gives by sorting; where the numbers lie close together a table of them is quicker.

    Examples
    --------
    >>> found, place = ranked(np.array([7, 5, 7]))
    >>> found.tolist(), place.tolist()
    ([5, 7], [1, 0, 1])
    """
    low = int(values.min()) if len(values) else 0
    span = int(values.max()) - low + 1 if len(values) else 0
    if span > SPARSE * len(values):
        found, place = np.unique(values, return_inverse=True)
        return found, place
    there = np.zeros(span, np.bool_)
    there[values - low] = True
    return np.flatnonzero(there) + low, (np.cumsum(there) - 1)[values - low]


def distinct(*columns: Table) -> tuple[Whole, Whole]:
    """A place at which each distinct row of some columns stands, and for every row the number of its like.

    Examples
    --------
    >>> first, same = distinct(np.array([2, 1, 2]), np.array([0.5, 0.5, 0.5]))
    >>> first.tolist(), same.tolist()
    ([1, 0], [1, 0, 1])
    """
    code = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        whole = column.dtype == np.int64
        values, own = ranked(column) if whole else np.unique(column, return_inverse=True)
        code = code * len(values) + own
    found, same = ranked(code)
    first = np.zeros(len(found), np.int64)
    first[same[::-1]] = np.arange(len(code) - 1, -1, -1)
    return first, same


def aligned(table: Table) -> Table:
    """Copy a table to the start of a line of the cache."""
    room = np.zeros(table.nbytes + CACHE_LINE, np.uint8)
    skip = -room.ctypes.data % CACHE_LINE
    copy = room[skip : skip + table.nbytes].view(table.dtype)
    copy[:] = table
    return copy


def scarce(limits: Whole, most: Whole) -> tuple[Whole, Whole, int]:
    """What can never run out becomes endless and needs no table; the others get a run of one."""
    short = (limits < most) | (limits == 0)
    lengths = np.where(short, limits, 0)
    return np.where(short, limits, ENDLESS), np.cumsum(lengths) - lengths, int(lengths.sum())


def calendar(threats: Table, pairs: Table, windows: Table, chances: Chances) -> tuple[int, int, int]:
    """Choose buckets of time so narrow that few events share one: start, shift and number.

    The width only decides how fast the queue is, never what comes out.  It is chosen on one typical
    replication: every threat has an offset from a sequence that fills its interval evenly.
    """
    if not len(pairs):
        return 0, 0, 64
    golden = (np.arange(len(threats)) * 0.6180339887498949) % 1.0
    offset = np.rint(threats["offset_low"] + threats["offset_span"] * golden).astype(np.int64)
    _, first = np.unique(windows["pair"], return_index=True)
    threat = pairs["threat"]
    seen = chances.track_sure[windows["track"][first]]
    opened = np.maximum(windows["opens"][first], np.where(seen < NEVER, seen, -NEVER)) + offset[threat]
    ended = opened + windows["flight_open"][first].astype(np.int64)
    moments = np.sort(np.concatenate([opened, ended]))
    start = int((windows["opens"][first] + threats["offset_low"][threat].astype(np.int64)).min())
    span = int(moments[-1]) - start
    before = np.searchsorted(moments, moments)
    width = (span // len(moments)).bit_length() + 2
    while width > 0:
        cells = moments >> width
        if float((before - np.searchsorted(cells, cells)).mean()) <= CROWDING:
            break
        width -= 1
    return start, width, 1 << max(6, min(16, (span >> width).bit_length()))
