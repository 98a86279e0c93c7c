"""Who may engage what, from where, over where; who sees whose tracks; who fights in one picture.

Rules are data (`skypact.scenario.rules`).  This module is the one place that evaluates them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skypact.catalog.model import Basing, ThreatClass
from skypact.policy.force import InForce, RuleInForce
from skypact.policy.situation import Because, Clause
from skypact.scenario.rules import Action, Area


@dataclass(frozen=True)
class Assets:
    """What a rule looks at: whose they are, which system and what it stands on."""

    owner: str
    system: str
    basing: Basing


def rules_for(force: InForce, action: Action, assets: Assets | None = None) -> Iterator[RuleInForce]:
    """The rules about an action (and, if given, about these assets), in the order in which they apply."""
    for held in force.rules:
        rule = held.rule
        if rule.action != action:
            continue
        if assets is not None and not (
            assets.owner in rule.holder
            and (rule.systems is None or assets.system in rule.systems)
            and (rule.basing is None or assets.basing in rule.basing)
        ):
            continue
        yield held


def because(held: RuleInForce, holder: str) -> Because:
    """Why a rule holds, for whoever asks."""
    rule = held.rule
    return Because(rule.id, holder, held.since, held.decision, rule.sources, rule.condition)


def own_territory(owner: str) -> Clause:
    """Every actor may always defend its own territory from its own territory, over it and over the sea."""
    said = "every actor may defend its own territory from its own territory"
    return Clause(
        "", True, Area(inside=(owner,)), None, (owner,), Because("own-territory", owner, "", "", (), said)
    )


def clauses(force: InForce, assets: Assets, threat_class: ThreatClass) -> tuple[Clause, ...]:
    """The layers of permission for these assets against a class, in the order in which they apply.

    A later decision of an actor beats its own earlier one; a prohibition beats the permissions of other
    actors; nothing takes away the right to defend one's own territory (see `Clause`).  A rule of the
    scenario without a decision is its holder's own.

    Parameters
    ----------
    force
        What is in force (`skypact.policy.force.in_force`).
    assets
        Whose, which system, on what it stands.
    threat_class
        The class of the threat.
    """
    found = []
    for held in rules_for(force, "engage", assets):
        rule = held.rule
        if rule.classes is not None and threat_class not in rule.classes:
            continue
        allow = rule.effect == "may"
        airspace = None
        if allow and rule.needs_consent:
            airspace = (assets.owner, *consenting(force, assets, threat_class))
        found.append(
            Clause(
                held.actor or assets.owner,
                allow,
                rule.stand,
                rule.over,
                airspace,
                because(held, assets.owner),
            )
        )
    return (*found, own_territory(assets.owner))


def consenting(force: InForce, assets: Assets, threat_class: ThreatClass) -> tuple[str, ...]:
    """The actors that let these assets engage this class over their territory, sorted."""
    consent: dict[str, bool] = {}
    for held in rules_for(force, "consent"):
        rule = held.rule
        concerned = (
            assets.owner in rule.to
            and (rule.classes is None or threat_class in rule.classes)
            and (rule.systems is None or assets.system in rule.systems)
            and (rule.basing is None or assets.basing in rule.basing)
        )
        if concerned:
            consent |= dict.fromkeys(rule.holder, rule.effect == "may")
    return tuple(sorted(actor for actor, given in consent.items() if given))


def picture(force: InForce, assets: Assets) -> str:
    """The engagement picture in which these assets fight: their owner's, or one that they joined."""
    home = assets.owner
    for held in rules_for(force, "share-picture", assets):
        if held.rule.effect == "may":
            home = held.rule.to[0]
        elif home in held.rule.to:
            home = assets.owner
    return home.lower()


def seen_by(force: InForce, owners: frozenset[str], actors: tuple[str, ...]) -> tuple[str, ...]:
    """Whose sensors a group of these owners sees through: their own and those shared with them."""
    shared = dict.fromkeys(owners, True)
    for held in rules_for(force, "share-track"):
        if owners & set(held.rule.to):
            given = held.rule.effect == "may"
            shared |= {holder: given for holder in held.rule.holder if holder not in owners}
    return tuple(actor for actor in actors if shared.get(actor))
