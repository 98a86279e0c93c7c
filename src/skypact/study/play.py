"""Playing raids: one alone, or several in step so that their differences are paired."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Chunks, Outcomes, PreparedRaid, Workers, prepare, replicate, workers
from skypact.geometry.memory import Memory
from skypact.raid import Raid
from skypact.study.by_nature import as_arrivals
from skypact.study.estimates import Change, Estimate
from skypact.study.measures.base import Key, MeasureSet, Shown
from skypact.study.tally import KEPT, Tally

if TYPE_CHECKING:
    from distributed import Client

Progress = Callable[[str, float], None]
"""Told what is being done and which share of it is done, from 0 to 1."""


def silent(what: str, share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class RunSettings:
    """How to play: replications and their first number, the seed, threads (None: all cores).

    `kept` is of how many replications large amounts are kept (`skypact.study.tally.KEPT`); `cluster` is who plays
    sets in place of this machine.
    """

    replications: int = 10_000
    seed: int = 1
    threads: int | None = None
    first: int = 0
    progress: Progress = field(default=silent, compare=False)
    kept: int = KEPT
    cluster: Client | None = field(default=None, compare=False)

    @property
    def numbers(self) -> tuple[int, ...]:
        """On what it depends what is played and kept."""
        return self.replications, self.seed, self.first, self.kept

    def alone(self) -> Self:
        """The same for one set: nobody is told, and nobody helps."""
        return replace(self, progress=silent, cluster=None)


FEW = 128
"""Of so many replications what was counted may be kept: of the raid of 26 August 2024 0.7 MB."""


@dataclass(frozen=True)
class Player:
    """A raid and the sets of measures that are counted in it.

    `memory` keeps what was counted in few replications, for the next comparison with the same raid; None: nothing is kept.
    """

    raid: Raid
    sets: tuple[MeasureSet, ...]
    memory: Memory | None = field(default=None, repr=False, compare=False)

    def remembered(self, settings: RunSettings) -> _Known | None:
        """What was played in the same way before, where that is kept."""
        if self.memory is None or settings.replications > FEW:
            return None
        found: _Known | None = self.memory.get(settings.numbers)
        return found

    def remember(self, settings: RunSettings, table: _Table | None, played: Played) -> None:
        """Keep what was played, if it is little."""
        if self.memory is not None and table is not None and settings.replications <= FEW:
            self.memory.put(settings.numbers, _Known(table, played))

    @cached_property
    def prepared(self) -> PreparedRaid:
        """The raid as the engine plays it."""
        return prepare(self.raid)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every measure, in the order of the columns."""
        return tuple(key for one in self.sets for key in one.keys)

    @cached_property
    def shown(self) -> dict[Key, Shown]:
        """How each measure is shown."""
        return {key: one.how(key) for one in self.sets for key in one.keys}

    @property
    def facts(self) -> dict[Key, object]:
        """What holds in every replication."""
        return {key: fact for one in self.sets for key, fact in one.facts().items()}


@dataclass(frozen=True)
class Played:
    """What became of one raid: its measures and their sums."""

    sets: ClassVar[int | None] = None

    keys: tuple[Key, ...]
    shown: Mapping[Key, Shown]
    facts: Mapping[Key, object]
    tally: Tally
    simulate_s: float

    @cached_property
    def columns(self) -> Mapping[Key, int]:
        """Where each measure stands."""
        return {key: column for column, key in enumerate(self.keys)}

    @property
    def replications(self) -> int:
        """How often it was played."""
        return self.tally.replications

    @cached_property
    def _estimates(self) -> dict[Key, Estimate]:
        return dict(zip(self.keys, self.tally.estimates(), strict=True))

    def estimates(self) -> Mapping[Key, Estimate]:
        """What is known of every measure."""
        return self._estimates

    def counted(self, key: Key) -> NDArray[np.int64] | None:
        """How often a measure was 0, 1, 2, ...; None if it is not counted so."""
        return self.tally.histogram(self.columns[key])

    def means(self) -> dict[Key, float]:
        """The mean of every measure."""
        return dict(zip(self.keys, self.tally.means().tolist(), strict=True))


@dataclass(frozen=True)
class Paired:
    """The paired difference of a raid from the baseline's: measures that only one has are zero in the other.

    `fate_changed_share` is the share of threats, over all replications, with another fate.
    """

    keys: tuple[Key, ...]
    tally: Tally
    fate_changed_share: float

    def changes(self) -> dict[Key, Change]:
        """The difference in every measure."""
        return dict(zip(self.keys, self.tally.changes(), strict=True))


