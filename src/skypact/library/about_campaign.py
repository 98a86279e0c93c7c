"""What a campaign is about: its question, its nights, policies, decisions with dates, and who says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from skypact.campaigns.find import overview
from skypact.campaigns.load import ask
from skypact.campaigns.model import Campaign, Decision, Delivery
from skypact.campaigns.setup import CampaignStudy
from skypact.formatting import between, fixed
from skypact.library.record import fingerprint
from skypact.quantity import Quantity
from skypact.report.as_json import source_document

Document = dict[str, Any]


def shipped_campaigns() -> list[Document]:
    """The campaigns that come with the package: of each name, title, days, baseline, and policies with titles."""
    return overview()


def about_campaign(campaign: str | Path) -> Document:
    """Say what a campaign is about.

    Parameters
    ----------
    campaign
        A shipped name, the path of a file, or YAML text.

    Returns
    -------
    dict
        ``policies`` and ``decisions`` with actor, date, status, what they change in words and their sources, and
        ``fingerprints`` of the text and the catalogue: with other ones numbers may differ.

    Raises
    ------
    skypact.Problems
        If the campaign has errors.

    Examples
    --------
    >>> told = about_campaign("israel-two-nights")
    >>> told["decisions"]["ordered-after-april"]["changes"]
    ['Israel Aerospace Industries hands over 30 rounds (10 to 60) of Arrow 3, which arrive on 2024-09-15.']
    """
    study = ask(campaign)
    found = study.campaign
    return {
        "campaign": found.id,
        "kind": "campaign",
        "title": found.title,
        "summary": found.summary.strip(),
        "question": found.question.strip(),
        "from": found.since,
        "until": found.until,
        "nights": len(study.nights),
        "baseline": found.baseline,
        "policies": {
            name: {"title": one.title, "summary": one.summary.strip(), "decisions": list(one.decisions)}
            for name, one in found.policies.items()
        },
        "decisions": {name: _decision(study, one) for name, one in found.decisions.items()},
        "notional": list(found.notional),
        "fingerprints": {
            "scenario": hashlib.sha256(study.text.encode()).hexdigest()[:16],
            "catalogue": fingerprint(),
        },
    }


def _decision(study: CampaignStudy, one: Decision) -> Document:
    sources = study.campaign.sources | study.base.sources
    return {
        "title": one.title,
        "actor": one.actor,
        "actor_name": _actor(study, one.actor),
        "date": one.date,
        "status": one.status,
        "note": one.note.strip(),
        "changes": list(_changes(study, one)),
        "sources": [source_document(sources.get(name), name) for name in one.sources],
    }


def _changes(study: CampaignStudy, one: Decision) -> Iterator[str]:
    """What a decision changes, a sentence each."""
    when = " ".join(
        f"{word} {day}" for word, day in (("from", one.since), ("until", one.until)) if day is not None
    )
    if one.enacts:
        titles = "; ".join(study.base.decisions[name].title for name in one.enacts)
        yield f"In force{f' {when}' if when else ' throughout'}: {titles}."
    for delivery in one.delivers:
        yield _handed(study, delivery)
    usual = _usual(study.campaign)
    for name, other in one.moves.items():
        what = _named(study.campaign, usual[name]) if name in usual else name
        before = f" instead of {usual[name].arrives}" if name in usual else ""
        yield f"{what} arrives on {other.arrives}{before}."
    for name in one.cancels:
        yield f"{_named(study.campaign, usual[name]) if name in usual else name} does not arrive."
    for entry in one.stands:
        counts = ", ".join(f"{_amount(count)} from {count.since}" for count in entry.counts)
        yield f"Fire units {entry.entry}: {counts}."


def _usual(campaign: Campaign) -> dict[str, Delivery]:
    """Every delivery of the file, by name."""
    found = [*campaign.ledger.deliveries, *(d for one in campaign.decisions.values() for d in one.delivers)]
    return {one.id: one for one in found}


def _handed(study: CampaignStudy, one: Delivery) -> str:
    giver = _actor(study, one.giver)
    sent = f" leave on {one.sent} and" if one.sent is not None and one.sent != one.arrives else ""
    munition = study.campaign.ledger.munitions[one.munition].name
    return f"{giver} hands over {_amount(one.rounds, 'rounds')} of {munition}, which{sent} arrive on {one.arrives}."


def _named(campaign: Campaign, one: Delivery) -> str:
    return (
        f"The delivery of {_amount(one.rounds, 'rounds')} of {campaign.ledger.munitions[one.munition].name}"
    )


def _amount(one: Quantity, what: str = "") -> str:
    said = f"{fixed(one.value, 0)} {what}".strip()
    return said if one.low is None else f"{said} ({between(one.low, one.high, 0)})"


def _actor(study: CampaignStudy, name: str) -> str:
    if name in study.campaign.actors:
        return study.campaign.actors[name]
    actor = study.base.actors.get(name)
    return name if actor is None else actor.name
