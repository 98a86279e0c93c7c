"""Ignorance beside chance: every set of drawn numbers compiled and played, policies paired, sets added up.

Sets meet different replications, and policies the same sets and replications.  Compiling is most of the work and
holds one processor, so with many sets other processes take their share (`skypact.study.helpers`); a set's
result does not depend on who played it, and sets are added up in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from skypact.engine import Workers, workers
from skypact.quantity import Quantity
from skypact.study.draw import DrawnSet, Draws, SetDraws, Sets
from skypact.study.jobs import each_done
from skypact.study.measures import measures_of
from skypact.study.measures.base import Key
from skypact.study.over_sets import Gathered, GatheredPairs, SetMeans
from skypact.study.play import Paired, Played, Player, RunSettings, play
from skypact.study.setup import Study
from skypact.study.stock import Left, left, shared_out
from skypact.study.tally import KEPT, Tally

CENTRAL = 10
"""Central values are played as often as this many sets, at most."""


@dataclass(frozen=True)
class Question:
    """What is played side by side: by name a study and one of its policies, and who is the baseline."""

    players: Mapping[str, tuple[Study, str]]
    baseline: str

    def bare(self) -> Question:
        """The same without what the studies have computed, to be sent to another process."""
        fresh = {id(study): replace(study) for study, _ in self.players.values()}
        players = {name: (fresh[id(study)], policy) for name, (study, policy) in self.players.items()}
        return Question(players, self.baseline)


@dataclass(frozen=True)
class PlayedRaid:
    """What became of one raid in one set; `measures` has the keys of each set of measures."""

    measures: tuple[tuple[Key, ...], ...]
    facts: Mapping[Key, object]
    tally: Tally
    compile_s: float
    simulate_s: float
    left: Left | None


@dataclass(frozen=True)
class PlayedSet:
    """One set of numbers, drawn and played: what becomes of each raid, and the paired differences."""

    number: int
    raids: Mapping[str, PlayedRaid]
    pairs: Mapping[str, tuple[tuple[Key, ...], Tally, float]]
    values: Mapping[str, tuple[Quantity, float]]
    factors: Mapping[str, float]

    @property
    def draws(self) -> SetDraws:
        """The set as it was drawn."""
        return SetDraws(self.number, self.values, self.factors)


@dataclass(frozen=True)
class Drawn:
    """The sets behind a comparison: what was drawn, and what each set gives.

    Attributes
    ----------
    sets
        How many, from which seed, and how numbers go together.
    replications
        Of each set.
    central_replications
        Of the central values.
    draws
        Each set as it was drawn.
    policies, differences
        By policy and of each set, the measure that is read first, and its paired difference from the baseline.
    left
        By policy and set, the rounds left over time in some replications.
    compile_s
        By policy, seconds that compiling took for all sets.
    """

    sets: Sets
    replications: int
    central_replications: int
    draws: tuple[SetDraws, ...] = field(repr=False)
    policies: Mapping[str, SetMeans] = field(repr=False)
    differences: Mapping[str, SetMeans] = field(repr=False)
    left: Mapping[str, tuple[Left, ...]] = field(repr=False)
    compile_s: Mapping[str, float] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Task:
    """The sets of a question, to be drawn, compiled and played one at a time and in any order.

    `moments` are those at which stocks are looked at; none: they are not.
    """

    question: Question
    settings: RunSettings
    sets: Sets
    moments: tuple[float, ...] = ()

    def draws(self) -> dict[int, Draws]:
        """The sets of each study: two files may say different things under one name."""
        return {id(study): self.sets.drawn(study.catalog) for study, _ in self.question.players.values()}

    def player(self) -> Callable[[int], PlayedSet]:
        """Play sets in another process, each with one thread."""
        draws = self.draws()

        def play_one(number: int) -> PlayedSet:
            with workers(1) as team:
                return self.play(number, draws, team)

        return play_one

    def play(self, number: int, draws: Mapping[int, Draws], team: Workers) -> PlayedSet:
        """Play one set."""
        numbers: dict[int, DrawnSet] = {}
        players, compiled = {}, {}
        for name, (study, policy) in self.question.players.items():
            drawn = numbers.setdefault(id(study), draws[id(study)].of(number))
            compiled[name] = study.compile(policy, drawn)
            players[name] = Player(compiled[name].raid, measures_of(study, compiled[name]))
        each = self.settings.replications
        played, paired = play(
            players, replace(self.settings, first=number * each), self.question.baseline, team
        )
        found = [drawn.done() for drawn in numbers.values()]
        return PlayedSet(
            number,
            {
                name: PlayedRaid(
                    tuple(one.keys for one in players[name].sets),
                    result.facts,
                    result.tally,
                    compiled[name].seconds,
                    result.simulate_s,
                    self._left(players[name], number * each),
                )
                for name, result in played.items()
            },
            {name: (pair.keys, pair.tally, pair.fate_changed_share) for name, pair in paired.items()},
            {name: value for one in found for name, value in one.values.items()},
            {name: value for one in found for name, value in one.factors.items()},
        )

    def _left(self, player: Player, first: int) -> Left | None:
        if not self.moments:
            return None
        runs = min(shared_out(self.sets.count), self.settings.replications)
        return left(player.raid, player.prepared, self.moments, runs, self.settings.seed, first)


def play_sets(
    question: Question,
    settings: RunSettings,
    sets: Sets,
    central: Mapping[str, Played],
    central_pairs: Mapping[str, Paired],
    players: Mapping[str, Player],
    moments: tuple[float, ...] = (),
) -> tuple[dict[str, Gathered], dict[str, GatheredPairs], Drawn]:
    """Play every set of a question and add up what comes of it.

    Parameters
    ----------
    question
        What is played side by side.
    settings
        Replications of each set, seed, threads.
    sets
        The sets.
    central, central_pairs, players
        What central values gave, and who played them.
    moments
        When stocks are looked at.
    """
    weight = sets.effective / sets.count
    gathered = {name: Gathered(one.means(), one.shown, weight) for name, one in central.items()}
    pairs = {
        name: GatheredPairs(dict(zip(one.keys, one.tally.means().tolist(), strict=True)), weight)
        for name, one in central_pairs.items()
    }
    compile_s = dict.fromkeys(gathered, 0.0)
    draws, headlines = [], {name: headline_of(player) for name, player in players.items()}
    stocks: dict[str, list[Left]] = {name: [] for name in gathered}
    means: dict[str, list[tuple[float, float]]] = {name: [] for name in gathered}
    for done, one in enumerate(_in_order(Task(question, settings, sets, moments))):
        draws.append(one.draws)
        for name, raid in one.raids.items():
            kinds = zip(players[name].sets, raid.measures, strict=True)
            shown = {key: kind.how(key) for kind, keys in kinds for key in keys}
            keys = tuple(shown)
            gathered[name].add(keys, shown, raid.tally, raid.facts)
            compile_s[name] += raid.compile_s
            if raid.left is not None:
                stocks[name].append(raid.left)
            gathered[name].simulate_s += raid.simulate_s
            column = keys.index(headlines[name])
            noise = float(raid.tally.variances()[column]) / raid.tally.replications
            means[name].append((raid.tally.mean(column), noise))
        for name, (keys, tally, changed) in one.pairs.items():
            pairs[name].add(keys, tally, changed)
        settings.progress("drawing and playing sets", (done + 1) / sets.count)
    drawn = Drawn(
        sets,
        settings.replications,
        next(iter(central.values())).replications,
        tuple(draws),
        {name: SetMeans.of(rows) for name, rows in means.items()},
        {name: pair.of(headlines[name]) for name, pair in pairs.items()},
        {name: tuple(found) for name, found in stocks.items()},
        compile_s,
    )
    return gathered, pairs, drawn


def headline_of(player: Player) -> Key:
    """The measure that people read first."""
    return next(one.headline for one in reversed(player.sets) if one.headline)


def _in_order(asked: Task) -> Iterator[PlayedSet]:
    """Every set, in order; played here, and by others where that saves time."""
    question, sets = asked.question, asked.sets
    task = replace(asked, settings=replace(asked.settings.alone(), kept=max(1, KEPT // sets.count)))
    draws, waiting = task.draws(), dict[int, PlayedSet]()
    bare = replace(task, question=question.bare())

    def play_one(number: int, team: Workers) -> PlayedSet:
        return task.play(number, draws, team)

    wanted = 0
    for found in each_done(bare, play_one, range(sets.count), asked.settings):
        waiting[found.number] = found
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1


def central_settings(settings: RunSettings, sets: Sets) -> RunSettings:
    """How central values are played beside the sets: as often as ten sets at most, with the same seed."""
    return replace(settings, replications=settings.replications * min(sets.count, CENTRAL))
