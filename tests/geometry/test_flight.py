"""Geodesics against GeographicLib, ballistic arcs against textbooks, lanes and legs against plain sense."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from skypact.geometry.flight import GRAVITY, Flight, arc, fly
from skypact.policy.situation import Path
from skypact.world.earth import RADIUS_KM, chord_km, ground_km, slant_km, vectors

WGS84 = Geodesic.WGS84


def level(*points: tuple[float, float], lane_km: float = 0.0) -> Flight:
    return fly([Path("x", "cruise", points, lane_km, False, 200.0, 100.0, 1.0, 0.1)])[0]


def ballistic(*points: tuple[float, float], loft: float = 1.0) -> Flight:
    return fly([Path("x", "ballistic-medium", points, 0.0, True, 0.0, 0.0, loft, 0.1)])[0]


def test_the_published_geodesic_from_jfk_to_luton() -> None:
    # GeodSolve's documentation: 5,551,759.400 m between JFK and London Luton.
    flight = level((40.6, -73.8), (51.6, -0.5))
    assert flight.duration_s * 200.0 == pytest.approx(5_551_759.400, abs=0.01)


def test_every_node_lies_on_the_geodesic_at_its_time() -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        start = rng.uniform([-60, -180], [60, 180])
        line = WGS84.DirectLine(start[0], start[1], rng.uniform(0, 360), rng.uniform(2e4, 3e6))
        end = line.Position(line.s13)
        flight = level((start[0], start[1]), (end["lat2"], end["lon2"]))
        assert flight.duration_s * 200.0 == pytest.approx(line.s13, abs=0.001)
        for time, lat, lon in zip(flight.time_s, flight.lat, flight.lon, strict=True):
            exact = line.Position(time * 200.0)
            assert WGS84.Inverse(lat, lon, exact["lat2"], exact["lon2"])["s12"] < 0.001  # metres


def test_between_nodes_a_flight_is_on_the_geodesic_to_a_few_metres() -> None:
    flight = level((50.0, 30.0), (49.0, 24.0))
    line = WGS84.InverseLine(50.0, 30.0, 49.0, 24.0)
    for time in np.linspace(0, flight.duration_s, 101):
        lat, lon, _ = flight.at(time)
        exact = line.Position(time * 200.0)
        assert WGS84.Inverse(lat, lon, exact["lat2"], exact["lon2"])["s12"] < 5.0


def test_distances_from_chords_are_geodesics() -> None:
    rng = np.random.default_rng(2)
    for reach, within in ((0.5e6, 0.002), (2e6, 0.1)):
        for _ in range(200):
            lat, lon, azimuth, metres = rng.uniform(-65, 65), 20.0, rng.uniform(0, 360), rng.uniform(0, reach)
            end = WGS84.Direct(lat, lon, azimuth, metres)
            a, b = vectors(lat, lon), vectors(end["lat2"], end["lon2"])
            assert ground_km(float(np.linalg.norm(a - b))) == pytest.approx(metres / 1000, abs=within)
    assert chord_km(ground_km(700.0)) == pytest.approx(700.0, abs=1e-6)


def test_the_slant_range_is_the_straight_line() -> None:
    def upwards(lat: float, lon: float) -> np.ndarray:
        phi, lam = np.radians([lat, lon])
        return np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])

    a, b = vectors(50.0, 30.0), vectors(50.5, 31.0)
    up_a, up_b = upwards(50.0, 30.0), upwards(50.5, 31.0)
    straight = np.linalg.norm((a + 6.0 * up_a) - (b + 90.0 * up_b))
    assert slant_km(float(np.linalg.norm(a - b)), 6.0, 90.0) == pytest.approx(straight, rel=1e-4)


def test_waypoints_are_flown_in_order() -> None:
    corners = ((50.0, 36.0), (51.0, 33.0), (49.0, 30.0), (50.4, 30.5))
    flight = level(*corners)
    legs = [WGS84.Inverse(*a, *b)["s12"] / 200.0 for a, b in pairwise(corners)]
    for corner, time in zip(corners, np.cumsum([0.0, *legs]), strict=True):
        assert flight.at(time)[:2] == pytest.approx(corner, abs=1e-6)
    assert (np.diff(flight.time_s) > 0).all()
    assert (flight.altitude_m == 100.0).all()


@pytest.mark.parametrize("lane_km", [10.0, -25.0])
def test_a_lane_lies_beside_the_route_and_ends_at_the_same_aim_point(lane_km: float) -> None:
    route, lane = level((50.0, 36.0), (50.0, 30.0)), level((50.0, 36.0), (50.0, 30.0), lane_km=lane_km)
    assert lane.at(lane.duration_s)[:2] == pytest.approx((50.0, 30.0))
    offset = WGS84.Inverse(50.0, 36.0, lane.lat[0], lane.lon[0])
    assert offset["s12"] == pytest.approx(abs(lane_km) * 1000, abs=0.01)
    # Flying west, the right-hand side is north.
    assert (lane.lat[0] > route.lat[0]) == (lane_km > 0)


def test_a_missile_of_300_km_by_the_rules_of_thumb() -> None:
    """Least energy over a flat Earth: apogee a quarter of the range, v² = g·d, t = √(2·d/g)."""
    flown, gravity = arc(300.0), GRAVITY / RADIUS_KM**2
    assert flown.apogee_km == pytest.approx(300.0 / 4, rel=0.02)
    assert flown.burnout_speed_km_s == pytest.approx(math.sqrt(gravity * 300.0), rel=0.02)
    assert flown.duration_s == pytest.approx(math.sqrt(2 * 300.0 / gravity), rel=0.02)


@pytest.mark.parametrize("range_km", [300.0, 1000.0, 1800.0, 9000.0])
def test_the_time_of_a_least_energy_arc_is_lamberts(range_km: float) -> None:
    """Lambert's theorem: t = √(s³/8μ)·(π − β + sin β), sin²(β/2) = (s − c)/s, s half the perimeter."""
    chord = 2 * RADIUS_KM * math.sin(range_km / (2 * RADIUS_KM))
    half = (2 * RADIUS_KM + chord) / 2
    beta = 2 * math.asin(math.sqrt((half - chord) / half))
    expected = math.sqrt(half**3 / (8 * GRAVITY)) * (math.pi - beta + math.sin(beta))
    assert arc(range_km).duration_s == pytest.approx(expected, rel=1e-9)


