"""Checks of decisions and policies: each act finds what it changes, and no two contradict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from skypact.formatting import listed
from skypact.reading import Problem, Steps
from skypact.scenario.actions import ACTIONS
from skypact.scenario.dates import days, may_be_one_day
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.partial import PartialScenario
from skypact.scenario.rules import Area, Decision, Rule


def check_decisions(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of decisions and policies."""
    used = {name for policy in partial.policies.values() for name in policy.decisions}
    for name in partial.decisions:
        if name not in used:
            what = "no policy has this decision"
            yield partial.warning(("decisions", name), what, "name it in a policy or remove it", key=True)
    yield from _without_effect(partial)
    yield from _on_one_day(partial)
    yield from _contradictions(partial)
    yield from _crossed_pictures(partial)
    yield from _after_the_raid(partial)
    yield from _never_taken(partial)


@dataclass
class _State:
    """What is there while the decisions of a policy are laid over the scenario, one by one."""

    rules: dict[str, Rule]
    entries: set[str]
    effective: set[Steps] = field(default_factory=set)

    def apply(self, name: str, decision: Decision) -> None:
        here: Steps = ("decisions", name)
        for index, rule in enumerate(decision.lifts):
            if self.rules.pop(rule, None) is not None:
                self.effective.add((*here, "lifts", index))
        self.rules |= {rule.id: rule for rule in decision.adds}
        for index, entry in enumerate(decision.withdraws):
            if entry in self.entries:
                self.entries.remove(entry)
                self.effective.add((*here, "withdraws", index))
        self.entries |= {entry.id for entry in decision.laydown}
        for number, gift in enumerate(decision.gives):
            for index, entry in enumerate(gift.entries):
                if entry in self.entries:
                    self.effective.add((*here, "gives", number, "entries", index))


def _after(partial: PartialScenario, policy: str) -> _State:
    """The state after all decisions of a policy, by date and then by name."""
    top_rules = {rule.id: rule for path, rule in partial.each(Rule) if path[0] == "rules"}
    state = _State(
        top_rules, {entry.id for path, entry in partial.each(LaydownEntry) if path[0] == "laydown"}
    )
    dated = [
        (span[0], name, partial.decisions[name])
        for name in partial.policies[policy].decisions
        if name in partial.decisions and (span := days(partial.decisions[name].date))
    ]
    for _, name, decision in sorted(dated, key=lambda item: item[:2]):
        state.apply(name, decision)
    return state


def _acts(name: str, decision: Decision) -> Iterator[tuple[Steps, str, str, str]]:
    """Each change to something that is there already: path, verb, kind, name."""
    here: Steps = ("decisions", name)
    for index, rule in enumerate(decision.lifts):
        yield (*here, "lifts", index), "lifts", "rule", rule
    for index, entry in enumerate(decision.withdraws):
        yield (*here, "withdraws", index), "withdraws", "entry", entry
    for number, gift in enumerate(decision.gives):
        for index, entry in enumerate(gift.entries):
            yield (*here, "gives", number, "entries", index), "gives", "entry", entry


def _without_effect(partial: PartialScenario) -> Iterator[Problem]:
    """A decision that lifts, withdraws or gives what is not there under any policy that has it."""
    defined = {"rule": {name for _, name in partial.ids("rules", "adds")}}
    defined["entry"] = {name for _, name in partial.ids("laydown", "laydown")}
    effective: set[Steps] = set()
    for policy in partial.policies:
        effective |= _after(partial, policy).effective
    used = {name for policy in partial.policies.values() for name in policy.decisions}
    for name in sorted(used & set(partial.decisions)):
        for path, verb, kind, target in _acts(name, partial.decisions[name]):
            if path not in effective and target in defined[kind]:
                what = f"{name} {verb} the {kind} {target!r}, but no policy that has {name} has it by then"
                yield partial.error(path, what, "an earlier decision of the same policy must bring it")


def _on_one_day(partial: PartialScenario) -> Iterator[Problem]:
    """Two decisions of one policy that may be of one day and touch the same thing: which came first?"""
    reported: set[tuple[str, str]] = set()
    for policy in partial.policies.values():
        names = [name for name in policy.decisions if name in partial.decisions]
        for one, other in combinations(sorted(names), 2):
            first, second = partial.decisions[one], partial.decisions[other]
            if not may_be_one_day(first.date, second.date) or (one, other) in reported:
                continue
            for here, name, there in ((first, other, second), (second, one, first)):
                brings = {("rule", rule.id) for rule in here.adds}
                brings |= {("entry", entry.id) for entry in here.laydown}
                brings |= {(kind, target) for _, _, kind, target in _acts("", here)}
                for path, verb, kind, target in _acts(name, there):
                    if (kind, target) in brings and (one, other) not in reported:
                        reported.add((one, other))
                        partner = one if name == other else other
                        what = f"{partner} touches the {kind} {target!r} on the same day: which comes first?"
                        yield partial.error(
                            path, what, f"give dates that say whether it {verb} it before or after"
                        )


