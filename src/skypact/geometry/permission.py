"""Permission as an area: where the intercepts of a unit may lie, and where it may be meanwhile.

Which of several clauses holds is settled by `skypact.policy.precedence`.  For a unit at a fixed place the place picks the clauses, and what is left is one area of intercepts.  An
aircraft may choose its place: an intercept is allowed if the pair is, for some place that the aircraft
can reach and that is within the interceptor's range of the intercept.  A mobile ground unit counts as
standing in the middle of its district.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS, Atlas
from skypact.policy.precedence import settled
from skypact.policy.situation import Clause, Engagement, FireUnit

_NUMBERS = count(1)


def permitted(atlas: Atlas, unit: FireUnit, engagement: Engagement) -> BaseGeometry:
    """Where the unit may intercept, as a shape of the atlas."""
    return permitted_all(atlas, [unit], [engagement])[0]


def permitted_all(
    atlas: Atlas, units: Sequence[FireUnit], engagements: Sequence[Engagement]
) -> list[BaseGeometry]:
    """The same for many units, each with its engagement; equal areas are one shape."""
    places = atlas.points([(unit.lat, unit.lon) for unit in units])
    # Units of one entry share their clauses: what these say is told once.
    said: dict[int, int] = {}
    shapes = []
    for unit, engagement, place in zip(units, engagements, places, strict=True):
        clauses, km = engagement.clauses, engagement.max_range_km
        if id(clauses) not in said:
            said[id(clauses)] = _number(atlas, clauses)
        roam = -1.0 if unit.aircraft is None else unit.radius_km + unit.aircraft.reach_km
        key = ("permitted", said[id(clauses)], unit.lat, unit.lon, roam, 0.0 if roam < 0 else km)
        shape = atlas.memory.get(key)
        if shape is None:
            shape = _permitted(atlas, clauses, place, roam, km)
            atlas.memory.put(key, shape)
        shapes.append(shape)
    return shapes


def _number(atlas: Atlas, clauses: Sequence[Clause]) -> int:
    """A number for what clauses do; no other clauses of this atlas have it."""
    return atlas.keep(("says", effect_of(clauses)), lambda: next(_NUMBERS))


def _permitted(
    atlas: Atlas, clauses: tuple[Clause, ...], place: BaseGeometry, roam: float, km: float
) -> BaseGeometry:
    """Where one at a place, or roaming that far from it (km; negative: not at all), may intercept."""
    if roam < 0:
        standing = tuple(clause for clause in clauses if stands(atlas, clause, place))
        return atlas.keep(("from a place", effect_of(standing)), lambda: _from_place(atlas, standing))
    return _from_air(atlas, clauses, *_around(atlas, place, roam, km), km)


def may_be(atlas: Atlas, unit: FireUnit, engagement: Engagement) -> BaseGeometry:
    """Where the unit may be while it engages, as a shape of the atlas.

    A ground unit is at its place or in its district.  An aircraft is where it can fly and from where it
    may shoot at something that may be in range.
    """
    place = atlas.point(unit.lat, unit.lon)
    if unit.aircraft is None:
        return place.buffer(unit.radius_km) if unit.radius_km > 0 else place
    clauses, km = engagement.clauses, engagement.max_range_km
    roam = unit.radius_km + unit.aircraft.reach_km

    def make() -> BaseGeometry:
        disc, near = _around(atlas, place, roam, km)
        parts = []
        for here, cell in _cells(atlas, clauses):
            stand = _standing(atlas, here, disc)
            if not stand.is_empty and cell.intersects(near):
                parts.append(stand.intersection(cell.intersection(near).buffer(km, ARC_SEGMENTS)))
        return shapely.union_all(parts)

    return atlas.keep(("may be", effect_of(clauses), place.x, place.y, roam, km), make)


def stands(atlas: Atlas, clause: Clause, place: BaseGeometry) -> bool:
    """Whether a place (point or disc, in the plane) is, at least in part, where the clause lets one stand."""
    return clause.stand is None or bool(atlas.shape(clause.stand).intersects(place))


def standing(atlas: Atlas, clause: Clause, disc: BaseGeometry) -> BaseGeometry:
    """The part of a disc where a clause lets one stand."""
    return disc if clause.stand is None else disc.intersection(atlas.shape(clause.stand))


def cover(atlas: Atlas, clause: Clause) -> BaseGeometry:
    """The intercept points that a clause is about, airspace without consent left out."""

    def make() -> BaseGeometry:
        over = clause.over
        shape = atlas.world if over is None else shapely.union_all([atlas.shape(area) for area in over])
        return shape if clause.airspace is None else atlas.consented(shape, clause.airspace)

    return atlas.keep(("cover", clause.over, clause.airspace), make)


def effect_of(clauses: Sequence[Clause]) -> tuple[object, ...]:
    """What clauses do, without why."""
    return tuple((clause.by, clause.allow, clause.stand, clause.over, clause.airspace) for clause in clauses)


def _from_place(atlas: Atlas, standing: Sequence[Clause]) -> BaseGeometry:
    return settled(standing, lambda clause: cover(atlas, clause), shapely.union_all)


def _around(atlas: Atlas, place: BaseGeometry, roam: float, km: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Where one who roams may be, and what is so near to some of it."""
    disc = atlas.keep(("disc", place.x, place.y, roam), lambda: place.buffer(roam, ARC_SEGMENTS))
    near = atlas.keep(("near", place.x, place.y, roam, km), lambda: disc.buffer(km, ARC_SEGMENTS))
    return disc, near


