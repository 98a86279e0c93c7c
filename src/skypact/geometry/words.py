"""By whose word a unit may, or may not, intercept over a territory: the territory cut into parts.

Permission without reach: what is said, whoever could fly or shoot so far.  Which of several clauses holds is settled
by `skypact.policy.precedence`, here as where windows are made (`skypact.geometry.permission`).
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS, Atlas
from skypact.geometry.permission import cells, effect_of
from skypact.policy.precedence import heard, settled
from skypact.policy.situation import Clause, Engagement, FireUnit


@dataclass(frozen=True)
class Part:
    """A part of a territory over which one word decides.

    Attributes
    ----------
    allowed
        Whether the unit may intercept over it, from some place where it may be.
    by
        The clause that decides; None where nobody says anything, which is a *no*.
    shape
        The part, as a shape of the atlas.
    """

    allowed: bool
    by: Clause | None
    shape: BaseGeometry


def words_over(atlas: Atlas, unit: FireUnit, engagement: Engagement, territory: str) -> tuple[Part, ...]:
    """A territory, cut into parts by the word that decides for a unit and a class.

    Parameters
    ----------
    territory
        The name of an actor, a region or a place.
    """
    roam = 0.0 if unit.aircraft is None else unit.radius_km + unit.aircraft.reach_km
    place = atlas.point(unit.lat, unit.lon)
    disc = place.buffer(roam, ARC_SEGMENTS) if roam > 0 else place
    clauses = engagement.clauses
    here = tuple(one.stand is None or bool(atlas.shape(one.stand).intersects(disc)) for one in clauses)
    where = (unit.lat, unit.lon, roam) if roam > 0 else ()

    def make() -> tuple[tuple[bool, int | None, BaseGeometry], ...]:
        known = {id(one): number for number, one in enumerate(clauses)}
        found = []
        for (covering, _), ground in zip(cells(atlas, clauses, territory), grounds, strict=True):
            allowed, by = _word(atlas, covering, disc)
            found.append((allowed, None if by is None else known[id(by)], ground))
        return tuple(found)

    # Clauses that do the same for other reasons share the shapes, each with a reason of its own.
    key = ("words over", territory, effect_of(clauses))
    grounds = atlas.keep(key, lambda: [_ground(cell) for _, cell in cells(atlas, clauses, territory)])
    return tuple(
        Part(allowed, None if by is None else clauses[by], shape)
        for allowed, by, shape in atlas.keep((*key, here, where), make)
    )


def _word(atlas: Atlas, covering: tuple[Clause, ...], disc: BaseGeometry) -> tuple[bool, Clause | None]:
    """Whether one who may be anywhere on the disc (or at the point) may, and the clause that says so."""

    def ground(clause: Clause) -> BaseGeometry:
        return disc if clause.stand is None else disc.intersection(atlas.shape(clause.stand))

    permissions, prohibitions, right = heard(covering, ground)
    allowed = not settled(covering, ground, shapely.union_all).is_empty
    forbidden = shapely.union_all([shape for _, shape in prohibitions])
    said = (
        [*right, *((one, shape.difference(forbidden)) for one, shape in reversed(permissions))]
        if allowed
        else list(reversed(prohibitions))
    )
    return allowed, next((one for one, shape in said if not shape.is_empty), None)


def _ground(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape; cutting leaves lines and points where borders touch."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([one for one in parts if one.geom_type == "Polygon"])
