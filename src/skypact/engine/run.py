"""Replications of a prepared raid: many as outcomes, or one in full as a trace."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skypact.engine import kernel
from skypact.engine.before import BeforeTheStart, before_the_start
from skypact.engine.prepared import PreparedRaid
from skypact.engine.start import FAILED, KILLED, LEAKED
from skypact.engine.stock import Part, Stock, checked, part_of, with_own_terms
from skypact.engine.threads import Workers

__all__ = [
    "FAILED",
    "KILLED",
    "LEAKED",
    "Chunks",
    "Engagement",
    "Outcomes",
    "Stock",
    "Trace",
    "replicate",
    "trace",
]

# A chunk's tables stay in the cache of whoever reads them, and there are enough chunks to share out.
CHUNK_BYTES = 4 * 2**20
CHUNK_MOST = 256
PIECE_WINDOWS = 200_000
"""Windows of all replications that are played before somebody may stop: some tens of milliseconds."""


class Task(NamedTuple):
    """Replications of a raid from `first` on, to be played at once."""

    prepared: PreparedRaid
    first: int
    replications: int
    seed: int
    times: bool


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
    seed
        What they were played with.
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


FIRED = np.dtype(
    [(name, np.bool_ if name == "killed" else np.int64) for name in Engagement._fields],
)


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
    fired
        Every engagement, in the order in which they were fired: a row each, whose fields are those of `Engagement`.
    reason, ready, reserve
        As in `Outcomes`, for one replication.
    prepared, seed, replication
        What was played.
    """

    fate: NDArray[np.uint8]
    killer: NDArray[np.int32]
    end_us: NDArray[np.int64]
    kill_rounds: NDArray[np.int32]
    fired: NDArray[np.void]
    reason: NDArray[np.uint8]
    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    prepared: PreparedRaid = field(repr=False)
    seed: int
    replication: int

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """Every engagement, in the order in which they were fired."""
        return tuple(map(Engagement._make, self.fired.tolist()))

    @cached_property
    def before(self) -> BeforeTheStart:
        """What chance decided before the start; it is drawn anew when it is first asked for."""
        return before_the_start(self.prepared, self.replication, self.seed)