def _from_air(
    atlas: Atlas, clauses: tuple[Clause, ...], disc: BaseGeometry, near: BaseGeometry, range_km: float
) -> BaseGeometry:
    """Cut the map where the set of covering clauses changes; in each cell, see where one may stand."""
    parts = []
    whole = True
    for here, cell in _cells(atlas, clauses):
        if not cell.intersects(near):
            continue
        stand = _standing(atlas, here, disc)
        if stand.is_empty:
            continue
        # From the whole disc everything in reach is near enough: no need to cut, and the shape is shared.
        if stand.area >= disc.area * (1 - 1e-9):
            parts.append((here, cell))
        else:
            whole = False
            parts.append((here, cell.intersection(stand.buffer(range_km, ARC_SEGMENTS))))
    if not whole:
        return _together(parts)
    key = ("cells", effect_of(clauses), tuple(effect_of(here) for here, _ in parts))
    return atlas.keep(key, lambda: _together(parts))


def _standing(atlas: Atlas, covering: Sequence[Clause], disc: BaseGeometry) -> BaseGeometry:
    """Where on the disc one may stand for an intercept that these clauses cover."""

    return settled(covering, lambda clause: standing(atlas, clause, disc), shapely.union_all)


def _together(parts: Sequence[tuple[object, BaseGeometry]]) -> BaseGeometry:
    """The parts side by side. They do not overlap, so nothing needs to be dissolved."""
    if len(parts) == 1:
        return parts[0][1]
    return shapely.GeometryCollection(_polygons([part for _, part in parts]))


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape."""
    return shapely.MultiPolygon(_polygons([shape]))


def _polygons(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    return [one for one in shapely.get_parts(shapely.get_parts(shapes)) if one.geom_type == "Polygon"]


Cells = list[tuple[tuple[Clause, ...], BaseGeometry]]
"""Parts of a map that lie side by side, with the clauses that cover each."""
NameT = TypeVar("NameT")


def _split(
    found: list[tuple[tuple[NameT, ...], BaseGeometry]],
    name: NameT,
    over: BaseGeometry,
    tidy: Callable[[BaseGeometry], BaseGeometry],
) -> list[tuple[tuple[NameT, ...], BaseGeometry]]:
    """Each cell cut into what a clause of that name covers and what it does not."""
    parts = (
        part
        for covering, cell in found
        for part in (
            ((*covering, name), tidy(cell.intersection(over))),
            (covering, tidy(cell.difference(over))),
        )
    )
    return [(covering, part) for covering, part in parts if part.area > 0.0]


def _cells(atlas: Atlas, clauses: tuple[Clause, ...]) -> Cells:
    """The map cut into cells, with the clauses that cover each."""

    def make() -> Cells:
        found: Cells = [((), atlas.world)]
        for clause in clauses:
            over = cover(atlas, clause)
            found = _split(found, clause, over, lambda shape: shape)
        return found

    return atlas.keep(("cells", effect_of(clauses)), make)


def cells_of(
    atlas: Atlas, clauses: tuple[Clause, ...], territory: str
) -> tuple[tuple[tuple[int, ...], BaseGeometry], ...]:
    """A territory cut into cells, with the clauses that cover each, by number."""

    def make() -> tuple[tuple[tuple[int, ...], BaseGeometry], ...]:
        land = atlas.named(territory)
        found: list[tuple[tuple[int, ...], BaseGeometry]] = [((), land)]
        for number, clause in enumerate(clauses):
            over = _within(atlas, clause, territory)
            if over.area <= 0.0:
                continue
            if over.area >= land.area * (1 - 1e-9):
                found = [((*covering, number), cell) for covering, cell in found]
                continue
            found = _split(found, number, over, polygons)
        return tuple(found)

    return atlas.keep(("cells of", territory, effect_of(clauses)), make)


def _within(atlas: Atlas, clause: Clause, territory: str) -> BaseGeometry:
    """What a clause covers of a territory.

    Countries share borders, along which cuts leave lines that GEOS cannot cut again: polygons alone are kept.
    """
    key = ("within", clause.over, clause.airspace, territory)
    return atlas.keep(key, lambda: polygons(cover(atlas, clause).intersection(atlas.named(territory))))
