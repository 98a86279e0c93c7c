"""Make the choice of the forecasts' settings again, on the record before a day, which nothing after it can change.

    python tools/forecast_settings.py STORE [--since 2023-01] [--before 2024-07]

Scores D (destroyed) of Shaheds month by month, each forecast from the months before its own, for the settings as they are
and for each with one thing changed.  Reports from `--before` on are dropped before anything is learned.  The second
table starts learners at five dates within that time, from nothing or from what was known: the choice on which the beginning
of "did not reach" rests, which no month before July 2024 has.  Takes a minute or two.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from skypact.evidence.betabinomial import Numbers
from skypact.evidence.filter import Filter, Forgetting, Learner
from skypact.evidence.load import load_reports
from skypact.evidence.months import months
from skypact.evidence.pooling import opened, pool
from skypact.evidence.settings import FORGETS, SHAHED
from skypact.evidence.trials import Trial, trials

FLAT = replace(SHAHED, sizes=(0.0,))
ALONE: Mapping[str, Callable[[], Learner]] = {
    "filter": lambda: Filter(SHAHED),
    "filter, growth 0": lambda: Filter(replace(SHAHED, growth=(0.0,))),
    "filter, growth 0.4": lambda: Filter(replace(SHAHED, growth=(0.4,))),
    "filter, growth 0.8": lambda: Filter(replace(SHAHED, growth=(0.8,))),
    "filter, growth 1.2": lambda: Filter(replace(SHAHED, growth=(1.2,))),
    "filter, level by size: none": lambda: Filter(FLAT),
    "filter, all stopped: none": lambda: Filter(replace(SHAHED, sure=(0.0,))),
    "filter, walks of 0.03": lambda: Filter(replace(SHAHED, walks=(0.03,))),
    "filter, walks of 0.06 to 0.2": lambda: Filter(replace(SHAHED, walks=(0.06, 0.12, 0.2))),
    "filter, jumps: none": lambda: Filter(replace(SHAHED, jumps=(0.0,))),
    "filter, jumps up to 0.02": lambda: Filter(replace(SHAHED, jumps=(0.0, 0.003, 0.02))),
    "filter, spread walks 0.05": lambda: Filter(replace(SHAHED, spread_walk=0.05)),
    "filter, memory 1": lambda: Filter(replace(SHAHED, memory=1.0)),
    "forgetting 10 days": lambda: Forgetting(FLAT, 10.0),
    "forgetting 15 days": lambda: Forgetting(FLAT, 15.0),
    "forgetting 30 days": lambda: Forgetting(FLAT, 30.0),
    "forgetting 60 days": lambda: Forgetting(FLAT, 60.0),
}
TOGETHER: Mapping[str, Mapping[str, float]] = {
    "filter and 15 days, 2 : 1 (as it is)": {"filter": 2, "forgetting 15 days": 1},
    "filter and 15 days, 1 : 1": {"filter": 1, "forgetting 15 days": 1},
    "filter, 15 and 30 days, 2 : 1 : 1": {"filter": 2, "forgetting 15 days": 1, "forgetting 30 days": 1},
}
STARTS = ("2023-04", "2023-07", "2023-10", "2024-01", "2024-03")
FOLLOWED = 125
"""Days after a start in which forecasts are scored, from its second month on."""
SCARCE = 60, 5
"""Days in which only every so manieth report teaches, as of July and August 2024 one in five says who did not reach."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store")
    parser.add_argument("--since", default="2023-01")
    parser.add_argument("--before", default="2024-07")
    asked = parser.parse_args()
    since, before = (_day(month) for month in months(asked.since, asked.before))
    found = tuple(
        one for one in trials(load_reports(asked.store)) if one.strike == "shahed" and one.day < before
    )
    within = [one for one in found if one.day >= since]
    print(f"D of Shaheds, {asked.since} up to {asked.before}, {len(within)} reports: log score, CRPS")
    made = {name: _ahead(found, since, (learner(),)) for name, learner in ALONE.items()}
    for name, rows in made.items():
        _show(name, within, [row[0] for row in rows])
    for name, weights in TOGETHER.items():
        joined = zip(*(made[one] for one in weights), strict=True)
        _show(name, within, [pool([row[0] for row in rows], list(weights.values())) for rows in joined])
    for scarce in (False, True):
        print("Started anew at five dates" + (", one report in five teaching at first" if scarce else ""))
        for name in ("from nothing", "from what was known, the level jumped"):
            _started(name, found, scarce)


def _started(name: str, found: Sequence[Trial], scarce: bool) -> None:
    scored: list[Trial] = []
    forecasts: list[Numbers] = []
    for month in STARTS:
        start = _day(np.datetime64(month, "M"))
        learners: tuple[Learner, ...] = (Filter(SHAHED), Forgetting(FLAT, FORGETS))
        if name != "from nothing":
            _learn(learners, [one for one in found if one.day < start])
            learners = tuple(one.moved() for one in learners)
        after = [one for one in found if start <= one.day < start + FOLLOWED]
        taught = {
            id(one) for i, one in enumerate(after) if one.day > start + SCARCE[0] or (i + 1) % SCARCE[1] == 0
        }
        first = [one for one in after if _month(one) == _month(after[0])]
        _learn(learners, [one for one in first if not scarce or id(one) in taught])
        for block in _months(after[len(first) :]):
            scored += block
            forecasts += [
                pool([each[i] for each in _of(learners, block)], [2.0, 1.0]) for i in range(len(block))
            ]
            _learn(learners, [one for one in block if not scarce or id(one) in taught])
    _show(name, scored, forecasts)


def _ahead(found: Sequence[Trial], since: int, learners: tuple[Learner, ...]) -> list[list[Numbers]]:
    """For each report from `since` on what each learner forecasts from the months before."""
    out: list[list[Numbers]] = []
    for block in _months(found):
        wanted = [one for one in block if one.day >= since]
        out += [list(row) for row in zip(*_of(learners, wanted), strict=True)]
        _learn(learners, block)
    return out


def _of(learners: Sequence[Learner], block: Sequence[Trial]) -> list[list[Numbers]]:
    return [[each.forecast(one.day, one.n, one.aimed) for one in block] for each in learners]


def _learn(learners: Sequence[Learner], block: Sequence[Trial]) -> None:
    for one in block:
        for learner in learners:
            learner.learn(one.day, one.n, one.destroyed, one.aimed)


def _months(found: Sequence[Trial]) -> Iterator[list[Trial]]:
    for month in sorted({_month(one) for one in found}):
        yield [one for one in found if _month(one) == month]


def _month(one: Trial) -> int:
    return int(np.datetime64(one.day, "D").astype("datetime64[M]").astype(int))


def _day(month: np.datetime64 | None) -> int:
    assert month is not None
    return int(month.astype("datetime64[D]").astype(int))


def _show(name: str, scored: Sequence[Trial], forecasts: Sequence[Numbers]) -> None:
    """The mean scores as `score_forecasts` defines them."""
    logs, squares = [], []
    for one, made in zip(scored, forecasts, strict=True):
        p = opened(made)
        logs.append(-np.log(p[one.destroyed]))
        squares.append(((np.cumsum(p)[:-1] - (np.arange(one.n) >= one.destroyed)) ** 2).sum())
    print(f"  {name:40} {np.mean(logs):.3f} {np.mean(squares):.3f}")


if __name__ == "__main__":
    main()
