"""Permission as an area: where the intercepts of a unit may lie.

Of an actor's clauses the last one that covers the pair (shooter's place, intercept point) is its word; the pair
is allowed if some actor's word allows it and none forbids it.
For a unit at a fixed place the place picks the clauses, and what is left is one area of intercepts.  An
aircraft may choose its place: an intercept is allowed if the pair is, for some place that the aircraft
can reach and that is within the interceptor's range of the intercept.  A mobile ground unit counts as
standing in the middle of its district.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS, Atlas
from skypact.policy.situation import Clause, Engagement, FireUnit

NOWHERE = shapely.Polygon()


def permitted(atlas: Atlas, unit: FireUnit, engagement: Engagement) -> BaseGeometry:
    """Where the unit may intercept, as a shape of the atlas."""
    clauses = engagement.clauses
    place = atlas.point(unit.lat, unit.lon)
    if unit.aircraft is None:
        standing = tuple(clause for clause in clauses if stands(atlas, clause, place))
        return atlas.keep(("from a place", _say(standing)), lambda: _from_place(atlas, standing))
    roam = unit.radius_km + unit.aircraft.reach_km
    km = engagement.max_range_km
    key = ("from the air", _say(clauses), place.x, place.y, roam, km)
    return atlas.keep(key, lambda: _from_air(atlas, clauses, place.buffer(roam, ARC_SEGMENTS), km))


def stands(atlas: Atlas, clause: Clause, place: BaseGeometry) -> bool:
    """Whether a place (point or disc, in the plane) is, at least in part, where the clause lets one stand."""
    return clause.stand is None or bool(atlas.shape(clause.stand).intersects(place))


def cover(atlas: Atlas, clause: Clause) -> BaseGeometry:
    """The intercept points that a clause is about, airspace without consent left out."""

    def make() -> BaseGeometry:
        over = clause.over
        shape = atlas.world if over is None else shapely.union_all([atlas.shape(area) for area in over])
        return shape if clause.airspace is None else atlas.consented(shape, clause.airspace)

    return atlas.keep(("cover", clause.over, clause.airspace), make)


def _say(clauses: Sequence[Clause]) -> tuple[object, ...]:
    """What clauses do, without why."""
    return tuple((clause.by, clause.allow, clause.stand, clause.over, clause.airspace) for clause in clauses)


def _from_place(atlas: Atlas, standing: Sequence[Clause]) -> BaseGeometry:
    return _settled(standing, lambda clause: cover(atlas, clause))


def _settled(clauses: Sequence[Clause], ground_of: Callable[[Clause], BaseGeometry]) -> BaseGeometry:
    """What some actor's last word allows and no actor's forbids, and what the standing right allows."""
    allowed: dict[str, BaseGeometry] = {}
    forbidden: dict[str, BaseGeometry] = {}
    for clause in clauses:
        ground = ground_of(clause)
        said, unsaid = (allowed, forbidden) if clause.allow else (forbidden, allowed)
        said[clause.by] = said.get(clause.by, NOWHERE).union(ground)
        unsaid[clause.by] = unsaid.get(clause.by, NOWHERE).difference(ground)
    right = allowed.pop("", NOWHERE)
    area = shapely.union_all(list(allowed.values()))
    return area.difference(shapely.union_all(list(forbidden.values()))).union(right)


def deciding(covering: Sequence[Clause]) -> Clause | None:
    """Of the clauses that cover a pair, in order, the one that decides; None if none covers it."""
    last = {clause.by: clause for clause in covering}
    if (right := last.pop("", None)) is not None:
        return right
    words = sorted(last.values(), key=covering.index)
    return next((word for word in reversed(words) if not word.allow), words[-1] if words else None)


def _from_air(atlas: Atlas, clauses: tuple[Clause, ...], disc: BaseGeometry, range_km: float) -> BaseGeometry:
    """Cut the map where the set of covering clauses changes; in each cell, see where one may stand."""
    parts = []
    whole = True
    near = disc.buffer(range_km, ARC_SEGMENTS)
    for covering, cell in _cells(atlas, clauses):
        if not cell.intersects(near):
            continue
        here = [clause for clause, covers in zip(clauses, covering, strict=True) if covers]
        stand = _settled(here, lambda c: disc if c.stand is None else disc.intersection(atlas.shape(c.stand)))
        if stand.is_empty:
            continue
        # From the whole disc everything in reach is near enough: no need to cut, and the shape is shared.
        if stand.area >= disc.area * (1 - 1e-9):
            parts.append((covering, cell))
        else:
            whole = False
            parts.append((covering, cell.intersection(stand.buffer(range_km, ARC_SEGMENTS))))
    if not whole:
        return _together(parts)
    key = ("cells", _say(clauses), tuple(covering for covering, _ in parts))
    return atlas.keep(key, lambda: _together(parts))


def _together(parts: Sequence[tuple[object, BaseGeometry]]) -> BaseGeometry:
    """The parts side by side. They do not overlap, so nothing needs to be dissolved."""
    if len(parts) == 1:
        return parts[0][1]
    polygons = shapely.get_parts(shapely.get_parts([part for _, part in parts]))
    return shapely.GeometryCollection([p for p in polygons if p.geom_type == "Polygon"])


def _cells(atlas: Atlas, clauses: tuple[Clause, ...]) -> list[tuple[tuple[bool, ...], BaseGeometry]]:
    """The map cut into cells, with the clauses that cover each."""

    def make() -> list[tuple[tuple[bool, ...], BaseGeometry]]:
        cells: list[tuple[tuple[bool, ...], BaseGeometry]] = [((), atlas.world)]
        for clause in clauses:
            over = cover(atlas, clause)
            split = []
            for covering, cell in cells:
                for covers, part in ((True, cell.intersection(over)), (False, cell.difference(over))):
                    if part.area > 0.0:
                        split.append(((*covering, covers), part))
            cells = split
        return cells

    return atlas.keep(("cells", _say(clauses)), make)
