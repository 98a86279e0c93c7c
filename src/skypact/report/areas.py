"""Where intercepts are allowed abroad under a policy, as areas for a map."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.permission import permitted
from skypact.policy.situation import Situation
from skypact.report.canvas import Canvas

EMPTY: BaseGeometry = shapely.Polygon()
LEAST_KM2 = 200.0
"""Smaller slivers come from simplified borders and mean nothing on a map."""


@dataclass(frozen=True)
class Permitted:
    """An area in which some units may intercept these classes outside their owner's territory."""

    classes: tuple[str, ...]
    shape: BaseGeometry


def permitted_abroad(canvas: Canvas, situation: Situation, owners: frozenset[str]) -> list[Permitted]:
    """Where units of these owners may intercept outside their owner's own territory.

    Classes with the same area stand together; the largest area comes first, so that it is drawn below.
    """
    by_class: dict[str, dict[bytes, BaseGeometry]] = {}
    for unit in situation.units:
        if unit.owner not in owners:
            continue
        home = canvas.atlas.named(unit.owner)
        for name, engagement in unit.engages.items():
            shape = permitted(canvas.atlas, unit, engagement).intersection(canvas.box).difference(home)
            by_class.setdefault(name, {}).setdefault(shape.wkb, shape)
    together: dict[bytes, tuple[list[str], BaseGeometry]] = {}
    for name, shapes in by_class.items():
        shape = _cleaned(shapely.union_all(list(shapes.values())))
        if not shape.is_empty:
            together.setdefault(shapely.normalize(shape).wkb, ([], shape))[0].append(name)
    found = [Permitted(tuple(sorted(names)), shape) for names, shape in together.values()]
    return sorted(found, key=lambda one: -one.shape.area)


def _cleaned(shape: BaseGeometry) -> BaseGeometry:
    """Polygons only, without slivers."""
    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts(shape))
        if part.geom_type == "Polygon" and part.area >= LEAST_KM2
    ]
    return shapely.MultiPolygon(parts) if parts else EMPTY