def replicate(
    prepared: PreparedRaid,
    replications: int,
    seed: int = 1,
    first: int = 0,
    workers: Workers | None = None,
    times: bool = False,
    stock: Stock | None = None,
) -> Iterator[Outcomes]:
    """Play replications `first`, `first` + 1, ... and yield their outcomes chunk by chunk, in order.

    Replication r depends on the raid, the seed, r and its stock alone; the chunks depend on the raid alone.
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
    stock
        The rounds at the start, a row for each of these replications; None: those of the raid.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    _check(seed, first, replications)
    stock = checked(prepared, stock, replications)
    if stock is not None and stock.hold is not None:
        prepared = with_own_terms(prepared)
    size = _chunk(prepared)
    tasks = (
        Task(prepared, start, min(size, first + replications - start), seed, times)
        for start in range(first, first + replications, size)
    )
    pairs = ((task, part_of(prepared, stock, task.first - first, task.replications)) for task in tasks)
    if workers is None:
        return (_chunk_of(*pair) for pair in pairs)
    return Chunks(workers, pairs)


class Chunks:
    """The chunks of some tasks in order, a few of them played ahead.  Owns no thread and needs no end."""

    def __init__(self, workers: Workers, tasks: Iterator[tuple[Task, Part]]) -> None:
        self._workers, self._tasks = workers, tasks
        self._running: deque[Future[Outcomes]] = deque()

    def __iter__(self) -> Chunks:
        return self

    def begin(self) -> None:
        """Have the first chunks played before anybody asks for them."""
        ahead = 2 * self._workers.count - len(self._running)
        for task in islice(self._tasks, ahead):
            self._running.append(self._workers.submit(_chunk_of, *task, self._workers))

    def __next__(self) -> Outcomes:
        self.begin()
        if not self._running:
            raise StopIteration
        return self._running.popleft().result()


def trace(prepared: PreparedRaid, replication: int, seed: int = 1, stock: Stock | None = None) -> Trace:
    """Play one replication and return it in full.

    It is the same code as `replicate`, run twice: once to count the engagements, once to record them.
    `stock` has one row.
    """
    _check(seed, replication, 1)
    stock = checked(prepared, stock, 1)
    if stock is not None and stock.hold is not None:
        prepared = with_own_terms(prepared)
    part = part_of(prepared, stock, 0, 1)
    task = Task(prepared, replication, 1, seed, times=True)
    outcomes, counted = _empty(task), _empty(task)
    _play(prepared, counted, part, slice(0, 1))
    log = np.zeros((max(1, int(counted.engagements.sum())), 5), np.int64)
    _play(prepared, outcomes, part, slice(0, 1), log)
    assert outcomes.end_us is not None
    fate, killer, end_us = outcomes.fate[0], outcomes.killer[0], outcomes.end_us[0]
    log = log[: int(outcomes.engagements.sum())]
    fired, windows = np.zeros(len(log), FIRED), prepared.tables.windows[log[:, 2]]
    fired["launch_us"], fired["intercept_us"], fired["rounds"] = log[:, 0], log[:, 1], log[:, 3]
    fired["threat"], fired["unit"] = windows["threat"], windows["unit"]
    fired["window"] = prepared.tables.shots["place"][log[:, 2]]
    # The kill is the first success that arrives at the moment of the kill.
    threat = fired["threat"]
    may = (log[:, 4] != 0) & (log[:, 1] == end_us[threat]) & (killer[threat] == fired["unit"])
    rows = np.flatnonzero(may)
    killed, first = np.unique(threat[rows], return_index=True)
    fired["killed"][rows[first]] = True
    kill_rounds = np.zeros(len(fate), np.int32)
    kill_rounds[killed] = fired["rounds"][rows[first]]
    return Trace(
        fate,
        killer,
        end_us,
        kill_rounds,
        fired,
        outcomes.reason[0],
        outcomes.ready[0],
        outcomes.reserve[0],
        prepared,
        seed,
        replication,
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


def _chunk_of(task: Task, stock: Part, workers: Workers | None = None) -> Outcomes:
    """Play one chunk, in pieces short enough that somebody who wants to stop need not wait."""
    outcomes = _empty(task)
    piece = max(1, min(task.replications, PIECE_WINDOWS // max(len(task.prepared.tables.windows), 1)))
    for start in range(0, task.replications, piece):
        if workers is not None:
            workers.check()
        _play(task.prepared, outcomes, stock, slice(start, start + piece))
    return outcomes


def _empty(task: Task) -> Outcomes:
    threats, units = len(task.prepared.threat_ids), len(task.prepared.unit_ids)
    return Outcomes(
        task.first,
        fate=np.zeros((task.replications, threats), np.uint8),
        killer=np.zeros((task.replications, threats), np.int32),
        rounds=np.zeros((task.replications, units, len(task.prepared.classes)), np.int32),
        engagements=np.zeros((task.replications, units), np.int32),
        reason=np.zeros((task.replications, threats), np.uint8),
        ready=np.zeros((task.replications, units), np.int32),
        reserve=np.zeros((task.replications, units), np.int32),
        end_us=np.zeros((task.replications, threats), np.int64) if task.times else None,
        seed=task.seed,
    )


def _play(
    prepared: PreparedRaid,
    outcomes: Outcomes,
    stock: Part,
    rows: slice,
    log: NDArray[np.int64] | None = None,
) -> None:
    """Play some of the rows of the outcomes into them; a stock of one row is that of all of them."""
    play: Any = kernel.play
    ends = outcomes.end_us
    own = rows if len(stock.ready) > 1 else slice(None)
    play(
        np.uint64(outcomes.seed),
        np.int64(outcomes.first + rows.start),
        prepared.chances,
        prepared.tables,
        (stock.ready[own], stock.reserve[own], stock.holds[own]),
        (
            outcomes.fate[rows],
            outcomes.killer[rows],
            outcomes.rounds[rows],
            outcomes.engagements[rows],
            outcomes.reason[rows],
            outcomes.ready[rows],
            outcomes.reserve[rows],
            np.zeros((0, 0), np.int64) if ends is None else ends[rows],
            np.zeros((0, 5), np.int64) if log is None else log,
        ),
    )
