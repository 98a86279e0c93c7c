"""The result of a campaign: policies, paired differences, and stocks over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from skypact.campaigns.break_even import BreakEven
from skypact.campaigns.ledger import COLUMNS
from skypact.campaigns.model import Made
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.shelves import shelves
from skypact.campaigns.variants import Variant
from skypact.study.estimates import Change, Estimate, SameSign
from skypact.study.measures.base import Key
from skypact.study.results import Document
from skypact.version import __version__

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
        By day, in which share of the replications it has run out by then: a night began, or the last one ended, with less than one salvo
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

    def to_dict(self, made: Mapping[str, Made]) -> Document:
        """As JSON has it; `made` is what is made of each munition in a month."""
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
            "shelves": shelves(self.measures, made),
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
class Order:
    """The policies by what arrives, fewest first, and in which share of the sets their order is this one."""

    policies: tuple[str, ...]
    holds: SameSign

    def to_dict(self) -> Document:
        """As JSON has it."""
        return {"policies": list(self.policies), **self.holds.to_dict()}


@dataclass(frozen=True)
class Worth:
    """What one change of a delivery changes."""

    variant: Variant
    difference: NightsDifference

    def to_dict(self) -> Document:
        """As JSON has it: what arrives, what is fired, and of the munition on how many nights it has run out."""
        one, changes = self.variant, self.difference.changes
        page: Key = ("stock", one.delivery.to, one.delivery.munition)
        wanted: dict[str, Key] = {
            "leakers": ("leakers",),
            "rounds": ("rounds",),
            "cost_usd": ("cost_usd",),
            **{name: (*page, name) for name in ("nights_empty", "unanswered", "fired", "closing")},
        }
        return {
            "delivery": one.delivery.id,
            "to": one.delivery.to,
            "munition": one.delivery.munition,
            "change": one.change,
            "said": one.said,
            **{name: changes[key].to_dict() for name, key in wanted.items() if key in changes},
        }


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
    order
        How sure the order of the policies by arrivals is; None with central values alone or with one policy.
    worth
        What deliveries are worth, of those that were asked about.
    break_even
        How much of deliveries is enough, of those that were asked about.
    calibrated
        The calibration that the sets are from; None: the ranges as they are.
    """

    study: CampaignStudy = field(repr=False)
    seed: int
    sets: int | None
    replications: int
    policies: Mapping[str, PolicyNights]
    differences: tuple[NightsDifference, ...]
    recorded: Sequence[Document] = field(repr=False)
    order: Order | None = None
    worth: tuple[Worth, ...] = ()
    break_even: tuple[BreakEven, ...] = ()
    calibrated: Document | None = field(default=None, repr=False)

    def to_dict(self) -> Document:
        """What ``skypact campaign --json`` gives."""
        campaign = self.study.campaign
        made = {name: one.made for name, one in campaign.ledger.munitions.items() if one.made is not None}
        return {
            "skypact": __version__,
            "campaign": campaign.id,
            "title": campaign.title,
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
            "policies": {name: one.to_dict(made) for name, one in self.policies.items()},
            "differences": [one.to_dict() for one in self.differences],
            **({} if self.order is None else {"order": self.order.to_dict()}),
            **({"worth": [one.to_dict() for one in self.worth]} if self.worth else {}),
            **({"break_even": [one.to_dict() for one in self.break_even]} if self.break_even else {}),
            **({} if self.calibrated is None else {"calibrated": self.calibrated}),
            "titles": {name: campaign.policies[name].title for name in self.policies},
            "munitions": {name: one.name for name, one in campaign.ledger.munitions.items()},
            "notional": list(campaign.notional),
        }
