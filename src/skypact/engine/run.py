"""Replications of a prepared raid: many as outcomes, or one in full as a trace."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skypact.engine import kernel
from skypact.engine.prepared import PreparedRaid, for_kernel
from skypact.engine.start import FAILED, KILLED, LEAKED
from skypact.engine.threads import Workers

__all__ = ["FAILED", "KILLED", "LEAKED", "Engagement", "Outcomes", "Trace", "replicate", "trace"]

# A chunk's tables stay in the cache of whoever reads them, and there are enough chunks to share out.
CHUNK_BYTES = 4 * 2**20
CHUNK_MOST = 256
PIECE_WINDOWS = 200_000
"""Windows of all replications that are played before somebody may stop: some tens of milliseconds."""

Task = tuple[PreparedRaid, int, int, int, bool]


@dataclass(frozen=True)
class Outcomes:
    """What came out of a run of replications; R replications, T threats, U units, C classes.

    Attributes
    ----------
    first
        The index of the first replication.
    fate
        uint8[R, T]: `LEAKED` (0), `FAILED` (1) or `KILLED` (2).
    killer
        int32[R, T]: the unit that killed the threat; -1 where it was not killed.
    rounds
        int32[R, U, C]: rounds fired by the unit at threats of the class.
    engagements
        int32[R, U]: engagements by the unit.
    end_us
        int64[R, T], if asked for: the moment of kill, failure or impact, in microseconds.
    seed
        What they were played with.
    """

    first: int
    fate: NDArray[np.uint8]
    killer: NDArray[np.int32]
    rounds: NDArray[np.int32]
    engagements: NDArray[np.int32]
    end_us: NDArray[np.int64] | None = None
    seed: int = 1


class Engagement(NamedTuple):
    """One engagement: moments in whole microseconds, places in the raid's lists, and what came of it."""

    launch_us: int
    intercept_us: int
    threat: int
    unit: int
    window: int
    rounds: int
    killed: bool


@dataclass(frozen=True)
class Trace:
    """One replication in full.

    Attributes
    ----------
    fate, killer
        As in `Outcomes`, for one replication.
    end_us
        int64[T]: the moment of kill, failure or impact; below -2**60 for a threat that failed before
        the start.
    kill_rounds
        int32[T]: the rounds of the engagement that killed; 0 where the threat was not killed.
    engagements
        In the order in which they were fired.
    """

    fate: NDArray[np.uint8]
    killer: NDArray[np.int32]
    end_us: NDArray[np.int64]
    kill_rounds: NDArray[np.int32]
    engagements: tuple[Engagement, ...]


