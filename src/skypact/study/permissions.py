"""Who may intercept over whose territory under a policy, and by whose decision.

What is said, not what can be reached: beside the results it answers a question that no number of arrivals does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.catalog.model import ThreatClass
from skypact.geometry.atlas import Atlas
from skypact.geometry.permission import polygons
from skypact.geometry.words import Part, words_over
from skypact.policy.force import InForce, in_force
from skypact.policy.permission import Assets, agreement
from skypact.policy.situation import Because, Clause, FireUnit
from skypact.scenario.rules import Area
from skypact.study.ready import Ready
from skypact.study.results import Document
from skypact.study.setup import CompiledPolicy, Study

DIGITS = 4
"""Decimals of a share: borders are known no better."""
LEAST_KM2 = 200.0
"""Less than that comes from borders that do not quite meet."""
SLIVER_KM2 = 1.0
"""What is smaller adds nothing to a share."""
Reason = Because | None


@dataclass
class Alike:
    """Units of an owner to which the same rules say the same about a class; one of them stands for all."""

    example: FireUnit
    ways: dict[tuple[object, ...], tuple[Part, ...]] = field(default_factory=dict)
    systems: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def permissions(study: Study, made: Ready) -> list[Document]:
    """Whether units may intercept over a territory that is not their owner's.

    Territories are those of the defended, and of every other actor but the attackers over whose land what comes flies; shares are
    of what of them lies on the map.

    Returns
    -------
    list of dict
        For each ``owner`` of fire units, ``class`` of threat and actor ``over`` whose territory, and for its units apart where rules tell them
        apart (``systems``, and ``places`` where one system is treated in several ways; null: all alike): the ``share`` of the
        territory over which they may intercept, from 0 to 1; ``allowed_by`` the rules that allow it; ``forbidden_by`` those that forbid it elsewhere, each
        with the decision that it came with (null: a standing rule) and its own share, which do not overlap; ``overruled`` the
        share that would be allowed without them; ``unsaid`` the share over which no rule lets them, which is a *no*; and ``consent``
        whether the country below agrees, by which rule, and which permissions fail for want of it (null: none needs it).
    """
    found: list[Document] = made.keep("permissions", lambda: list(_permissions(study, made.compiled)))
    return found


def _permissions(study: Study, compiled: CompiledPolicy) -> Iterator[Document]:
    actors = study.scenario.actors
    units = [one for one in compiled.situation.units if one.engages and actors[one.owner].role != "attacker"]
    force = in_force(study.scenario, compiled.policy)
    for over in _flown_over(study, compiled):
        land = study.atlas.named(over)
        groups: dict[tuple[str, ThreatClass], dict[tuple[object, ...], Alike]] = {}
        for unit in units:
            if unit.owner == over:
                continue
            for against, engagement in unit.engages.items():
                parts = words_over(study.atlas, unit, engagement, over)
                told = groups.setdefault((unit.owner, against), {}).setdefault(_rules_of(parts), Alike(unit))
                told.ways[tuple(id(one.shape) for one in parts)] = parts
                told.systems.add(unit.system)
                told.places.add(unit.place)
        shares: dict[tuple[object, ...], Document] = {}  # classes of which the same is said share them
        for (owner, against), alike in sorted(groups.items()):
            for said, one in alike.items():
                key = (said, *one.ways)
                if key not in shares:
                    shares[key] = _shares(list(one.ways.values()), land.area)
                yield {
                    "owner": owner,
                    "class": against,
                    "over": over,
                    **_apart(one, list(alike.values())),
                    **shares[key],
                    "consent": _consent(study, force, one, against, over),
                }


def _rules_of(parts: Sequence[Part]) -> tuple[object, ...]:
    """What is said, whatever the share."""
    words = {
        (one.allowed, _because(one.by), _because(one.overruled))
        for one in parts
        if one.shape.area >= LEAST_KM2
    }
    return tuple(sorted(words, key=repr))


def _because(clause: Clause | None) -> Reason:
    return None if clause is None else clause.because


def _apart(one: Alike, every: Sequence[Alike]) -> Document:
    """How these units differ from others of their owner: by system, and where that does not tell, by place."""
    if len(every) == 1:
        return {"systems": None, "places": None}
    others = [other for other in every if other is not one]
    mixed = any(one.systems & other.systems for other in others)
    return {"systems": sorted(one.systems), "places": sorted(one.places) if mixed else None}


def _shares(ways: Sequence[tuple[Part, ...]], land_km2: float) -> Document:
    """How much of a territory is allowed, and by whom; the rest by whom it is not.

    The parts of one way lie side by side.  Those of several may overlap: what any allows is allowed, and each place counts once.
    """
    shapes: dict[tuple[bool, Reason], list[BaseGeometry]] = {}
    overruled: list[BaseGeometry] = []
    for one in (one for parts in ways for one in parts):
        shapes.setdefault((one.allowed, _because(one.by)), []).append(one.shape)
        if one.overruled is not None:
            overruled.append(one.shape)
    rules: Mapping[bool, list[Document]] = {True: [], False: []}
    taken: list[BaseGeometry] = []
    words = [word for word in shapes if word[1] is not None]
    for may, because in sorted(words, key=lambda word: (not word[0], word[1].rule if word[1] else "")):
        km2 = _area(shapes[may, because], taken, several=len(ways) > 1)
        taken += shapes[may, because]
        if because is not None and km2 >= LEAST_KM2:
            rules[may].append(
                {
                    "rule": because.rule,
                    "decision": because.decision or None,
                    "share": round(km2 / land_km2, DIGITS),
                }
            )
    for said in rules.values():
        said.sort(key=lambda rule: (-rule["share"], rule["rule"]))
    share, refused = (round(sum(rule["share"] for rule in rules[may]), DIGITS) for may in (True, False))
    free = [shape for (may, _), found in shapes.items() if may for shape in found]
    without = _area(overruled, free, several=len(ways) > 1)
    return {
        "share": share,
        "allowed_by": rules[True],
        "forbidden_by": rules[False],
        "overruled": round(without / land_km2, DIGITS) if without >= LEAST_KM2 else 0.0,
        "unsaid": round(max(0.0, 1.0 - share - refused), DIGITS),
    }


def _area(shapes: Sequence[BaseGeometry], taken: Sequence[BaseGeometry], several: bool) -> float:
    """The area of shapes without what is taken already, in km²."""
    if not several:
        return float(sum(one.area for one in shapes))
    whole = _united(shapes)
    return float(whole.difference(_united(taken)).area if taken else whole.area)


def _united(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Shapes as one, each once: many ways have the very same parts."""
    found = {id(one): one for one in shapes if one.area >= SLIVER_KM2}
    return polygons(shapely.union_all(list(found.values())))


