"""Playing raids with the unit at every place, set by set, with the same luck as without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Workers, workers
from skypact.placing.arrivals import ARRIVE, FIRED, Arrivals, at
from skypact.placing.question import Asked, Stand, with_units
from skypact.study.draw import Draws, Sets
from skypact.study.jobs import each_done
from skypact.study.measures.base import Key
from skypact.study.play import Player, RunSettings, play
from skypact.study.setup import Study

Floats = NDArray[np.float64]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """One raid in one set: measures without the units, and by stand the paired change with the square of its error.

    Attributes
    ----------
    keys
        The measures: arrivals, rounds fired by the units, arrivals by asset.
    base
        Means without the units, [measures].
    change, noise
        [stands, measures].
    """

    number: int
    keys: tuple[Key, ...]
    base: Floats
    change: Floats
    noise: Floats


@dataclass(frozen=True)
class Task:
    """Raids with stands, to be drawn, compiled and played a raid and set at a time, in any order.

    `luck` is which replications are played: another number, other luck.
    """

    raids: tuple[tuple[Study, Names], ...]
    entries: frozenset[str]
    settings: RunSettings
    sets: Sets
    luck: int = 0

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.raids) * self.sets.count

    def bare(self) -> Task:
        """The same without what the studies have computed, to be sent to another process."""
        raids = tuple((replace(study), names) for study, names in self.raids)
        return replace(self, raids=raids, settings=self.settings.alone())

    def draws(self) -> tuple[Draws, ...]:
        """The sets as each raid's catalogue has the numbers."""
        return tuple(self.sets.drawn(study.catalog) for study, _ in self.raids)

    def player(self) -> Callable[[int], Piece]:
        """Play pieces in another process, each with one thread."""
        draws = self.draws()

        def play_one(number: int) -> Piece:
            with workers(1) as team:
                return self.play(number, draws, team)

        return play_one

    def play(self, number: int, draws: Sequence[Draws], team: Workers) -> Piece:
        """Play a piece: a raid and a set; the raids of one set stand beside each other."""
        drawn, raid = divmod(number, len(self.raids))
        (study, names), one = self.raids[raid], draws[raid].of(drawn)
        players = {}
        for name in (study.baseline, *names):
            compiled = study.compile(name, one)
            players[name] = Player(compiled.raid, (Arrivals(compiled.raid, self.entries),))
        first = (self.luck * self.sets.count + drawn) * self.settings.replications
        settings = replace(self.settings.alone(), first=first)
        played, paired = play(players, settings, study.baseline, team)
        keys = played[study.baseline].keys
        changes = [paired[name].tally for name in names]
        return Piece(
            number,
            keys,
            played[study.baseline].tally.means(),
            np.array([tally.means() for tally in changes]).reshape(-1, len(keys)),
            np.array([tally.variances() / tally.replications for tally in changes]).reshape(-1, len(keys)),
        )


@dataclass(frozen=True)
class Gains:
    """What every stand changes in every raid and set.

    Attributes
    ----------
    stands
        What stands where.
    assets
        What is aimed at in any of the raids, sorted.
    leakers
        Arrivals without the units, [raids, sets].
    change, noise
        The paired change in arrivals and the square of its standard error, [raids, sets, stands].
    at_asset, change_at
        The same by asset: without the units [raids, sets, assets], and the change [raids, sets, stands, assets].
    rounds
        What the units fire, [raids, sets, stands].
    replications
        Of each piece.
    """

    stands: tuple[Stand, ...]
    assets: Names
    leakers: Floats = field(repr=False)
    change: Floats = field(repr=False)
    noise: Floats = field(repr=False)
    at_asset: Floats = field(repr=False)
    change_at: Floats = field(repr=False)
    noise_at: Floats = field(repr=False)
    rounds: Floats = field(repr=False)
    replications: int = 0

    def of(self, stand: Stand) -> int:
        """Where a stand is."""
        return self.stands.index(stand)


def mean_of_raids(values: Floats) -> Floats:
    """The mean over the first axis; the same bits in whatever order the raids come."""
    found: Floats = np.sort(values, axis=0).mean(axis=0)
    return found


def play_stands(
    asked: Asked,
    stands: Sequence[Stand],
    settings: RunSettings,
    sets: Sets,
    luck: int = 0,
    what: str = "placing",
) -> Gains:
    """Play every raid and set without the units and with each stand, in step.

    Parameters
    ----------
    asked
        The question.
    stands
        What stands where.
    settings
        Replications of each set, seed, threads, cluster, progress.
    sets
        The sets.
    luck
        Which replications.
    what
        What is being done, in words.
    """
    raids = tuple(with_units(study, asked.units, stands) for study in asked.studies.values())
    task = Task(raids, asked.entries, settings, sets, luck)
    here, draws = replace(task, settings=settings.alone()), task.draws()

    def play_one(number: int, team: Workers) -> Piece:
        return here.play(number, draws, team)

    pieces: dict[int, Piece] = {}
    settings.progress(what, 0.0)
    for piece in each_done(task.bare(), play_one, range(task.count), settings):
        pieces[piece.number] = piece
        settings.progress(what, len(pieces) / task.count)
    return _gathered(tuple(stands), pieces, len(raids), sets.count, settings.replications)


def _gathered(
    stands: tuple[Stand, ...], pieces: Mapping[int, Piece], raids: int, sets: int, replications: int
) -> Gains:
    keys = {key for piece in pieces.values() for key in piece.keys}
    assets = tuple(sorted(key[1] for key in keys if key[0] == "by_asset"))
    wanted = (ARRIVE, FIRED, *map(at, assets))
    base = np.zeros((raids, sets, len(wanted)))
    change, noise = (np.zeros((raids, sets, len(stands), len(wanted))) for _ in range(2))
    for number, piece in pieces.items():
        drawn, raid = divmod(number, raids)
        columns = [wanted.index(key) for key in piece.keys]
        base[raid, drawn, columns] = piece.base
        change[raid, drawn][:, columns] = piece.change
        noise[raid, drawn][:, columns] = piece.noise
    return Gains(
        stands,
        assets,
        base[..., 0],
        change[..., 0],
        noise[..., 0],
        base[..., 2:],
        change[..., 2:],
        noise[..., 2:],
        change[..., 1],
        replications,
    )
