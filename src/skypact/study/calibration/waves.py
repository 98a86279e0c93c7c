"""Playing sets on recorded nights: what share of each class gets through, and how much of that is chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skypact.engine import FAILED, LEAKED, Outcomes, Workers, workers
from skypact.raid import Raid
from skypact.study.calibration.nights import CalibrationSettings, Night, Outcome
from skypact.study.draw import Draws, Sets
from skypact.study.jobs import done_by_all
from skypact.study.measures.base import Column, MeasureSet, Shown
from skypact.study.play import Player, RunSettings, play

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OutcomeMeasures(MeasureSet):
    """How many get through, for each outcome that was recorded."""

    raid: Raid
    outcomes: tuple[Outcome, ...]

    shown = {"through": Shown("Through", "threats", spread="sums", hidden=True, paired=False)}

    def measure(self, outcomes: Outcomes) -> Iterator[Column]:
        """Count them."""
        for number, one in enumerate(self.outcomes):
            wanted = np.array([threat.class_ in one.classes for threat in self.raid.threats], dtype=np.bool_)
            fates = (LEAKED, FAILED) if one.with_failed else (LEAKED,)
            yield (
                ("through", str(number)),
                np.isin(outcomes.fate[:, wanted], fates).sum(axis=1).astype(np.int64),
            )


@dataclass(frozen=True)
class PlayedSet:
    """One set on all nights; of each outcome in order how many came, the mean through, and its variance by chance.

    `names` is of each night which numbers with a range it was asked for.
    """

    number: int
    came: tuple[int, ...]
    mean: tuple[float, ...]
    variance: tuple[float, ...]
    names: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Task:
    """Sets to be played on nights, one at a time and in any order; `first` is the number of the first replication."""

    nights: tuple[Night, ...]
    sets: Sets
    settings: RunSettings
    first: int

    def draws(self) -> dict[int, Draws]:
        """The sets of each night: catalogues may differ."""
        return {number: self.sets.drawn(night.study.catalog) for number, night in enumerate(self.nights)}

    def bare(self) -> Task:
        """The same without what the studies have computed, to be sent to another process."""
        nights = tuple(replace(night, study=replace(night.study)) for night in self.nights)
        return replace(self, nights=nights, settings=self.settings.alone())

    def player(self) -> Callable[[int], PlayedSet]:
        """Play sets in another process, each with one thread."""
        draws = self.draws()

        def play_one(number: int) -> PlayedSet:
            with workers(1) as team:
                return self.play(number, draws, team)

        return play_one

    def play(self, number: int, draws: Mapping[int, Draws], team: Workers) -> PlayedSet:
        """Play one set on every night."""
        first = self.first + number * self.settings.replications
        settings = replace(self.settings.alone(), first=first)
        came: list[int] = []
        means: list[float] = []
        variances: list[float] = []
        names = []
        for place, night in enumerate(self.nights):
            drawn = draws[place].of(number)
            raid = night.study.compile(night.policy, drawn).raid
            names.append(frozenset(drawn.done().values))
            found, _ = play({"": Player(raid, (OutcomeMeasures(raid, night.outcomes),))}, settings, team=team)
            means.extend(found[""].tally.means().tolist())
            variances.extend(found[""].tally.variances().tolist())
            came.extend(
                sum(threat.class_ in one.classes for threat in raid.threats) for one in night.outcomes
            )
        return PlayedSet(number, tuple(came), tuple(means), tuple(variances), tuple(names))


@dataclass(frozen=True)
class Wave:
    """Sets that were played; arrays have a row for each set and a column for each outcome of all nights.

    Attributes
    ----------
    sets
        The sets.
    share, spread
        The mean share through, and the variance of the number through by chance.
    came
        How many came.
    replications
        Behind each mean.
    names
        By night, which numbers with a range were asked for in any set.
    """

    sets: Sets
    share: Floats
    spread: Floats
    came: NDArray[np.int64]
    replications: int
    names: tuple[frozenset[str], ...]


def play_wave(
    nights: tuple[Night, ...], sets: Sets, asked: CalibrationSettings, before: int, what: str
) -> Wave:
    """Play sets on nights; `before` is how many sets were played before these, so that each has chance of its own."""
    settings = RunSettings(
        asked.replications, asked.seed, asked.threads, progress=asked.progress, cluster=asked.cluster
    )
    task = Task(nights, sets, settings, before * asked.replications)
    draws = task.draws()
    done = done_by_all(
        task.bare(), lambda number, team: task.play(number, draws, team), sets.count, settings, what
    )
    done.sort(key=lambda one: one.number)
    came = np.array(done[0].came)
    return Wave(
        sets,
        np.array([one.mean for one in done]) / np.maximum(1, came),
        np.array([one.variance for one in done]),
        came,
        asked.replications,
        tuple(frozenset().union(*(one.names[night] for one in done)) for night in range(len(nights))),
    )
