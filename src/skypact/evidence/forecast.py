"""Forecasts of how many of a report's weapons are stopped, each made only from reports before its origin.

The origin of a forecast is the first of the night's month, or the night itself.  Two numbers are forecast: D, those
destroyed, and S, those stopped: destroyed or said not to have reached their target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from skypact.evidence.betabinomial import Numbers
from skypact.evidence.filter import Filter, Forgetting, Learner
from skypact.evidence.lost import Rest, Split
from skypact.evidence.pooling import opened, pool
from skypact.evidence.reports import Reports
from skypact.evidence.score import ORIGINS, TARGETS
from skypact.evidence.settings import ALIKE, COUNTED, POOLS, Member
from skypact.evidence.trials import Trial, trials


@dataclass(frozen=True)
class Forecast:
    """The forecast for one report: `pmf` has the probabilities of 0 ... n."""

    row: int
    night: date
    strike: str
    trained_to: date
    pmf: Numbers


@dataclass(frozen=True)
class Forecasts:
    """Forecasts for all reports of some months, in the order of nights and rows."""

    target: str
    origin: str
    each: tuple[Forecast, ...]

    def __len__(self) -> int:
        return len(self.each)

    def to_csv(self) -> str:
        """A text with the columns row, target, origin, trained_to, pmf, as it is scored."""
        lines = ["row,target,origin,trained_to,pmf"]
        for one in self.each:
            pmf = " ".join(f"{p:.9g}" for p in one.pmf)
            lines.append(f"{one.row},{self.target},{self.origin},{one.trained_to},{pmf}")
        return "\n".join(lines) + "\n"


def forecast(
    reports: Reports, first: np.datetime64, last: np.datetime64, *, target: str = "D", origin: str = "month"
) -> Forecasts:
    """Forecast every report of the months `first` to `last` that the last import has.

    Parameters
    ----------
    reports
        The record.  Reports of the time after a forecast's origin are not looked at for it.
    first, last
        Months (``datetime64[M]``).
    target
        ``"D"`` destroyed, ``"S"`` stopped: destroyed or did not reach.
    origin
        ``"month"`` or ``"day"``.

    Raises
    ------
    ValueError
        If the target or the origin is none.
    """
    if target not in TARGETS or origin not in ORIGINS:
        raise ValueError(f"no forecast of target {target!r} at origin {origin!r}")
    start = int(first.astype("datetime64[D]").astype(int))
    end = int((last + 1).astype("datetime64[D]").astype(int))
    desk = _Desk(target)
    made: list[Forecast] = []
    known: int | None = None
    for opens, block in _blocks(trials(reports), origin):
        if block[0].day >= end:
            break
        trained = _date(opens - 1 if known is None else known)
        made += (
            Forecast(one.row, _date(one.day), one.strike, trained, opened(desk.forecast(one)))
            for one in block
            if one.day >= start and one.row >= 0
        )
        for one in block:
            desk.learn(one)
        known = block[-1].day
    return Forecasts(target, origin, tuple(made))


def _blocks(given: tuple[Trial, ...], origin: str) -> Iterator[tuple[int, list[Trial]]]:
    """The reports that have one origin, and its day: they are forecast from what came before it."""
    block: list[Trial] = []
    opens = 0
    for one in given:
        night = np.datetime64(one.day, "D")
        own = (
            int(night.astype("datetime64[M]").astype("datetime64[D]").astype(int))
            if origin == "month"
            else one.day
        )
        if block and own != opens:
            yield opens, block
            block = []
        opens = own
        block.append(one)
    if block:
        yield opens, block


def _date(day: int) -> date:
    return date.fromordinal(day + 719163)  # 1970-01-01


class _Desk:
    """All that learns for a target, and the pools made of it."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._destroyed = _learners(POOLS.values())
        self._split = {one: Split(POOLS[one], target) for one in COUNTED}
        self._rest: dict[str, Rest] = {}
        self._stopped: dict[Member, Learner] = {}
        if target == "S":
            self._rest = {one: rest for alike in ALIKE for rest in [Rest()] for one in alike}
            self._stopped = _learners(members for one, members in POOLS.items() if one not in COUNTED)

    def forecast(self, one: Trial) -> Numbers:
        """The distribution of the target in a report whose outcome is not looked at."""
        split = self._split.get(one.strike)
        if split is not None and split.begun:
            told = split.forecast(one)
            return told if self._target == "S" else pool([_pooled(self._destroyed, one), told], [1.0, 1.0])
        destroyed = _pooled(self._destroyed, one)
        if split is not None or self._target == "D":
            return destroyed
        nested = self._rest[one.strike].stopped(one, destroyed)
        return pool([_pooled(self._stopped, one), nested], [1.0, 1.0])

    def learn(self, one: Trial) -> None:
        """Learn a report's outcome."""
        split = self._split.get(one.strike)
        if split is not None:
            if one.not_reached is not None and not split.begun:
                self._begin(split, POOLS[one.strike])
            split.learn(one)
        elif self._target == "S":
            self._rest[one.strike].learn(one)
        _learn(self._destroyed, one, one.destroyed)
        _learn(self._stopped, one, one.stopped)

    def _begin(self, split: Split, members: tuple[Member, ...]) -> None:
        """From now on those lost count; of those destroyed alone S has nothing more to learn."""
        split.begin([self._destroyed[member] for member in members])
        if self._target == "S":
            for member in members:
                del self._destroyed[member]


def _learners(pools: Iterable[tuple[Member, ...]]) -> dict[Member, Learner]:
    """One learner for each member, though it may be in several pools."""
    members = dict.fromkeys(one for members in pools for one in members)
    return {
        one: Filter(one.variants) if one.forgets is None else Forgetting(one.variants, one.forgets)
        for one in members
    }


def _learn(learners: Mapping[Member, Learner], one: Trial, y: int) -> None:
    for member, learner in learners.items():
        if one.strike in member.classes:
            learner.learn(one.day, one.n, y, one.aimed)


def _pooled(learners: Mapping[Member, Learner], one: Trial) -> Numbers:
    members = POOLS[one.strike]
    made = [learners[member].forecast(one.day, one.n, one.aimed) for member in members]
    return pool(made, [member.weight for member in members])
