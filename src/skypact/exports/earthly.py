"""Shapes as other programs want them: longitude and latitude, cut at the 180th meridian, outer rings turning left.

RFC 7946 asks for all three; the other formats take them as well.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import Atlas
from skypact.geometry.flight import GEOD
from skypact.policy.situation import Point

DIGITS = 5
"""Decimals of a degree in shapes: a metre, far below what borders know."""
CITY_DIGITS = 2
"""Decimals of a degree of whatever stands somewhere: a kilometre, no finer than a city."""
STEP_KM = 20.0
"""A straight line of the plane has a corner so often, so that it stays where it was."""
CIRCLE = 96
"""Corners of a circle; it is drawn around them so that its area is the circle's."""


def place(lat: float, lon: float) -> BaseGeometry:
    """A place on a map, to about a kilometre."""
    return shapely.Point(round(_wrapped(lon), CITY_DIGITS), round(lat, CITY_DIGITS))


def line(points: list[Point]) -> BaseGeometry:
    """A way through points (latitude, longitude)."""
    lon = np.unwrap([point[1] for point in points], period=360.0)
    return _cut(shapely.LineString(np.column_stack([lon, [point[0] for point in points]])))


def circle(lat: float, lon: float, km: float) -> BaseGeometry:
    """Everything within a distance of a place."""
    size = CIRCLE + 1
    turn = np.linspace(360.0, 0.0, size)
    # A polygon through the circle would be too small by a thousandth.
    wide = km * 1000 * np.sqrt(2 * np.pi / CIRCLE / np.sin(2 * np.pi / CIRCLE))
    east, north, _ = GEOD.fwd(np.full(size, lon), np.full(size, lat), turn, np.full(size, wide))
    return _outline(shapely.LineString(np.column_stack([east, north])))


def area(atlas: Atlas, shape: BaseGeometry) -> BaseGeometry:
    """An area of an atlas; lines and points in it are left out."""
    parts = polygons(shape)
    if not parts:
        return shapely.MultiPolygon()
    degrees = atlas.lonlat(shapely.segmentize(shapely.union_all(parts), STEP_KM))
    return _left(shapely.union_all([_unrolled(one) for one in polygons(degrees)]))


def polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of a shape."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [one for one in parts if one.geom_type == "Polygon" and not one.is_empty]


def area_km2(shape: BaseGeometry) -> float:
    """The area of a shape in degrees on the WGS84 ellipsoid.

    >>> round(area_km2(circle(50.0, 30.0, 100.0)) / 31_415.9, 3)
    1.0
    """
    return float(GEOD.geometry_area_perimeter(_left(shape))[0]) / 1e6


def _unrolled(polygon: BaseGeometry) -> BaseGeometry:
    holes = shapely.union_all([_outline(ring) for ring in polygon.interiors])
    return _outline(polygon.exterior).difference(holes)


def _outline(ring: BaseGeometry) -> BaseGeometry:
    """What a ring in degrees is around; one that goes around a pole has the pole in it."""
    lon, lat = shapely.get_coordinates(ring).T
    lon = np.unwrap(lon, period=360.0)
    if abs(lon[-1] - lon[0]) > 180.0:
        pole = 90.0 if lat.mean() > 0 else -90.0
        lon = np.concatenate([lon, [lon[-1], lon[0], lon[0]]])
        lat = np.concatenate([lat, [pole, pole, lat[0]]])
    return _cut(_valid(shapely.Polygon(np.column_stack([lon, lat]))))


def _wrapped(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


def _valid(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.MultiPolygon(polygons(shapely.make_valid(shape)))


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """The shape in longitudes from -180 to 180, in two parts where it crosses, its outer rings turning left."""
    west, _, east, _ = shape.bounds if not shape.is_empty else (0.0, 0.0, 0.0, 0.0)
    if west < -180.0 or east > 180.0:
        parts = []
        for turn in (-360.0, 0.0, 360.0):
            inside = shapely.clip_by_rect(shape, turn - 180.0, -90.0, turn + 180.0, 90.0)
            parts.append(shapely.transform(inside, lambda xy, turn=turn: xy - [turn, 0.0]))
        shape = shapely.union_all([part for part in parts if not part.is_empty])
    return _left(shapely.set_precision(shape, 10.0**-DIGITS)) if shape.area else _rounded(shape)


def _left(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape, with outer rings that turn left and inner ones that turn right."""
    turned = [shapely.geometry.polygon.orient(one) for one in polygons(shape)]
    return turned[0] if len(turned) == 1 else shapely.MultiPolygon(turned)


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda xy: np.round(xy, DIGITS))
