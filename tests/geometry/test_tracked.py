"""Looks, tracks and cut windows against their definition, moment by moment."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.geometry.atlas import atlas_of
from skypact.geometry.flight import Flight
from skypact.geometry.looks import RARELY, firing, looks_at, own_radar, pictures, sensors_of, tracks_of
from skypact.geometry.sight import Passages
from skypact.geometry.tracked import Tracked, first_sights, tracked
from skypact.geometry.windows import Opportunities, Windows, opportunities
from skypact.policy.situation import Aircraft, Antenna, FireUnit, Site, Situation

from . import cases

ATLAS = atlas_of(cases.GEOGRAPHY)
BASE = cases.situation(0)
DURATION = 1000.0
RADAR = Antenna(100.0, 1.0, 20.0)


def sensor(name: str, owner: str = "UKR", delay: float = 0.0, coast: float = 0.0, p: float = 0.5) -> Site:
    """By default one that misses so often that no other can rely on it."""
    site = cases.radar(name, 50.0, 30.0, RADAR, {"drone": p})
    return replace(site, owner=owner, delay_s=(delay, delay), coast_s=coast)


def battery(name: str, group: str, reaction: float = 0.0) -> FireUnit:
    return replace(BASE.units[0], id=name, group=group, reaction_s=reaction, site=None, aircraft=None)


def made(
    sites: list[Site], units: list[FireUnit], passed: list[tuple[int, float, float]], windows: list[Window]
) -> tuple[Situation, Opportunities]:
    """A situation of one path with these passages (sensor, from, to) and windows (unit, from, to)."""
    situation = replace(
        BASE,
        units=tuple(units),
        sites=tuple(sites),
        paths=(replace(BASE.paths[0], threat_class="drone"),),
        incoming=(replace(BASE.incoming[0], path=0, launch_s=100.0),),
        tracks={"alone": ("UKR",), "joint": ("UKR", "POL"), "again": ("POL", "UKR")},
    )
    passed = sorted(passed)
    launches = sorted(windows)
    found = Opportunities(
        Windows(
            np.zeros(len(launches), np.int64),
            np.array([unit for unit, _, _ in launches], np.int64),
            np.array([opens for _, opens, _ in launches]),
            np.array([closes for _, _, closes in launches]),
            np.full(len(launches), 20.0),
            np.full(len(launches), 10.0),
        ),
        (Flight(np.array([0.0, DURATION]), np.zeros(2), np.zeros(2), np.zeros(2)),),
        sensors_of(situation),
        Passages(
            np.zeros(len(passed), np.int64),
            np.array([one for one, _, _ in passed], np.int64),
            np.array([enters for _, enters, _ in passed], dtype=float),
            np.array([leaves for _, _, leaves in passed], dtype=float),
        ),
    )
    return situation, found


Window = tuple[int, float, float]


def pieces(found: Tracked, unit: int) -> list[tuple[float, float, tuple[str, ...]]]:
    """The unit's windows at times after the path's launch, with the sensors of their looks."""
    windows, tracks, looks = found.windows, found.tracks, found.looks
    return [
        (
            float(windows.opens_s[row]) - 100.0,
            float(windows.closes_s[row]) - 100.0,
            tuple(
                looks.sensors[looks.sensor[look]].id
                for look in tracks.look[tracks.first[track] : tracks.first[track + 1]]
            ),
        )
        for row, track in enumerate(found.track)
        if windows.unit[row] == unit
    ]


def test_a_window_is_cut_where_a_track_can_end() -> None:
    sites = [sensor("a", coast=10.0), sensor("b", coast=20.0), sensor("late")]
    seen = [(0, 100.0, 200.0), (1, 150.0, 300.0), (2, 250.0, 400.0)]
    situation, found = made(sites, [battery("u", "alone")], seen, [(0, 50.0, 900.0)])
    assert pieces(tracked(situation, found), 0) == [
        (100.0, 210.0, ("a", "b")),
        (210.0, 320.0, ("b", "late")),
        (320.0, 400.0, ("late",)),
    ]


def test_a_track_goes_on_where_others_have_the_threat_almost_surely() -> None:
    seen = [(0, 100.0, 200.0), (1, 150.0, 400.0), (2, 180.0, 300.0)]
    launch = [(0, 50.0, 900.0)]
    sure = [sensor("a"), sensor("b", p=0.96), sensor("c")]
    situation, found = made(sure, [battery("u", "alone")], seen, launch)
    assert pieces(tracked(situation, found), 0) == [(100.0, 400.0, ("a", "b", "c"))]
    # Two that miss with a chance of 0.2 each both miss with 0.04; alone, each may well lose the threat.
    fair = [sensor("a"), sensor("b", p=0.8), sensor("c", p=0.8)]
    situation, found = made(fair, [battery("u", "alone")], seen, launch)
    assert pieces(tracked(situation, found), 0) == [
        (100.0, 300.0, ("a", "b", "c")),
        (300.0, 400.0, ("b",)),
    ]


def test_in_a_gap_nothing_is_held() -> None:
    situation, found = made(
        [sensor("a", coast=10.0)],
        [battery("u", "alone")],
        [(0, 100.0, 200.0), (0, 205.0, 250.0), (0, 300.0, 400.0)],
        [(0, 0.0, 900.0)],
    )
    held = tracked(situation, found)
    # The second passage begins before the coast of the first is over, and is a look of its own.
    assert pieces(held, 0) == [
        (100.0, 210.0, ("a", "a")),
        (210.0, 260.0, ("a",)),
        (300.0, 410.0, ("a",)),
    ]
    assert held.looks.number.tolist() == [1, 2, 3]


def test_a_track_is_kept_no_longer_than_to_the_impact() -> None:
    situation, found = made(
        [sensor("a", coast=500.0), sensor("b", coast=900.0)],
        [battery("u", "alone")],
        [(0, 700.0, 800.0), (1, 700.0, 900.0)],
        [(0, 0.0, 950.0)],
    )
    assert pieces(tracked(situation, found), 0) == [(700.0, 950.0, ("a", "b"))]


def test_a_launch_comes_the_reaction_after_the_first_track_and_what_is_not_cut_stays_as_it_is() -> None:
    units = [battery("u", "alone", 30.0), battery("v", "alone", 5.0)]
    slow = replace(sensor("a"), delay_s=(4.0, 10.0))  # 7 s in the middle
    passed = [(0, 100.0, 400.0), (1, 200.0, 400.0)]
    windows = [(0, 50.0, 900.0), (1, 50.0, 399.7)]
    situation, found = made([slow, sensor("b")], units, passed, windows)
    held = tracked(situation, found)
    assert pieces(held, 0) == [(137.0, 400.0, ("a", "b"))]
    assert pieces(held, 1) == [(112.0, pytest.approx(399.7), ("a", "b"))]
    assert held.windows.closes_s[1] == 399.7 + 100.0
    assert held.windows.flight_open_s[0] == pytest.approx(20.0 - 10.0 * 87.0 / 850.0)


def test_groups_use_what_is_shared_with_them_and_alike_pictures_are_one() -> None:
    sites = [sensor("own"), sensor("theirs", "POL")]
    units = [battery("u", "alone"), battery("v", "joint"), battery("w", "again")]
    windows = [(0, 0.0, 900.0), (1, 0.0, 900.0), (2, 0.0, 900.0)]
    situation, found = made(sites, units, [(0, 300.0, 400.0), (1, 100.0, 350.0)], windows)
    held = tracked(situation, found)
    assert pieces(held, 0) == [(300.0, 400.0, ("own",))]
    assert pieces(held, 1) == [(100.0, 350.0, ("own", "theirs")), (350.0, 400.0, ("own",))]
    assert pieces(held, 2) == pieces(held, 1)
    _, of_group = pictures(situation, found.sensors)
    assert of_group["joint"] == of_group["again"] != of_group["alone"]
    assert first_sights(situation, found, "alone").tolist() == [400.0]
    assert first_sights(situation, found, "joint").tolist() == [200.0]
    assert first_sights(situation, found, "nobody").tolist() == [inf]


def test_the_own_radar_of_a_unit_looks_while_the_unit_is_there() -> None:
    radar = sensor("own")
    unit = replace(battery("u", "alone"), site=radar, on_station_s=((250.0, 350.0), (400.0, 450.0)))
    other = battery("v", "alone")
    situation, found = made([], [unit, other], [(0, 100.0, 400.0)], [(1, 0.0, 900.0)])
    assert found.sensors == (radar,)
    held = tracked(situation, found)
    assert pieces(held, 1) == [(150.0, 250.0, ("own",)), (300.0, 350.0, ("own",))]
    assert held.looks.number.tolist() == [1, 2]


def test_the_radar_of_an_aircraft_looks_from_its_height() -> None:
    unit = replace(battery("u", "alone"), site=sensor("own"), aircraft=Aircraft(50.0, 250.0, 7000.0))
    assert own_radar(unit).antenna == replace(RADAR, height_m=7000.0)


def test_who_does_not_fire_still_looks() -> None:
    situation = cases.situation(6, units=8)
    quiet = firing(situation, {"u1"})
    assert [bool(unit.engages) for unit in quiet.units] == [unit.id == "u1" for unit in situation.units]
    assert sensors_of(quiet) == sensors_of(situation)


instants = st.integers(0, 60).map(lambda n: 10.0 * n)
sights = st.tuples(st.integers(0, 3), instants, instants).map(lambda s: (s[0], min(s[1:]), max(s[1:])))
launches = st.tuples(st.integers(0, 2), instants, instants).map(lambda s: (s[0], min(s[1:]), max(s[1:])))


@settings(max_examples=200, deadline=None)
@given(
    delays=st.lists(st.integers(0, 9), min_size=4, max_size=4),
    coasts=st.lists(st.integers(0, 90), min_size=4, max_size=4),
    reactions=st.lists(st.sampled_from((0, 0, 15, 40)), min_size=3, max_size=3),
    passed=st.lists(sights, max_size=9),
    windows=st.lists(launches, min_size=1, max_size=4),
    luck=st.lists(st.booleans(), min_size=9, max_size=9) | st.just([True] * 9),
    chance=st.sampled_from((0.1, 0.995)),
)
def test_a_launch_is_possible_while_somebody_who_found_the_threat_keeps_it(
    delays: list[int],
    coasts: list[int],
    reactions: list[int],
    passed: list[Window],
    windows: list[Window],
    luck: list[bool],
    chance: float,
) -> None:
    """The engine's reading of tracks and windows is the definition of `looks`, at every moment.

    Where looks miss often, whoever has found the threat must keep it; where they hardly ever miss, it is
    handed over while passages overlap.  With a reaction the windows lie between the definition with the
    reaction and the one without, and are the first if every look finds.
    """
    owners = ("UKR", "UKR", "POL", "ROU")
    sites = [sensor(f"s{n}", owners[n], delays[n], coasts[n], chance) for n in range(4)]
    units = [battery(f"u{n}", ("alone", "joint", "again")[n], reactions[n]) for n in range(3)]
    situation, found = made(sites, units, passed, windows)
    held = tracked(situation, found)
    sights = found.passages.enters_s
    starts = sights + np.array(delays)[found.passages.sensor]
    ends = np.minimum(found.passages.leaves_s + np.array(coasts)[found.passages.sensor], DURATION)
    hits = np.array(luck[: len(passed)], np.bool_)
    stands = [
        min(
            (starts[look] for look in held.tracks.look[slice(*held.tracks.first[t : t + 2])] if hits[look]),
            default=inf,
        )
        for t in held.track
    ]
    assert (held.windows.opens_s <= held.windows.closes_s).all()
    for number, unit in enumerate(units):
        own = situation.tracks[unit.group]
        theirs = np.array([owners[n] in own for n in found.passages.sensor], np.bool_)
        mine = hits & theirs
        keeps = ends if chance < 0.5 else handed_over(sights, ends, theirs)
        for launch in np.arange(0.5, DURATION, 1.0):  # no bound lies at a half
            bounded = any(u == number and a <= launch <= b for u, a, b in windows)
            kept = mine & (starts <= launch) & (launch <= keeps)
            ready = kept & (starts + unit.reaction_s <= launch)
            possible = any(
                opens <= launch + 100.0 <= closes and stood <= launch
                for opens, closes, of, stood in zip(
                    held.windows.opens_s, held.windows.closes_s, held.windows.unit, stands, strict=True
                )
                if of == number
            )
            if (mine == theirs).all() or unit.reaction_s == 0:
                assert possible == (bool(ready.any()) and bounded), (unit.id, launch)
            assert possible <= (bool(kept.any()) and bounded), (unit.id, launch)
            assert possible >= (bool(ready.any()) and bounded), (unit.id, launch)


def handed_over(sights: np.ndarray, ends: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Until when each track goes on, if whoever looks while it is kept takes it over."""
    keeps = ends.copy()
    for _ in range(len(ends)):
        for look in np.flatnonzero(theirs):
            others = theirs & (sights <= keeps[look])
            keeps[look] = max(keeps[look], ends[others].max())
    return keeps


