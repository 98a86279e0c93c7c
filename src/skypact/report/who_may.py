"""Who may intercept over whose territory, in words: those of whom the same is said stand together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from skypact.formatting import capital, class_name, day_words, listed, ordered, percent, within
from skypact.report.material import Material, Record

Rules = tuple[tuple[str, str | None], ...]
"""Rules with the decisions that they came with; None: a standing rule."""
ALL = 0.995
"""A share from here on is written as the whole."""


@dataclass(frozen=True)
class Word:
    """That these may, or may not, intercept these classes over a share of each of these territories, by these rules."""

    over: tuple[str, ...]
    may: bool
    owners: tuple[str, ...]
    classes: tuple[str, ...]
    share: float
    rules: Rules


def words(material: Material, policy: str) -> tuple[Word, ...]:
    """What is said under a policy, the defended country first, permissions first; who is not named may not, as nothing allows it."""
    records: list[Record] = material.permissions.get(policy, [])
    actors, grounds = list(material.scenario.actors), list(dict.fromkeys(one["over"] for one in records))
    classes: dict[tuple[Any, ...], list[str]] = {}
    for over, may, share, rules, owner, against in _each(records):
        classes.setdefault((over, may, share, rules, owner), []).append(against)
    owners: dict[tuple[Any, ...], list[str]] = {}
    for (over, may, share, rules, owner), those in classes.items():
        owners.setdefault((over, may, share, rules, tuple(ordered(those, material.classes))), []).append(
            owner
        )
    territories: dict[tuple[Any, ...], list[str]] = {}
    for (over, may, share, rules, those), who in owners.items():
        # The defended country stands alone: it is what people ask about.
        alone = over if over in material.defended else ""
        key = (may, share, rules, those, tuple(ordered(who, actors)), alone)
        territories.setdefault(key, []).append(over)
    found = [
        Word(tuple(where), may, who, those, share, rules)
        for (may, share, rules, those, who, _), where in territories.items()
    ]
    return tuple(sorted(found, key=lambda one: (grounds.index(one.over[0]), not one.may, one.owners)))


def _each(records: list[Record]) -> Iterator[tuple[str, bool, float, Rules, str, str]]:
    """Territory, word, share, rules, owner and class of each word."""
    for one in records:
        for may, said in ((True, one["allowed_by"]), (False, one["forbidden_by"])):
            if said:
                share = one["share"] if may else sum(rule["share"] for rule in said)
                rules = tuple((rule["rule"], rule["decision"]) for rule in said)
                yield one["over"], may, round(share, 2), rules, one["owner"], one["class"]


def against(material: Material, one: Word) -> str:
    """The classes of a word, in words."""
    return "anything" if one.classes == tuple(material.classes) else listed(map(class_name, one.classes))


def by_whom(material: Material, one: Word) -> Iterator[str]:
    """The rules of a word with who decided them, when, and whether it was."""
    for rule, decision in one.rules:
        act = material.scenario.decisions.get(decision or "")
        if act is None:
            yield material.names.rule(rule)
        else:
            who = within(material.actor(act.actor))
            yield f"“{act.title}” ({who}, {day_words(act.date)}, {act.status})"


def said(material: Material) -> tuple[str, ...]:
    """Who may intercept over the defended country under each policy, a sentence or two each; nothing where nobody else has units."""
    if not any(material.permissions.get(name) for name in material.policies):
        return ()
    return tuple(_said(material, name, over) for name in material.policies for over in material.defended)


def _said(material: Material, policy: str, over: str) -> str:
    land, under = material.actors((over,)), capital(f"under “{material.title(policy)}”")
    if not any(one["over"] == over for one in material.permissions.get(policy, ())):
        return f"{under}, nobody but {land} has units that could intercept."
    found = [one for one in words(material, policy) if over in one.over]
    allowed, forbidden = ([one for one in found if one.may is may] for may in (True, False))
    no = list(dict.fromkeys(by for one in forbidden for by in by_whom(material, one)))
    forbids = f"{listed(no)} {'forbids' if len(no) == 1 else 'forbid'}"
    if not allowed:
        why = f"{forbids} it" if no else "nothing allows it"
        return f"{under}, nobody but {land} may intercept over {land}: {why}."
    parts = [_allowed(material, one, land) for one in allowed]
    rest = f"More than that {forbids}." if no else "Nothing allows more."
    return f"{under}, {'; '.join(parts)}. {rest}"


def _allowed(material: Material, one: Word, land: str) -> str:
    by = list(by_whom(material, one))
    where = f"over {land}" if one.share >= ALL else f"over {percent(one.share)} % of {land}"
    what = f"{material.actors(one.owners)} may intercept {against(material, one)} {where}"
    return f"{what}: {listed(by)} {'allows' if len(by) == 1 else 'allow'} it"
