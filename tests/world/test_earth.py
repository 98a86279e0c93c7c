"""Distances from chords are geodesics, to stated bounds, over the whole Earth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from skypact.world.earth import RADIUS_KM, SERIES_KM, chord_km, ground_km, vectors

WGS84 = Geod(ellps="WGS84")
HALF_WAY_KM = np.pi * RADIUS_KM

# Up to so many km the distance from a chord is off by at most such a share of it.
BOUNDS = (
    (500.0, 4e-6),
    (1_000.0, 1.2e-5),
    (2_000.0, 5e-5),
    (5_000.0, 3.5e-4),
    (10_000.0, 1.5e-3),
    (15_000.0, 4e-3),
    (18_000.0, 1e-2),
    (20_003.0, 4.5e-2),
)


def geodesics(longest_km: float, number: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Chords and geodesics between pairs of points, among them along the equator and over the poles."""
    rng = np.random.default_rng(seed)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, number)))
    lat[: number // 4] = 0.0
    lat[number // 4 : number // 3] = 90.0
    lon, azimuth = rng.uniform(-180, 180, number), rng.uniform(-180, 180, number)
    azimuth[: number // 8], azimuth[number // 8 : number // 6] = 90.0, 0.0
    there = WGS84.fwd(lon, lat, azimuth, 1000 * rng.uniform(0.001, 1, number) * longest_km)
    geodesic = WGS84.inv(lon, lat, there[0], there[1])[2] / 1000
    chord = np.linalg.norm(vectors(lat, lon) - vectors(there[1], there[0]), axis=-1)
    return chord, geodesic


@pytest.mark.parametrize(("longest_km", "share"), BOUNDS)
def test_a_distance_from_a_chord_is_the_geodesic(longest_km: float, share: float) -> None:
    chord, geodesic = geodesics(longest_km, 6_000, seed=int(longest_km))
    found = np.array([ground_km(float(one)) for one in chord])
    assert np.all(np.abs(found - geodesic) <= share * geodesic + 1e-6)


def test_the_series_is_as_good_as_the_arcsine() -> None:
    for chord in np.linspace(1.0, SERIES_KM, 500):
        assert ground_km(chord) == pytest.approx(2 * RADIUS_KM * np.arcsin(chord / 2 / RADIUS_KM), abs=1e-4)
        assert chord_km(chord) == pytest.approx(2 * RADIUS_KM * np.sin(chord / 2 / RADIUS_KM), abs=1e-4)


@given(st.floats(0, HALF_WAY_KM - 1))
def test_a_chord_is_the_inverse_of_a_distance(distance: float) -> None:
    assert ground_km(chord_km(distance)) == pytest.approx(distance, rel=1e-7, abs=1e-9)


@given(st.floats(0, 30_000), st.floats(0, 30_000))
def test_further_is_never_nearer(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert ground_km(near) <= ground_km(far) <= HALF_WAY_KM + 1e-6
    assert chord_km(near) <= chord_km(far) <= 2 * RADIUS_KM


def test_nothing_is_further_than_the_antipode() -> None:
    assert ground_km(13_000.0) == pytest.approx(HALF_WAY_KM)
    assert chord_km(25_000.0) == 2 * RADIUS_KM
