"""Where units stand around the place that they are at: evenly over a disc, by a rule without chance."""

from __future__ import annotations

import math
import zlib
from functools import cache, lru_cache

from skypact.policy.situation import Point
from skypact.world.borders import country_at, lies_in
from skypact.world.earth import RADIUS_KM

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


INWARDS = 8
"""How often the way from the place is halved before the place itself is taken."""


@lru_cache(4096)  # policies with one set of numbers ask for the same again
def scattered(
    place: Point, radius_km: float, number: int, total: int, entry: str, on_land: bool = False
) -> Point:
    """Where unit `number` (from 1) of `total` at a place stands.

    The units are the points of a sunflower (Vogel's spiral): at radius √((number − ½) / total) of the disc's,
    each turned from the one before by the golden angle, so that every part of the disc has its share.  The whole
    is turned by 2π · CRC-32(entry) / 2³², so that the units of different entries do not stand on one another.

    With `on_land` a point in the sea or across a border is drawn towards the place, halfway as often as it
    takes: a battery of a city at the coast stands behind it, and nobody's stands in another country.

    Examples
    --------
    >>> scattered((50.4, 30.5), 0.0, 1, 1, "ukr-nasams")
    (50.4, 30.5)
    """
    if radius_km == 0.0:
        return place
    away = radius_km * math.sqrt((number - 0.5) / total)
    turn = 2 * math.pi * zlib.crc32(entry.encode()) / 2**32 + GOLDEN_ANGLE * (number - 1)
    country = _country(place) if on_land else None
    if country is None:
        return moved(place, away, turn)
    for _ in range(INWARDS):
        point = moved(place, away, turn)
        if lies_in(country, *point):
            return point
        away /= 2
    return place


@cache
def _country(place: Point) -> str | None:
    return country_at(*place)


def moved(place: Point, km: float, bearing: float) -> Point:
    """A point so far away on a round Earth; the bearing in radians, clockwise from north."""
    lat, lon, angle = math.radians(place[0]), math.radians(place[1]), km / RADIUS_KM
    north = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * north
    )
    return math.degrees(math.asin(north)), (math.degrees(lon + east) + 180) % 360 - 180
