"""What is in force under a policy: rules, forces and doctrine, after its decisions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skypact.policy.precedence import order
from skypact.quantity import Quantity
from skypact.scenario.dates import first_day, last_day
from skypact.scenario.forces import LaydownEntry, SensorEntry
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Doctrine, Rule, UnitGrant


@dataclass(frozen=True)
class RuleInForce:
    """A rule with the decision that brought it and who took that ("" for the scenario's own rules)."""

    rule: Rule
    decision: str
    actor: str
    since: str


@dataclass(frozen=True)
class EntryInForce:
    """An entry of the laydown with the decision that brought or moved it ("" if it was there)."""

    entry: LaydownEntry
    decision: str


@dataclass(frozen=True)
class InForce:
    """Rules, forces and doctrine under one policy; rules in the order in which they apply."""

    rules: tuple[RuleInForce, ...]
    laydown: tuple[EntryInForce, ...]
    sensors: tuple[SensorEntry, ...]
    doctrine: tuple[Doctrine, ...]
    said: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What doctrine was found to say, by subject (`skypact.policy.doctrine.doctrine`)."""


def effective(scenario: Scenario, decision: Decision) -> date:
    """From which day a decision counts: an act from its own, others from the scenario's at the latest."""
    own = first_day(decision.date)
    return own if decision.status == "taken" else min(own, first_day(scenario.date))


def dated(scenario: Scenario, policy: str, day: date | None = None) -> list[tuple[str, Decision]]:
    """The decisions of a policy by date and then by name; with a day, those that count on it."""
    chosen = ((name, scenario.decisions[name]) for name in scenario.policies[policy].decisions)
    counting = [
        (name, decision) for name, decision in chosen if day is None or effective(scenario, decision) <= day
    ]
    return sorted(counting, key=lambda item: (first_day(item[1].date), item[0]))


def in_force(scenario: Scenario, policy: str, day: date | None = None) -> InForce:
    """Lay the decisions of a policy over the scenario.

    Decisions apply by date, so that a later decision of an actor beats its earlier one, and for
    equal dates by name, so that their order in the file does not matter.  Rules stand in the order of
    `skypact.policy.precedence.order`, so that on one day a prohibition beats a permission.  A policy
    answers "what if this were in force on the day of the raid": a decision dated later than the
    raid is in force all the same, and its date is the date of the request or proposal.  A rule's
    own ``since`` and ``until`` are kept to.

    With a `day` the answer is for that day, and acts dated later do not count (`effective`).
    """
    rules = [RuleInForce(rule, "", "", rule.since or "") for rule in scenario.rules]
    laydown = [EntryInForce(entry, "") for entry in scenario.laydown]
    sensors = list(scenario.sensors)
    doctrine = list(scenario.doctrine)
    for name, decision in dated(scenario, policy, day):
        rules = [held for held in rules if held.rule.id not in decision.lifts]
        rules += [
            RuleInForce(rule, name, decision.actor, rule.since or decision.date) for rule in decision.adds
        ]
        laydown = _laydown_after(laydown, name, decision)
        sensors += decision.sensors
        doctrine += decision.doctrine
    today = day or first_day(scenario.date)
    current = [
        held
        for held in rules
        if (not held.rule.since or first_day(held.rule.since) <= today)
        and (not held.rule.until or today <= last_day(held.rule.until))
    ]
    dates = {name: decision.date for name, decision in scenario.decisions.items()}
    current.sort(key=lambda held: order(held.rule, dates.get(held.decision, held.since)))
    return InForce(tuple(current), tuple(laydown), tuple(sensors), tuple(doctrine))


def _laydown_after(laydown: list[EntryInForce], name: str, decision: Decision) -> list[EntryInForce]:
    kept = [held for held in laydown if held.entry.id not in decision.withdraws]
    kept += [EntryInForce(entry, name) for entry in decision.laydown]
    for gift in decision.gives:
        kept = [_given(held, name, gift) if held.entry.id in gift.entries else held for held in kept]
    return kept


def _given(held: EntryInForce, decision: str, gift: UnitGrant) -> EntryInForce:
    """The same fire units and rounds, with a new owner and placed by its rule.

    The entry keeps its id, and with it the luck of its units.
    """
    entry = held.entry
    total = float(sum((entry.at or {}).values()))
    count = entry.count or Quantity(value=total, kind=entry.kind, sources=entry.sources, note=entry.note)
    changes = {"owner": gift.to, "count": count, "spread": gift.spread, "at": None, "group": None}
    return EntryInForce(entry.model_copy(update=changes), decision)
