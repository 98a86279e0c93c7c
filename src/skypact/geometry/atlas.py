"""The map on which areas are drawn: a plane in km fit for one scenario.

The projection is azimuthal equidistant around the middle of the scenario's places: distance and
direction from the centre are true (to 0.1 km within 2,000 km).  Between two other points within d of
the centre, distances are too long by at most the factor (d/R) / sin(d/R): 0.4 % at 1,000 km, 1.7 % at
2,000 km.  Areas are polygons in this plane; ranges are not measured on it (`earth` and `reach` do).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sin

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from skypact.geometry.flight import GEOD
from skypact.geometry.memory import Kept, Memory
from skypact.policy.situation import Geography
from skypact.scenario.rules import Area
from skypact.world import borders
from skypact.world.earth import RADIUS_KM, Floats, vectors

KEPT = 4096
"""How many shapes and the like an atlas keeps."""
KEPT_ATLASES = 4
_ATLASES = Memory(KEPT_ATLASES)
MARGIN_KM = 1000.0
"""How far the map reaches beyond the outermost place."""
ARC_SEGMENTS = 32
"""Chords in a quarter circle of a buffer: its radius is short by at most 0.03 %."""


@dataclass(frozen=True)
class Atlas:
    """Territories, regions and places of a scenario as shapes in one plane, in km.

    Make it with `atlas_of`.  It depends on the geography only, so that several policies of a
    scenario can share it, and with it the shapes that it keeps.

    Attributes
    ----------
    geography
        The names that areas may use.
    lat, lon
        The centre, degrees.
    reach_km
        Distance from the centre to the outermost place.
    land
        Every country on the map, by code.
    """

    geography: Geography
    lat: float
    lon: float
    reach_km: float
    land: Mapping[str, BaseGeometry]
    memory: Memory = field(default_factory=lambda: Memory(KEPT), repr=False, compare=False)

    @property
    def distance_error(self) -> float:
        """Bound of the relative error of a distance between two of the places."""
        angle = self.reach_km / RADIUS_KM
        return angle / sin(angle) - 1 if angle > 0 else 0.0

    def project(self, lat: ArrayLike, lon: ArrayLike) -> Floats:
        """Plane coordinates (km east, km north), shape ``(..., 2)``."""
        return _project(self.lat, self.lon, lat, lon)

    def point(self, lat: float, lon: float) -> BaseGeometry:
        """A place as a point of the plane."""
        return self.points([(lat, lon)])[0]

    def points(self, places: Sequence[tuple[float, float]]) -> list[BaseGeometry]:
        """Many places (latitude, longitude) as points of the plane."""
        known = [self.memory.get(("point", place)) for place in places]
        new = list(dict.fromkeys(place for place, point in zip(places, known, strict=True) if point is None))
        if new:
            plane = shapely.points(self.project(*np.array(new).T))
            made = dict(zip(new, plane, strict=True))
            for place, point in made.items():
                self.memory.put(("point", place), point)
            known = [
                made[place] if point is None else point for place, point in zip(places, known, strict=True)
            ]
        return known

    def lonlat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the plane in longitude and latitude, for maps."""

        def back(plane: Floats) -> Floats:
            azimuth = np.degrees(np.arctan2(plane[:, 0], plane[:, 1]))
            metres = np.hypot(plane[:, 0], plane[:, 1]) * 1000
            size = len(plane)
            lon, lat, _ = GEOD.fwd(np.full(size, self.lon), np.full(size, self.lat), azimuth, metres)
            return np.column_stack([lon, lat])

        return shapely.transform(shape, back)

    def contains(self, shape: BaseGeometry, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.bool_]:
        """Which of many points are in a shape of the plane."""
        plane = self.project(lat, lon)
        shapely.prepare(shape)
        inside: NDArray[np.bool_] = shapely.intersects_xy(shape, plane[..., 0], plane[..., 1])
        return inside

    def named(self, name: str) -> BaseGeometry:
        """The territory of an actor, a region or a place.

        Raises
        ------
        KeyError
            If the geography has no such name.
        """
        return self.keep(("name", name), lambda: self._named(name))

    def shape(self, area: Area) -> BaseGeometry:
        """An area as a shape of the plane."""
        return self.keep(("area", area), lambda: self._shape(area))

    def consented(self, shape: BaseGeometry, actors: tuple[str, ...]) -> BaseGeometry:
        """A shape without the territory of every country that is not one of these actors'."""
        codes = {code for actor in actors for code in self._codes(actor)}
        others = [land for code, land in self.land.items() if code not in codes and land.intersects(shape)]
        return shape.difference(shapely.union_all(others))

    @property
    def world(self) -> BaseGeometry:
        """The whole map."""
        return self.keep("world", lambda: _square(self.reach_km + MARGIN_KM))

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was made for a key, made now if it was not yet."""
        return self.memory.keep(key, make)

    def _named(self, name: str) -> BaseGeometry:
        if name in self.geography.territories:
            return shapely.union_all([self.land[code] for code in self._codes(name)])
        if name in self.geography.regions:
            corners = np.array(self.geography.regions[name])
            return _valid(shapely.Polygon(self.project(corners[:, 0], corners[:, 1])))
        return self.point(*self.geography.places[name])

    def _shape(self, area: Area) -> BaseGeometry:
        names = area.inside
        shape = self.world if names is None else shapely.union_all([self.named(name) for name in names])
        for distance in area.within:
            shape = shape.intersection(self._around(distance.of, distance.km.value))
        for distance in area.beyond:
            shape = shape.difference(self._around(distance.of, distance.km.value))
        for name in area.outside:
            shape = shape.difference(self.named(name))
        return shape

    def _around(self, names: tuple[str, ...], km: float) -> BaseGeometry:
        def make() -> BaseGeometry:
            return shapely.union_all([self.named(n) for n in names]).buffer(km, quad_segs=ARC_SEGMENTS)

        return self.keep(("around", names, km), make)

    def _codes(self, actor: str) -> tuple[str, ...]:
        """The actor's countries that are on the map."""
        return tuple(code for code in self.geography.territories[actor] if code in self.land)


