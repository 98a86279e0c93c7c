"""What is asked: which unit, whose, where it could stand, in which raids.

A unit that is given comes with a decision, as in any scenario: an entry of the laydown with an owner, rounds and a place.
So whoever may not shoot there may not shoot with it either, doctrine says what it leaves to others, and one that comes
too late or without rounds stands idle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from skypact.quantity import Quantity
from skypact.reading import Problem, Problems, suggest
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Policy
from skypact.study.setup import Study

MOST_UNITS = 100
PREFIX = "one-more-"
ASKED = "asked"
NOWHERE = "nowhere"
"""Where a unit stands that has no place yet."""
NOTE = "One more, to see what it would change; nobody has decided it."

Stand = tuple[tuple[str, int], ...]
"""How many stand at which places, in the order of the places' names."""


@dataclass(frozen=True)
class Asked:
    """A question that can be played.

    Attributes
    ----------
    studies
        A study of each raid, by the scenario's id; its baseline is the policy in force.
    units
        What one unit is made of: entries of the laydown that have no place yet; more than one stand together.
    owner
        Whose it becomes.
    places
        Where it could stand, by name, sorted.
    count, most
        How many there are, and how many may stand at one place.
    left_out
        Places of one raid that another has not.
    """

    studies: Mapping[str, Study] = field(repr=False)
    units: tuple[LaydownEntry, ...]
    owner: str
    places: tuple[str, ...]
    count: int
    most: int
    left_out: tuple[str, ...]

    @property
    def singles(self) -> tuple[Stand, ...]:
        """Every place with one, then with two, up to as many as may stand there."""
        deep = range(1, min(self.most, self.count) + 1)
        return tuple(((place, number),) for number in deep for place in self.places)

    @property
    def entries(self) -> frozenset[str]:
        """The ids of the entries that are added."""
        return frozenset(one.id for one in self.units)


def ask(
    scenarios: Sequence[tuple[str, Scenario]],
    system: Sequence[str],
    count: int = 1,
    at: Sequence[str] | None = None,
    *,
    most: int = 1,
    policy: str | None = None,
    owner: str | None = None,
    ready: int | None = None,
    reserve: int | None = None,
) -> Asked:
    """Settle what is asked.

    Parameters
    ----------
    scenarios
        Each raid: how it was asked for, and the scenario.
    system
        Systems of the catalogue, or entries of a laydown (also of a decision) to be copied; several are one unit.
    count, most
        How many there are, and how many may stand at one place.
    at
        Places or assets; None: the places of all assets that every raid has.
    policy
        What is in force; None: each scenario's baseline.
    owner
        Whose it becomes; None: the defended actor's.
    ready, reserve
        Rounds of a unit; None: as the entry or the catalogue says.

    Raises
    ------
    Problems
        With everything that is wrong.
    """
    problems = list(_numbers(count, most, ready, reserve))
    if not scenarios or not system:
        what = "no raid is named" if not scenarios else "no system is named"
        raise Problems([*problems, Problem("place", 0, 0, "", what, "name one at least")])
    studies: dict[str, Study] = {}
    usable = True
    for name, scenario in scenarios:
        try:
            study = Study.of(scenario, None if policy is None else (policy,), True, asked=name)
        except Problems as wrong:
            problems += [replace(one, file=name) for one in wrong.problems]
            usable = False
            continue
        if scenario.incident is not None:
            problems.append(Problem(name, 0, 0, "", "an incident, and no raid", "a scenario with waves"))
        if scenario.id in studies:
            problems.append(Problem(name, 0, 0, "id", f"{scenario.id} is named twice", "name each raid once"))
        studies[scenario.id] = study
    if not usable:
        raise Problems(problems)
    whose = owner or _defended(next(iter(studies.values())).scenario, problems)
    problems += [
        Problem(study.asked, 0, 0, "owner", f"no actor {whose}", suggest(whose, study.scenario.actors))
        for study in studies.values()
        if whose and whose not in study.scenario.actors
    ]
    units = tuple(_units(dict.fromkeys(system), studies, whose, ready, reserve, problems))
    places, left_out = _places(studies, at, units, problems)
    if problems:
        raise Problems(problems)
    return Asked(studies, units, whose, tuple(sorted(places)), count, most, left_out)


def with_units(
    study: Study, units: Iterable[LaydownEntry], stands: Sequence[Stand]
) -> tuple[Study, tuple[str, ...]]:
    """The study with a policy for each stand: what is in force, and a decision that gives the units.

    Returns
    -------
    tuple
        The study, its baseline first, and the policies' names in the order of the stands.
    """
    scenario, usual = study.scenario, study.scenario.policies[study.baseline]
    decisions, policies = dict(scenario.decisions), dict(scenario.policies)
    names = []
    for stand in stands:
        name = f"{PREFIX}{' '.join(f'{place}:{number}' for place, number in stand)}"
        at = dict(stand)
        given = tuple(one.model_copy(update={"at": at}) for one in units)
        decisions[name] = Decision(
            actor=given[0].owner,
            date=scenario.date,
            status="hypothetical",
            title=NOTE,
            sources=(ASKED,),
            laydown=given,
        )
        policies[name] = Policy(title=name, summary=NOTE, decisions=(*usual.decisions, name))
        names.append(name)
    changed = scenario.model_copy(update={"decisions": decisions, "policies": policies})
    return replace(study, scenario=changed, policies=(study.baseline, *names)), tuple(names)


