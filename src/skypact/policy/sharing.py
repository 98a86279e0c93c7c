"""Who sees whose tracks, and who fights in one engagement picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from skypact.policy.force import InForce
from skypact.policy.permission import Assets, clause_of, resolve
from skypact.policy.precedence import deciding
from skypact.scenario.rules import Rule
from skypact.scenario.scope import Subject


def seen_by(force: InForce, owners: frozenset[str], actors: Iterable[str]) -> tuple[str, ...]:
    """Whose sensors a group of these owners sees through: their own and those shared with them."""
    return tuple(
        actor
        for actor in actors
        if actor in owners or resolve(force, "share-track", Subject(actor, others=owners)).allowed
    )


def picture(force: InForce, assets: Assets) -> str:
    """The engagement picture in which these assets fight: their owner's, or one that they joined.

    A permission that names one other brings the holder's assets into that actor's picture.  One that names
    several makes a picture of its own, named after them, of the holder's assets and of all that they have.
    Where several pictures are open, the one that was allowed last counts.
    """
    chosen = (-1, assets.owner.lower())
    rules = [held for held in force.rules if held.rule.action == "share-picture"]
    for others in {frozenset(held.rule.to) for held in rules if held.rule.allows}:
        opening = [held.rule for held in rules if held.rule.allows and frozenset(held.rule.to) == others]
        about = [
            (number, clause_of(held, assets.owner))
            for number, held in enumerate(rules)
            if _about(held.rule, assets, others, opening)
        ]
        decided = deciding([clause for _, clause in about])
        if decided is not None and decided.allow:
            number = next(number for number, clause in about if clause is decided)
            chosen = max(chosen, (number, "+".join(sorted(actor.lower() for actor in others))))
    return chosen[1]


def _about(rule: Rule, assets: Assets, others: frozenset[str], opening: list[Rule]) -> bool:
    """Whether a rule bears on these assets in the picture that the opening rules make with others."""
    shot = assets.against()
    several = len(others) > 1
    if rule.allows:
        return rule in opening and (
            rule.covers(replace(shot, others=others)) or (several and assets.owner in others)
        )
    partners = others.union(*(each.holder for each in opening)) if several else others
    return rule.covers(replace(shot, others=partners))
