"""The plane of the atlas against geodesics; areas by their definition; permission by its definition."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from pyproj import Geod

from skypact.geometry.atlas import atlas_of
from skypact.geometry.crossings import outlines, stays
from skypact.geometry.flight import fly
from skypact.geometry.permission import permitted
from skypact.geometry.track import tracks
from skypact.policy.situation import Geography
from skypact.scenario.rules import Area

from . import cases

WGS84 = Geodesic.WGS84
ATLAS = atlas_of(cases.GEOGRAPHY)


def random_points(seed: int, count: int, half_km: float) -> np.ndarray:
    """Latitudes and longitudes of points of the plane."""
    plane = np.random.default_rng(seed).uniform(-half_km, half_km, (count, 2))
    lonlat = shapely.get_coordinates(ATLAS.lonlat(shapely.MultiPoint(plane)))
    return lonlat[:, ::-1]


def test_from_the_centre_distance_and_direction_are_true() -> None:
    for lat, lon in random_points(1, 200, 1000.0):
        exact = WGS84.Inverse(ATLAS.lat, ATLAS.lon, lat, lon)
        x, y = ATLAS.project(lat, lon)
        assert np.hypot(x, y) == pytest.approx(exact["s12"] / 1000, abs=0.05)
        off = np.degrees(np.arctan2(x, y)) - exact["azi1"]
        assert abs((off + 180) % 360 - 180) < 0.1


def test_between_places_the_error_keeps_within_its_bound() -> None:
    rng = np.random.default_rng(2)
    assert 0 < ATLAS.distance_error < 0.01
    worst = 0.0
    points = random_points(3, 400, ATLAS.reach_km / np.sqrt(2))
    for a, b in rng.permutation(points).reshape(-1, 2, 2):
        exact = WGS84.Inverse(*a, *b)["s12"] / 1000
        plane = float(np.hypot(*(ATLAS.project(*a) - ATLAS.project(*b))))
        worst = max(worst, abs(plane / exact - 1))
    assert worst < ATLAS.distance_error * 1.1 + 5e-4
    assert worst > ATLAS.distance_error / 20


def test_a_depth_over_an_ally_is_measured_on_the_ground() -> None:
    """70 km from Poland, inside Ukraine: the nearest geodesic distance decides."""
    deep = ATLAS.shape(Area(inside=("UKR",), within=(cases.depth(("POL",), 70.0),)))
    poland = ATLAS.lonlat(ATLAS.named("POL"))
    border = shapely.get_coordinates(shapely.segmentize(poland.boundary, 0.02))
    border = border[(border[:, 0] > 22) & (border[:, 1] > 48)]
    points = random_points(4, 4000, 600.0)
    inside = ATLAS.contains(ATLAS.named("UKR"), points[:, 0], points[:, 1])
    found = ATLAS.contains(deep, points[:, 0], points[:, 1])
    assert not (found & ~inside).any()
    checked = 0
    for (lat, lon), near in zip(points[inside], found[inside], strict=True):
        size = len(border)
        metres = Geod(ellps="WGS84").inv(np.full(size, lon), np.full(size, lat), border[:, 0], border[:, 1])[
            2
        ]
        distance = metres.min() / 1000
        if abs(distance - 70.0) > 1.0:
            assert near == (distance < 70.0)
            checked += near
    assert checked > 20


def test_conditions_of_an_area_hold_together() -> None:
    area = Area(
        inside=("UKR", "POL"),
        outside=("east",),
        within=(cases.depth(("kyiv", "lviv"), 300.0),),
        beyond=(cases.depth(("RUS", "BLR"), 100.0),),
    )
    points = random_points(5, 3000, 700.0)
    plane = shapely.points(ATLAS.project(points[:, 0], points[:, 1]))
    names = {name: ATLAS.named(name) for name in ("UKR", "POL", "east", "kyiv", "lviv", "RUS", "BLR")}
    expected = (
        (shapely.contains(names["UKR"], plane) | shapely.contains(names["POL"], plane))
        & ~shapely.contains(names["east"], plane)
        & (np.minimum(shapely.distance(names["kyiv"], plane), shapely.distance(names["lviv"], plane)) <= 300)
        & (np.minimum(shapely.distance(names["RUS"], plane), shapely.distance(names["BLR"], plane)) >= 100)
    )
    got = ATLAS.contains(ATLAS.shape(area), points[:, 0], points[:, 1])
    assert (got != expected).mean() < 0.002  # a buffer's arc is a chain of chords
    assert 100 < expected.sum() < 2900


def test_airspace_without_consent_is_left_out_and_the_sea_is_nobodys() -> None:
    shape = ATLAS.consented(ATLAS.world, ("UKR",))
    for name, (lat, lon), expected in (
        ("Kyiv", (50.4, 30.5), True),
        ("Warsaw", (52.2, 21.0), False),
        ("Black Sea", (43.5, 31.5), True),
        ("Chisinau", (47.0, 28.85), False),
    ):
        assert ATLAS.contains(shape, lat, lon) == expected, name


def test_the_map_of_one_place_has_no_error() -> None:
    atlas = atlas_of(Geography({"JOR": ("JOR",)}, {}, {"amman": (32.0, 35.9)}))
    assert atlas.distance_error == 0.0
    assert atlas.contains(atlas.named("JOR"), 31.0, 36.0)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        ATLAS.named("atlantis")


def test_a_battery_on_its_own_ground_may_shoot_over_it_alone() -> None:
    rng = np.random.default_rng(6)
    battery = cases.unit(rng, 0, cases.LAYERS[3:])
    while battery.aircraft is not None:
        battery = cases.unit(rng, 0, cases.LAYERS[3:])
    area = permitted(ATLAS, battery, battery.engages["drone"])
    assert ATLAS.contains(area, 50.4, 30.5)
    assert not ATLAS.contains(area, 52.2, 21.0)
    assert ATLAS.contains(area, 43.5, 31.5)  # the sea


def test_stays_are_what_many_points_say() -> None:
    situation = cases.situation(11, paths=20)
    flights = fly(situation.paths)
    flown = tracks(flights)
    plane = np.concatenate([ATLAS.project(flight.lat, flight.lon) for flight in flights])
    names = ("UKR", "east", "BLR")
    shapes = [ATLAS.named(name) for name in names] + [shapely.Polygon()]
    found = stays(
        flown.first, flown.nodes[:, 0].copy(), plane, outlines(shapes), np.ones((20, 4), dtype=np.bool_)
    )
    inside = 0
    for p, flight in enumerate(flights):
        nodes = plane[flown.first[p] : flown.first[p + 1]]
        times = np.linspace(0, flight.duration_s, 1500)[1:-1]
        x, y = np.interp(times, flight.time_s, nodes[:, 0]), np.interp(times, flight.time_s, nodes[:, 1])
        for a, shape in enumerate(shapes):
            rows = slice(found.first[p, a], found.first[p, a] + found.count[p, a])
            expected = shapely.intersects_xy(shape, x, y)
            got = np.zeros(len(times), dtype=bool)
            for start, end in found.interval[rows]:
                got |= (times >= start) & (times <= end)
            assert (got == expected).all()
            inside += expected.sum()
    assert inside > 3000
