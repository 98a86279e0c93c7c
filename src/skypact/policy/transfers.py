"""Who may hand what to whom, and by which rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from skypact.policy.force import InForce
from skypact.policy.permission import resolve
from skypact.policy.situation import Because
from skypact.scenario.actions import ACTIONS, Action
from skypact.scenario.aid import Category, Channel
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario
from skypact.scenario.scope import Subject

Status = Literal["allowed", "conditional", "blocked"]


@dataclass(frozen=True)
class TransferQuery:
    """A question: may this donor hand this item to this recipient by this channel?"""

    donor: str
    recipient: str
    item: str
    channel: Channel


@dataclass(frozen=True)
class Ruling:
    """The answer, and why.

    Attributes
    ----------
    status
        ``allowed``, ``conditional`` or ``blocked``.
    because
        What decides it: every prohibition of a blocked one, else every condition, else every permission.
        Empty where no rule is about it.
    waits
        Nothing may arrive: it is blocked, or a condition must be met first.
    away
        The items must stay away from the line of contact.
    """

    status: Status
    because: tuple[Because, ...]
    waits: bool
    away: bool


def accounts(scenario: Scenario) -> dict[str, frozenset[str]]:
    """The versions of contested facts that hold together: "" for the first of each fact.

    Under the name of any other version that version takes the place of the first of its fact.
    """
    first: dict[str, str] = {}
    for name, version in scenario.versions.items():
        first.setdefault(version.fact, name)
    chosen = frozenset(first.values())
    others = {name: version.fact for name, version in scenario.versions.items() if name not in chosen}
    return {"": chosen, **{name: chosen - {first[fact]} | {name} for name, fact in others.items()}}


def category_of(
    scenario: Scenario, item: str, actor: str, day: date, versions: frozenset[str]
) -> tuple[Category, Because | None]:
    """How an actor classes an item on a day, and where that is said if it is a view of its own."""
    held = [
        view
        for view in scenario.items[item].views
        if view.by == actor and first_day(view.since) <= day and (view.version or "") in versions | {""}
    ]
    if not held:
        return scenario.items[item].category, None
    last = max(held, key=lambda view: (first_day(view.since), len(view.since), view.version or ""))
    said = f"{actor} classes it as {last.category}"
    return last.category, Because("category", actor, last.since, "", last.sources, said)


def may_transfer(
    scenario: Scenario, force: InForce, ask: TransferQuery, day: date, versions: frozenset[str] | None = None
) -> Ruling:
    """Whether a transfer is allowed on a day.

    For each actor that has a say the latest rule about it decides; on one day a prohibition beats a
    permission, and a prohibition that another actor's decision laid on it stays until that actor lifts it.
    The donor has a say; in a purchase through an agency, every member; in a re-export also
    those whose consent it needs, and these must have given it.  One prohibition blocks.

    Parameters
    ----------
    scenario
        Items, members, and which versions there are.
    force
        What is in force on the day (`skypact.policy.force.in_force` with that day).
    versions
        The accounts of contested facts to follow; the first of each by default.
    """
    versions = accounts(scenario)[""] if versions is None else versions
    no, conditions, yes = [], [], []
    waits = away = False
    for actor, action in _deciders(scenario, ask):
        category, view = category_of(scenario, ask.item, actor, day, versions)
        subject = Subject(
            actor,
            others=frozenset({ask.recipient}),
            item=ask.item,
            category=category,
            channel=ask.channel,
            donor=ask.donor,
            versions=versions,
        )
        found = resolve(force, action, subject)
        if found.decided_by is None or found.decided_by.rule is None:
            if not found.allowed:
                said = f"a {action} needs its consent, and none is on record"
                no.append(Because("consent", actor, "", "", scenario.items[ask.item].sources, said))
            continue
        rule = found.decided_by.rule
        reasons = [found.decided_by.because]
        if view is not None and rule.categories is not None:
            reasons.append(view)
        met = rule.before_delivery and rule.met is not None and first_day(rule.met) <= day
        if not rule.allows:
            no += reasons
        elif rule.condition and not met:
            conditions += reasons
            waits |= rule.before_delivery
        else:
            yes += reasons
        away |= rule.allows and rule.where == "away"
    if no:
        return Ruling("blocked", tuple(no), True, away)
    if conditions:
        return Ruling("conditional", tuple(conditions), waits, away)
    return Ruling("allowed", tuple(yes), False, away)


def _deciders(scenario: Scenario, ask: TransferQuery) -> Iterator[tuple[str, Action]]:
    """Who has a say in a transfer, and in which role."""
    yield ask.donor, "transfer"
    if ask.channel == "agency":
        for member in scenario.actors[ask.donor].members:
            yield member, "transfer"
    needed = ACTIONS["transfer"].consent
    if ask.channel == "re-export" and needed is not None:
        for actor in scenario.items[ask.item].consenting:
            if actor != ask.donor:
                yield actor, needed
