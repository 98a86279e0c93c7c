"""A campaign played and summed up: policies, paired differences, stocks over time, what was asked besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.break_even import asked_of, break_even
from skypact.campaigns.measures import SHOWN, Counted
from skypact.campaigns.recorded import recorded_by_month
from skypact.campaigns.results import (
    FLOWS,
    CampaignResult,
    NightsDifference,
    Order,
    PolicyNights,
    StockResult,
    Worth,
)
from skypact.campaigns.sets import in_sets, play_sets
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.variants import with_worth
from skypact.study.draw import Sets
from skypact.study.estimates import Estimate
from skypact.study.measures.base import Key
from skypact.study.over_sets import Gathered, GatheredPairs, wilson
from skypact.study.play import RunSettings
from skypact.study.tally import Tally

BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Besides:
    """What is asked besides the policies.

    Attributes
    ----------
    worth
        Deliveries of which it is asked what they are worth.
    break_even
        Deliveries, each as DELIVERY or DELIVERY:MUNITION, of which it is asked how much is enough.
    """

    worth: tuple[str, ...] = ()
    break_even: tuple[str, ...] = ()


NOTHING = Besides()


def play_campaign(
    study: CampaignStudy,
    settings: RunSettings,
    sets: Sets | None,
    resume: str | None = None,
    besides: Besides = NOTHING,
    marked: str = "",
) -> CampaignResult:
    """Play a campaign; `besides` is what is asked besides, other parameters are those of `play_sets`."""
    for name in besides.break_even:
        asked_of(study, name)
    asked, variants = with_worth(study, besides.worth)
    found, central = in_sets(play_sets(asked, settings, sets, resume, marked), sets is not None)
    others = [name for name in study.policies if name != study.baseline]
    enough = [
        break_even(study, one, settings, sets, resume, marked) for one in dict.fromkeys(besides.break_even)
    ]
    return CampaignResult(
        study,
        settings.seed,
        None if sets is None else sets.count,
        settings.replications,
        {name: _policy(study, name, found, central, sets) for name in study.policies},
        tuple(_difference(study, name, found, central, sets) for name in others),
        recorded_by_month(study.nights),
        _order(study, found, sets),
        tuple(Worth(one, _difference(study, one.policy, found, central, sets)) for one in variants),
        tuple(enough),
    )


def _weight(sets: Sets) -> float:
    """As how many independent ones a set counts."""
    return sets.effective / sets.count


def _order(study: CampaignStudy, found: Sequence[Mapping[str, Counted]], sets: Sets | None) -> Order | None:
    """The order of the policies by their means over all sets, and in how many sets it is the same."""
    if sets is None or len(study.policies) < 2:
        return None

    def arriving(one: Counted) -> float:
        return float(one.values[:, one.keys.index(("leakers",))].mean())

    means = np.array([[arriving(one[name]) for name in study.policies] for one in found])
    order = np.argsort(means.mean(axis=0), kind="stable")
    # Two that are equal over all sets are so in each; elsewhere a set in which two give the same has no order.
    apart, level = np.diff(means[:, order], axis=1), np.diff(means.mean(axis=0)[order])
    holds = int(np.where(level > 0, apart > 0, apart == 0).all(axis=1).sum())
    return Order(tuple(study.policies[row] for row in order), wilson(holds, sets.count, _weight(sets)))


def _policy(
    study: CampaignStudy,
    name: str,
    found: Sequence[Mapping[str, Counted]],
    central: Mapping[str, Counted],
    sets: Sets | None,
) -> PolicyNights:
    played = [one[name] for one in found]
    if sets is None:
        keys = played[0].keys
        tally = Tally([SHOWN[key[-1]].spread for key in keys])
        for one in played:
            tally.add(one.values)
        measures = dict(zip(keys, tally.estimates(), strict=True))
    else:
        middle = central[name]
        means = dict(zip(middle.keys, middle.values.mean(axis=0).tolist(), strict=True))
        gathered = Gathered(means, {}, _weight(sets))
        for one in played:
            shown = {key: SHOWN[key[-1]] for key in one.keys}
            tally = Tally([how.spread for how in shown.values()])
            tally.add(one.values)
            gathered.add(one.keys, shown, tally, {})
        measures = gathered.estimates()
    return PolicyNights(measures, played[0].facts, _stocks(study, played, measures))


def _difference(
    study: CampaignStudy,
    name: str,
    found: Sequence[Mapping[str, Counted]],
    central: Mapping[str, Counted],
    sets: Sets | None,
) -> NightsDifference:
    if sets is None:
        keys = _shared(found[0][name], found[0][study.baseline])
        tally = Tally(["sums"] * len(keys))
        for one in found:
            tally.add(_less(one[name], one[study.baseline], keys))
        return NightsDifference(name, study.baseline, dict(zip(keys, tally.changes(), strict=True)))
    keys = _shared(central[name], central[study.baseline])
    middle = _less(central[name], central[study.baseline], keys).mean(axis=0)
    pairs = GatheredPairs(dict(zip(keys, middle.tolist(), strict=True)), _weight(sets))
    for one in found:
        keys = _shared(one[name], one[study.baseline])
        tally = Tally(["sums"] * len(keys))
        tally.add(_less(one[name], one[study.baseline], keys))
        pairs.add(keys, tally, 0.0)
    return NightsDifference(name, study.baseline, pairs.changes())


def _shared(ours: Counted, theirs: Counted) -> tuple[Key, ...]:
    return tuple(dict.fromkeys((*ours.keys, *theirs.keys)))


def _less(ours: Counted, theirs: Counted, keys: Sequence[Key]) -> NDArray[np.float64]:
    """Replication by replication; what only one has is zero in the other."""

    def columns(one: Counted) -> NDArray[np.float64]:
        place = {key: column for column, key in enumerate(one.keys)}
        padded = np.concatenate([one.values, np.zeros((len(one.values), 1))], axis=1)
        return padded[:, [place.get(key, -1) for key in keys]]

    return columns(ours) - columns(theirs)


def _stocks(
    study: CampaignStudy, played: Sequence[Counted], measures: Mapping[Key, Estimate]
) -> dict[str, dict[str, StockResult]]:
    days = _days(study)
    nights = np.array([night.day.toordinal() for night in study.nights])
    found: dict[str, dict[str, StockResult]] = {}
    for page, stock in enumerate(study.campaign.ledger.stocks):
        key = ("stock", stock.owner, stock.munition)
        rows = np.concatenate([one.by_night[:, :, page] for one in played])
        low, middle, high = np.quantile(rows, BAND, axis=0, method="inverted_cdf")
        empty, short = (
            _by_day(np.concatenate([getattr(one, name)[:, page] for one in played]), nights, days)
            for name in ("empty", "short")
        )
        unanswered = {"all": measures[(*key, "unanswered")]}
        unanswered |= {
            one[4]: estimate
            for one, estimate in measures.items()
            if one[:4] == (*key, "by_class") and estimate.mean > 0
        }
        found.setdefault(stock.owner, {})[stock.munition] = StockResult(
            {name: measures[(*key, name)] for name in FLOWS},
            measures[(*key, "leakers_after")],
            measures[(*key, "nights_empty")],
            unanswered,
            tuple(low.tolist()),
            tuple(middle.tolist()),
            tuple(high.tolist()),
            empty,
            short,
        )
    return found


def _by_day(
    first: NDArray[np.int32], nights: NDArray[np.int64], days: Sequence[date]
) -> tuple[tuple[str, float], ...]:
    """The share of the replications in which something has been for the first time by each day."""
    when = np.where(first >= 0, nights[np.maximum(first, 0)], np.iinfo(np.int64).max)
    return tuple((day.isoformat(), float((when <= day.toordinal()).mean())) for day in days)


def _days(study: CampaignStudy) -> list[date]:
    """The days by which it is said what has run out: the first of each month, and the last night."""
    first, last = date.fromisoformat(study.campaign.since), date.fromisoformat(study.campaign.until)
    days, day = [], first
    while day < last:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        if day < last:
            days.append(day)
    return [*days, last]
