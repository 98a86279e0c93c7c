"""Where intercepts are allowed abroad under a policy, as areas for a map."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS
from skypact.geometry.permission import permitted
from skypact.policy.situation import FireUnit, Situation
from skypact.report.canvas import Canvas

Disc = tuple[float, float, float]
"""Latitude and longitude of its middle, and its radius in km."""
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
    """Where units of these owners may intercept outside their owner's own territory, within their range.

    Permission without range would shade seas and countries that no unit can reach.  Classes with much the
    same permission stand together; the largest area comes first, so that it is drawn below.
    """
    # Units share shapes of permission, so many are the very same object; each is looked at once.
    shapes: dict[str, dict[str, dict[int, tuple[BaseGeometry, set[Disc]]]]] = {}
    for unit in situation.units:
        if unit.owner in owners and unit.engages:
            disc = (unit.lat, unit.lon, longest_reach_km(unit))
            for name, engagement in unit.engages.items():
                shape = permitted(canvas.atlas, unit, engagement)
                own = shapes.setdefault(name, {}).setdefault(unit.owner, {})
                own.setdefault(id(shape), (shape, set()))[1].add(disc)
    groups: list[tuple[list[str], BaseGeometry, BaseGeometry]] = []  # classes, permission, and within range
    for threat_class, by_owner in sorted(shapes.items()):
        allowed, reached = EMPTY, EMPTY
        for owner, parts in by_owner.items():
            whole, near = _drawn_together(canvas, parts.values())
            land = canvas.atlas.named(owner)
            allowed, reached = allowed.union(whole.difference(land)), reached.union(near.difference(land))
        like = next((one for one in groups if _alike(one[1], allowed)), None)
        if like is not None:
            groups.remove(like)
            names, before, nearer = like
            groups.append(([*names, threat_class], before.union(allowed), nearer.union(reached)))
        else:
            groups.append(([threat_class], allowed, reached))
    found = [Permitted(tuple(names), _cleaned(near)) for names, _, near in groups]
    return sorted((one for one in found if not one.shape.is_empty), key=lambda one: -one.shape.area)


def longest_reach_km(unit: FireUnit) -> float:
    """How far from the middle of its place a unit can intercept: its place, its dash, its longest range."""
    dash = unit.aircraft.reach_km if unit.aircraft else 0.0
    return unit.radius_km + dash + max(one.max_range_km for one in unit.engages.values())


def _drawn_together(
    canvas: Canvas, parts: Iterable[tuple[BaseGeometry, Iterable[Disc]]]
) -> tuple[BaseGeometry, BaseGeometry]:
    """The union of areas of permission, whole and each cut to the discs of its units, as finely as is seen."""
    whole, near = [], []
    for shape, discs in parts:
        whole.append(
            shapely.make_valid(shapely.simplify(shapely.clip_by_rect(shape, *canvas.frame), SEEN_KM))
        )
        near.append(whole[-1].intersection(_reached(canvas, discs)))
    return shapely.union_all(whole), shapely.union_all(near)


def _reached(canvas: Canvas, discs: Iterable[Disc]) -> BaseGeometry:
    """Every point of the canvas in one of these discs."""
    return shapely.union_all(
        [
            canvas.box
            if math.isinf(km)
            else shapely.Point(canvas.xy([(lat, lon)])[0]).buffer(km, ARC_SEGMENTS)
            for lat, lon, km in discs
        ]
    ).intersection(canvas.box)


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
