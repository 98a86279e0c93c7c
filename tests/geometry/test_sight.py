"""Radar horizon and range against textbooks; passages against a chord, and against the plain formula."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest

from bench import geometry_plain as plain
from skypact.geometry.flight import BALLISTIC_STEP_S, LEVEL_STEP_KM, fly
from skypact.geometry.sight import horizon_km, passages, radar_range_km
from skypact.geometry.track import tracks
from skypact.policy.situation import Antenna, Path, Site

from . import cases


@pytest.mark.parametrize("heights", [(10.0, 50.0), (20.0, 1000.0), (8000.0, 60.0), (0.0, 100.0)])
def test_the_horizon_is_the_textbook_one(heights: tuple[float, float]) -> None:
    # 4.12·(√h1 + √h2) km, heights in metres (Skolnik, Radar Handbook: four-thirds Earth).
    textbook = 4.12 * (np.sqrt(heights[0]) + np.sqrt(heights[1]))
    assert horizon_km(heights).sum() == pytest.approx(textbook, rel=1e-3)


def test_range_goes_with_the_fourth_root_of_the_cross_section() -> None:
    assert radar_range_km(200.0, 1.0, 1.0) == 200.0
    assert radar_range_km(200.0, 2.0, 2.0 / 10_000) == pytest.approx(20.0)


def seen(
    sensors: tuple[Site, ...], paths: tuple[Path, ...]
) -> dict[tuple[int, int], list[tuple[float, ...]]]:
    """Passages by (sensor, path)."""
    found = passages(sensors, paths, tracks(fly(paths)))
    by_pair: dict[tuple[int, int], list[tuple[float, ...]]] = {}
    for path, sensor, *times in zip(
        found.path.tolist(), found.sensor.tolist(), found.enters_s, found.leaves_s, strict=True
    ):
        by_pair.setdefault((sensor, path), []).append(tuple(times))
    return by_pair


def test_a_pass_beside_a_radar_is_a_chord() -> None:
    # Along the equator at 200 m/s and 1,000 m, half a degree beside a radar that sees 100 km of it.
    radar = cases.radar("radar", 0.5, 10.0, Antenna(100.0, 1.0, 9000.0), {"cruise": 0.9})
    path = Path("x", "cruise", ((0.0, 7.0), (0.0, 13.0)), 0.0, False, 200.0, 1000.0, 1.0, 1.0)
    ((enters, leaves),) = seen((radar,), (path,))[0, 0]
    beside, height = 0.5 * 110.574, 8.0
    half = sqrt(100.0**2 - height**2 - beside**2)
    assert (enters + leaves) / 2 == pytest.approx(3 * 111.32 / 0.2, abs=2.0)
    assert leaves - enters == pytest.approx(2 * half / 0.2, rel=2e-3)


def test_who_starts_or_ends_in_sight_is_seen_from_the_launch_or_to_the_impact() -> None:
    radar = cases.radar("radar", 0.0, 10.0, Antenna(100.0, 1.0, 9000.0), {"cruise": 0.9})
    away = Path("x", "cruise", ((0.0, 10.0), (0.0, 13.0)), 0.0, False, 200.0, 1000.0, 1.0, 1.0)
    home = replace(away, points=((0.0, 13.0), (0.0, 10.0)))
    found = seen((radar,), (away, home))
    duration = fly([home])[0].duration_s
    assert found[0, 0][0][0] == 0.0
    assert found[0, 1][0][1] == duration
    assert found[0, 0][0][1] == pytest.approx(duration - found[0, 1][0][0], abs=0.1)


def test_a_way_back_is_a_passage_of_its_own() -> None:
    radar = cases.radar("radar", 0.0, 10.0, Antenna(100.0, 1.0, 9000.0), {"cruise": 0.9})
    corners = ((0.0, 9.5), (0.0, 12.0), (0.1, 9.5))
    path = Path("x", "cruise", corners, 0.0, False, 200.0, 1000.0, 1.0, 1.0)
    assert len(seen((radar,), (path,))[0, 0]) == 2


def test_no_sensor_looks_for_a_class_without_a_chance() -> None:
    situation = cases.situation(3)
    blind = tuple(replace(site, p_detect={}) for site in situation.sites)
    none = tuple(replace(site, p_detect=dict.fromkeys(site.p_detect, 0.0)) for site in situation.sites)
    assert seen(situation.sites, situation.paths)
    assert not seen(blind, situation.paths)
    assert not seen(none, situation.paths)
    assert not seen((), situation.paths)


def test_passages_are_what_many_moments_say() -> None:
    """The plain formula at every step of a flight, on random sensors and paths."""
    inside = moments = 0
    for seed in range(3, 6):
        situation = cases.situation(seed, paths=8, sites=6)
        flights = fly(situation.paths)
        found = seen(situation.sites, situation.paths)
        for s, site in enumerate(situation.sites):
            eye = site.antenna.height_m / 1000
            for p, path in enumerate(situation.paths):
                own = found.get((s, p), [])
                assert all(a <= b for a, b in own)
                assert all(before[1] < after[0] for before, after in pairwise(own))
                step = 1.0 if path.ballistic else 12.0
                for time in np.arange(step / 2, flights[p].duration_s, step):
                    if any(min(abs(time - a), abs(time - b)) < 0.3 for a, b in own):
                        continue
                    target = plain.place(flights[p], time)
                    sees = plain.sees(site.antenna, eye, site.lat, site.lon, target, path.rcs_m2)
                    assert sees == any(a <= time <= b for a, b in own), (seed, s, p, time)
                    inside += sees
                    moments += 1
    assert 2000 < inside < moments - 2000


def test_half_the_step_of_a_flight_moves_no_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    situation = cases.situation(7, paths=12, sites=10)
    usual = seen(situation.sites, situation.paths)
    monkeypatch.setattr("skypact.geometry.flight.LEVEL_STEP_KM", LEVEL_STEP_KM / 2)
    monkeypatch.setattr("skypact.geometry.flight.BALLISTIC_STEP_S", BALLISTIC_STEP_S / 2)
    half = seen(situation.sites, situation.paths)
    assert usual.keys() == half.keys()
    assert len(usual) >= 20
    for pair, own in usual.items():
        assert np.array(half[pair]) == pytest.approx(np.array(own), abs=0.5)
