"""Recognised land borders by ISO 3166-1 alpha-3 code, in longitude and latitude.

Made by ``tools/borders.py`` from OpenStreetMap; accurate to about 10 km.  A country has its land, its
internal waters and up to 10 km of sea, so that no coastal city falls into the sea.  What was decided
where data or claims disagree is said in ``docs/borders.md``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

RESOLUTION_KM = 10.0
"""Places nearer to a border than this may be on the wrong side of it."""


@cache
def countries() -> Mapping[str, BaseGeometry]:
    """All countries: code to polygons (x is longitude, y is latitude, degrees).

    Examples
    --------
    >>> len(countries()) > 200
    True
    """
    packed = files("skypact.world").joinpath("data", "borders.json.gz").read_bytes()
    document = json.loads(gzip.decompress(packed))
    degree = float(document["scale"])
    return MappingProxyType(
        {code: _polygons(polygons, degree) for code, polygons in document["countries"].items()}
    )


def territory(codes: tuple[str, ...]) -> BaseGeometry:
    """The territory of several countries together; empty for none.

    Raises
    ------
    KeyError
        For a code that is no country's.

    Examples
    --------
    >>> territory(("POL", "ROU")).contains(shapely.Point(21.0, 52.2))  # Warsaw
    True
    """
    return shapely.union_all([countries()[code] for code in codes])


def country_at(lat: float, lon: float) -> str | None:
    """The country at a point, or None at sea.

    Examples
    --------
    >>> country_at(44.95, 34.1), country_at(48.0, 37.8)  # Simferopol, Donetsk
    ('UKR', 'UKR')
    >>> country_at(43.0, 32.0) is None  # the Black Sea
    True
    """
    codes = list(countries())
    found = _tree().query(shapely.Point(lon, lat), predicate="intersects")
    return codes[int(found.min())] if found.size else None


@cache
def _prepared(code: str) -> BaseGeometry:
    """A country, ready to be asked about many points."""
    shape = shapely.from_wkb(
        shapely.to_wkb(countries()[code])
    )  # preparing changes the shape: not the shared one
    shapely.prepare(shape)
    return shape


def lies_in(code: str, lat: float, lon: float) -> bool:
    """Whether a point lies in a country; quick enough to ask for every unit.

    Examples
    --------
    >>> lies_in("UKR", 50.4, 30.5), lies_in("UKR", 55.8, 37.6)
    (True, False)
    """
    return bool(shapely.contains_xy(_prepared(code), lon, lat))


@cache
def _tree() -> shapely.STRtree:
    return shapely.STRtree(list(countries().values()))


def _polygons(polygons: list[list[list[int]]], degree: float) -> BaseGeometry:
    parts = [
        shapely.Polygon(_ring(rings[0], degree), [_ring(r, degree) for r in rings[1:]]) for rings in polygons
    ]
    return shapely.MultiPolygon(parts)


def _ring(steps: list[int], degree: float) -> np.ndarray:
    return np.cumsum(np.asarray(steps).reshape(-1, 2), axis=0) / degree
