"""Rules, areas and names in words."""

from __future__ import annotations

from dataclasses import dataclass

from skypact.catalog.model import Catalog
from skypact.formatting import brief, capital, class_names, listed, within
from skypact.policy.describe_aid import aid_words, handing_words
from skypact.scenario.actions import ACTIONS
from skypact.scenario.forces import LaydownEntry, SensorEntry
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Area, Decision, Distance, Doctrine, Rule

BASING = {"ground": "ground units", "air": "aircraft", "ship": "ships"}


@dataclass(frozen=True)
class Names:
    """What things are called, for people."""

    scenario: Scenario
    catalog: Catalog

    def actor(self, name: str) -> str:
        """The name of an actor, as it stands alone."""
        found = self.scenario.actors.get(name)
        return found.name if found else name

    def actors(self, names: tuple[str, ...], last: str = "and") -> str:
        """The names of actors, as a list in a sentence."""
        return listed((within(self.actor(name)) for name in names), last)

    def system(self, name: str) -> str:
        """The name of a system of any kind."""
        catalog = self.catalog
        for part in (catalog.effectors, catalog.sensors, catalog.threats, catalog.families):
            if name in part:
                return str(part[name].name)
        return name

    def area(self, name: str) -> str:
        """The name of a territory, a region, a place or a place that is defended."""
        scenario = self.scenario
        for part in (scenario.actors, scenario.regions, scenario.places):
            if name in part:
                return str(part[name].name)
        asset = scenario.assets.get(name)
        return self.area(asset.place) if asset is not None and asset.place != name else name

    def units(self, entry_id: str) -> str:
        """The system and the owner of an entry of the laydown, or of what a holding becomes."""
        scenario = self.scenario
        acts: tuple[Scenario | Decision, ...] = (scenario, *scenario.decisions.values())
        entries: list[LaydownEntry | SensorEntry] = []
        for act in acts:
            entries += [*act.laydown, *act.sensors]
        for entry in entries:
            if entry.id == entry_id:
                return f"{self.system(entry.system)} of {self.actors((entry.owner,))}"
        for order in (order for act in acts for order in act.stationing):
            if order.id == entry_id:
                return f"{self.system(order.system)} of {self.actors((order.holder,))}"
        return entry_id

    def rule(self, rule_id: str) -> str:
        """The decision with which a rule comes, or whose standing rule it is."""
        for decision in self.scenario.decisions.values():
            if any(rule.id == rule_id for rule in decision.adds):
                return f"“{decision.title}”"
        found = next((rule for rule in self.scenario.rules if rule.id == rule_id), None)
        return f"the standing rule of {self.actors(found.holder)}" if found else rule_id


def rule_words(names: Names, rule: Rule) -> str:
    """One sentence for a rule, as its action has it (`skypact.scenario.actions`)."""
    terms = ACTIONS[rule.action]
    said = (terms.may if rule.allows else terms.may_not).format(
        who=names.actors(rule.holder),
        assets=_assets(names, rule),
        against=class_names(rule.classes) if rule.allows or rule.classes is not None else "anything",
        others=names.actors(rule.to),
        **handing_words(names, rule),
    )
    if rule.stand is not None:
        said += f", from {area_words(names, rule.stand)}"
    if rule.over is not None:
        said += f", where {terms.aim} lies " + listed((area_words(names, area) for area in rule.over), "or")
    if rule.allows and not rule.needs_consent:
        said += "; consent of the country below is not asked for"
    if rule.since or rule.until:
        ends = [f"from {rule.since}" if rule.since else "", f"until {rule.until}" if rule.until else ""]
        said += f" ({' '.join(filter(None, ends))})"
    if rule.condition:
        said += f". Condition: {rule.condition.rstrip('.')}"
    return f"{capital(said)}."


def area_words(names: Names, area: Area) -> str:
    """An area in words."""
    parts = []
    if area.inside is not None:
        parts.append("inside " + listed(map(names.area, area.inside), "or"))
    parts += [_distance(names, "within", distance) for distance in area.within]
    parts += [_distance(names, "at least", distance) for distance in area.beyond]
    if area.outside:
        parts.append("outside " + listed(map(names.area, area.outside)))
    return ", ".join(parts) or "anywhere"


def decision_words(names: Names, decision: Decision) -> list[str]:
    """What a decision changes, a sentence each."""
    said = [rule_words(names, rule) for rule in decision.adds]
    if decision.lifts:
        said.append(f"Lifts {listed(dict.fromkeys(map(names.rule, decision.lifts)))}.")
    entries: list[LaydownEntry | SensorEntry] = [*decision.laydown, *decision.sensors]
    for entry in entries:
        number = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
        where = ""
        if entry.at is not None:
            places = [f"{names.area(place)} ({count})" for place, count in entry.at.items()]
            where = f", at {listed(places)}"
        said.append(
            f"Brings {names.system(entry.system)} of {names.actors((entry.owner,))}: "
            f"{brief(number)} {'unit' if number == 1 else 'units'}{where}."
        )
    if decision.withdraws:
        said.append(f"Withdraws {listed(map(names.units, decision.withdraws))}.")
    for gift in decision.gives:
        days = gift.training_days
        span = "" if days.low is None else f" ({brief(days.low)} to {brief(days.high)})"
        said.append(
            f"Gives {listed(map(names.units, gift.entries))} to {names.actors((gift.to,))}, placed by its rule; "
            f"training takes {brief(days.value)} days{span}."
        )
    if decision.doctrine:
        holders = dict.fromkeys(holders_words(names, entry) for entry in decision.doctrine)
        said.append(f"Changes the doctrine of {listed(holders)}.")
    said += aid_words(names, decision)
    return said or ["Changes nothing by itself."]


def holders_words(names: Names, entry: Doctrine) -> str:
    """To whom an entry of doctrine applies."""
    parts = []
    if entry.owners is not None:
        parts.append(names.actors(entry.owners))
    if entry.systems is not None:
        parts.append(listed(map(names.system, entry.systems)))
    if entry.basing is not None:
        parts.append(listed(BASING[basing] for basing in entry.basing))
    return ": ".join(parts) or "all units"


def _assets(names: Names, rule: Rule) -> str:
    if rule.systems is not None:
        return f" ({listed(map(names.system, rule.systems))})"
    if rule.basing is not None:
        return f" ({listed(BASING[basing] for basing in rule.basing)})"
    return ""


def _distance(names: Names, words: str, distance: Distance) -> str:
    km = distance.km
    span = "" if km.low is None else f" (range {brief(km.low)} to {brief(km.high)})"
    last, of = ("or", "of") if words == "within" else ("and", "from")
    return f"{words} {brief(km.value)} km{span} {of} " + listed(map(names.area, distance.of), last)
