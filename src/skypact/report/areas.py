"""Where intercepts are allowed abroad under a policy, as areas for a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.permission import permitted
from skypact.policy.situation import Situation
from skypact.report.canvas import Canvas

EMPTY: BaseGeometry = shapely.Polygon()
SEEN_KM = 1.0
"""Less than half a pixel of the maps shown."""
ALIKE = 0.93
"""Areas that share so much of their ground are drawn as one."""
LEAST_KM2 = 200.0
"""Smaller slivers come from simplified borders and mean nothing on a map."""


@dataclass(frozen=True)
class Permitted:
    """An area in which some units may intercept these classes outside their owner's territory."""

    classes: tuple[str, ...]
    shape: BaseGeometry


def permitted_abroad(canvas: Canvas, situation: Situation, owners: frozenset[str]) -> list[Permitted]:
    """Where units of these owners may intercept outside their owner's own territory.

    Classes with much the same area stand together; the largest area comes first, so that it is drawn below.
    """
    # Units share shapes, so many are the very same object; each is looked at once.
    shapes: dict[str, dict[str, dict[int, BaseGeometry]]] = {}
    for unit in situation.units:
        if unit.owner in owners:
            for name, engagement in unit.engages.items():
                shape = permitted(canvas.atlas, unit, engagement)
                shapes.setdefault(name, {}).setdefault(unit.owner, {})[id(shape)] = shape
    found: list[Permitted] = []
    for threat_class, by_owner in sorted(shapes.items()):
        abroad = [
            _drawn_together(canvas, parts.values()).difference(canvas.atlas.named(owner))
            for owner, parts in by_owner.items()
        ]
        shape = _cleaned(shapely.union_all(abroad))
        same = next((one for one in found if _alike(one.shape, shape)), None)
        if same is not None:
            found[found.index(same)] = Permitted((*same.classes, threat_class), same.shape.union(shape))
        elif not shape.is_empty:
            found.append(Permitted((threat_class,), shape))
    return sorted(found, key=lambda one: -one.shape.area)


def _drawn_together(canvas: Canvas, shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """The union of shapes inside the canvas, as finely as can be seen."""
    parts = shapely.clip_by_rect(list(shapes), *canvas.frame)
    return shapely.union_all(shapely.make_valid(shapely.simplify(parts, SEEN_KM)))


def hatching(shape: BaseGeometry, step_km: float, slope: int) -> BaseGeometry:
    """Parallel lines at 45 degrees, rising (`slope` 1) or falling (-1), cut to a shape."""
    west, south, east, north = shape.bounds
    across = (east - west) + (north - south)
    lines = []
    for number in range(int(across / (step_km * 2**0.5)) + 1):
        x = west - (north - south) + number * step_km * 2**0.5
        ends = [(x, south), (x + north - south, north)]
        lines.append(ends if slope > 0 else [(x, north), (x + north - south, south)])
    cut = shapely.get_parts(shapely.MultiLineString(lines).intersection(shape))
    # Where a line only touches a corner there is a point, which a map would show as a dot.
    return shapely.MultiLineString([part for part in cut if part.geom_type == "LineString"])


def _alike(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two areas look the same on a map."""
    whole = one.union(other).area
    return bool(whole > 0 and one.intersection(other).area / whole > ALIKE)


def _cleaned(shape: BaseGeometry) -> BaseGeometry:
    """Polygons only, without slivers."""
    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts(shape))
        if part.geom_type == "Polygon" and part.area >= LEAST_KM2
    ]
    return shapely.MultiPolygon(parts) if parts else EMPTY
