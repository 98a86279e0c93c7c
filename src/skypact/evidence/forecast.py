"""Forecasts of how many of a report's weapons are stopped, each made only from reports before its origin.

The origin of a forecast is the first of the night's month, or the night itself.  Two numbers are forecast: D, those
destroyed, and S, those stopped: destroyed or said not to have reached their target.  S is forecast directly, and as
D followed by the share of the rest that did not reach, and the two are pooled.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from skypact.evidence.betabinomial import Numbers
from skypact.evidence.filter import Filter, Forgetting, Learner
from skypact.evidence.pooling import pool, summed
from skypact.evidence.reports import Reports
from skypact.evidence.settings import ALIKE, CAPITAL, NESTED_WEIGHT, POOLS, REPORTED_DAYS, REST, Member

TARGETS: Mapping[str, str] = {"D": "destroyed", "S": "destroyed or did not reach"}
ORIGINS: Mapping[str, str] = {"month": "the first of the month", "day": "the night itself"}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Trial:
    """What forecasts use of one report.

    Attributes
    ----------
    row
        Its row in the file that was imported last.
    day
        Days since 1970-01-01 of its night.
    strike
        Its class.
    n
        Weapons launched.
    destroyed
        Of them, at most `n`.
    not_reached
        Of those not destroyed; None where the report does not say.
    aimed
        Whether it names the capital or its region as target.
    """

    row: int
    day: int
    strike: str
    n: int
    destroyed: int
    not_reached: int | None
    aimed: bool

    @property
    def stopped(self) -> int:
        """Destroyed or not reached; what is not said counts as none."""
        return self.destroyed + (self.not_reached or 0)


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

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the columns row, target, origin, trained_to, pmf, as they are scored."""
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["row", "target", "origin", "trained_to", "pmf"])
            for one in self.each:
                pmf = " ".join(f"{p:.9g}" for p in one.pmf)
                table.writerow([one.row, self.target, self.origin, one.trained_to.isoformat(), pmf])


def trials(reports: Reports) -> tuple[Trial, ...]:
    """The reports that forecasts are made for and from, by night and row."""
    found = reports.take(reports.eligible)
    destroyed = found.stopped_by_fire
    rest = np.where(found.not_reached < 0, -1, np.minimum(found.not_reached, found.launched - destroyed))
    aimed = np.char.find(found.target, CAPITAL) >= 0 if len(found) else np.zeros(0, bool)
    days = found.night.astype("datetime64[D]").astype(np.int64)
    made = (
        Trial(row, day, strike, n, d, None if r < 0 else r, a)
        for row, day, strike, n, d, r, a in zip(
            found.row.tolist(),
            days.tolist(),
            found.strike.tolist(),
            found.launched.tolist(),
            destroyed.tolist(),
            rest.tolist(),
            aimed.tolist(),
            strict=True,
        )
    )
    return tuple(sorted(made, key=lambda one: (one.day, one.row)))


def forecast(
    reports: Reports, first: str, last: str, *, target: str = "D", origin: str = "month"
) -> Forecasts:
    """Forecast every report of the months `first` to `last` (``"2024-07"``).

    Parameters
    ----------
    reports
        The record.  Reports of the time after a forecast's origin are not looked at for it.
    first, last
        Months.
    target
        ``"D"`` destroyed, ``"S"`` stopped: destroyed or did not reach.
    origin
        ``"month"`` or ``"day"``.

    Raises
    ------
    ValueError
        If a month, the target or the origin is none.
    """
    if not (MONTH.fullmatch(first) and MONTH.fullmatch(last) and first <= last):
        raise ValueError(f"no span of months: {first} to {last}")
    if target not in TARGETS or origin not in ORIGINS:
        raise ValueError(f"no forecast of target {target!r} at origin {origin!r}")
    start, end = (
        np.datetime64(first, "D").astype(int),
        (np.datetime64(last, "M") + 1).astype("M8[D]").astype(int),
    )
    desk = _Desk(target)
    made: list[Forecast] = []
    known: int | None = None
    for opens, block in _blocks(trials(reports), origin):
        if block[0].day >= end:
            break
        trained = _date(opens - 1 if known is None else known)
        made += (
            Forecast(one.row, _date(one.day), one.strike, trained, desk.forecast(one))
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
    """All that learns, and the pools made of it."""

    def __init__(self, target: str) -> None:
        self._target = target
        members = list(dict.fromkeys(one for members in POOLS.values() for one in members))
        self._destroyed: dict[Member, Learner] = {one: _learner(one) for one in members}
        self._stopped: dict[Member, Learner] = {}
        self._rest: dict[str, _Rest] = {}
        if target == "S":
            self._stopped = {one: _learner(one) for one in members}
            self._rest = {one: rest for alike in ALIKE for rest in [_Rest()] for one in alike}

    def forecast(self, one: Trial) -> Numbers:
        """The distribution of the target in a report whose outcome is not looked at."""
        destroyed = _pooled(self._destroyed, one)
        if self._target == "D":
            return destroyed
        rest = self._rest[one.strike]
        nested = summed(destroyed, [rest.forecast(one.day, m) for m in range(one.n + 1)])
        return pool([_pooled(self._stopped, one), nested], [1.0, NESTED_WEIGHT])

    def learn(self, one: Trial) -> None:
        """Learn a report's outcome."""
        for learners, y in ((self._destroyed, one.destroyed), (self._stopped, one.stopped)):
            for member, learner in learners.items():
                if one.strike in member.classes:
                    learner.learn(one.day, one.n, y, one.aimed)
        if self._rest:
            self._rest[one.strike].learn(one)


def _learner(member: Member) -> Learner:
    return Filter(member.variants) if member.forgets is None else Forgetting(member.variants, member.forgets)


def _pooled(learners: Mapping[Member, Learner], one: Trial) -> Numbers:
    members = POOLS[one.strike]
    made = [learners[member].forecast(one.day, one.n, one.aimed) for member in members]
    return pool(made, [member.weight for member in members])


class _Rest:
    """How many of those not destroyed did not reach their target: whether that is said, and then how many."""

    def __init__(self) -> None:
        self._filter = Filter(REST)
        self._said, self._unsaid = 0.5, 0.5  # Jeffreys' prior
        self._day: int | None = None

    def forecast(self, day: int, m: int) -> Numbers:
        """The probabilities of 0 ... `m`; none if it is not said."""
        nothing: npt.NDArray[np.float64] = np.zeros(m + 1)
        nothing[0] = 1.0
        if m == 0:
            return nothing
        chance = self._said / (self._said + self._unsaid)
        return chance * self._filter.forecast(day, m, False) + (1 - chance) * nothing

    def learn(self, one: Trial) -> None:
        """Learn from a report."""
        fades = np.exp(-(one.day - (one.day if self._day is None else self._day)) / REPORTED_DAYS)
        said = one.not_reached is not None
        self._said = 0.5 + fades * (self._said - 0.5) + said
        self._unsaid = 0.5 + fades * (self._unsaid - 0.5) + (not said)
        self._day = one.day
        if one.not_reached is not None and one.n > one.destroyed:
            self._filter.learn(one.day, one.n - one.destroyed, one.not_reached, False)