def _contradictions(partial: PartialScenario) -> Iterator[Problem]:
    """Rules of one holder and scope that may be of one day: one permits what the other forbids."""
    places = {rule.id: path for path, rule in partial.each(Rule)}
    reported: set[tuple[str, str]] = set()
    for policy in partial.policies:
        rules = sorted(_after(partial, policy).rules.values(), key=lambda rule: places[rule.id])
        for one, other in combinations(rules, 2):
            if one.effect == other.effect or _scope(one) != _scope(other) or (one.id, other.id) in reported:
                continue
            shared = sorted(set(one.holder) & set(other.holder))
            begins = (_begins(partial, places[rule.id], rule) for rule in (one, other))
            if shared and may_be_one_day(*begins):
                reported.add((one.id, other.id))
                what = (
                    f"rules {one.id!r} ({one.effect}) and {other.id!r} ({other.effect}) contradict each other"
                )
                right = (
                    f"for {', '.join(shared)}, same day and scope; the other: {partial.line(places[one.id])}"
                )
                yield partial.error((*places[other.id], "effect"), what, right)


def _crossed_pictures(partial: PartialScenario) -> Iterator[Problem]:
    """Two actors of which each joins the picture of the other: they swap, and fight in two all the same."""
    places = {rule.id: path for path, rule in partial.each(Rule)}
    reported: set[tuple[str, str]] = set()
    for policy in partial.policies:
        rules = [rule for rule in _after(partial, policy).rules.values() if _joins_one_picture(rule)]
        for one, other in combinations(sorted(rules, key=lambda rule: places[rule.id]), 2):
            crossed = one.to[0] in other.holder and other.to[0] in one.holder and one.to != other.to
            if crossed and (one.id, other.id) not in reported:
                reported.add((one.id, other.id))
                what = (
                    f"{other.to[0]} joins the picture of {one.to[0]}, and {one.to[0]} that of {other.to[0]}"
                )
                right = f"one of the two rules; the other: {partial.line(places[one.id])}"
                yield partial.error((*places[other.id], "to"), what, right)


def _joins_one_picture(rule: Rule) -> bool:
    whole = rule.systems is None and rule.basing is None
    return rule.action == "share-picture" and rule.allows and whole and len(rule.to) == 1


def _after_the_raid(partial: PartialScenario) -> Iterator[Problem]:
    """An act that was taken after the day of the raid, in a policy that counts it as in force on the day.

    What it changes in aid counts from its own date, so that is not meant.
    """
    raid = days(str(partial.at("date")))
    of_raid = {rule.id for _, rule in partial.each(Rule) if not ACTIONS[rule.action].of_items}
    for name, decision in partial.decisions.items():
        date = days(decision.date)
        if decision.status != "taken" or not raid or not date or date[0] <= raid[1]:
            continue
        changes = of_raid & ({rule.id for rule in decision.adds} | set(decision.lifts))
        forces = (decision.laydown, decision.sensors, decision.withdraws, decision.gives, decision.stationing)
        using = [policy for policy, each in partial.policies.items() if name in each.decisions]
        if not using or not (changes or any(forces) or decision.doctrine or decision.steps):
            continue
        what = f"taken after the day of the raid, and counted as in force on it by {listed(using)}"
        if partial.at("reported_under") in using:
            right = f"another date, or take it out of {partial.at('reported_under')}, which is what happened"
            yield partial.error(("decisions", name, "date"), what, right)
        else:
            right = "another date, or status: hypothetical to ask what it would have changed"
            yield partial.warning(("decisions", name, "date"), what, right)


def _never_taken(partial: PartialScenario) -> Iterator[Problem]:
    """An act that did not take place, in the policy whose result stands beside what was reported."""
    under = partial.at("reported_under")
    policy = partial.policies.get(str(under))
    if policy is None or not partial.listed("observed"):
        return
    for index, name in enumerate(policy.decisions):
        decision = partial.decisions.get(name)
        if decision is not None and decision.status != "taken":
            what = f"{name} is {decision.status}, and reports of what happened are put beside {under}"
            right = "another policy for it, or another one in reported_under"
            yield partial.warning(("policies", str(under), "decisions", index), what, right)


def _begins(partial: PartialScenario, path: Steps, rule: Rule) -> str:
    if rule.since or path[0] == "rules":
        return rule.since or ""
    return str(partial.at(*path[:2], "date"))


def _scope(rule: Rule) -> tuple[object, ...]:
    def listed(names: tuple[str, ...] | None) -> frozenset[str] | None:
        return None if names is None else frozenset(names)

    over = None if rule.over is None else frozenset(_area(area) for area in rule.over)
    stand = None if rule.stand is None else _area(rule.stand)
    lists = (listed(rule.classes), listed(rule.systems), listed(rule.basing), frozenset(rule.to))
    aid = (listed(rule.channels), listed(rule.categories), listed(rule.items), listed(rule.donors))
    return (rule.action, *lists, stand, over, *aid, rule.version)


def _area(area: Area) -> tuple[object, ...]:
    inside = None if area.inside is None else frozenset(area.inside)
    distances = [
        frozenset((frozenset(distance.of), distance.km.value) for distance in group)
        for group in (area.within, area.beyond)
    ]
    return (inside, frozenset(area.outside), *distances)
