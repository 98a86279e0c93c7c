"""What a delivery is worth: the same campaign with it at other dates, without it, and with more of it.

Every variant is a policy: the baseline with one more decision, which is ours. So it is played with the same luck as every
other policy, and what it changes is a paired difference.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skypact.campaigns.model import Campaign, Decision, Delivery, OtherDates, Policy, Production
from skypact.campaigns.setup import CampaignStudy
from skypact.quantity import Quantity
from skypact.reading import Problem, Problems, suggest

MONTHS = 3
"""By how many months a delivery is moved."""
MORE = 100
"""Rounds that are added."""
WHY = "What a delivery is worth."


@dataclass(frozen=True)
class Variant:
    """One change of a delivery.

    Attributes
    ----------
    policy
        The name under which it is played.
    delivery
        Which delivery.
    change
        ``earlier``, ``later``, ``without``, ``more`` or ``month``.
    said
        In words.
    """

    policy: str
    delivery: Delivery
    change: str
    said: str


def delivery_of(study: CampaignStudy, name: str, option: str) -> Delivery:
    """A delivery of the baseline.

    Raises
    ------
    Problems
        If it has none of this name.
    """
    found = _named(study, study.baseline)
    if name not in found:
        what = f"{study.baseline}, the baseline, has no such delivery"
        others = [policy for policy in study.policies if name in _named(study, policy)]
        right = f"{' and '.join(others)} has it: make that the baseline" if others else suggest(name, found)
        raise Problems([Problem(option, 0, 0, name, what, right)])
    return found[name]


def _named(study: CampaignStudy, policy: str) -> dict[str, Delivery]:
    return {one.id: one for one in study.campaign.deliveries(policy)}


def with_worth(study: CampaignStudy, names: Sequence[str]) -> tuple[CampaignStudy, tuple[Variant, ...]]:
    """The campaign with a policy more for everything that is asked of some deliveries."""
    found = [
        one for name in dict.fromkeys(names) for one in _variants(study, delivery_of(study, name, "worth"))
    ]
    more = {variant.policy: decision for variant, decision in found}
    return with_policies(study, more), tuple(variant for variant, _ in found)


def with_policies(study: CampaignStudy, more: dict[str, Decision], only: bool = False) -> CampaignStudy:
    """The campaign with policies that are the baseline and one decision each; `only` plays no others."""
    campaign = study.campaign
    about = campaign.policies[study.baseline]
    policies = {
        name: Policy(title=one.title, summary=one.note, decisions=(*about.decisions, name))
        for name, one in more.items()
    }
    changed = campaign.model_copy(
        update={
            "decisions": {**campaign.decisions, **more},
            "policies": {**campaign.policies, **policies},
        }
    )
    return replace(study, campaign=changed, policies=tuple(more) if only else (*study.policies, *more))


def of_rounds(campaign: Campaign, delivery: Delivery, rounds: int) -> Decision:
    """The decision by which a delivery has so many rounds."""
    quantity = Quantity(value=rounds, kind="notional", note=WHY)
    return _decision(
        campaign, f"{rounds} rounds", delivers=(delivery.model_copy(update={"rounds": quantity}),)
    )


def moved(day: str, months: int, first: date) -> str:
    """So many months later (or earlier), but not before the first day.

    >>> moved("2024-11-30", 3, date(2024, 10, 1)), moved("2024-11-30", -3, date(2024, 10, 1))
    ('2025-02-28', '2024-10-01')
    """
    found = date.fromisoformat(day)
    number = found.year * 12 + found.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return max(first, date(year, month, min(found.day, monthrange(year, month)[1]))).isoformat()


def _decision(campaign: Campaign, title: str, **changes: object) -> Decision:
    found = {
        "actor": next(iter(campaign.decisions.values())).actor if campaign.decisions else "",
        "date": campaign.since,
        "status": "hypothetical",
        "title": title,
        "note": WHY,
    }
    return Decision.model_validate(found).model_copy(update=changes)


def _variants(study: CampaignStudy, delivery: Delivery) -> Iterator[tuple[Variant, Decision]]:
    campaign, name = study.campaign, delivery.id

    def made(change: str, said: str, **changes: object) -> tuple[Variant, Decision]:
        policy = f"{study.baseline}/{name}/{change}"
        return Variant(policy, delivery, change, said), _decision(campaign, said, **changes)

    first, last = date.fromisoformat(campaign.since), campaign.until
    for change, months in (("earlier", -MONTHS), ("later", MONTHS)):
        arrives = moved(delivery.arrives, months, first)
        if arrives == delivery.arrives:
            continue
        sent = None if delivery.sent is None else min(arrives, moved(delivery.sent, months, first))
        other = OtherDates(sent=sent, arrives=arrives, kind="notional", note=WHY)
        after = ", after the last night" if arrives >= last else ""
        yield made(change, f"{MONTHS} months {change}, on {arrives}{after}", moves={name: other})
    yield made("without", "not at all", cancels=(name,))
    hundred = Quantity(value=MORE, kind="notional", note=WHY)
    yield made("more", f"{MORE} rounds more", delivers=(_added(delivery, "more", hundred),))
    monthly = _monthly(campaign, delivery)
    if monthly is not None:
        said = f"a month's production more ({monthly.value:g} rounds)"
        yield made("month", said, delivers=(_added(delivery, "month", monthly),))


def _added(delivery: Delivery, what: str, rounds: Quantity) -> Delivery:
    return delivery.model_copy(update={"id": f"{delivery.id}-{what}", "rounds": rounds})


def _monthly(campaign: Campaign, delivery: Delivery) -> Quantity | None:
    """What is made in a month: by all, as stated; else by the giver, or by who gets it, on the day it arrives."""
    made = campaign.ledger.munitions[delivery.munition].made
    if made is not None:
        return made.per_month
    for owner in (delivery.giver, delivery.to):
        for stock in campaign.ledger.stocks:
            if (stock.owner, stock.munition) == (owner, delivery.munition):
                for one in stock.production:
                    if _in_force(one, delivery.arrives):
                        return one.per_month
    return None


def _in_force(made: Production, day: str) -> bool:
    return (made.since is None or made.since <= day) and (made.until is None or day <= made.until)
