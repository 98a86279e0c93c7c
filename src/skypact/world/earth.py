"""The shape of the Earth: places as vectors, and the straight line between two of them.

Places are points on the WGS84 ellipsoid, as earth-centred vectors in km.  Every distance here comes
from the chord between two such points: it needs no trigonometry, and it is exact where a formula in
latitude and longitude would have to iterate.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
_EQUATOR_KM = 6378.137
_FLATTENING = 1 / 298.257223563
_ECCENTRICITY2 = _FLATTENING * (2 - _FLATTENING)


def vectors(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Earth-centred vectors (km), shape ``(..., 3)``, of points on the ellipsoid in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    normal = _EQUATOR_KM / np.sqrt(1 - _ECCENTRICITY2 * np.sin(phi) ** 2)
    across = normal * np.cos(phi)
    up = (1 - _ECCENTRICITY2) * normal * np.sin(phi)
    return np.stack([across * np.cos(lam), across * np.sin(lam), up], axis=-1)


@njit(cache=True, nogil=True)
def ground_km(chord_km: float) -> float:
    """Distance over the ground for a chord through the Earth.

    The series of 2·R·asin(c/2R) to the third term.  Against geodesics on the ellipsoid it is off by
    less than 2 m at 500 km and 100 m at 2,000 km.
    """
    u = (chord_km / RADIUS_KM) ** 2
    return chord_km * (1.0 + u * (1.0 / 24.0 + u * (3.0 / 640.0 + u * (5.0 / 7168.0))))


@njit(cache=True, nogil=True)
def chord_km(ground: float) -> float:
    """The inverse of `ground_km`: the series of 2·R·sin(g/2R)."""
    u = (ground / RADIUS_KM) ** 2
    return ground * (1.0 - u * (1.0 / 24.0 - u * (1.0 / 1920.0 - u / 322560.0)))


@njit(cache=True, nogil=True)
def slant_km(chord: float, height_km: float, other_km: float) -> float:
    """Straight line between two points at heights above the ends of a chord (cosine rule)."""
    stretch = (1.0 + height_km / RADIUS_KM) * (1.0 + other_km / RADIUS_KM)
    return float(np.sqrt((other_km - height_km) ** 2 + stretch * chord * chord))
