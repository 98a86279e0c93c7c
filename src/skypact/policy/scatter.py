"""Where units stand around the place that they are at: evenly over a disc, by a rule without chance."""

from __future__ import annotations

import math
import zlib

from skypact.policy.situation import Point
from skypact.world.earth import RADIUS_KM

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def scattered(place: Point, radius_km: float, number: int, total: int, entry: str) -> Point:
    """Where unit `number` (from 1) of `total` at a place stands.

    The units are the points of a sunflower (Vogel's spiral): at radius √((number − ½) / total) of the disc's,
    each turned from the one before by the golden angle, so that every part of the disc has its share.  The whole
    is turned by 2π · CRC-32(entry) / 2³², so that the units of different entries do not stand on one another.

    Examples
    --------
    >>> scattered((50.4, 30.5), 0.0, 1, 1, "ukr-nasams")
    (50.4, 30.5)
    """
    if radius_km == 0.0:
        return place
    away = radius_km * math.sqrt((number - 0.5) / total)
    turn = 2 * math.pi * zlib.crc32(entry.encode()) / 2**32 + GOLDEN_ANGLE * (number - 1)
    return moved(place, away, turn)


def moved(place: Point, km: float, bearing: float) -> Point:
    """A point so far away on a round Earth; the bearing in radians, clockwise from north."""
    lat, lon, angle = math.radians(place[0]), math.radians(place[1]), km / RADIUS_KM
    north = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * north
    )
    return math.degrees(math.asin(north)), (math.degrees(lon + east) + 180) % 360 - 180
