"""Who may intercept over whose territory, in words: those of whom the same is said stand together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from skypact.formatting import capital, class_name, day_words, listed, ordered, percent, within
from skypact.policy.permission import OWN_TERRITORY
from skypact.report.material import Material, Record

Rules = tuple[tuple[str, str | None], ...]
"""Rules with the decisions that they came with; None: a standing rule."""
ALL = 0.995
"""A share from here on is written as the whole."""
MOST_NAMED = 2
"""More places are counted."""
DECIDED = {
    "taken": "{who}, {day}",
    "requested": "asked of {who}, {day}",
    "proposed": "proposed {day}, for {who} to decide",
    "hypothetical": "our hypothesis, for {who} to decide",
}
"""What became of a decision."""


@dataclass(frozen=True)
class Word:
    """That these may, or may not, intercept these classes over a share of each of these territories.

    Attributes
    ----------
    may
        Whether they may.
    rules
        By which rules; where they may not and there are none, no rule lets them.
    overruled
        Whether a permission would hold without a prohibition.
    consent
        The rule by which the country below agrees or refuses (None: it needs not agree); () where it says nothing.
    without
        The permissions that fail for want of its consent.
    """

    over: tuple[str, ...]
    may: bool
    who: tuple[str, ...]
    classes: tuple[str, ...]
    share: float
    rules: Rules
    overruled: bool = False
    consent: Rules | None = None
    without: Rules = ()


def words(material: Material, policy: str) -> tuple[Word, ...]:
    """What is said under a policy, the defended country first, permissions before prohibitions and these before silence."""
    records: list[Record] = material.permissions.get(policy, [])
    grounds = list(dict.fromkeys(one["over"] for one in records))
    found = [word for one in records for word in _each(material, one)]
    found = _merged(found, "classes", lambda names: tuple(ordered(names, material.classes)))
    found = _merged(found, "who", lambda names: tuple(dict.fromkeys(names)))
    mine = [one for one in found if one.over[0] in material.defended]
    others = [one for one in found if one.over[0] not in material.defended]
    found = [*mine, *_merged(others, "over", lambda names: tuple(ordered(names, grounds)))]
    return tuple(sorted(found, key=lambda one: (grounds.index(one.over[0]), not one.may, not one.rules)))


def _each(material: Material, one: Record) -> Iterator[Word]:
    who = (_who(material, one),)
    consent = one["consent"]
    agreed = None if consent is None else _rules([consent] if consent["rule"] else [])
    word = Word((one["over"],), True, who, (one["class"],), round(one["share"], 3), (), consent=agreed)
    if one["allowed_by"]:
        yield replace(word, rules=_rules(one["allowed_by"]))
    forbidden = round(sum(rule["share"] for rule in one["forbidden_by"]), 3)
    if one["forbidden_by"]:
        overruled = one["overruled"] > 0
        yield replace(
            word,
            may=False,
            share=forbidden,
            rules=_rules(one["forbidden_by"]),
            overruled=overruled,
            consent=None,
        )
    without = () if consent is None else _rules(consent["without"])
    # Over other countries silence is the rule, and would fill pages.
    if not one["allowed_by"] and forbidden < ALL and (without or one["over"] in material.defended):
        yield replace(
            word,
            may=False,
            share=round(one["unsaid"], 3),
            without=without,
            consent=agreed if without else None,
        )


def _who(material: Material, one: Record) -> str:
    """The owner, or those of its units that are meant."""
    owner = material.actors((one["owner"],))
    if one["systems"] is None:
        return owner
    systems = listed(map(material.system, one["systems"]))
    places = one["places"] or ()
    if not places:
        return f"{systems} of {owner}"
    named = listed(map(material.area_name, places)) if len(places) <= MOST_NAMED else f"{len(places)} places"
    return f"{systems} of {owner} at {named}"


def _rules(found: Iterable[Record]) -> Rules:
    """Rules, of each decision the first."""
    by = {(one["decision"] or one["rule"]): (one["rule"], one["decision"]) for one in found}
    return tuple(by.values())


def _merged(found: list[Word], field: str, joined: Callable[[list[str]], tuple[str, ...]]) -> list[Word]:
    """Words that differ in one field only, as one."""
    groups: dict[Word, list[str]] = {}
    for one in found:
        rest: Any = {field: ()}
        groups.setdefault(replace(one, **rest), []).extend(getattr(one, field))
    changed: list[tuple[Word, Any]] = [(one, {field: joined(names)}) for one, names in groups.items()]
    return [replace(one, **change) for one, change in changed]


def against(material: Material, one: Word) -> str:
    """The classes of a word, in words."""
    every = len(one.classes) > 1 and one.classes == tuple(material.classes)
    return ("all that comes" if one.may else "anything") if every else listed(map(class_name, one.classes))


def by_whom(material: Material, rules: Rules) -> list[str]:
    """Rules with who decided them, when, and whether it was, and on what condition."""
    return list(dict.fromkeys(_by(material, *one) for one in rules))


def _by(material: Material, name: str, decision: str | None) -> str:
    act = material.scenario.decisions.get(decision or "")
    if act is not None:
        how = DECIDED[act.status].format(who=within(material.actor(act.actor)), day=day_words(act.date))
        said, rules = f"the decision “{act.title}” ({how}{{}})", act.adds
    elif name == OWN_TERRITORY:
        return "the right to defend one’s own territory"
    else:
        said, rules = f"{material.names.rule(name)}{{}}", material.scenario.rules
    rule = next((one for one in rules if one.id == name), None)
    condition = f"; condition: {rule.condition.rstrip('.')}" if rule and rule.condition else ""
    return said.replace("{}", condition if act else condition and f" ({condition[2:]})")


def about(material: Material, rules: Rules) -> bool:
    """Whether an area of a rule has a depth that is not known, so that a share of it is about so much."""
    names = {name for name, _ in rules}
    every = [
        *material.scenario.rules,
        *(rule for act in material.scenario.decisions.values() for rule in act.adds),
    ]
    areas = [
        area
        for rule in every
        if rule.id in names
        for area in (*(rule.over or ()), *((rule.stand,) if rule.stand else ()))
    ]
    return any(distance.km.low is not None for area in areas for distance in (*area.within, *area.beyond))


def posts(material: Material) -> tuple[str, ...]:
    """For each other policy with units of others: how many get anything to shoot at, and whose idea their places are."""
    return tuple(
        sentence
        for name in material.differences
        for sentence in [_posts(material, name, material.exposure.get(name, {}).get("allied_units") or {})]
        if sentence
    )


def _posts(material: Material, policy: str, units: Record) -> str:
    if not units.get("count"):
        return ""
    of = f"{units['with_window']} of {units['count']} fire units of others"
    said = f"Under “{material.title(policy)}”, {of} ever get anything to shoot at"
    if units["notional_place"] == units["count"]:
        said += "; where they stand or patrol is our assumption, no report"
    elif units["notional_place"]:
        said += f"; where {units['notional_place']} of them stand or patrol is our assumption, no report"
    return f"{said}."


def said(material: Material) -> tuple[str, ...]:
    """Who may intercept over the defended country under each policy, a sentence or two each; nothing where nobody else has units."""
    over = [
        one
        for one in material.defended
        if any(
            record["over"] == one
            for name in material.policies
            for record in material.permissions.get(name, ())
        )
    ]
    return tuple(_said(material, name, one) for name in material.policies for one in over)


def _said(material: Material, policy: str, over: str) -> str:
    land, under = material.actors((over,)), capital(f"under “{material.title(policy)}”")
    found = [one for one in words(material, policy) if over in one.over]
    if not found:
        return f"{under}, nobody but {land} has units that could intercept over {land}."
    allowed = [one for one in found if one.may]
    if allowed:
        parts = [_allowed(material, one, land) for one in allowed]
        rest = [_refused(material, one, land) for one in found if not one.may]
        return " ".join([f"{under}, {'; '.join(parts)}.", *(f"{capital(one)}." for one in rest)])
    nobody = f"{under}, nobody but {land} may intercept over {land}"
    (first, *more) = found
    same = all(
        (one.rules, one.overruled, one.without) == (first.rules, first.overruled, first.without)
        for one in more
    )
    if same and (not first.rules or min(one.share for one in found) >= ALL):
        return f"{nobody}: {_why(material, first, land, 'it')}."
    return f"{nobody}: {'; '.join(_refused(material, one, land) for one in found)}."


def _allowed(material: Material, one: Word, land: str) -> str:
    consent = f", with the consent of {land}" if one.consent else ""
    by = by_whom(material, one.rules)
    what = f"{listed(one.who)} may intercept {against(material, one)} {_where(material, one, land)}{consent}"
    return f"{what}: {listed(by)} {'allows' if len(by) == 1 else 'allow'} it"


def _where(material: Material, one: Word, land: str) -> str:
    if one.share >= ALL:
        return f"over {land}"
    return f"over {'about ' if about(material, one.rules) else ''}{percent(one.share)} % of {land}"


def _there(material: Material, one: Word, land: str) -> str:
    """Over which part it is not allowed; where no rule speaks, over the rest."""
    return _where(material, one, land) if one.rules else "there" if one.share >= ALL else "on the rest"


def _refused(material: Material, one: Word, land: str) -> str:
    what = f"{listed(one.who)} to intercept {against(material, one)} {_there(material, one, land)}"
    return _why(material, one, land, what)


def _why(material: Material, one: Word, land: str, what: str) -> str:
    """Why it is not allowed."""
    if one.rules:
        by = by_whom(material, one.rules)
        otherwise = "" if one.overruled else ", and no rule would allow it otherwise"
        return f"{listed(by)} {'forbids' if len(by) == 1 else 'forbid'} {what}{otherwise}"
    if one.without:
        by = by_whom(material, one.without)
        refuses = f": {listed(by_whom(material, one.consent))}" if one.consent else ""
        return f"{listed(by)} would allow {what}, but {land} does not consent{refuses}"
    return f"no rule allows {what}"
