"""Rules about transfers, and what decisions change in aid, in words."""

from __future__ import annotations

from typing import Protocol

from skypact.formatting import brief, capital, listed
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Rule


class Called(Protocol):
    """What names actors and knows the scenario."""

    @property
    def scenario(self) -> Scenario: ...

    def actor(self, name: str) -> str: ...

    def actors(self, names: tuple[str, ...], last: str = "and") -> str: ...


def handing_words(names: Called, rule: Rule) -> dict[str, str]:
    """The parts of a sentence about what is handed over, by their names in `skypact.scenario.actions`."""
    items = listed(rule.categories) + " items" if rule.categories else "items"
    if rule.items:
        items = listed((item_name(names, item) for item in rule.items), "or")
    channels = [channel.replace("-", " ") for channel in rule.channels or ()]
    return {
        "items": items,
        "to": f" to {names.actors(rule.to)}" if rule.to else "",
        "by": f" by {listed(channels, 'or')}" if channels else "",
        "away": ", kept away from the line of contact" if rule.where == "away" else "",
        "donors": names.actors(rule.donors) if rule.donors else "others",
    }


def item_name(names: Called, item: str) -> str:
    """What an item is called."""
    found = names.scenario.items.get(item)
    return found.name if found else item


def aid_words(names: Called, decision: Decision) -> list[str]:
    """What a decision changes in transfers, stationing and responses, a sentence each."""
    said = [
        f"{capital(names.actors((t.donor,)))} hands {brief(t.quantity.value)} of {item_name(names, t.item)} to"
        f" {names.actors((t.recipient,))} by {t.channel.replace('-', ' ')}."
        for t in decision.transfers
    ]
    if decision.cancels:
        said.append(f"Cancels {listed(decision.cancels)}.")
    for order in decision.stationing:
        where = "near the line" if order.forward else "away from the line"
        said.append(f"Stations {item_name(names, order.item)} of {names.actors((order.holder,))} {where}.")
    incident = names.scenario.incident
    for step in decision.steps:
        said.append(f"Takes the step: {incident.ladder[step].title if incident else step}.")
    return said
