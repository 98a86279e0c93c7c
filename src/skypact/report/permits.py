"""Rules and areas in words."""

from __future__ import annotations

from skypact.report.material import Material, class_names
from skypact.report.words import brief, listed
from skypact.scenario.forces import LaydownEntry, SensorEntry
from skypact.scenario.rules import Area, Decision, Distance, Rule

BASING = {"ground": "ground units", "air": "aircraft", "ship": "ships"}


def rule_words(material: Material, rule: Rule) -> str:
    """One sentence for a rule."""
    who = material.actors(rule.holder)
    with_what = _assets(material, rule)
    may = "may" if rule.effect == "may" else "may not"
    against = class_names(rule.classes)
    others = material.actors(rule.to)
    said = {
        "engage": f"{who}{with_what} {may} engage {against}",
        "share-track": f"{who} {may} share tracks with {others}",
        "share-picture": f"{who}{with_what} {may} fight in one engagement picture with {others}",
        "base": f"{who}{with_what} {may} stand on the territory of {others}",
        "consent": (
            f"{who} {'lets' if may == 'may' else 'does not let'} {others}{with_what} engage {against} "
            "over its territory"
        ),
    }[rule.action]
    if rule.stand is not None:
        said += f", from {area_words(material, rule.stand)}"
    if rule.over is not None:
        said += ", where the intercept lies " + listed((area_words(material, a) for a in rule.over), "or")
    if rule.action == "engage" and rule.effect == "may" and not rule.needs_consent:
        said += "; consent of the country below is not asked for"
    if rule.since or rule.until:
        ends = [f"from {rule.since}" if rule.since else "", f"until {rule.until}" if rule.until else ""]
        said += f" ({' '.join(filter(None, ends))})"
    if rule.condition:
        said += f". Condition: {rule.condition.rstrip('.')}"
    return said + "."


def area_words(material: Material, area: Area) -> str:
    """An area in words."""
    parts = []
    if area.inside is not None:
        parts.append("inside " + _named(material, area.inside, "or"))
    parts += [_distance(material, "within", distance) for distance in area.within]
    parts += [_distance(material, "at least", distance) for distance in area.beyond]
    if area.outside:
        parts.append("outside " + _named(material, area.outside, "and"))
    return ", ".join(parts) or "anywhere"


def decision_words(material: Material, decision: Decision) -> list[str]:
    """What a decision changes, a sentence each."""
    said = [rule_words(material, rule) for rule in decision.adds]
    if decision.lifts:
        said.append(f"Lifts the rule {listed(decision.lifts)}.")
    entries: list[LaydownEntry | SensorEntry] = [*decision.laydown, *decision.sensors]
    for entry in entries:
        number = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
        where = ""
        if entry.at is not None:
            names = [f"{material.area_name(place)} ({count})" for place, count in entry.at.items()]
            where = f", at {listed(names)}"
        said.append(
            f"Brings {material.system(entry.system)} of {material.actor(entry.owner)}: "
            f"{brief(number)} units{where}."
        )
    if decision.withdraws:
        said.append(f"Withdraws {listed(decision.withdraws)}.")
    for gift in decision.gives:
        days = gift.training_days
        span = "" if days.low is None else f" ({brief(days.low)} to {brief(days.high)})"
        said.append(
            f"Gives {listed(gift.entries)} to {material.actor(gift.to)}, placed by its rule; "
            f"training takes {brief(days.value)} days{span}."
        )
    if decision.doctrine:
        said.append(f"Changes doctrine: {listed(entry.id for entry in decision.doctrine)}.")
    return said or ["Changes nothing by itself."]


def _assets(material: Material, rule: Rule) -> str:
    if rule.systems is not None:
        return f" ({listed(map(material.system, rule.systems))})"
    if rule.basing is not None:
        return f" ({listed(BASING[basing] for basing in rule.basing)})"
    return ""


def _named(material: Material, names: tuple[str, ...], last: str) -> str:
    return listed(map(material.area_name, names), last)


def _distance(material: Material, words: str, distance: Distance) -> str:
    km = distance.km
    span = "" if km.low is None else f" (range {brief(km.low)} to {brief(km.high)})"
    last = "or" if words == "within" else "and"
    return f"{words} {brief(km.value)} km{span} {'of' if words == 'within' else 'from'} " + _named(
        material, distance.of, last
    )
