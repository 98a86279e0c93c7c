"""What a campaign is about: its question, its nights, policies, decisions with dates, and who says so."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from skypact.campaigns.find import overview
from skypact.campaigns.load import ask
from skypact.campaigns.model import Decision
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.words import actor_name, decision_words
from skypact.library.record import fingerprint
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
    return {
        "title": one.title,
        "actor": one.actor,
        "actor_name": actor_name(study, one.actor),
        "date": one.date,
        "status": one.status,
        "note": one.note.strip(),
        "changes": list(decision_words(study, one)),
        "sources": [source_document(study.sources.get(name), name) for name in one.sources],
    }
