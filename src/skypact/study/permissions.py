"""Who may intercept over whose territory under a policy, and by whose decision.

What is said, not what can be reached: beside the results it answers a question that no number of arrivals does.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.words import Part, words_over
from skypact.policy.situation import Clause
from skypact.study.ready import Ready
from skypact.study.results import Document
from skypact.study.setup import CompiledPolicy, Study

DIGITS = 4
"""Decimals of a share: borders are known no better."""
LEAST = 0.005
"""Shares below this are slivers between borders that do not quite meet, and round to nothing."""


def permissions(study: Study, made: Ready) -> list[Document]:
    """Whether units may intercept over a territory that is not their owner's.

    Territories are those of the defenders, and of every other actor but the attackers over whose land what comes flies.

    Returns
    -------
    list of dict
        For each ``owner`` of fire units, ``class`` of threat and actor ``over`` whose territory: the ``share`` of the territory over
        which at least one of the owner's units may intercept, from 0 to 1; ``allowed_by`` the rules that allow it and ``forbidden_by`` those that forbid it
        where none may, each with the decision that it came with (null: a standing rule) and its own share; ``unsaid``
        the share about which nothing is said, which is a *no*.
    """
    found: list[Document] = made.keep("permissions", lambda: list(_permissions(study, made.compiled)))
    return found


def _permissions(study: Study, compiled: CompiledPolicy) -> Iterator[Document]:
    units = [unit for unit in compiled.situation.units if unit.engages]
    for over in _flown_over(study, compiled):
        land = study.atlas.named(over).area
        ways: dict[tuple[str, str], dict[tuple[object, ...], tuple[Part, ...]]] = {}
        for unit in units:
            if unit.owner == over:
                continue
            for threat_class, engagement in unit.engages.items():
                parts = words_over(study.atlas, unit, engagement, over)
                alike = tuple((one.by and one.by.because, one.allowed, id(one.shape)) for one in parts)
                ways.setdefault((unit.owner, threat_class), {})[alike] = parts
        for (owner, against), found in sorted(ways.items()):
            shares = _shares(list(found.values()), land)
            yield {"owner": owner, "class": against, "over": over, **shares}


def _shares(ways: list[tuple[Part, ...]], land: float) -> Document:
    """How much of a territory is allowed to units in one or several ways, and by whom; the rest by whom it is not."""
    by_word: dict[tuple[bool, Clause | None], list[BaseGeometry]] = {}
    for one in (one for parts in ways for one in parts):
        by_word.setdefault((one.allowed, one.by), []).append(one.shape)
    # The parts of one way lie side by side; those of several ways may overlap.
    several = len(ways) > 1
    shapes = {word: _joined(found) if several else _collected(found) for word, found in by_word.items()}
    large = {word: one for word, one in shapes.items() if one.area >= LEAST * land}
    allowed = [one for (free, _), one in large.items() if free]
    free = _joined(allowed) if several else _collected(allowed)
    said: dict[bool, list[tuple[Clause, float]]] = {True: [], False: []}
    unsaid = 0.0
    for (may, by), shape in large.items():
        share = float((shape.difference(free) if several and not may else shape).area / land)
        if by is None:
            unsaid += share
        elif share >= LEAST:
            said[may].append((by, share))
    return {
        "share": round(float(free.area / land), DIGITS),
        "allowed_by": _rules(said[True]),
        "forbidden_by": _rules(said[False]),
        "unsaid": round(unsaid, DIGITS),
    }


def _rules(said: list[tuple[Clause, float]]) -> list[Document]:
    """Rules with their shares, the largest first."""
    return [
        {
            "rule": clause.because.rule,
            "decision": clause.because.decision or None,
            "share": round(share, DIGITS),
        }
        for clause, share in sorted(said, key=lambda one: (-one[1], one[0].because.rule))
    ]


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(shapes)


def _collected(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Shapes that do not overlap, as one."""
    return shapely.GeometryCollection(shapes)


def _flown_over(study: Study, compiled: CompiledPolicy) -> tuple[str, ...]:
    """The actors over whose territory what comes flies, those that are defended first."""
    atlas, actors, flights = study.atlas, study.scenario.actors, compiled.opportunities.flights
    if not flights:
        return ()
    plane = atlas.project(
        np.concatenate([one.lat for one in flights]), np.concatenate([one.lon for one in flights])
    )
    names = []
    for name, actor in actors.items():
        land = atlas.named(name)
        if actor.role == "attacker" or land.is_empty:
            continue
        shapely.prepare(land)
        if actor.role == "defender" or shapely.intersects_xy(land, plane[:, 0], plane[:, 1]).any():
            names.append(name)
    return tuple(sorted(names, key=lambda name: actors[name].role != "defender"))