def stand_of(at: Mapping[str, int]) -> Stand:
    """A stand of numbers by place."""
    return tuple(sorted((place, number) for place, number in at.items() if number))


def _numbers(count: int, most: int, ready: int | None, reserve: int | None) -> Iterator[Problem]:
    for name, value, least, top in (
        ("count", count, 1, MOST_UNITS),
        ("most", most, 1, MOST_UNITS),
        ("ready", ready, 0, 1_000_000),
        ("reserve", reserve, 0, 1_000_000),
    ):
        if value is not None and not (type(value) is int and least <= value <= top):
            right = f"a whole number from {least} to {top:,}"
            yield Problem(name, 0, 0, "", f"{value!r} is no such number", right)


def _defended(scenario: Scenario, problems: list[Problem]) -> str:
    """Who is defended, as the landscape or the actors' roles say."""
    if scenario.landscape is not None:
        return scenario.landscape.defended
    found = [name for name, actor in scenario.actors.items() if actor.role == "defender"]
    if len(found) == 1:
        return found[0]
    right = f"name one: {', '.join(found or scenario.actors)}"
    problems.append(Problem("owner", 0, 0, "", "who is to have it is not plain", right))
    return ""


def _units(
    names: Iterable[str],
    studies: Mapping[str, Study],
    owner: str,
    ready: int | None,
    reserve: int | None,
    problems: list[Problem],
) -> Iterator[LaydownEntry]:
    templates: dict[str, LaydownEntry] = {}
    for study in studies.values():
        acts: tuple[Scenario | Decision, ...] = (study.scenario, *study.scenario.decisions.values())
        for entry in (entry for act in acts for entry in act.laydown):
            templates.setdefault(entry.id, entry)
    for name in names:
        lacking = [study for study in studies.values() if name not in study.catalog.effectors]
        if name in templates:
            entry = templates[name]
            lacking = [study for study in studies.values() if entry.system not in study.catalog.effectors]
            group = entry.group if entry.owner == owner else None
            changes = {"owner": owner, "group": group, "count": None, "spread": None}
            entry = entry.model_copy(update={**changes, "id": f"{PREFIX}{name}"})
        elif len(lacking) == len(studies):
            known = {*templates, *(one for study in studies.values() for one in study.catalog.effectors)}
            right = suggest(name, known, "skypact catalog, and the laydown of the scenario")
            problems.append(
                Problem("system", 0, 0, name, "no system that shoots, and no entry of a laydown", right)
            )
            continue
        else:
            entry = LaydownEntry(
                id=f"{PREFIX}{name}"[:60],
                owner=owner,
                system=name,
                at={NOWHERE: 1},
                kind="notional",
                note=NOTE,
            )
        problems += [
            Problem(one.asked, 0, 0, "catalog", f"has no system {entry.system}", "bring it under catalog")
            for one in lacking
        ]
        rounds = {
            field: Quantity(value=float(number), kind="notional", note=NOTE)
            for field, number in (("ready", ready), ("reserve", reserve))
            if number is not None
        }
        yield entry.model_copy(update=rounds)


def _places(
    studies: Mapping[str, Study],
    at: Sequence[str] | None,
    units: Sequence[LaydownEntry],
    problems: list[Problem],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    scenarios = {one.asked: one.scenario for one in studies.values()}
    if at is None:
        own = [dict.fromkeys(asset.place for asset in one.assets.values()) for one in scenarios.values()]
        found = [name for name in own[0] if all(name in other for other in own)]
        left_out = tuple(dict.fromkeys(name for one in own for name in one if name not in found))
        if not found:
            problems.append(
                Problem("at", 0, 0, "", "these raids have no place in common", "name raids of one country")
            )
    else:
        found, left_out = [], ()
        for name in dict.fromkeys(at):
            here = {raid: _place(name, scenario) for raid, scenario in scenarios.items()}
            for raid, place in here.items():
                if place is None:
                    known = suggest(name, {*scenarios[raid].places, *scenarios[raid].assets})
                    problems.append(Problem(raid, 0, 0, "at", f"no place {name}", known))
            found += [place for place in here.values() if place is not None][:1]
        found = list(dict.fromkeys(found))
        if not at:
            problems.append(Problem("at", 0, 0, "", "no place is named", "name one at least"))
    grounded = any(
        study.catalog.effectors[one.system].basing == "ground"
        for study in studies.values()
        for one in units
        if one.system in study.catalog.effectors
    )
    first = next(iter(scenarios.values()))
    for name in found:
        points = {
            (one.places[name].lat, one.places[name].lon) for one in scenarios.values() if name in one.places
        }
        if len(points) > 1:
            problems.append(
                Problem("at", 0, 0, name, "lies elsewhere in another raid", "give it a name of its own")
            )
        if name in first.places and first.places[name].kind == "sea" and grounded:
            problems.append(
                Problem(
                    "at", 0, 0, name, "a sea area, and the unit stands on the ground", "a city or a region"
                )
            )
    return tuple(found), left_out


def _place(name: str, scenario: Scenario) -> str | None:
    if name in scenario.places:
        return name
    return scenario.assets[name].place if name in scenario.assets else None