def play(
    players: Mapping[str, Player],
    settings: RunSettings,
    baseline: str | None = None,
    team: Workers | None = None,
) -> tuple[dict[str, Played], dict[str, Paired]]:
    """Play raids in step, replication by replication with the same random numbers.

    Parameters
    ----------
    players
        The raids by name, with what is counted in them.
    settings
        Replications, seed, threads.
    baseline
        The raid from which the others differ; None: no differences.
    team
        Threads that are open already; None: they are opened for this and closed after it.

    Returns
    -------
    played, paired
        The result of each raid, and the paired difference of each from the baseline's.
    """
    tallies = {
        name: Tally([one.spread for one in p.shown.values()], settings.kept) for name, p in players.items()
    }
    pairs = {
        name: _Pair.of(player, players[baseline])
        for name, player in players.items()
        if baseline is not None and name != baseline
    }
    with workers(settings.threads) if team is None else nullcontext(team) as team:
        streams = {name: _Stream(player, settings, team) for name, player in players.items()}
        for stream in streams.values():
            stream.begin()
        done = 0
        while done < settings.replications:
            size = min(stream.ready() for stream in streams.values())
            tables = {name: stream.take(size) for name, stream in streams.items()}
            for name, table in tables.items():
                if streams[name].known is None:
                    tallies[name].add(table.values)
            for name, pair in pairs.items():
                pair.add(tables[name], tables[str(baseline)])
            done += size
            settings.progress("playing", done / settings.replications)
    played = {}
    for name, player in players.items():
        stream = streams[name]
        if stream.known is not None:
            played[name] = stream.known.played
            continue
        played[name] = Played(player.keys, player.shown, player.facts, tallies[name], stream.elapsed_s)
        player.remember(settings, stream.whole, played[name])
    return played, {name: pair.result() for name, pair in pairs.items()}


def values(player: Player, settings: RunSettings) -> NDArray[np.float64]:
    """Every measure of every replication, shape (replications, measures): as `play` counts them."""
    with workers(settings.threads) as team:
        stream = _Stream(player, settings, team)
        tables, done = [], 0
        while done < settings.replications:
            tables.append(stream.take(stream.ready()).values)
            done += len(tables[-1])
            settings.progress("playing", done / settings.replications)
    return np.concatenate(tables)


@dataclass(frozen=True)
class _Table:
    """Some replications: measures, shape (replications, measures), and fates, (replications, threats)."""

    values: NDArray[np.float64]
    fate: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.values)

    def split(self, size: int) -> tuple[_Table, _Table]:
        return _Table(self.values[:size], self.fate[:size]), _Table(self.values[size:], self.fate[size:])


def _measured(player: Player, outcomes: Outcomes) -> _Table:
    outcomes = as_arrivals(player.raid, outcomes)
    columns = [column for one in player.sets for _, column in one.measure(outcomes)]
    values = np.empty((len(columns), len(outcomes.fate)))
    for row, column in enumerate(columns):
        values[row] = column
    return _Table(values.T, outcomes.fate)


@dataclass(frozen=True)
class _Known:
    """What was played before: every replication, and what they add up to."""

    table: _Table
    played: Played


class _Stream:
    """The tables of one raid, taken in pieces of any size."""

    def __init__(self, player: Player, settings: RunSettings, team: Workers) -> None:
        self.elapsed_s = 0.0
        self._player = player
        self.known = player.remembered(settings)
        self.whole: _Table | None = None
        self._head: _Table | None = None if self.known is None else self.known.table
        self._most = settings.replications
        self._chunks: Iterator[Outcomes] = iter(())
        if self.known is None:
            times = any(one.needs_times for one in player.sets)
            self._chunks = replicate(
                player.prepared, settings.replications, settings.seed, settings.first, team, times
            )

    def begin(self) -> None:
        """Have the threads play, so that several raids are played side by side."""
        if isinstance(self._chunks, Chunks):
            self._chunks.begin()

    def _fill(self) -> _Table:
        if self._head is None or not len(self._head):
            started = time.perf_counter()
            self._head = _measured(self._player, next(self._chunks))
            self.elapsed_s += time.perf_counter() - started
            if len(self._head) == self._most:
                self.whole = self._head
        return self._head

    def ready(self) -> int:
        """How many replications can be taken at once."""
        return len(self._fill())

    def take(self, size: int) -> _Table:
        taken, self._head = self._fill().split(size)
        return taken


@dataclass
class _Pair:
    """A paired difference in the making."""

    keys: tuple[Key, ...]
    ours: NDArray[np.int64]
    theirs: NDArray[np.int64]
    our_threats: NDArray[np.int64]
    their_threats: NDArray[np.int64]
    tally: Tally
    changed: int = 0
    compared: int = 0

    @classmethod
    def of(cls, ours: Player, theirs: Player) -> _Pair:
        keys = tuple(
            dict.fromkeys(key for p in (ours, theirs) for key, shown in p.shown.items() if shown.paired)
        )
        threats = _shared([t.id for t in ours.raid.threats], [t.id for t in theirs.raid.threats])
        tally = Tally(["sums"] * len(keys))
        return cls(keys, _columns(ours.keys, keys), _columns(theirs.keys, keys), *threats, tally)

    def add(self, ours: _Table, theirs: _Table) -> None:
        self.tally.add(_padded(ours.values)[:, self.ours] - _padded(theirs.values)[:, self.theirs])
        changed = ours.fate[:, self.our_threats] != theirs.fate[:, self.their_threats]
        self.changed += int(changed.sum())
        self.compared += changed.size

    def result(self) -> Paired:
        return Paired(self.keys, self.tally, self.changed / self.compared if self.compared else 0.0)


def _columns(have: Sequence[Key], want: Sequence[Key]) -> NDArray[np.int64]:
    """Where the wanted columns are; -1, the added column of zeros, where they are not."""
    place = {key: column for column, key in enumerate(have)}
    return np.array([place.get(key, -1) for key in want], dtype=np.int64)


def _padded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([values, np.zeros((len(values), 1))], axis=1)


def _shared(ours: list[str], theirs: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    place = {name: index for index, name in enumerate(theirs)}
    both = [(index, place[name]) for index, name in enumerate(ours) if name in place]
    pairs = np.array(both, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
