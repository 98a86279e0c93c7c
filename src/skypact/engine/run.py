"""Replications of a prepared raid: many as outcomes, or one in full as a trace."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skypact.engine import kernel
from skypact.engine.before import BeforeTheStart, before_the_start
from skypact.engine.prepared import PreparedRaid
from skypact.engine.start import FAILED, KILLED, LEAKED
from skypact.engine.stock import Stock, checked, part_of

__all__ = ["FAILED", "KILLED", "LEAKED", "Engagement", "Outcomes", "Stock", "Trace", "replicate", "trace"]

# A chunk's tables stay in the cache of whoever reads them, and there are enough chunks to share out.
CHUNK_BYTES = 4 * 2**20
CHUNK_MOST = 256


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
    reason
        uint8[R, T]: why a threat leaked, as in `skypact.engine.REASONS`; 0 where it did not.
    ready, reserve
        int32[R, U]: the rounds that each unit has left, with reloads under way completed.
    end_us
        int64[R, T], if asked for: the moment of kill, failure or impact, in microseconds.
    """

    first: int
    fate: NDArray[np.uint8]
    killer: NDArray[np.int32]
    rounds: NDArray[np.int32]
    engagements: NDArray[np.int32]
    reason: NDArray[np.uint8]
    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    end_us: NDArray[np.int64] | None = None


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
    reason, ready, reserve
        As in `Outcomes`, for one replication.
    before
        What chance decided before the start.
    """

    fate: NDArray[np.uint8]
    killer: NDArray[np.int32]
    end_us: NDArray[np.int64]
    kill_rounds: NDArray[np.int32]
    engagements: tuple[Engagement, ...]
    reason: NDArray[np.uint8]
    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    before: BeforeTheStart


def replicate(
    prepared: PreparedRaid,
    replications: int,
    seed: int = 1,
    threads: int | None = None,
    first: int = 0,
    progress: Callable[[int], None] | None = None,
    times: bool = False,
    stock: Stock | None = None,
) -> Iterator[Outcomes]:
    """Play replications `first`, `first` + 1, ... and yield their outcomes chunk by chunk, in order.

    Replication r depends on the prepared raid, the seed, r and its stock alone; the chunks on the raid alone.
    At most two chunks a thread are held, so the memory does not grow with the replications.

    Parameters
    ----------
    prepared
        What `prepare` returned.
    replications
        How many.
    seed
        0 ... 2**64 - 1.
    threads
        How many threads play; None: one for each processor.
    first
        The index of the first replication; indices stay below 2**32.
    progress
        Called with the number of replications done, after each chunk.
    times
        Whether the outcomes have `end_us`.
    stock
        The rounds at the start, a row for each of these replications; None: those of the raid.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    workers = (os.cpu_count() or 1) if threads is None else threads
    if workers < 1:
        raise ValueError(f"threads is {threads}; it must be at least 1")
    _check(seed, first, replications)
    stock = checked(prepared, stock, replications)
    return _chunks(prepared, replications, seed, workers, first, progress, times, stock)


def _chunks(
    prepared: PreparedRaid,
    replications: int,
    seed: int,
    workers: int,
    first: int,
    progress: Callable[[int], None] | None,
    times: bool,
    stock: Stock | None,
) -> Iterator[Outcomes]:
    size = _chunk(prepared)
    starts = iter(range(first, first + replications, size))
    stop = first + replications
    running: deque[Future[Outcomes]] = deque()
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        try:
            while True:
                while len(running) < 2 * workers and (begin := next(starts, None)) is not None:
                    count = min(size, stop - begin)
                    part = part_of(prepared, stock, begin - first, count)
                    running.append(pool.submit(_chunk_of, prepared, begin, count, seed, times, part))
                if not running:
                    return
                outcomes = running.popleft().result()
                done += len(outcomes.fate)
                if progress is not None:
                    progress(done)
                yield outcomes
        finally:
            for future in running:
                future.cancel()


