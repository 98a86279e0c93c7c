"""Cities lie in the country that is recognised; the sea is nobody's; countries do not overlap."""

from __future__ import annotations

import math

import pytest
import shapely

from skypact.world.borders import RESOLUTION_KM, countries, country_at, territory

CITIES = {
    "Simferopol": (44.95, 34.1, "UKR"),
    "Sevastopol": (44.6, 33.53, "UKR"),
    "Kerch": (45.35, 36.47, "UKR"),
    "Donetsk": (48.0, 37.8, "UKR"),
    "Luhansk": (48.57, 39.3, "UKR"),
    "Mariupol": (47.1, 37.55, "UKR"),
    "Kherson": (46.63, 32.6, "UKR"),
    "Melitopol": (46.84, 35.37, "UKR"),
    "Lviv": (49.84, 24.03, "UKR"),
    "Odesa": (46.48, 30.73, "UKR"),
    "Rostov": (47.23, 39.7, "RUS"),
    "Belgorod": (50.6, 36.6, "RUS"),
    "Taman": (45.2, 36.75, "RUS"),
    "Minsk": (53.9, 27.56, "BLR"),
    "Chisinau": (47.0, 28.85, "MDA"),
    "Tiraspol": (46.85, 29.63, "MDA"),
    "Rzeszow": (50.04, 22.0, "POL"),
    "Suceava": (47.65, 26.25, "ROU"),
    "Amman": (31.95, 35.93, "JOR"),
    "Damascus": (33.51, 36.29, "SYR"),
    "Majdal Shams": (33.27, 35.77, "SYR"),
    "Katzrin": (32.99, 35.7, "SYR"),
    "Tiberias": (32.79, 35.53, "ISR"),
    "Tel Aviv": (32.08, 34.78, "ISR"),
    "Ramallah": (31.9, 35.2, "PSE"),
    "Gaza": (31.5, 34.46, "PSE"),
    "Beirut": (33.89, 35.5, "LBN"),
    "Baghdad": (33.31, 44.37, "IRQ"),
    "Tehran": (35.69, 51.39, "IRN"),
    "Laayoune": (27.15, -13.2, "ESH"),
    "Famagusta": (35.12, 33.9, "CYP"),
}
SEA = {
    "Black Sea": (43.0, 32.0),
    "Mediterranean": (33.5, 32.0),
    "Caspian": (41.5, 51.0),
    "Atlantic": (40.0, -40.0),
}


@pytest.mark.parametrize("city", CITIES)
def test_a_city_is_in_its_country(city: str) -> None:
    lat, lon, code = CITIES[city]
    assert country_at(lat, lon) == code
    assert territory((code,)).contains(shapely.Point(lon, lat))


@pytest.mark.parametrize("sea", SEA)
def test_the_sea_is_nobodys(sea: str) -> None:
    assert country_at(*SEA[sea]) is None


def test_no_point_of_crimea_is_in_russia() -> None:
    # The peninsula to its east shore on the strait of Kerch.
    west = [(35.3, 46.2), (32.3, 46.0), (32.3, 44.2), (36.4, 44.9)]
    shore = [(36.4, 45.2), (36.48, 45.3), (36.52, 45.36), (36.6, 45.39), (36.6, 45.45)]
    crimea = shapely.Polygon(west + shore)
    assert territory(("RUS",)).intersection(crimea).is_empty
    assert territory(("UKR",)).intersection(crimea).area > 2.5  # square degrees; Crimea has about 3


def test_countries_overlap_by_no_more_than_rounding() -> None:
    shapes = list(countries().values())
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    overlaps = [shapes[a].intersection(shapes[b]).area for a, b in pairs if a < b]
    assert len(overlaps) > 200
    assert max(overlaps) < 1e-3  # square degrees: at most 12 km2


def test_countries_are_valid_and_as_large_as_they_are() -> None:
    assert all(shape.is_valid for shape in countries().values())
    # Square degrees at the latitude of the middle, against square km from the CIA World Factbook (2024).
    for code, lat, expected in (("UKR", 49.0, 603_550), ("POL", 52.0, 312_685), ("JOR", 31.2, 89_342)):
        square_km = countries()[code].area * 111.2**2 * math.cos(math.radians(lat))
        assert square_km == pytest.approx(expected, rel=0.06)  # the strip of sea comes on top


def test_the_territory_of_none_is_empty_and_a_wrong_code_is_an_error() -> None:
    assert territory(()).is_empty
    assert RESOLUTION_KM == 10.0
    with pytest.raises(KeyError):
        territory(("XXX",))
