"""Doctrine: how units use what they have, who coordinates with whom, how many shoot at one threat at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skypact.catalog.model import Basing, ThreatClass
from skypact.policy.draw import Draw
from skypact.policy.force import InForce
from skypact.policy.permission import Assets
from skypact.policy.sharing import picture
from skypact.policy.situation import FireUnit
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.rules import DOCTRINE_SAYS, Doctrine
from skypact.scenario.scope import Subject, fits

ByGroup = dict[ThreatClass, int | Mapping[str, int]]


def doctrine(force: InForce, subject: Subject) -> tuple[Doctrine, dict[str, str]]:
    """The doctrine entries that apply, laid over each other field by field; and whose each field is."""
    if subject not in force.said:
        force.said[subject] = _laid_over(force, subject)
    found: tuple[Doctrine, dict[str, str]] = force.said[subject]
    return found


def _laid_over(force: InForce, subject: Subject) -> tuple[Doctrine, dict[str, str]]:
    merged: dict[str, object] = dict.fromkeys(DOCTRINE_SAYS)
    said_by: dict[str, str] = {}
    for entry in force.doctrine:
        if not fits(entry, subject):
            continue
        given = {field: getattr(entry, field) for field in DOCTRINE_SAYS if getattr(entry, field) is not None}
        merged |= given
        said_by |= dict.fromkeys(given, entry.id)
    return Doctrine.model_construct(id="", **merged), said_by  # type: ignore[arg-type]


def group_of(force: InForce, entry: LaydownEntry, basing: Basing) -> str:
    """The C2 group of an entry's units: those who share one engagement picture.

    An entry's own `group` counts before all.  Otherwise it is the picture in which its assets fight, and
    within it the part that doctrine names: ``ukr``, ``ukr-fighters``.
    """
    if entry.group:
        return entry.group
    assets = Assets(entry.owner, entry.system, basing)
    part = doctrine(force, assets.against())[0].group
    shared = picture(force, assets)
    return f"{shared}-{part}" if part else shared


def concurrencies(
    force: InForce, units: Sequence[FireUnit], classes: Sequence[ThreatClass], draw: Draw
) -> tuple[ByGroup, ByGroup]:
    """How many engagements of one threat a group may have under way at once, and how many when late.

    Where units of one group differ the least holds.  A class is left out of the first where it is 1 for every
    group, and of the second where that is no more than the first.
    """
    usual: ByGroup = {}
    late: ByGroup = {}
    hard = {
        unit.entry: unit for unit in units if unit.kind == "hard"
    }  # one unit of an entry is like the other
    for threat_class in classes:
        here: dict[str, int] = {}
        then: dict[str, int] = {}
        for unit in hard.values():
            if threat_class not in unit.engages:
                continue
            subject = Assets(unit.owner, unit.system, unit.basing).against(threat_class)
            said, by = doctrine(force, subject)
            at_once = 1
            if said.concurrency is not None:
                name = f"doctrine.{by['concurrency']}.concurrency"
                at_once = max(1, round(draw(name, said.concurrency)))
            when_late = at_once
            if said.concurrency_late is not None:
                name = f"doctrine.{by['concurrency_late']}.concurrency_late"
                when_late = max(at_once, round(draw(name, said.concurrency_late)))
            here[unit.group] = min(at_once, here.get(unit.group, at_once))
            then[unit.group] = min(when_late, then.get(unit.group, when_late))
        if any(number != 1 for number in here.values()):
            usual[threat_class] = _short(here)
        if here != then:
            late[threat_class] = _short(then)
    return usual, late


def _short(by_group: Mapping[str, int]) -> int | Mapping[str, int]:
    """One number where all groups have the same."""
    numbers = set(by_group.values())
    return numbers.pop() if len(numbers) == 1 else dict(by_group)
