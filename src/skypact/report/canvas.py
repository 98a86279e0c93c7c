"""The sheet on which a map is drawn: a frame cut out of the scenario's atlas."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import Atlas
from skypact.geometry.flight import GEOD
from skypact.policy.situation import Point

FLATTEST, TALLEST = 0.62, 1.15
"""Least and greatest height of a frame, as a share of its width."""


@dataclass(frozen=True)
class Canvas:
    """A part of an atlas: `frame` is west, south, east and north in km of the atlas's plane."""

    atlas: Atlas
    frame: tuple[float, float, float, float]

    def xy(self, points: Iterable[Point]) -> NDArray[np.float64]:
        """Points (latitude, longitude) in km of the plane, shape (points, 2)."""
        return _xy(self.atlas, points)

    @cached_property
    def box(self) -> BaseGeometry:
        return shapely.box(*self.frame)

    @property
    def ratio(self) -> float:
        """Height as a share of width."""
        west, south, east, north = self.frame
        return (north - south) / (east - west)

    def pixels(self, width: float) -> Callable[[BaseGeometry], BaseGeometry]:
        """From kilometres to pixels, y downwards, of a drawing so many pixels wide, to a tenth."""
        west, _, east, north = self.frame
        scale = width / (east - west)
        return lambda shape: shapely.transform(
            shape, lambda xy: np.round((xy - [west, north]) * [scale, -scale], 1)
        )


def canvas_around(
    atlas: Atlas, points: Iterable[Point], land: BaseGeometry | None = None, pad: float = 0.06
) -> Canvas:
    """The smallest canvas that shows all points and a land, with some room, neither too flat nor too tall."""
    xy = _xy(atlas, points)
    if land is not None and not land.is_empty:
        xy = np.vstack([xy, np.array(land.bounds).reshape(2, 2)])
    west, south = xy.min(axis=0)
    east, north = xy.max(axis=0)
    width, height = max(east - west, 50.0), max(north - south, 50.0)
    room = pad * max(width, height)
    width, height = width + 2 * room, height + 2 * room
    height = max(height, FLATTEST * width)
    width = max(width, height / TALLEST)
    x, y = (west + east) / 2, (south + north) / 2
    return Canvas(atlas, (x - width / 2, y - height / 2, x + width / 2, y + height / 2))


def flight_line(points: tuple[Point, ...]) -> list[Point]:
    """Great circles through all points, with a point at least every 100 km."""
    line: list[Point] = [points[0]]
    for (lat1, lon1), (lat2, lon2) in itertools.pairwise(points):
        _, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
        if steps := int(metres // 100_000):
            line += [(lat, lon) for lon, lat in GEOD.npts(lon1, lat1, lon2, lat2, steps)]
        line.append((lat2, lon2))
    return line


def _xy(atlas: Atlas, points: Iterable[Point]) -> NDArray[np.float64]:
    given = np.array(list(points), dtype=float).reshape(-1, 2)
    return atlas.project(given[:, 0], given[:, 1])
