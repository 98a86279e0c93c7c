"""Campaigns played for the page: central values first, then sets, with the progress told on the way."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from skypact.app.endpoint import Refused, encoded, last_line
from skypact.app.models import Campaign
from skypact.app.stream import Tell
from skypact.app.turns import Turns
from skypact.library.about_campaign import shipped_campaigns
from skypact.library.campaigns import CampaignResult, campaign
from skypact.reading import Problem, Problems, suggest

KEPT = 16
"""Answers that are remembered; one takes about a megabyte."""
FINEST = 0.005
"""The smallest progress that is told."""


def known(name: str) -> str:
    """The name of a campaign that may be asked about: those shipped, as others could rest on files anywhere.

    Raises
    ------
    Refused
        If there is none of that name.
    """
    _row(name)
    return name


def expect(request: Campaign) -> None:
    """Refuse what cannot be answered before anything is played.

    Raises
    ------
    Refused
        If there is no such campaign.
    skypact.Problems
        If a policy is unknown.
    """
    policies = _row(request.campaign)["policies"]
    wrong = [name for name in (*(request.policies or ()), request.baseline) if name and name not in policies]
    if wrong:
        raise Problems(
            Problem("request", 0, 0, "policies", f"unknown policy {name}", suggest(name, policies))
            for name in wrong
        )


def _row(name: str) -> dict[str, Any]:
    found = next((row for row in shipped_campaigns() if row["campaign"] == name), None)
    if found is None:
        raise Refused(404, "no such campaign", "see /api/campaigns", "campaign")
    return found


@dataclass(frozen=True)
class Answered:
    """An answer, and the line that tells it."""

    found: CampaignResult
    line: bytes


class Nights:
    """Plays campaigns, one step of one at a time, and remembers answers."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._kept: OrderedDict[tuple[str, int], Answered] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, request: Campaign, gone: threading.Event, tell: Tell) -> None:
        """Tell the answer with central values, then that of the sets.

        Raises
        ------
        Gone
            If that event is set meanwhile.
        skypact.Problems
            If policies are unknown.
        """
        for sets in dict.fromkeys((0, request.sets)):
            line = self._answered(request, sets, gone, tell).line
            tell(last_line(line) if sets == request.sets else line)

    def whole(self, request: Campaign) -> CampaignResult:
        """The answer of the sets, played now or before."""
        return self._answered(request, request.sets, None, lambda _: None).found

    def _answered(self, request: Campaign, sets: int, gone: threading.Event | None, tell: Tell) -> Answered:
        usual = _row(request.campaign)
        asked = Campaign(
            **{name: getattr(request, name) for name in Campaign.model_fields}
            | {
                "policies": request.policies or list(usual["policies"]),
                "baseline": request.baseline or usual["baseline"],
            }
        )
        key = (asked.model_dump_json(exclude={"sets"}), sets)
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = self._played(asked, sets, gone, tell)
            with self._lock:
                self._kept[key] = found
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found

    def _played(self, request: Campaign, sets: int, gone: threading.Event | None, tell: Tell) -> Answered:
        told = 0.0

        def progress(what: str, share: float) -> None:
            nonlocal told
            if share >= told + FINEST:
                told = share
                tell(encoded({"kind": "progress", "step": step, "share": round(share, 3)}) + b"\n")
            self._turns.give_way(gone)

        step = "sets" if sets else "central"
        with self._turns.slow(gone):
            found = campaign(
                request.campaign,
                request.policies,
                request.baseline,
                sets=sets or 2,
                replications=request.replications if sets else request.central,
                central=not sets,
                seed=request.seed,
                progress=progress,
            )
            return Answered(found, encoded(shown(found, step)) + b"\n")


def shown(found: CampaignResult, step: str) -> dict[str, Any]:
    """An answer as it goes to the page: the document of ``skypact campaign --json``, and what the report says of it."""
    return {
        "kind": "answer",
        "step": step,
        "last": False,
        **found.told(),
        "tables": found.table_documents(long=True),
        "campaign": found.to_dict(),
    }
