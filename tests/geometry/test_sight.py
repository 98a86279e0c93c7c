"""Radar horizon and range against textbooks; first sights against the plain formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench import geometry_plain as plain
from skypact.geometry.flight import fly
from skypact.geometry.sight import detections, first_sights, horizon_km, radar_range_km
from skypact.geometry.track import tracks

from . import cases


@pytest.mark.parametrize("heights", [(10.0, 50.0), (20.0, 1000.0), (8000.0, 60.0), (0.0, 100.0)])
def test_the_horizon_is_the_textbook_one(heights: tuple[float, float]) -> None:
    # 4.12·(√h1 + √h2) km, heights in metres (Skolnik, Radar Handbook: four-thirds Earth).
    textbook = 4.12 * (np.sqrt(heights[0]) + np.sqrt(heights[1]))
    assert horizon_km(heights).sum() == pytest.approx(textbook, rel=1e-3)


def test_range_goes_with_the_fourth_root_of_the_cross_section() -> None:
    assert radar_range_km(200.0, 1.0, 1.0) == 200.0
    assert radar_range_km(200.0, 2.0, 2.0 / 10_000) == pytest.approx(20.0)


def test_first_sights_are_the_first_of_the_plain_formula() -> None:
    situation = cases.situation(3, paths=8, sites=6)
    flights = fly(situation.paths)
    seen = first_sights(situation.sites, situation.paths, tracks(flights))
    found = 0
    for s, site in enumerate(situation.sites):
        for p, path in enumerate(situation.paths):
            step = 0.5 if path.ballistic else 5.0
            plainly = np.inf
            for time in np.arange(0.0, flights[p].duration_s, step):
                target = plain.place(flights[p], time)
                eye = site.antenna.height_m / 1000
                if plain.sees(site.antenna, eye, site.lat, site.lon, target, path.rcs_m2):
                    plainly = time
                    break
            if np.isfinite(plainly):
                found += 1
                assert plainly - step - 0.3 <= seen[s, p] <= plainly + 0.3
            else:
                assert not seen[s, p] < flights[p].duration_s - step
    assert found > 10


def test_a_group_sees_through_the_sensors_whose_tracks_it_has() -> None:
    situation = cases.situation(4, paths=12, sites=8)
    others = tuple(replace(site, owner="POL") for site in situation.sites[:4])
    situation = replace(
        situation,
        sites=others + situation.sites[4:],
        tracks={"ukr": ("UKR",), "joint": ("UKR", "POL"), "blind": ()},
    )
    flown = tracks(fly(situation.paths))
    seen = detections(situation, flown)
    each = first_sights(situation.sites, situation.paths, flown)
    np.testing.assert_array_equal(seen.sight_s[0], each[4:].min(axis=0))
    np.testing.assert_array_equal(seen.sight_s[1], each.min(axis=0))
    assert (seen.sight_s[1] < seen.sight_s[0]).any()
    assert np.isinf(seen.sight_s[2]).all()
    assert (seen.p_detect[2] == 0.0).all()
    # One owner's sensors are one network; of two owners' networks that see it, both must miss.
    np.testing.assert_allclose(seen.p_detect[0][np.isfinite(seen.sight_s[0])], 0.9)
    theirs, ours = np.isfinite(each[:4]).any(axis=0), np.isfinite(each[4:]).any(axis=0)
    np.testing.assert_allclose(
        seen.p_detect[1], np.where(theirs & ours, 0.99, np.where(theirs | ours, 0.9, 0.0))
    )
    assert (theirs & ours).any()
    np.testing.assert_array_equal(seen.delay_s[0][np.isfinite(seen.sight_s[0])][0], [5.0, 25.0])


def test_of_two_sensors_the_one_with_the_sooner_track_counts() -> None:
    situation = cases.situation(5, paths=6, sites=1)
    slow = situation.sites[0]
    quick = replace(slow, id="quick", delay_s=(0.0, 1.0), p_detect=dict.fromkeys(slow.p_detect, 0.5))
    both = detections(replace(situation, sites=(slow, quick)), tracks(fly(situation.paths)))
    seen = np.isfinite(both.sight_s[0])
    assert seen.any()
    assert (both.delay_s[0][seen] == [0.0, 1.0]).all()
    np.testing.assert_allclose(both.p_detect[0][seen], 0.9)