def _consent(study: Study, force: InForce, one: Alike, against: ThreatClass, over: str) -> Document | None:
    """Whether the country below agrees, where a permission needs that."""
    unit = one.example
    asked = [
        clause
        for clause in unit.engages[against].clauses
        if clause.rule is not None
        and clause.allow
        and clause.airspace is not None
        and _concerns(study.atlas, clause, over)
    ]
    if not asked:
        return None
    found = agreement(force, Assets(unit.owner, unit.system, unit.basing), against, over)
    why = None if found.decided_by is None else found.decided_by.because
    return {
        "given": found.allowed,
        "rule": None if why is None else why.rule,
        "decision": None if why is None else why.decision or None,
        "without": []
        if found.allowed
        else [{"rule": clause.because.rule, "decision": clause.because.decision or None} for clause in asked],
    }


def _concerns(atlas: Atlas, clause: Clause, over: str) -> bool:
    """Whether a permission would reach over a territory if the country below agreed."""
    if clause.over is None:
        return True

    def reaches(area: Area) -> bool:
        return bool(atlas.shape(area).intersection(atlas.named(over)).area >= LEAST_KM2)

    return any(atlas.keep(("concerns", area, over), partial(reaches, area)) for area in clause.over)


def _flown_over(study: Study, compiled: CompiledPolicy) -> tuple[str, ...]:
    """The actors over whose territory what comes flies, those that are defended first."""
    atlas, actors, flights = study.atlas, study.scenario.actors, compiled.opportunities.flights
    defended = study.scenario.defended
    names = tuple(name for name, actor in actors.items() if actor.role != "attacker")

    def make() -> tuple[str, ...]:
        plane = atlas.project(
            np.concatenate([one.lat for one in flights]), np.concatenate([one.lon for one in flights])
        )
        found = []
        for name in names:
            land = atlas.named(name)
            shapely.prepare(land)
            if name in defended or shapely.intersects_xy(land, plane[:, 0], plane[:, 1]).any():
                found.append(name)
        return tuple(sorted(found, key=lambda name: name not in defended))

    if not flights:
        return ()
    found: tuple[str, ...] = atlas.keep(("flown over", names, defended, compiled.situation.paths), make)
    return tuple(name for name in found if not atlas.named(name).is_empty)
