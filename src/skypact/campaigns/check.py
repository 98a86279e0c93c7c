"""Checking a campaign file: everything that is wrong with it, at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from skypact.campaigns.check_dates import check_dates
from skypact.campaigns.model import Campaign, Decision, Delivery, Rationing
from skypact.campaigns.nights import Recorded, nights_of
from skypact.campaigns.partial import PartialCampaign, day_of
from skypact.campaigns.setup import CampaignStudy, holds
from skypact.campaigns.tabled import tables
from skypact.evidence.load import is_shipped
from skypact.reading import (
    Problem,
    Problems,
    Steps,
    references,
    scan_document,
    schema_problems,
    suggest,
)
from skypact.scenario.check import examine as examine_scenario
from skypact.scenario.check_choice import check_choice
from skypact.scenario.find import find_scenario, shipped
from skypact.scenario.model import Scenario
from skypact.scenario.systems import catalog_of

MAX_BYTES = 2 * 1024 * 1024
_WORDS = {"base-decision": "decision of the base scenario", "laydown": "entry of the dated laydown"}


@dataclass(frozen=True)
class Examined:
    """What became of a file: the study, if the file makes one, and everything that is wrong with it."""

    study: CampaignStudy | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that are errors."""
        return tuple(one for one in self.problems if one.level == "error")


def is_campaign(text: str) -> bool:
    """Whether a text says that it is a campaign.

    >>> is_campaign("format: skypact-campaign/1"), is_campaign("format: skypact-scenario/1")
    (True, False)
    """
    return re.search(r"(?m)^(format: *[\"']?skypact-campaign/|kind: *[\"']?campaign\b)", text) is not None


def examine_text(text: str, name: str, folder: Path) -> Examined:
    """Run every check on a text; a base or record that is a path is looked for in `folder` first."""
    try:
        document = scan_document(text, name)
    except Problems as bad:
        return Examined(None, bad.problems)
    campaign, problems = None, list(document.problems)
    try:
        campaign = Campaign.model_validate(document.data)
    except ValidationError as error:
        problems += schema_problems(Campaign, document, error)
    data = document.data if isinstance(document.data, dict) else {}
    base, wrong = _base(data.get("base"), folder)
    problems += [document.problem(("base",), one.what, one.right) for one in wrong]
    partial = PartialCampaign(document, base)
    recorded = None
    if partial.span is not None and isinstance(partial.at("nights", "record"), str):
        nights = partial.nights
        if nights is not None:
            try:
                found = nights.model_copy(update={"record": _near(nights.record, folder)})
                recorded = nights_of(found, *partial.span)
            except Problems as bad:
                problems += [
                    document.problem(("nights", "record"), one.what, one.right) for one in bad.problems
                ]
    problems += chain(_names(partial), _twice(partial), _ledger(partial), check_dates(partial, recorded))
    problems += chain(_assets(partial, recorded), _policies(partial, campaign))
    study = None
    if campaign is not None and base is not None and recorded is not None:
        study = CampaignStudy(
            campaign,
            base,
            catalog_of(base),
            recorded.nights,
            tuple(campaign.policies),
            campaign.baseline,
            text,
        )
    return Examined(study, tuple(sorted(set(problems))))


def _near(name: str, folder: Path) -> str:
    """A record or base as it is found: a shipped name as it is, else a path beside the file or as it stands."""
    if is_shipped(name) or name in (*tables(), *shipped()) or Path(name).is_absolute():
        return name
    beside = folder / name
    return str(beside) if beside.exists() else name


def _base(name: Any, folder: Path) -> tuple[Scenario | None, tuple[Problem, ...]]:
    if not isinstance(name, str):
        return None, ()
    try:
        examined = examine_scenario(find_scenario(_near(name, folder)))
    except Problems as bad:
        return None, bad.problems
    if examined.scenario is None or examined.errors:
        first = examined.errors[0]
        what = f"the base scenario has errors, the first: {first}"
        return None, (Problem(name, 1, 1, "", what, f"skypact check {name}"),)
    return examined.scenario, ()


def _names(partial: PartialCampaign) -> Iterator[Problem]:
    known = partial.known
    for path, kind, name in references(Campaign, partial.document.data):
        if kind not in known or name in known[kind]:
            continue
        words = _WORDS.get(kind, kind)
        is_key = not isinstance(partial.at(*path), str)
        yield partial.document.problem(
            path, f"unknown {words} {name!r}", suggest(name, known[kind]), key=is_key
        )
    used = {name for _, kind, name in references(Campaign, partial.document.data) if kind == "source"}
    for name in partial.mapping("sources"):
        if name not in used:
            yield partial.document.problem(
                ("sources", name),
                "this source is never used",
                "cite it or remove it",
                key=True,
                level="warning",
            )


