"""Who may engage what, from where, over where; who sees whose tracks; who may hand what to whom.

Rules are data (`skypact.scenario.rules`).  This module is the one place that evaluates them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from skypact.catalog.model import Basing, ThreatClass
from skypact.policy.force import InForce, RuleInForce
from skypact.policy.situation import Because, Clause
from skypact.scenario.aid import Category, Channel
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Action, Area

STRUCK: frozenset[ThreatClass] = frozenset({"artillery"})
"""Classes that are struck beyond a line and not intercepted: nobody has a right to that without a rule."""


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
    scenario without a decision is its holder's own.  The right is one to intercept: for a class that is
    struck on the ground the rules about ``strike`` decide alone.

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
    struck = threat_class in STRUCK
    for held in rules_for(force, "strike" if struck else "engage", assets):
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
    return tuple(found) if struck else (*found, own_territory(assets.owner))


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


# ------------------------------------------------------------------------------------- transfers

Status = Literal["allowed", "conditional", "blocked"]


@dataclass(frozen=True)
class TransferQuery:
    """A question: may this donor hand this item to this recipient by this channel?"""

    donor: str
    recipient: str
    item: str
    channel: Channel


@dataclass(frozen=True)
class Ruling:
    """The answer, and why.

    Attributes
    ----------
    status
        ``allowed``, ``conditional`` or ``blocked``.
    because
        What decides it: every prohibition of a blocked one, else every condition, else every permission.
        Empty where no rule is about it.
    waits
        Nothing may arrive: it is blocked, or a condition must be met first.
    away
        The items must stay away from the line of contact.
    """

    status: Status
    because: tuple[Because, ...]
    waits: bool
    away: bool


def accounts(scenario: Scenario) -> dict[str, frozenset[str]]:
    """The versions of contested facts that hold together: "" for the first of each fact.

    Under the name of any other version that version takes the place of the first of its fact.
    """
    first: dict[str, str] = {}
    for name, version in scenario.versions.items():
        first.setdefault(version.fact, name)
    chosen = frozenset(first.values())
    others = {name: version.fact for name, version in scenario.versions.items() if name not in chosen}
    return {"": chosen, **{name: chosen - {first[fact]} | {name} for name, fact in others.items()}}


def category_of(
    scenario: Scenario, item: str, actor: str, day: date, versions: frozenset[str]
) -> tuple[Category, Because | None]:
    """How an actor classes an item on a day, and where that is said if it is a view of its own."""
    held = [
        view
        for view in scenario.items[item].views
        if view.by == actor and first_day(view.since) <= day and (view.version or "") in versions | {""}
    ]
    if not held:
        return scenario.items[item].category, None
    last = max(held, key=lambda view: view.since)
    said = f"{actor} classes it as {last.category}"
    return last.category, Because("category", actor, last.since, "", last.sources, said)


def may_transfer(
    scenario: Scenario, force: InForce, ask: TransferQuery, day: date, versions: frozenset[str] | None = None
) -> Ruling:
    """Whether a transfer is allowed on a day.

    For each actor that has a say the latest rule about it decides; on one day a prohibition beats a
    permission, and a prohibition that another actor's decision laid on it stays until that actor lifts it.
    The donor has a say; in a purchase through an agency, every member; in a re-export also
    those whose consent it needs, and these must have given it.  One prohibition blocks.

    Parameters
    ----------
    scenario
        Items, members, and which versions there are.
    force
        What is in force on the day (`skypact.policy.force.in_force` with that day).
    versions
        The accounts of contested facts to follow; the first of each by default.
    """
    versions = accounts(scenario)[""] if versions is None else versions
    no, conditions, yes = [], [], []
    waits = away = False
    for actor, action in _deciders(scenario, ask):
        category, view = category_of(scenario, ask.item, actor, day, versions)
        held = _deciding(force, action, actor, ask, category, versions)
        if held is None:
            if action == "re-export":
                said = "a re-export needs its consent, and none is on record"
                no.append(Because("consent", actor, "", "", scenario.items[ask.item].sources, said))
            continue
        reasons = [because(held, actor)]
        if view is not None and held.rule.categories is not None:
            reasons.append(view)
        rule = held.rule
        met = rule.before_delivery and rule.met is not None and first_day(rule.met) <= day
        if rule.effect == "may-not":
            no += reasons
        elif rule.condition and not met:
            conditions += reasons
            waits |= rule.before_delivery
        else:
            yes += reasons
        away |= rule.effect == "may" and rule.where == "away"
    if no:
        return Ruling("blocked", tuple(no), True, away)
    if conditions:
        return Ruling("conditional", tuple(conditions), waits, away)
    return Ruling("allowed", tuple(yes), False, away)


def _deciders(scenario: Scenario, ask: TransferQuery) -> Iterator[tuple[str, Action]]:
    """Who has a say in a transfer, and in which role."""
    yield ask.donor, "transfer"
    if ask.channel == "agency":
        for member in scenario.actors[ask.donor].members:
            yield member, "transfer"
    if ask.channel == "re-export":
        for actor in scenario.items[ask.item].consenting:
            if actor != ask.donor:
                yield actor, "re-export"


def _deciding(
    force: InForce,
    action: Action,
    actor: str,
    ask: TransferQuery,
    category: Category,
    versions: frozenset[str],
) -> RuleInForce | None:
    """The rule on an actor that decides: the last about the transfer, or another actor's prohibition.

    As for intercepts, a decision beats earlier ones of whoever took it and never a prohibition of others.
    """
    last: dict[str, RuleInForce] = {}
    for held in rules_for(force, action):
        rule = held.rule
        if (
            actor in rule.holder
            and (rule.version is None or rule.version in versions)
            and (not rule.to or ask.recipient in rule.to)
            and (rule.channels is None or ask.channel in rule.channels)
            and (rule.categories is None or category in rule.categories)
            and (rule.items is None or ask.item in rule.items)
            and (rule.donors is None or ask.donor in rule.donors)
        ):
            by = held.actor or actor
            last.pop(by, None)
            last[by] = held
    found = list(last.values())
    forbidding = [held for held in found if held.rule.effect == "may-not"]
    return next(reversed(forbidding or found), None)
