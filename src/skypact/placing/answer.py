"""The answer: places with what a unit changes there, their order, and allocations; a table of trade-offs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import stdtrit

from skypact.placing.allocate import PURPOSES
from skypact.placing.joint import Allocation, allocations
from skypact.placing.play import Gains, mean_of_raids, play_stands
from skypact.placing.question import Asked
from skypact.placing.ranking import Ranked, before_each_other, ranked
from skypact.placing.why import Nothing, seldom, why_idle
from skypact.policy.describe import Names
from skypact.study.draw import Sets
from skypact.study.estimates import Change
from skypact.study.over_sets import differences_over_sets
from skypact.study.play import RunSettings
from skypact.version import __version__

CAUTION = (
    "This is a table of trade-offs. No place is called best: what arrives is counted, not what it hits, and who is protected"
    " is a choice that no count makes.",
    "Raids are those that are named, as they are; an attacker who saw the unit would fly another way, which is not asked"
    " here.",
    "Units stand at cities and regions by a stated rule; nothing says where one really stands.",
)


@dataclass(frozen=True)
class AtPlace:
    """What units at a place change.

    Attributes
    ----------
    place, name
        Where, and what it is called.
    number
        How many stand there.
    by_raid
        By scenario the change in arrivals.
    rank_in
        By scenario its rank there, by the mean over the sets.
    at_assets
        By asset the change in what arrives there, in the mean of the raids; those where it is nothing are left out.
    rounds
        Fired in a raid, the mean of raids and sets.
    idle
        By scenario in which it fires next to nothing: why.
    """

    place: str
    name: str
    number: int
    ranked: Ranked
    by_raid: Mapping[str, Change]
    rank_in: Mapping[str, int]
    at_assets: Mapping[str, Change]
    rounds: float
    idle: Mapping[str, Nothing]


def tells(change: Change, sets: int) -> str:
    """What a change tells: its sign, where neither the range over the sets nor the 95 % interval of the mean has zero in it.

    The interval is Student's, for so many sets: few sets tell little.

    Examples
    --------
    >>> change = Change(-2.0, 0.6, p05=-3.0, p95=-1.0)
    >>> tells(change, 64), tells(change, 2), tells(Change(0.0, 0.0), 64)
    ('fewer', 'cannot-tell', 'nothing')
    """
    low, high = change.interval
    if change.mean == low == high == 0 and change.se == 0:
        return "nothing"
    half = float(stdtrit(sets - 1, 0.975)) * change.se
    low, high = min(low, change.mean - half), max(high, change.mean + half)
    return "fewer" if high < 0 else "more" if low > 0 else "cannot-tell"


@dataclass(frozen=True)
class Answer:
    """What more units would change (`skypact.place`)."""

    asked: Asked
    sets: Sets
    settings: RunSettings
    places: tuple[AtPlace, ...]
    deeper: tuple[AtPlace, ...]
    before: Mapping[str, Mapping[str, float]]
    leakers: Mapping[str, Mapping[str, float]]
    allocations: tuple[Allocation, ...]
    gains: Gains = field(repr=False)
    elapsed_s: float = field(compare=False, default=0.0)


def answer(asked: Asked, settings: RunSettings, sets: Sets) -> Answer:
    """Play the question and say what came of it."""
    started = time.perf_counter()
    gains = play_stands(asked, asked.singles, settings, sets, what="placing one more")
    count = len(asked.places)
    found = [_at_places(asked, gains, deep * count, settings) for deep in range(len(gains.stands) // count)]
    means = mean_of_raids(gains.change[:, :, :count])
    shares = before_each_other(means).mean(axis=0)
    before = {
        one: {other: float(shares[i, j]) for j, other in enumerate(asked.places) if j != i}
        for i, one in enumerate(asked.places)
    }
    several = allocations(asked, gains, settings, sets) if asked.count > 1 else ()
    leakers = {
        raid: dict(
            zip(
                ("mean", "p05", "p95"),
                (float(own.mean()), *map(float, np.quantile(own, (0.05, 0.95)))),
                strict=True,
            )
        )
        for raid, own in zip(asked.studies, gains.leakers, strict=True)
    }
    deeper = tuple(one for part in found[1:] for one in part)
    elapsed = time.perf_counter() - started
    return Answer(asked, sets, settings, found[0], deeper, before, leakers, several, gains, elapsed)


def _at_places(asked: Asked, gains: Gains, start: int, settings: RunSettings) -> tuple[AtPlace, ...]:
    """The places with the same number of units, in order."""
    rows = range(start, start + len(asked.places))
    stands = [gains.stands[row] for row in rows]
    change, noise, each = gains.change[:, :, rows], gains.noise[:, :, rows], gains.replications
    order = ranked(change, noise, asked.places, each)
    by_raid = [differences_over_sets(change[raid], noise[raid], each) for raid in range(len(change))]
    of_raid = {
        raid: {
            one.row: rank + 1 for rank, one in enumerate(ranked(change[[n]], noise[[n]], asked.places, each))
        }
        for n, raid in enumerate(asked.studies)
    }
    idle: dict[str, dict[int, Nothing]] = {}
    for n, (raid, study) in enumerate(asked.studies.items()):
        quiet = [row for row in range(len(stands)) if seldom(float(gains.rounds[n, :, rows[row]].mean()))]
        why = why_idle(study, asked, [stands[row] for row in quiet], settings) if quiet else {}
        idle[raid] = {row: why[stands[row]] for row in quiet}
    study = next(iter(asked.studies.values()))
    names = Names(study.scenario, study.catalog)
    found = []
    for one in order:
        own = rows[one.row]
        at_assets = differences_over_sets(
            mean_of_raids(gains.change_at[:, :, own]),
            mean_of_raids(gains.noise_at[:, :, own]) / len(change),
            each,
        )
        found.append(
            AtPlace(
                asked.places[one.row],
                names.area(asked.places[one.row]),
                stands[one.row][0][1],
                one,
                {raid: by_raid[n][one.row] for n, raid in enumerate(asked.studies)},
                {raid: of_raid[raid][one.row] for raid in asked.studies},
                {
                    asset: found_at
                    for asset, found_at in zip(gains.assets, at_assets, strict=True)
                    if found_at.mean or found_at.se
                },
                float(mean_of_raids(gains.rounds[:, :, own].mean(axis=1))),
                {raid: idle[raid][one.row] for raid in asked.studies if one.row in idle[raid]},
            )
        )
    return tuple(found)


def document(found: Answer) -> dict[str, Any]:
    """As ``skypact place --json`` writes it."""
    asked, sets = found.asked, found.sets.count
    study = next(iter(asked.studies.values()))
    names = Names(study.scenario, study.catalog)
    return {
        "skypact": __version__,
        "unit": [
            {
                "system": one.system,
                "name": names.system(one.system),
                "ready": (one.ready or study.catalog.effectors[one.system].ready).value,
                "reserve": (one.reserve or study.catalog.effectors[one.system].reserve).value,
            }
            for one in asked.units
        ],
        "owner": asked.owner,
        "owner_name": names.actor(asked.owner),
        "count": asked.count,
        "most": asked.most,
        "raids": [
            {
                "scenario": raid,
                "title": one.scenario.title,
                "date": one.scenario.date,
                "policy": one.baseline,
                "launched": sum(sum(wave.aims.values()) for wave in one.scenario.raid.waves),
                "leakers": dict(found.leakers[raid]),
            }
            for raid, one in asked.studies.items()
        ],
        "seed": found.settings.seed,
        "sets": sets,
        "replications": found.settings.replications,
        "left_out": list(asked.left_out),
        "assets": {asset: names.area(asset) for asset in found.gains.assets},
        "caution": list(CAUTION),
        "places": [_place(one, sets) for one in found.places],
        **({"more_at_one_place": [_place(one, sets) for one in found.deeper]} if found.deeper else {}),
        "before": {one: dict(others) for one, others in found.before.items()},
        "allocations": [_allocation(one, asked, sets) for one in found.allocations],
        "elapsed_s": round(found.elapsed_s, 3),
    }


def _place(one: AtPlace, sets: int) -> dict[str, Any]:
    order = one.ranked
    return {
        "place": one.place,
        "name": one.name,
        "units": one.number,
        "change": order.change.to_dict(),
        "tells": tells(order.change, sets),
        "first": order.first.to_dict(),
        "first_three": order.few.to_dict(),
        "next": None
        if order.holds is None or order.less is None
        else {
            "holds": order.holds.to_dict(),
            "change": order.less.to_dict(),
            "tells": tells(order.less, sets),
        },
        "rounds": one.rounds,
        "by_raid": {
            raid: {"rank": one.rank_in[raid], "change": change.to_dict(), "tells": tells(change, sets)}
            for raid, change in one.by_raid.items()
        },
        "by_asset": {asset: change.to_dict() for asset, change in one.at_assets.items()},
        "idle": {raid: why.to_dict() for raid, why in one.idle.items()},
    }


def _allocation(one: Allocation, asked: Asked, sets: int) -> dict[str, Any]:
    return {
        "purposes": [
            {"purpose": name, "means": PURPOSES[name], "chosen": one.chosen[name]} for name in one.purposes
        ],
        "at": dict(one.stand),
        "solver": one.solver,
        "alone": one.alone.to_dict(),
        "sum": one.summed.to_dict(),
        "together": one.together.to_dict(),
        "tells": tells(one.together, sets),
        "interaction": {**one.apart.to_dict(), "tells": tells(one.apart, sets)},
        "unknown": {**one.rest.to_dict(), "tells": tells(one.rest, sets)},
        "pairs": {"played": one.pairs, "all": one.all_pairs},
        "by_raid": {raid: change.to_dict() for raid, change in zip(asked.studies, one.by_raid, strict=True)},
        "most_at": {"asset": one.most_at[0], "leakers": one.most_at[1]},
    }
