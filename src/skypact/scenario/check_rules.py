"""Checks of permission: dates, rules that say something, decisions that have an effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from skypact.formatting import listed
from skypact.reading import Problem, Steps, walk
from skypact.reading.schema import is_model
from skypact.scenario.actions import ACTIONS
from skypact.scenario.dates import days
from skypact.scenario.forces import Actor
from skypact.scenario.model import Scenario
from skypact.scenario.partial import PartialScenario
from skypact.scenario.rules import DOCTRINE_SAYS, Area, Distance, Doctrine, Rule

_NARROWING: dict[type[BaseModel], tuple[str, ...]] = {
    Rule: ("classes", "systems", "basing", "over", "channels", "categories", "items", "donors"),
    Doctrine: ("owners", "systems", "basing", "classes"),
    Area: ("inside",),
}
_CALLED = {"to": "other actor", "stand": "place", "over": "place"}


def check_rules(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of rules, doctrine and dates."""
    yield from _dates(partial)
    yield from _empty_lists(partial)
    yield from _areas(partial)
    for path, rule in partial.each(Rule):
        yield from _action(partial, path, rule)
        yield from _duration(partial, path, rule)
    for path, doctrine in partial.each(Doctrine):
        if all(getattr(doctrine, name) is None for name in DOCTRINE_SAYS):
            yield partial.error(path, "this doctrine says nothing", f"give one of {', '.join(DOCTRINE_SAYS)}")


def _dates(partial: PartialScenario) -> Iterator[Problem]:
    for node in walk(Scenario, partial.document.data):
        if not (is_model(node.annotation) and isinstance(node.data, dict)):
            continue
        for name in ("date", "since", "until", "met", "agreed", "delivered"):
            text = node.data.get(name)
            if name not in node.annotation.model_fields or not isinstance(text, str):
                continue
            if text.replace("-", "").isdigit() and days(text) is None:
                yield partial.error((*node.path, name), f"there is no day {text}", "a day of the calendar")
    held, zero = str(partial.at("date")), partial.at("raid", "zero")
    span = days(held)
    if span and isinstance(zero, str):
        try:
            moment = date.fromisoformat(zero[:10])
        except ValueError:
            return
        if abs((moment - span[0]).days) > 1 and not span[0] <= moment <= span[1]:
            what = f"the raid's zero time is on another day than the scenario ({held})"
            yield partial.warning(("raid", "zero"), what, "the same day")


def _empty_lists(partial: PartialScenario) -> Iterator[Problem]:
    for model, names in _NARROWING.items():
        for path, part in partial.each(model):
            for name in names:
                if getattr(part, name) == ():
                    what = "an empty list fits nothing"
                    yield partial.error((*path, name), what, "name something, or leave it out for all")


def _action(partial: PartialScenario, path: Steps, rule: Rule) -> Iterator[Problem]:
    """Fields that an action needs or has no use for, as `skypact.scenario.actions` has it."""
    terms = ACTIONS[rule.action]
    for name in sorted({field for each in ACTIONS.values() for field in each.fields} - set(terms.fields)):
        if getattr(rule, name) != Rule.model_fields[name].default:
            having = [action for action, each in ACTIONS.items() if name in each.fields]
            what = f"{rule.action} has no {_CALLED.get(name, name)}"
            yield partial.error((*path, name), what, f"remove {name}; it is for {listed(having)}")
    if terms.needs_other and not rule.to:
        yield partial.error(path, f"{rule.action} without another actor", "add to: [actor]")
    if terms.needs_other and len(rule.holder) == 1 and rule.holder[0] in rule.to:
        index = rule.to.index(rule.holder[0])
        yield partial.error((*path, "to", index), f"{rule.holder[0]} is the holder itself", "another actor")
    yield from _conditions(partial, path, rule)


def _conditions(partial: PartialScenario, path: Steps, rule: Rule) -> Iterator[Problem]:
    """Conditions that are met, or never can be."""
    if rule.before_delivery and not rule.condition:
        what = "a condition must be met first, but none is given"
        yield partial.error((*path, "before_delivery"), what, "add condition: in words")
    if rule.met is not None and not rule.before_delivery:
        what = "a condition of use is kept or not, it is never met once and for all"
        yield partial.error((*path, "met"), what, "add before_delivery: true, or remove met")
    if rule.effect == "may-not" and rule.where == "away":
        yield partial.error(
            (*path, "where"), "nothing is handed over that could be near or away", "remove where"
        )


def _areas(partial: PartialScenario) -> Iterator[Problem]:
    """Areas without an extent: an intercept inside a point, or an actor that has no territory."""
    landless = {
        name
        for name, actor in partial.named(Actor).items()
        if not actor.territory and (actor.territory is not None or len(name) != 3)
    }
    for path, area in partial.each(Area):
        for index, name in enumerate(area.inside or ()):
            here = (*path, "inside", index)
            if name in landless:
                yield partial.error(here, f"{name} has no territory", "an actor with one, or a region")
            elif name in partial.places and "over" in path:
                what = f"{name} is a point, and no intercept lies inside a point"
                yield partial.error(here, what, f"within: [{{of: [{name}], km: ...}}]")
    for path, distance in partial.each(Distance):
        for index, name in enumerate(distance.of):
            if name in landless:
                yield partial.error(
                    (*path, "of", index), f"{name} has no territory", "an actor with one, or a region"
                )


def _duration(partial: PartialScenario, path: Steps, rule: Rule) -> Iterator[Problem]:
    decided = partial.at(*path[:2], "date") if path[0] == "decisions" else None
    since = days(rule.since or (decided if isinstance(decided, str) else "") or "")
    until = days(rule.until or "")
    raid = days(str(partial.at("date")))
    if since and until and since[0] > until[1]:
        begins = f"since {rule.since}" if rule.since else f"decided {decided}"
        what = f"the rule ends ({rule.until}) before it begins ({begins})"
        yield partial.error((*path, "until"), what, "a later date")
    elif until and raid and until[1] < raid[0] and not ACTIONS[rule.action].of_items:
        what = f"the rule ended {rule.until}, before the day of the raid"
        yield partial.warning((*path, "until"), what, "it has no effect here")
    elif rule.since and since and raid and since[0] > raid[1] and not ACTIONS[rule.action].of_items:
        what = f"the rule begins {rule.since}, after the day of the raid"
        yield partial.warning((*path, "since"), what, "it has no effect here")