def _twice(partial: PartialCampaign) -> Iterator[Problem]:
    """Ids, pages and systems that stand twice."""
    groups: list[list[tuple[Steps, str, str]]] = [
        [((*path, "id"), one.id, "the id") for path, one in partial.each(Delivery)],
        [((*path, "id"), one.id, "the id") for path, one in partial.each(Rationing)],
        [
            (("ledger", "stocks", row), f"{one.get('owner')} {one.get('munition')}", "the stock of")
            for row, one in enumerate(partial.listed("ledger", "stocks"))
            if isinstance(one, dict)
        ],
        [
            (("ledger", "munitions", name, "systems", row), str(system), "the system")
            for name, one in partial.mapping("ledger", "munitions").items()
            if isinstance(one, dict) and isinstance(one.get("systems"), list)
            for row, system in enumerate(one["systems"])
        ],
    ]
    for group in groups:
        first: dict[str, Steps] = {}
        for path, name, what in group:
            if name in first:
                line = partial.document.mark(first[name])[0]
                yield partial.document.problem(
                    path, f"{what} {name!r} stands twice", f"once only; the other is on line {line}"
                )
            first.setdefault(name, path)


def _ledger(partial: PartialCampaign) -> Iterator[Problem]:
    """Deliveries to somebody without a stock; dates of deliveries under a decision that lacks them."""
    kept = {
        (one.get("owner"), one.get("munition"))
        for one in partial.listed("ledger", "stocks")
        if isinstance(one, dict)
    }
    for path, one in partial.each(Delivery):
        if (one.to, one.munition) not in kept:
            what = f"{one.to} has no stock of {one.munition!r} in the ledger, so that it would go nowhere"
            yield partial.document.problem((*path, "to"), what, "add it under ledger.stocks")
        if one.giver == one.to:
            yield partial.document.problem((*path, "from"), "giver and taker are the same", "name two")


def _assets(partial: PartialCampaign, recorded: Recorded | None) -> Iterator[Problem]:
    """Cities that the record's nights are aimed at and the base scenario has not."""
    if partial.base is None or recorded is None:
        return
    aimed = {name for night in recorded.nights for wave in night.waves for name in wave.aims}
    missing = sorted(aimed - partial.base.assets.keys())
    if missing:
        what = f"the base scenario lacks assets that nights are aimed at: {', '.join(missing[:5])}"
        yield partial.document.problem(
            ("base",),
            what,
            "a base that has them: ukraine-2024-08-26 for the record of Ukraine, or a copy of it",
        )


def _policies(partial: PartialCampaign, campaign: Campaign | None) -> Iterator[Problem]:
    """Policies whose decisions of the base scenario contradict each other, or move what they do not have."""
    if campaign is None or partial.base is None:
        return
    for name, policy in campaign.policies.items():
        chosen = [campaign.decisions[one] for one in policy.decisions if one in campaign.decisions]
        has = {one.id for one in campaign.ledger.deliveries} | {
            one.id for decision in chosen for one in decision.delivers
        }
        for decision in chosen:
            for moved in (*decision.moves, *decision.cancels):
                if moved in partial.known["delivery"] and moved not in has:
                    yield partial.document.problem(
                        ("policies", name, "decisions"),
                        f"delivery {moved!r} is moved or cancelled, and no decision of this policy brings it",
                        "add the decision that brings it",
                    )
        text = partial.base_text
        for enacted in _at_once(campaign.since, chosen):
            if not text or len(enacted) < 2 or not all(one in partial.base.decisions for one in enacted):
                continue
            for one in check_choice(text, str(partial.at("base")), enacted):
                yield partial.document.problem(("policies", name, "decisions"), one.what, one.right)


def _at_once(first: str, chosen: Sequence[Decision]) -> list[tuple[str, ...]]:
    """Which decisions of the base scenario are in force together, at one time or another."""
    days = {first, *(one.since for one in chosen if one.since), *(one.until for one in chosen if one.until)}
    found = []
    for day in filter(None, map(day_of, sorted(days))):
        for moment in (day, day + timedelta(days=1)):
            held = [one for one in chosen if holds(one, moment)]
            found.append(tuple(dict.fromkeys(name for one in held for name in one.enacts)))
    return list(dict.fromkeys(found))
