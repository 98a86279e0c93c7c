"""Playing raids: one alone, or several in step so that their differences are paired."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from skypact.engine import prepare, replicate
from skypact.raid import Raid
from skypact.study.documents import Document, differences_document, run_document
from skypact.study.measures import Key, Measures, ReportedCount, Table
from skypact.study.tally import Tally

Progress = Callable[[str, float], None]
"""Told what is being done and which share of it is done, from 0 to 1."""


def silent(what: str, share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class RunSettings:
    """How to play: replications and their first number, the seed, threads (None: all cores)."""

    replications: int = 10_000
    seed: int = 1
    threads: int | None = None
    first: int = 0
    progress: Progress = field(default=silent, compare=False)


@dataclass(frozen=True)
class PlayedPolicy:
    """What became of one raid: how it is measured, and the sums."""

    measures: Measures
    tally: Tally
    by_unit: NDArray[np.int64]
    simulate_s: float

    def document(self, seed: int, compile_s: float = 0.0) -> Document:
        """The document of the result."""
        elapsed = {"compile": round(compile_s, 4), "simulate": round(self.simulate_s, 4)}
        return run_document(self.measures, self.tally, self.by_unit, seed, elapsed)


def play(raid: Raid, how: RunSettings, asked: tuple[ReportedCount, ...] = ()) -> PlayedPolicy:
    """Play one raid.

    Parameters
    ----------
    raid
        The compiled problem.
    how
        Replications, seed, threads.
    asked
        Reported counts to ask for as well.
    """
    return play_together({"": raid}, how, asked)[0][""]


def play_together(
    raids: Mapping[str, Raid],
    how: RunSettings,
    asked: tuple[ReportedCount, ...] = (),
    baseline: str | None = None,
) -> tuple[dict[str, PlayedPolicy], list[Document]]:
    """Play raids in step, replication by replication with the same luck.

    Returns
    -------
    played, differences
        The result of each raid, and the paired difference of each from the baseline's.
    """
    measures = {name: Measures(raid, asked) for name, raid in raids.items()}
    tallies = {name: Tally(len(m.keys), m.counted) for name, m in measures.items()}
    pairs = {
        name: _Pair.of(measures[name], measures[baseline])
        for name in raids
        if baseline is not None and name != baseline
    }
    streams = {name: _Stream(measures[name], how) for name in raids}
    by_unit = {name: np.zeros((2, len(raid.units)), np.int64) for name, raid in raids.items()}
    done = 0
    while done < how.replications:
        size = min(len(stream.head()) for stream in streams.values())
        tables = {name: stream.take(size) for name, stream in streams.items()}
        for name, table in tables.items():
            tallies[name].add(table.values)
            by_unit[name] += table.by_unit.sum(axis=0)
        for name, pair in pairs.items():
            pair.add(tables[name], tables[str(baseline)])
        done += size
        how.progress("playing", done / how.replications)
    played = {
        name: PlayedPolicy(measures[name], tallies[name], by_unit[name], streams[name].elapsed_s)
        for name in raids
    }
    differences = [
        differences_document(pair.keys, pair.tally, name, str(baseline), pair.fate_changed_share)
        for name, pair in pairs.items()
    ]
    return played, differences


class _Stream:
    """The tables of one raid, taken in pieces of any size."""

    def __init__(self, measures: Measures, how: RunSettings) -> None:
        self.elapsed_s = 0.0
        self._tables = self._play(measures, how)
        self._head: Table | None = None

    def _play(self, measures: Measures, how: RunSettings) -> Iterator[Table]:
        prepared = prepare(measures.raid)
        played = replicate(prepared, how.replications, how.seed, how.threads, how.first)
        for outcomes in played:
            yield measures.table(outcomes)

    def head(self) -> Table:
        if self._head is None or not len(self._head):
            started = time.perf_counter()
            self._head = next(self._tables)
            self.elapsed_s += time.perf_counter() - started
        return self._head

    def take(self, size: int) -> Table:
        taken, self._head = self.head().split(size)
        return taken


@dataclass
class _Pair:
    """The paired difference of two raids: measures that only one of them has are zero in the other."""

    keys: tuple[Key, ...]
    ours: NDArray[np.int64]
    theirs: NDArray[np.int64]
    our_threats: NDArray[np.int64]
    their_threats: NDArray[np.int64]
    tally: Tally
    changed: int = 0
    compared: int = 0

    @classmethod
    def of(cls, ours: Measures, theirs: Measures) -> _Pair:
        known = dict.fromkeys(
            key for m in (ours, theirs) for key in m.keys if key[0] not in ("by_unit", "asked")
        )
        keys = tuple(known)
        threats = _shared(
            [threat.id for threat in ours.raid.threats], [threat.id for threat in theirs.raid.threats]
        )
        return cls(
            keys,
            _columns(ours.keys, keys),
            _columns(theirs.keys, keys),
            *threats,
            Tally(len(keys), np.zeros(len(keys), np.bool_)),
        )

    def add(self, ours: Table, theirs: Table) -> None:
        self.tally.add(_padded(ours.values)[:, self.ours] - _padded(theirs.values)[:, self.theirs])
        changed = ours.fate[:, self.our_threats] != theirs.fate[:, self.their_threats]
        self.changed += int(changed.sum())
        self.compared += changed.size

    @property
    def fate_changed_share(self) -> float:
        return self.changed / self.compared if self.compared else 0.0


def _columns(have: tuple[Key, ...], want: tuple[Key, ...]) -> NDArray[np.int64]:
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