def shared_atlas(geography: Geography) -> Atlas:
    """The map of a geography, with all that was found out on it; whoever asks for an equal one shares it."""
    parts = (geography.territories, geography.regions, geography.places)
    key = tuple(tuple((name, tuple(one)) for name, one in part.items()) for part in parts)
    return _ATLASES.keep(key, lambda: atlas_of(geography))


def atlas_of(geography: Geography) -> Atlas:
    """The map around the places and regions of a scenario.

    The centre is that of the smallest circle around them, so that distances err least.

    Examples
    --------
    >>> places = {"kyiv": (50.4, 30.5), "lviv": (49.8, 24.0)}
    >>> atlas = atlas_of(Geography({"UKR": ("UKR",)}, {}, places))
    >>> bool(atlas.contains(atlas.named("UKR"), 49.4, 27.0))  # Khmelnytskyi
    True
    """
    corners = [corner for region in geography.regions.values() for corner in region]
    points = np.array(list(geography.places.values()) + corners, dtype=float).reshape(-1, 2)
    if not len(points):
        points = np.zeros((1, 2))
    lat, lon = _middle(points)
    plane = _project(lat, lon, points[:, 0], points[:, 1])
    reach = float(np.hypot(plane[:, 0], plane[:, 1]).max())
    return Atlas(geography, lat, lon, reach, _countries(lat, lon, reach + MARGIN_KM))


def _middle(points: Floats) -> tuple[float, float]:
    mean = vectors(points[:, 0], points[:, 1]).mean(axis=0)
    lon = float(np.degrees(np.arctan2(mean[1], mean[0])))
    lat = float(np.degrees(np.arctan2(mean[2], np.hypot(mean[0], mean[1]))))
    circle = shapely.minimum_bounding_circle(
        shapely.MultiPoint(_project(lat, lon, points[:, 0], points[:, 1]))
    )
    east, north = circle.centroid.x, circle.centroid.y
    azimuth = np.degrees(np.arctan2(east, north))
    lon, lat, _ = GEOD.fwd(lon, lat, azimuth, np.hypot(east, north) * 1000)
    return float(lat), float(lon)


def _project(lat0: float, lon0: float, lat: ArrayLike, lon: ArrayLike) -> Floats:
    phi, lam = np.radians(lat0), np.radians(lon0)
    east = np.array([-np.sin(lam), np.cos(lam), 0.0])
    north = np.array([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)])
    away = vectors(lat, lon) - vectors(lat0, lon0)
    chord = np.sqrt((away**2).sum(axis=-1))
    ground = 2 * RADIUS_KM * np.arcsin(np.minimum(chord / (2 * RADIUS_KM), 1.0))
    # Term by term, so that a point is the same to the last bit whatever it is projected with.
    flat = np.stack([_dot(away, east), _dot(away, north)], axis=-1)
    length = np.hypot(flat[..., 0], flat[..., 1])
    result: Floats = flat * (ground / np.where(length > 0, length, 1.0))[..., None]
    return result


def _dot(rows: Floats, axis: Floats) -> Floats:
    result: Floats = rows[..., 0] * axis[0] + rows[..., 1] * axis[1] + rows[..., 2] * axis[2]
    return result


def _countries(lat: float, lon: float, reach_km: float) -> dict[str, BaseGeometry]:
    """Every country that the map shows, cut at its edge."""
    codes = np.array(list(borders.countries()))
    parts, owner = shapely.get_parts(list(borders.countries().values()), return_index=True)
    degrees, part = shapely.get_coordinates(parts, return_index=True)
    plane = _project(lat, lon, degrees[:, 1], degrees[:, 0])
    first = np.searchsorted(part, np.arange(len(parts)))
    near = np.minimum.reduceat(np.abs(plane).max(axis=1), first) < reach_km
    drawn = shapely.set_coordinates(parts[near], plane[near[part]])
    cut = shapely.clip_by_rect([_valid(shape) for shape in drawn], *_square(reach_km).bounds)
    return {
        str(codes[number]): shapely.union_all(cut[owner[near] == number]) for number in np.unique(owner[near])
    }


def _valid(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _square(half_km: float) -> BaseGeometry:
    return shapely.box(-half_km, -half_km, half_km, half_km)