def test_tracks_are_few() -> None:
    """At most one for every look of a picture; each ends with a look of its own."""
    situation = cases.situation(12, paths=20, sites=12)
    found = opportunities(situation, ATLAS)
    looks = looks_at(situation, found.sensors, found.passages, found.flights)
    tracks = tracks_of(looks, pictures(situation, found.sensors)[0], len(situation.incoming))
    assert 0 < len(tracks) < len(looks)
    for track in range(len(tracks)):
        own = tracks.look[tracks.first[track] : tracks.first[track + 1]]
        assert (np.diff(own) > 0).all()
        assert (looks.held_s[own] > tracks.after_s[track]).all()
        assert (looks.sight_s[own] <= tracks.until_s[track]).all()
        assert tracks.until_s[track] in looks.held_s[own]
        assert tracks.usable_s[track] == looks.usable_s[own].min()
        going_on = own[looks.held_s[own] > tracks.until_s[track]]
        assert np.prod(looks.misses[going_on]) > RARELY


def test_all_windows_of_random_situations_keep_to_their_tracks() -> None:
    cut = 0
    for seed in range(20, 24):
        situation = cases.situation(seed, units=12, paths=6)
        sites = tuple(replace(site, coast_s=20.0 * n) for n, site in enumerate(situation.sites))
        situation = replace(situation, sites=sites)
        held = tracked(situation, opportunities(situation, ATLAS))
        windows, tracks = held.windows, held.tracks
        reaction = np.array([unit.reaction_s for unit in situation.units])[windows.unit]
        assert (windows.closes_s >= windows.opens_s).all()
        assert (windows.opens_s >= tracks.usable_s[held.track] + reaction).all()
        assert (windows.opens_s >= tracks.after_s[held.track]).all()
        assert (windows.closes_s <= tracks.until_s[held.track]).all()
        assert (windows.threat == tracks.threat[held.track]).all()
        order = np.lexsort((windows.opens_s, windows.unit, windows.threat))
        np.testing.assert_array_equal(order, np.arange(len(windows)))
        cut += len(windows)
    assert cut > 100