def replicate(
    prepared: PreparedRaid,
    replications: int,
    seed: int = 1,
    first: int = 0,
    workers: Workers | None = None,
    times: bool = False,
) -> Iterator[Outcomes]:
    """Play replications `first`, `first` + 1, ... and yield their outcomes chunk by chunk, in order.

    Replication r depends on the raid, the seed and r alone; the chunks depend on the raid alone.
    At most two chunks a thread are held, so the memory does not grow with the replications.

    Parameters
    ----------
    prepared
        What `prepare` returned.
    replications
        How many.
    seed
        0 ... 2**64 - 1.
    first
        The index of the first replication; indices stay below 2**32.
    workers
        The threads that play (`skypact.engine.workers`), which must stay open meanwhile; None: the caller's
        own thread, when the next chunk is asked for.
    times
        Whether the outcomes have `end_us`.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    _check(seed, first, replications)
    size = _chunk(prepared)
    starts = range(first, first + replications, size)
    counts = (min(size, first + replications - start) for start in starts)
    tasks = ((prepared, start, count, seed, times) for start, count in zip(starts, counts, strict=True))
    if workers is None:
        return (_chunk_of(*task) for task in tasks)
    return _Ahead(workers, tasks)


class _Ahead:
    """The chunks of some tasks in order, a few of them played ahead.  Owns no thread and needs no end."""

    def __init__(self, workers: Workers, tasks: Iterator[Task]) -> None:
        self._workers, self._tasks = workers, tasks
        self._running: deque[Future[Outcomes]] = deque()

    def __iter__(self) -> _Ahead:
        return self

    def __next__(self) -> Outcomes:
        ahead = 2 * self._workers.count - len(self._running)
        for task in islice(self._tasks, ahead):
            self._running.append(self._workers.submit(_chunk_of, *task, self._workers))
        if not self._running:
            raise StopIteration
        return self._running.popleft().result()


def trace(prepared: PreparedRaid, replication: int, seed: int = 1) -> Trace:
    """Play one replication and return it in full.

    It is the same code as `replicate`, run twice: once to count the engagements, once to record them.
    """
    _check(seed, replication, 1)
    outcomes, counted = (_empty(prepared, replication, 1, seed, times=True) for _ in range(2))
    _play(prepared, counted, slice(0, 1))
    log = np.zeros((max(1, int(counted.engagements.sum())), 5), np.int64)
    _play(prepared, outcomes, slice(0, 1), log)
    assert outcomes.end_us is not None
    fate, killer, end_us = outcomes.fate[0], outcomes.killer[0], outcomes.end_us[0]
    kill_rounds = np.zeros(len(fate), np.int32)
    engagements = []
    for launch, intercept, row, rounds, hit in log[: int(outcomes.engagements.sum())].tolist():
        window = prepared.windows[row]
        unit = int(prepared.terms[window["terms"]]["unit"])
        threat = int(prepared.pairs[window["pair"]]["threat"])
        # The kill is the first success that arrives at the moment of the kill.
        killed = bool(
            hit and intercept == end_us[threat] and killer[threat] == unit and not kill_rounds[threat]
        )
        if killed:
            kill_rounds[threat] = rounds
        place = int(window["place"])
        engagements.append(Engagement(launch, intercept, threat, unit, place, rounds, killed))
    return Trace(fate, killer, end_us, kill_rounds, tuple(engagements))


def _check(seed: int, first: int, replications: int) -> None:
    if not 0 <= seed < 2**64:
        raise ValueError(f"the seed is {seed}; it must be a whole number from 0 to 2**64 - 1")
    if replications < 0 or first < 0 or first + replications > 2**32:
        raise ValueError("replications are numbered from 0 to 2**32 - 1")


def _chunk(prepared: PreparedRaid) -> int:
    units, classes = len(prepared.units), len(prepared.classes)
    row = 5 * len(prepared.threats) + 4 * units * (classes + 1)
    return max(1, min(CHUNK_MOST, CHUNK_BYTES // max(row, 1)))


def _chunk_of(
    prepared: PreparedRaid, first: int, count: int, seed: int, times: bool, workers: Workers | None = None
) -> Outcomes:
    """Play one chunk, in pieces short enough that somebody who wants to stop need not wait."""
    outcomes = _empty(prepared, first, count, seed, times)
    piece = max(1, min(count, PIECE_WINDOWS // max(len(prepared.windows), 1)))
    for start in range(0, count, piece):
        if workers is not None:
            workers.check()
        _play(prepared, outcomes, slice(start, start + piece))
    return outcomes


def _empty(prepared: PreparedRaid, first: int, count: int, seed: int, times: bool) -> Outcomes:
    threats, units = len(prepared.threats), len(prepared.units)
    return Outcomes(
        first,
        fate=np.zeros((count, threats), np.uint8),
        killer=np.zeros((count, threats), np.int32),
        rounds=np.zeros((count, units, len(prepared.classes)), np.int32),
        engagements=np.zeros((count, units), np.int32),
        end_us=np.zeros((count, threats), np.int64) if times else None,
        seed=seed,
    )


def _play(
    prepared: PreparedRaid,
    outcomes: Outcomes,
    rows: slice,
    log: NDArray[np.int64] | None = None,
) -> None:
    """Play some of the rows of the outcomes into them."""
    play: Any = kernel.play
    ends = outcomes.end_us
    play(
        np.uint64(outcomes.seed),
        np.int64(outcomes.first + rows.start),
        *for_kernel(prepared),
        (
            outcomes.fate[rows],
            outcomes.killer[rows],
            outcomes.rounds[rows],
            outcomes.engagements[rows],
            np.zeros((0, 0), np.int64) if ends is None else ends[rows],
            np.zeros((0, 5), np.int64) if log is None else log,
        ),
    )
