"""The result of a campaign: policies, paired differences, and stocks over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.ledger import COLUMNS
from skypact.campaigns.measures import SHOWN, Counted
from skypact.campaigns.recorded import recorded_by_month
from skypact.campaigns.sets import in_sets, play_sets
from skypact.campaigns.setup import CampaignStudy
from skypact.study.draw import Sets
from skypact.study.estimates import Change, Estimate
from skypact.study.measures.base import Key
from skypact.study.over_sets import Gathered, GatheredPairs
from skypact.study.play import RunSettings
from skypact.study.results import Document
from skypact.study.tally import Tally
from skypact.version import __version__

BAND = (0.05, 0.5, 0.95)
FLOWS = (*COLUMNS, "closing")


@dataclass(frozen=True)
class StockResult:
    """One page of the ledger over the campaign.

    Attributes
    ----------
    flows
        Opening, produced, received, given, fired, lost, closing.
    leakers_after
        What arrives from the night on which it has run out.
    nights_empty
        On how many nights it has run out.
    unanswered
        What arrives in reach of its units of which none has a round for it; as a whole, and by class.
    p05, p50, p95
        What is there after each night.
    empty
        By day, in which share of the replications it has run out by then: a night began with less than one salvo
        for each unit that fires it.
    short
        By day, in which share by then a threat has arrived unanswered for lack of it.
    """

    flows: Mapping[str, Estimate]
    leakers_after: Estimate
    nights_empty: Estimate
    unanswered: Mapping[str, Estimate]
    p05: tuple[float, ...] = field(repr=False)
    p50: tuple[float, ...] = field(repr=False)
    p95: tuple[float, ...] = field(repr=False)
    empty: tuple[tuple[str, float], ...] = field(repr=False)
    short: tuple[tuple[str, float], ...] = field(repr=False)

    def to_dict(self) -> Document:
        """As JSON has it."""
        return {
            **{name: one.to_dict() for name, one in self.flows.items()},
            "leakers_after_empty": self.leakers_after.to_dict(),
            "nights_empty": self.nights_empty.to_dict(),
            "unanswered": self.unanswered["all"].to_dict(),
            "unanswered_by_class": {
                name: one.to_dict() for name, one in self.unanswered.items() if name != "all"
            },
            "by_night": {name: list(getattr(self, name)) for name in ("p05", "p50", "p95")},
            "empty": [{"by": day, "share": share} for day, share in self.empty],
            "short": [{"by": day, "share": share} for day, share in self.short],
        }


@dataclass(frozen=True)
class PolicyNights:
    """What becomes of a campaign under one policy.

    Attributes
    ----------
    measures
        Every measure by its key.
    facts
        What holds in every replication: how many were launched.
    stock
        By owner and munition.
    """

    measures: Mapping[Key, Estimate] = field(repr=False)
    facts: Mapping[Key, object] = field(repr=False)
    stock: Mapping[str, Mapping[str, StockResult]]

    @property
    def leakers(self) -> Estimate:
        """Threats that arrive in all nights."""
        return self.measures["leakers",]

    @property
    def cost_usd(self) -> Estimate:
        """Cost of the rounds fired in all nights."""
        return self.measures["cost_usd",]

    def part(self, *key: str) -> Document:
        """The measures directly under a key, as JSON has them."""
        size = len(key)
        found: Document = {
            one[-1]: fact for one, fact in self.facts.items() if one[:-1] == key and one[-1] != "nights"
        }
        found |= {
            one[-1]: estimate.to_dict()
            for one, estimate in self.measures.items()
            if len(one) == size + 1 and one[:size] == key
        }
        return found

    def names(self, *key: str) -> list[str]:
        """The names under a key, in order."""
        size = len(key)
        return list(
            dict.fromkeys(
                one[size]
                for one in (*self.facts, *self.measures)
                if len(one) > size + 1 and one[:size] == key
            )
        )

    def to_dict(self) -> Document:
        """As JSON has it."""
        return {
            **self.part(),
            "by_class": {name: self.part("by_class", name) for name in sorted(self.names("by_class"))},
            "by_owner": {name: self.part("by_owner", name) for name in sorted(self.names("by_owner"))},
            "by_month": [
                {
                    "month": month,
                    **self.part("by_month", month),
                    "by_class": {
                        name: self.part("by_month", month, "by_class", name)
                        for name in sorted(self.names("by_month", month, "by_class"))
                    },
                }
                for month in sorted(self.names("by_month"))
            ],
            "stock": {
                owner: {munition: one.to_dict() for munition, one in found.items()}
                for owner, found in self.stock.items()
            },
        }


@dataclass(frozen=True)
class NightsDifference:
    """How a policy differs from the baseline, replication by replication."""

    policy: str
    baseline: str
    changes: Mapping[Key, Change] = field(repr=False)

    @property
    def leakers(self) -> Change:
        """In threats that arrive in all nights."""
        return self.changes["leakers",]

    def to_dict(self) -> Document:
        """As JSON has it: whole measures, months and stocks."""
        found: Document = {"policy": self.policy, "baseline": self.baseline}
        for key, change in self.changes.items():
            place = found
            for step in key[:-1]:
                place = place.setdefault(step, {})
            place[key[-1]] = change.to_dict()
        return found


@dataclass(frozen=True)
class CampaignResult:
    """A campaign under every policy asked for.

    Attributes
    ----------
    study
        What was asked.
    policies, differences
        Results by policy, and of each other policy the difference from the baseline.
    recorded
        By month and class, what the record claims.
    """

    study: CampaignStudy = field(repr=False)
    seed: int
    sets: int | None
    replications: int
    policies: Mapping[str, PolicyNights]
    differences: tuple[NightsDifference, ...]
    recorded: Sequence[Document] = field(repr=False)

    def to_dict(self) -> Document:
        """What ``skypact campaign --json`` gives."""
        campaign = self.study.campaign
        return {
            "skypact": __version__,
            "campaign": campaign.id,
            "from": campaign.since,
            "until": campaign.until,
            "nights": len(self.study.nights),
            "played": [str(night.day) for night in self.study.nights],
            "repeated": [one.model_dump(by_alias=True) for one in campaign.nights.repeat],
            "left_out": list(campaign.nights.leave_out),
            "seed": self.seed,
            **({} if self.sets is None else {"sets": self.sets}),
            "replications": self.replications,
            "baseline": self.study.baseline,
            "recorded": list(self.recorded),
            "policies": {name: one.to_dict() for name, one in self.policies.items()},
            "differences": [one.to_dict() for one in self.differences],
        }


def play_campaign(
    study: CampaignStudy, settings: RunSettings, sets: Sets | None, resume: str | None = None
) -> CampaignResult:
    """Play a campaign; parameters as for `skypact.campaigns.sets.play_sets`."""
    found, central = in_sets(play_sets(study, settings, sets, resume), sets is not None)
    others = [name for name in study.policies if name != study.baseline]
    policies = {name: _policy(study, name, found, central, sets) for name in study.policies}
    return CampaignResult(
        study,
        settings.seed,
        None if sets is None else sets.count,
        settings.replications,
        policies,
        tuple(_difference(study, name, found, central, sets) for name in others),
        recorded_by_month(study.nights),
    )


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
        gathered = Gathered(means, {})
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
    pairs = GatheredPairs(dict(zip(keys, middle.tolist(), strict=True)))
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