def trace(prepared: PreparedRaid, replication: int, seed: int = 1, stock: Stock | None = None) -> Trace:
    """Play one replication and return it in full.

    It is the same code as `replicate`, run twice: once to count the engagements, once to record them.
    `stock` has one row.
    """
    _check(seed, replication, 1)
    part = part_of(prepared, checked(prepared, stock, 1), 0, 1)
    counted = _play(prepared, replication, 1, seed, part)
    ends = np.zeros((1, len(prepared.threat_ids)), np.int64)
    log = np.zeros((max(1, int(counted.engagements.sum())), 5), np.int64)
    outcomes = _play(prepared, replication, 1, seed, part, ends, log)
    fate, killer, end_us = outcomes.fate[0], outcomes.killer[0], ends[0]
    kill_rounds = np.zeros(len(fate), np.int32)
    engagements = []
    for launch, intercept, row, rounds, hit in log[: int(outcomes.engagements.sum())].tolist():
        window = prepared.tables.windows[row]
        unit = int(window["unit"])
        threat = int(window["threat"])
        # The kill is the first success that arrives at the moment of the kill.
        killed = bool(
            hit and intercept == end_us[threat] and killer[threat] == unit and not kill_rounds[threat]
        )
        if killed:
            kill_rounds[threat] = rounds
        place = int(prepared.tables.shots[row]["place"])
        engagements.append(Engagement(launch, intercept, threat, unit, place, rounds, killed))
    return Trace(
        fate,
        killer,
        end_us,
        kill_rounds,
        tuple(engagements),
        outcomes.reason[0],
        outcomes.ready[0],
        outcomes.reserve[0],
        before_the_start(prepared, replication, seed),
    )


def _check(seed: int, first: int, replications: int) -> None:
    if not 0 <= seed < 2**64:
        raise ValueError(f"the seed is {seed}; it must be a whole number from 0 to 2**64 - 1")
    if replications < 0 or first < 0 or first + replications > 2**32:
        raise ValueError("replications are numbered from 0 to 2**32 - 1")


def _chunk(prepared: PreparedRaid) -> int:
    units, classes = len(prepared.unit_ids), len(prepared.classes)
    row = 6 * len(prepared.threat_ids) + 4 * units * (classes + 3)
    return max(1, min(CHUNK_MOST, CHUNK_BYTES // max(row, 1)))


def _chunk_of(
    prepared: PreparedRaid, first: int, count: int, seed: int, times: bool, stock: Stock
) -> Outcomes:
    ends = np.zeros((count, len(prepared.threat_ids)), np.int64) if times else None
    return _play(prepared, first, count, seed, stock, ends)


def _play(
    prepared: PreparedRaid,
    first: int,
    count: int,
    seed: int,
    stock: Stock,
    ends: NDArray[np.int64] | None = None,
    log: NDArray[np.int64] | None = None,
) -> Outcomes:
    threats, units, classes = len(prepared.threat_ids), len(prepared.unit_ids), len(prepared.classes)
    tables: dict[str, Any] = {
        "fate": np.zeros((count, threats), np.uint8),
        "killer": np.zeros((count, threats), np.int32),
        "rounds": np.zeros((count, units, classes), np.int32),
        "engagements": np.zeros((count, units), np.int32),
        "reason": np.zeros((count, threats), np.uint8),
        "ready": np.zeros((count, units), np.int32),
        "reserve": np.zeros((count, units), np.int32),
    }
    play: Any = kernel.play
    play(
        np.uint64(seed),
        np.int64(first),
        prepared.chances,
        prepared.tables,
        stock.ready,
        stock.reserve,
        *tables.values(),
        np.zeros((0, 0), np.int64) if ends is None else ends,
        np.zeros((0, 5), np.int64) if log is None else log,
    )
    return Outcomes(first, **tables, end_us=ends)