def test_a_short_arc_is_a_parabola() -> None:
    flown, gravity = arc(20.0), GRAVITY / RADIUS_KM**2
    assert flown.apogee_km == pytest.approx(5.0, rel=0.01)
    assert flown.burnout_speed_km_s == pytest.approx(math.sqrt(gravity * 20.0), rel=0.01)
    assert flown.duration_s == pytest.approx(math.sqrt(2 * 20.0 / gravity), rel=0.01)


@pytest.mark.parametrize("range_km", [100.0, 700.0, 1800.0, 9000.0])
def test_no_other_arc_needs_less_energy(range_km: float) -> None:
    """Greatest range for a speed: sin φ = Q/(2 − Q), Q = v²·R/μ (Bate, Mueller and White, section 6.2)."""
    least = arc(range_km)
    half = range_km / (2 * RADIUS_KM)
    optimum = math.sqrt(GRAVITY / RADIUS_KM * 2 * math.sin(half) / (1 + math.sin(half)))
    assert least.burnout_speed_km_s == pytest.approx(optimum, rel=1e-12)
    for factor in (0.8, 0.97, 1.03, 1.3):
        assert arc(range_km, least.apogee_km * factor).burnout_speed_km_s > least.burnout_speed_km_s
    same = arc(range_km, least.apogee_km)
    assert same.duration_s == pytest.approx(least.duration_s, rel=1e-9)


def test_the_time_on_an_arc_agrees_with_integrating_the_motion() -> None:
    """Newton's equation in small steps, from launch to the ground (leapfrog)."""
    flown = arc(1500.0, 500.0)
    e, a = flown.eccentricity, flown.semi_major_km
    momentum = math.sqrt(GRAVITY * a * (1 - e * e))
    sideways = momentum / RADIUS_KM
    upwards = math.sqrt(flown.burnout_speed_km_s**2 - sideways**2)
    position, velocity = np.array([0.0, RADIUS_KM]), np.array([sideways, upwards])
    step, time, top = 0.01, 0.0, 0.0
    while time == 0.0 or np.linalg.norm(position) >= RADIUS_KM:
        velocity = velocity - position * (GRAVITY / np.linalg.norm(position) ** 3) * step / (
            2 if time == 0 else 1
        )
        position = position + velocity * step
        top = max(top, float(np.linalg.norm(position)) - RADIUS_KM)
        time += step
    assert time == pytest.approx(flown.duration_s, abs=0.05)
    assert top == pytest.approx(500.0, abs=0.01)
    assert math.atan2(position[0], position[1]) * RADIUS_KM == pytest.approx(1500.0, abs=0.2)


def test_a_ballistic_flight_rises_and_falls_on_the_ground() -> None:
    flight = ballistic((35.0, 47.0), (32.0, 35.0))
    top = int(np.argmax(flight.altitude_m))
    expected = arc(WGS84.Inverse(35.0, 47.0, 32.0, 35.0)["s12"] / 1000)
    assert flight.altitude_m[[0, -1]] == pytest.approx([0.0, 0.0], abs=1e-3)
    assert flight.altitude_m[top] / 1000 == pytest.approx(expected.apogee_km, rel=1e-4)
    assert flight.time_s[top] == pytest.approx(flight.duration_s / 2, abs=1.0)
    assert np.diff(flight.time_s).max() < 1.5


def test_the_apogee_is_the_stated_part_of_that_of_least_energy() -> None:
    for far in (30.5, 34.0):
        least, flat = (ballistic((50.0, 37.0), (50.4, far), loft=loft) for loft in (1.0, 0.5))
        assert flat.altitude_m.max() == pytest.approx(0.5 * least.altitude_m.max(), rel=1e-3)
