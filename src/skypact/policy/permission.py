"""The one resolver of permission: may this holder do this action, and which rules say so.

Rules are data (`skypact.scenario.rules`), and so is what an action is (`skypact.scenario.actions`).  Shots are
also a matter of places: `clauses` gives what geometry needs, and `skypact.policy.precedence` says which of
several words holds, at a point and over an area alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from skypact.catalog.model import Basing, ThreatClass
from skypact.policy.force import InForce, RuleInForce
from skypact.policy.precedence import deciding
from skypact.policy.situation import Because, Clause
from skypact.scenario.actions import ACTIONS, Action, shot_at
from skypact.scenario.rules import Area
from skypact.scenario.scope import Subject

OWN_TERRITORY = "own-territory"
"""In the place of a rule: the standing right that every actor has."""


@dataclass(frozen=True)
class Assets:
    """What shoots: whose it is, which system and what it stands on."""

    owner: str
    system: str
    basing: Basing

    def against(self, threat_class: ThreatClass | None = None) -> Subject:
        """A shot of these assets at a class, as rules look at it."""
        return Subject(self.owner, system=self.system, basing=self.basing, threat_class=threat_class)


@dataclass(frozen=True)
class Resolution:
    """Whether it is allowed, and why.

    Attributes
    ----------
    decided_by
        The clause that decides; None where none covers the question.
    clauses
        Every clause that covers it, in order.
    """

    allowed: bool
    decided_by: Clause | None
    clauses: tuple[Clause, ...]


def resolve(
    force: InForce, action: Action, subject: Subject, covers: Callable[[Clause], bool] | None = None
) -> Resolution:
    """Whether an action is allowed.

    Parameters
    ----------
    force
        What is in force (`skypact.policy.force.in_force`).
    action, subject
        What is asked, of whom, about what.
    covers
        For shots: whether a clause covers the places of shooter and intercept; None: wherever they may lie.
    """
    found = clauses(force, action, subject)
    covering = tuple(clause for clause in found if covers is None or covers(clause))
    decided_by = deciding(covering)
    allowed = ACTIONS[action].unsaid if decided_by is None else decided_by.allow
    return Resolution(allowed, decided_by, covering)


def clauses(force: InForce, action: Action, subject: Subject) -> tuple[Clause, ...]:
    """What is said about an action, in the order in which it applies (see `Clause`).

    A permission to shoot ends where the country below must consent and does not.
    """
    terms = ACTIONS[action]
    found = []
    for held in force.rules:
        rule = held.rule
        if rule.action != action or not rule.covers(subject):
            continue
        airspace = None
        if rule.allows and rule.needs_consent and terms.consent and "needs_consent" in terms.fields:
            airspace = (subject.holder, *consenting(force, action, subject))
        found.append(clause_of(held, subject.holder, airspace))
    return (*found, own_territory(subject.holder)) if terms.own_territory else tuple(found)


def clause_of(held: RuleInForce, holder: str, airspace: tuple[str, ...] | None = None) -> Clause:
    """A rule as what is said about an actor; one without a decision is its holder's own word."""
    rule = held.rule
    why = Because(rule.id, holder, held.since, held.decision, rule.sources, rule.condition)
    by = held.actor or (holder if holder in rule.holder else rule.holder[0])
    return Clause(by, rule.allows, rule.stand, rule.over, airspace, why, rule)


@cache
def own_territory(owner: str) -> Clause:
    """Every actor may always defend its own territory from its own territory, over it and over the sea."""
    said = "every actor may defend its own territory from its own territory"
    return Clause(
        "", True, Area(inside=(owner,)), None, (owner,), Because(OWN_TERRITORY, owner, "", "", (), said)
    )


def consenting(force: InForce, action: Action, subject: Subject) -> tuple[str, ...]:
    """The actors that agree to an action of others over their territory, sorted."""
    needed = ACTIONS[action].consent
    if needed is None:
        return ()
    actors = {actor for held in force.rules if held.rule.action == needed for actor in held.rule.holder}
    return tuple(
        actor for actor in sorted(actors) if resolve(force, needed, _agreement(subject, actor)).allowed
    )


def agreement(force: InForce, assets: Assets, threat_class: ThreatClass, actor: str) -> Resolution:
    """Whether an actor agrees that these assets shoot at a class over its territory, and why."""
    action = shot_at(threat_class)
    needed = ACTIONS[action].consent
    if needed is None:
        return Resolution(True, None, ())
    return resolve(force, needed, _agreement(assets.against(threat_class), actor))


def _agreement(subject: Subject, actor: str) -> Subject:
    """The question whether an actor agrees to what the subject does."""
    return replace(subject, holder=actor, others=frozenset({subject.holder}))


def bearing(force: InForce, assets: Assets, threat_class: ThreatClass) -> tuple[Clause, ...]:
    """Every rule about a shot of these assets at a class, then about consent to it, in order, each once."""
    action, subject = shot_at(threat_class), assets.against(threat_class)
    needed = ACTIONS[action].consent
    agreed = [
        clause_of(held, actors[0])
        for held in force.rules
        if held.rule.action == needed
        and (actors := [one for one in held.rule.holder if held.rule.covers(_agreement(subject, one))])
    ]
    return tuple(c for c in (*clauses(force, action, subject), *agreed) if c.rule is not None)
