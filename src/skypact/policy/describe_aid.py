"""Rules about transfers and strikes, and what decisions change in aid, in words."""

from __future__ import annotations

from typing import Protocol

from skypact.formatting import brief, listed
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Rule

AID = ("transfer", "re-export")


class Called(Protocol):
    """What names actors and knows the scenario."""

    @property
    def scenario(self) -> Scenario: ...

    def actor(self, name: str) -> str: ...

    def actors(self, names: tuple[str, ...], last: str = "and") -> str: ...


def transfer_words(names: Called, rule: Rule) -> str:
    """What a rule about transfers says, without its dates and its condition."""
    may = "may" if rule.effect == "may" else "may not"
    what = listed(rule.categories) + " items" if rule.categories else "items"
    if rule.items:
        what = listed((item_name(names, item) for item in rule.items), "or")
    to = f" to {names.actors(rule.to)}" if rule.to else ""
    by = (
        f" by {listed((channel.replace('-', ' ') for channel in rule.channels), 'or')}"
        if rule.channels
        else ""
    )
    away = ", kept away from the line of contact" if rule.where == "away" else ""
    if rule.action == "re-export":
        whom = names.actors(rule.donors) if rule.donors else "others"
        lets = "consents that" if may == "may" else "does not consent that"
        return f"{names.actors(rule.holder)} {lets} {whom} hand on {what}{to}{by}{away}"
    return f"{names.actors(rule.holder)} {may} hand over {what}{to}{by}{away}"


def item_name(names: Called, item: str) -> str:
    """What an item is called."""
    found = names.scenario.items.get(item)
    return found.name if found else item


def aid_words(names: Called, decision: Decision) -> list[str]:
    """What a decision changes in transfers, stationing and responses, a sentence each."""
    said = [
        f"{names.actor(t.donor)} hands {brief(t.quantity.value)} of {item_name(names, t.item)} to"
        f" {names.actor(t.recipient)} by {t.channel.replace('-', ' ')}."
        for t in decision.transfers
    ]
    if decision.cancels:
        said.append(f"Cancels {listed(decision.cancels)}.")
    for order in decision.stationing:
        where = "near the line" if order.forward else "away from the line"
        said.append(f"Stations {item_name(names, order.item)} of {names.actor(order.holder)} {where}.")
    incident = names.scenario.incident
    for step in decision.steps:
        said.append(f"Takes the step: {incident.ladder[step].title if incident else step}.")
    return said
