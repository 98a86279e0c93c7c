"""What a campaign file says, in words: what a decision changes, how rounds are rationed, what comes when."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.campaigns.model import Campaign, Decision, Delivery, Production, Rationing
from skypact.campaigns.setup import CampaignStudy
from skypact.formatting import between, capital, class_names, fixed, listed, within
from skypact.quantity import Quantity


def decision_words(study: CampaignStudy, one: Decision) -> Iterator[str]:
    """What a decision changes, a sentence each."""
    when = _from_until(one.since, one.until)
    if one.enacts:
        titles = "; ".join(study.base.decisions[name].title for name in one.enacts)
        yield f"In force{f' {when}' if when else ' throughout'}: {titles}."
    for delivery in one.delivers:
        yield _handed(study, delivery)
    usual = usual_deliveries(study.campaign)
    for name, other in one.moves.items():
        what = _named(study.campaign, usual[name]) if name in usual else name
        before = f" instead of {usual[name].arrives}" if name in usual else ""
        yield f"{what} arrives on {other.arrives}{before}."
    for name in one.cancels:
        yield f"{_named(study.campaign, usual[name]) if name in usual else name} does not arrive."
    for entry in one.stands:
        counts = ", ".join(f"{amount(count)} from {count.since}" for count in entry.counts)
        yield f"Fire units {entry.entry}: {counts}."


def rationing_words(study: CampaignStudy, one: Rationing) -> str:
    """A rule of rationing as a sentence."""
    whose = (
        "all owners" if one.owners is None else listed(within(actor_name(study, name)) for name in one.owners)
    )
    munitions = study.campaign.ledger.munitions
    what = (
        "all munitions"
        if one.munitions is None
        else ", ".join(munitions[name].name for name in one.munitions)
    )
    costing = one.costing_over_usd
    if costing is not None:
        what += f" that cost more than {fixed(costing.value, 0)} USD a round"
    classes = class_names(one.classes)
    if one.lasts_nights is not None:
        said = f"no night gets more than one part in {one.lasts_nights} of the stock"
    elif one.keeps is not None:
        said = f"the last {amount(one.keeps, 'rounds')} are kept for {classes}"
    elif one.spares is not None:
        said = f"not fired at {classes} while fewer than {amount(one.spares, 'rounds')} are there"
    else:
        loads = one.spares_loads
        held = "" if loads is None else amount(loads, "full loads of all units")
        said = f"not fired at {classes} while less than {held} is there"
    return f"Of {whose}, {what}: {said}."


def usual_deliveries(campaign: Campaign) -> dict[str, Delivery]:
    """Every delivery of the file, by name."""
    found = [*campaign.ledger.deliveries, *(d for one in campaign.decisions.values() for d in one.delivers)]
    return {one.id: one for one in found}


def delivery_words(one: Delivery) -> str:
    """On which days a delivery leaves and arrives."""
    sent = f"sent on {one.sent}, " if one.sent is not None and one.sent != one.arrives else ""
    return f"{sent}arrives on {one.arrives}"


def production_words(one: Production) -> str:
    """From when until when something is made."""
    return _from_until(one.since, one.until) or "throughout"


def amount(one: Quantity, what: str = "") -> str:
    """A number with its range, as words."""
    digits = 0 if float(one.value).is_integer() else 1
    said = f"{fixed(one.value, digits)} {what}".strip()
    return said if one.low is None else f"{said} ({between(one.low, one.high, digits)})"


def actor_name(study: CampaignStudy, name: str) -> str:
    """What an actor is called."""
    if name in study.campaign.actors:
        return study.campaign.actors[name]
    actor = study.base.actors.get(name)
    return name if actor is None else actor.name


def _from_until(since: str | None, until: str | None) -> str:
    return " ".join(f"{word} {day}" for word, day in (("from", since), ("until", until)) if day is not None)


def _handed(study: CampaignStudy, one: Delivery) -> str:
    giver = capital(within(actor_name(study, one.giver)))
    sent = f" leave on {one.sent} and" if one.sent is not None and one.sent != one.arrives else ""
    munition = study.campaign.ledger.munitions[one.munition].name
    return f"{giver} hands over {amount(one.rounds, 'rounds')} of {munition}, which{sent} arrive on {one.arrives}."


def _named(campaign: Campaign, one: Delivery) -> str:
    return f"The delivery of {amount(one.rounds, 'rounds')} of {campaign.ledger.munitions[one.munition].name}"
