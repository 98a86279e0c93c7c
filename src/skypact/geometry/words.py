"""By whose word a unit may, or may not, intercept over a territory: the territory cut into parts.

Which of several clauses holds is settled by `skypact.policy.precedence`, and where intercepts may lie by
`skypact.geometry.permission`, as where windows are made.  Reach counts only for aircraft, and only in so far as an intercept has to lie
within range of a place where the aircraft may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS, Atlas
from skypact.geometry.permission import cells_of, effect_of, permitted, polygons, standing, stands
from skypact.policy.precedence import deciding, heard
from skypact.policy.situation import Clause, Engagement, FireUnit


@dataclass(frozen=True)
class Part:
    """A part of a territory over which one word decides.

    Attributes
    ----------
    allowed
        Whether the unit may intercept over it, from some place where it may be.
    by
        The clause that decides; None where nobody says anything that holds for such a place, which is a *no*.
    overruled
        Where it is forbidden: the permission that would hold without any prohibition; None where there is none.
    shape
        The part, as a shape of the atlas.
    """

    allowed: bool
    by: Clause | None
    overruled: Clause | None
    shape: BaseGeometry


Told = tuple[bool, int | None, int | None, BaseGeometry]
"""A part, with clauses by number."""


def words_over(atlas: Atlas, unit: FireUnit, engagement: Engagement, territory: str) -> tuple[Part, ...]:
    """A territory, cut into parts by the word that decides for a unit and a class.

    Parameters
    ----------
    territory
        The name of an actor, a region or a place.
    """
    clauses = engagement.clauses
    key = ("words over", territory, effect_of(clauses))
    grounds = cells_of(atlas, clauses, territory)
    place = atlas.point(unit.lat, unit.lon)
    if unit.aircraft is None:
        here = tuple(stands(atlas, one, place) for one in clauses)

        def make() -> tuple[Told, ...]:
            return tuple(
                (*_at_place(clauses, [n for n in covering if here[n]]), shape) for covering, shape in grounds
            )

        found: tuple[Told, ...] = atlas.keep((*key, here), make)
    else:
        roam, km = unit.radius_km + unit.aircraft.reach_km, engagement.max_range_km

        def fly() -> tuple[Told, ...]:
            # Cells side by side, joined, as GEOS cuts no collections.
            area = shapely.union_all(shapely.get_parts(permitted(atlas, unit, engagement)))
            disc = place.buffer(roam, ARC_SEGMENTS)
            shapes = [standing(atlas, one, disc) for one in clauses]
            return tuple(
                part
                for covering, shape in grounds
                for part in _from_air(clauses, covering, shapes, shape, area)
            )

        found = atlas.keep((*key, unit.lat, unit.lon, roam, km), fly)
    # Clauses that do the same for other reasons share the shapes, each with a reason of its own.
    return tuple(
        Part(
            allowed,
            None if by is None else clauses[by],
            None if overruled is None else clauses[overruled],
            shape,
        )
        for allowed, by, overruled, shape in found
    )


def _at_place(clauses: tuple[Clause, ...], covering: Sequence[int]) -> tuple[bool, int | None, int | None]:
    """The word for one who stands at a place, of the clauses that cover both place and intercept."""
    said = [clauses[one] for one in covering]
    number = {id(clauses[one]): one for one in covering}
    by = deciding(said)
    if by is None or by.allow:
        return by is not None, None if by is None else number[id(by)], None
    overruled = deciding([one for one in said if one.allow])
    return False, number[id(by)], None if overruled is None else number[id(overruled)]


def _from_air(
    clauses: tuple[Clause, ...],
    covering: Sequence[int],
    shapes: list[BaseGeometry],
    cell: BaseGeometry,
    area: BaseGeometry,
) -> list[Told]:
    """The words for one who may be anywhere on a disc, for intercepts in a cell; `area` is where they may lie."""
    said = [clauses[one] for one in covering]
    ground = {id(clauses[one]): shapes[one] for one in covering}
    number = {id(clauses[one]): one for one in covering}
    permissions, prohibitions, right = heard(said, lambda clause: ground[id(clause)])
    forbidden = shapely.union_all([shape for _, shape in prohibitions])
    granted = [(one, shape) for one, shape in (*right, *reversed(permissions)) if not shape.is_empty]
    holds = [one for one, shape in granted if not one.by or not shape.difference(forbidden).is_empty]
    if holds:
        near = polygons(cell.intersection(area))
        return [
            (True, number[id(holds[0])], None, near),
            (False, None, None, polygons(cell.difference(near))),
        ]
    by = next((one for one, shape in reversed(prohibitions) if not shape.is_empty), None)
    overruled = granted[0][0] if granted and by is not None else None
    return [
        (
            False,
            None if by is None else number[id(by)],
            None if overruled is None else number[id(overruled)],
            cell,
        )
    ]
