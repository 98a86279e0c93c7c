"""Scatter: evenly over the disc, without chance, each entry by itself, in the country of the place."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from pyproj import Geod

import skypact.policy.scatter as scatter
from skypact.policy.scatter import moved, scattered
from skypact.world.borders import country_at

EARTH = Geod(ellps="WGS84")
KYIV = (50.4, 30.5)


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(EARTH.inv(one[1], one[0], other[1], other[0])[2]) / 1000


def test_examples_hold() -> None:
    assert doctest.testmod(scatter).failed == 0


def test_the_way_moved_is_the_way_asked_for() -> None:
    for bearing in np.linspace(0, 2 * math.pi, 9):
        point = moved(KYIV, 25.0, float(bearing))
        assert km(KYIV, point) == pytest.approx(25.0, rel=0.005)
        assert EARTH.inv(30.5, 50.4, point[1], point[0])[0] % 360 == pytest.approx(
            math.degrees(float(bearing)) % 360, abs=0.5
        )


@pytest.mark.parametrize("total", [1, 2, 9, 100])
def test_the_units_are_spread_evenly_over_the_disc(total: int) -> None:
    points = [scattered(KYIV, 20.0, n, total, "ukr-mobile") for n in range(1, total + 1)]
    away = sorted(km(KYIV, point) for point in points)
    # As many in each ring as it has of the disc's area: radius² is evenly spread.
    expected = 20.0 * np.sqrt((np.arange(total) + 0.5) / total)
    np.testing.assert_allclose(away, expected, rtol=0.005)
    if total == 100:
        offsets = np.array(points) - KYIV
        quarters = np.floor((np.degrees(np.arctan2(offsets[:, 0], offsets[:, 1])) % 360) / 90)
        assert np.bincount(quarters.astype(int), minlength=4).min() >= 20
        nearest = [min(km(one, other) for other in points if other != one) for one in points]
        assert min(nearest) > 20.0 / math.sqrt(100) * 0.8


def test_without_chance_and_each_entry_by_itself() -> None:
    assert scattered(KYIV, 20.0, 1, 3, "one") == scattered(KYIV, 20.0, 1, 3, "one")
    assert km(scattered(KYIV, 20.0, 1, 1, "one"), scattered(KYIV, 20.0, 1, 1, "two")) > 1.0


def test_a_wider_disc_moves_a_unit_along_its_own_line() -> None:
    near, far = (scattered(KYIV, radius, 2, 5, "one") for radius in (10.0, 20.0))
    assert km(KYIV, far) == pytest.approx(2 * km(KYIV, near), rel=0.01)
    assert EARTH.inv(30.5, 50.4, near[1], near[0])[0] == pytest.approx(
        EARTH.inv(30.5, 50.4, far[1], far[0])[0], abs=0.1
    )


@pytest.mark.parametrize(("place", "country"), [((46.5, 30.7), "UKR"), ((49.8, 22.8), "POL"), (KYIV, "UKR")])
def test_nobody_stands_in_the_sea_or_across_a_border(place: tuple[float, float], country: str) -> None:
    assert country_at(*place) == country
    free = [scattered(place, 60.0, n, 40, "batteries") for n in range(1, 41)]
    kept = [scattered(place, 60.0, n, 40, "batteries", on_land=True) for n in range(1, 41)]
    assert {country_at(*point) for point in kept} == {country}
    for without, with_rule in zip(free, kept, strict=True):
        assert km(place, with_rule) <= km(place, without) + 1e-9
        if country_at(*without) == country:
            assert with_rule == without


def test_at_sea_there_is_nothing_to_keep_to() -> None:
    sea = (43.0, 32.0)
    assert scattered(sea, 30.0, 1, 4, "ships", on_land=True) == scattered(sea, 30.0, 1, 4, "ships")
