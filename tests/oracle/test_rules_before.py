"""What is settled before the start, by hand: looks, tracks, availability, susceptibility, acquisition.

Chances are 0 or 1, or so small that they are as good as 0, so nothing is left to chance.
"""

import pytest

from .hand import launches, look, raid, shots, threat, track, unit, window
from .model import KILLED, LEAKED

SELDOM = 1e-12  # a `susceptible` is above 0


def fired(play, *looks, **more):
    """Launches of a unit with one round and a window from 0 to 50 that hangs on all the looks."""
    return launches(play(raid([threat()], [unit(ready=1)], [window(track="k0", **more)], looks)))


def test_a_track_opens_the_window_late_or_loses_it(play):
    assert fired(play, look(at=-5)) == [0]
    assert fired(play, look(at=7)) == [7]
    assert fired(play, look(at=50)) == [50]
    assert fired(play, look(at=50.000001)) == []


def test_a_delay_comes_after_the_look(play):
    assert fired(play, look(at=7, delay_s=[3, 3])) == [10]
    assert fired(play, look(at=49, delay_s=[2, 2])) == []


def test_a_look_that_does_not_find_gives_no_track(play):
    assert fired(play, look(p_detect=0)) == []


def test_the_earliest_look_that_finds_counts(play):
    blind, first, second = look("l0", 1, p_detect=0), look("l1", 20), look("l2", 9)
    assert fired(play, blind, first, second) == [9]
    # A later look with a shorter delay can be the earlier track.
    assert fired(play, look("l0", 5, delay_s=[30, 30]), look("l1", 10, delay_s=[2, 2])) == [12]


def test_tracks_share_looks_and_each_takes_its_own_earliest(play):
    looks = [look("l0", 5), look("l1", 8), look("l2", 30)]
    tracks = [track("k0", "l2", "l1"), track("k1", "l0", "l1"), track("k2", "l2")]
    units = [unit(f"u{i}", ready=1, group=f"g{i}") for i in range(3)]
    windows = [window(unit=f"u{i}", track=f"k{i}") for i in range(3)]
    assert shots(play(raid([threat()], units, windows, looks, tracks))) == [
        (5, 0, 1, 1),
        (8, 0, 0, 1),
        (30, 0, 2, 1),
    ]


def test_a_window_without_a_track_is_seen_from_the_start(play):
    # Looks and tracks of the same threat are nothing to it.
    raid_ = raid([threat()], [unit(ready=1)], [window()], [look(p_detect=0)])
    assert launches(play(raid_)) == [0]


def test_each_window_hangs_on_its_own_track(play):
    looks = [look("l0", 30), look("l1", 0, p_detect=0)]
    tracks = [track("k0", "l0"), track("k1", "l1")]
    windows = [window(closes=9, track="k1"), window(closes=20, track="k0"), window(closes=40, track="k0")]
    assert launches(play(raid([threat()], [unit(ready=1)], windows, looks, tracks))) == [30]


def test_not_susceptible_to_a_family_of_sensors_all_its_looks_miss(play):
    blind = {"family": "radar", "susceptible": SELDOM, "p_detect": SELDOM}
    other = look("l2", 40, family="infrared")
    assert fired(play, look("l0", 1, **blind), look("l1", 2, **blind)) == []
    assert fired(play, look("l0", 1, **blind), look("l1", 2, **blind), other) == [40]


def test_susceptible_is_of_the_look_not_of_the_family(play):
    # The same draw is above one look's `susceptible` and below the other's.
    blind = look("l0", 1, family="radar", susceptible=SELDOM, p_detect=0)
    assert fired(play, blind, look("l1", 2, family="radar")) == [2]


def test_a_look_at_its_bound_finds_whenever_the_threat_is_susceptible(play):
    # p_detect / susceptible is 1 for each: all of many threats are found by all looks or by none.
    threats = [threat(f"t{i}") for i in range(30)]
    looks = [
        look(f"l{i}{j}", j, f"t{i}", family="radar", susceptible=0.5, p_detect=0.5)
        for i in range(30)
        for j in range(2)
    ]
    tracks = [track(f"k{i}{j}", f"l{i}{j}", threat=f"t{i}") for i in range(30) for j in range(2)]
    windows = [
        window(closes=50, threat=f"t{i}", unit=f"u{j}", track=f"k{i}{j}") for i in range(30) for j in range(2)
    ]
    units = [unit(f"u{j}", channels=30, ready=30, attempts=1, group=f"g{j}") for j in range(2)]
    engagements = play(raid(threats, units, windows, looks, tracks)).engagements
    by = [{e[2] for e in engagements if e[3] == j} for j in range(2)]
    assert by[0] == by[1]
    assert 0 < len(by[0]) < 30


def test_not_susceptible_to_a_family_of_interceptors_no_round_kills(play):
    w = window(p=SELDOM, susceptible=SELDOM)
    result = play(raid([threat()], [unit(family="radar", salvo=3)], [w]))
    assert list(result.fate) == [LEAKED]
    assert len(result.engagements) == 4  # 3, 3, 3 and 1 rounds: it is shot at all the same


def test_a_round_at_its_bound_kills_whenever_the_threat_is_susceptible(play):
    # Two units of one family: what survives the first round survives all.
    threats = [threat(f"t{i}") for i in range(30)]
    windows = [
        window(opens=20 * j, closes=20 * j, p=0.5, threat=f"t{i}", unit=f"u{j}", susceptible=0.5)
        for i in range(30)
        for j in range(2)
    ]
    units = [unit(f"u{j}", channels=30, ready=30, family="radar") for j in range(2)]
    result = play(raid(threats, units, windows))
    assert set(result.killer) == {-1, 0}
    assert len(result.engagements) == 30 + list(result.fate).count(LEAKED)


def test_a_look_and_a_unit_of_one_family_share_the_draw(play):
    # Whatever the look finds at its bound, the round at the same bound kills.
    threats = [threat(f"t{i}") for i in range(30)]
    looks = [look(f"l{i}", 0, f"t{i}", family="radar", susceptible=0.5, p_detect=0.5) for i in range(30)]
    tracks = [track(f"k{i}", f"l{i}", threat=f"t{i}") for i in range(30)]
    windows = [window(closes=0, p=0.5, threat=f"t{i}", susceptible=0.5, track=f"k{i}") for i in range(30)]
    shared = play(raid(threats, [unit(channels=30, ready=30, family="radar")], windows, looks, tracks))
    assert 0 < len(shared.engagements) < 30
    assert all(e[6] for e in shared.engagements)
    apart = play(raid(threats, [unit(channels=30, ready=30, family="other")], windows, looks, tracks))
    assert [e[2] for e in apart.engagements] == [e[2] for e in shared.engagements]
    assert not all(e[6] for e in apart.engagements)


def test_a_unit_that_is_not_available_has_no_windows(play):
    units = [unit("u0", availability=0), unit("u1", ready=1)]
    raid_ = raid([threat()], units, [window(), window(unit="u1", rank=9)])
    assert shots(play(raid_)) == [(0, 0, 1, 1)]


def test_an_available_unit_is_so_for_all_its_windows(play):
    # 30 units with two windows each: a unit fires at both threats or at none.
    threats = [threat("t0"), threat("t1")]
    units = [unit(f"u{i}", channels=2, ready=2, availability=0.5, group=f"g{i}") for i in range(30)]
    windows = [window(closes=0, threat=f"t{j}", unit=f"u{i}") for i in range(30) for j in range(2)]
    engagements = play(raid(threats, units, windows)).engagements
    by = [{e[3] for e in engagements if e[2] == j} for j in range(2)]
    assert by[0] == by[1]
    assert 0 < len(by[0]) < 30


@pytest.mark.parametrize("seen", [True, False])
def test_a_window_whose_unit_does_not_acquire_is_lost(play, seen):
    # Whether the window hangs on a track or is seen from the start.
    more = {"track": "k0"} if seen else {}
    units = [unit("u0"), unit("u1", ready=1)]
    windows = [window(p_acquire=0, **more), window(unit="u1", rank=9, **more)]
    assert shots(play(raid([threat()], units, windows, [look()]))) == [(0, 0, 1, 1)]


def test_acquisition_is_one_draw_for_unit_and_threat(play):
    # Of 30 threats a unit acquires some, in both windows; with a lower chance fewer, all among them.
    threats = [threat(f"t{i}") for i in range(30)]

    def acquired(*chances):
        windows = [
            window(opens=20 * j, closes=20 * j, threat=f"t{i}", p_acquire=chance)
            for i in range(30)
            for j, chance in enumerate(chances)
        ]
        engagements = play(raid(threats, [unit(channels=60, ready=60)], windows)).engagements
        return [{e[2] for e in engagements if e[0] == 20_000_000 * j} for j in range(2)]

    first, second = acquired(0.5, 0.5)
    assert first == second
    assert 0 < len(first) < 30
    first, second = acquired(0.7, 0.3)
    assert second < first


def test_acquisition_is_a_unit_s_own(play):
    threats = [threat(f"t{i}") for i in range(30)]
    units = [unit(f"u{j}", channels=30, ready=30, group=f"g{j}") for j in range(2)]
    windows = [
        window(closes=0, threat=f"t{i}", unit=f"u{j}", p_acquire=0.5) for i in range(30) for j in range(2)
    ]
    engagements = play(raid(threats, units, windows)).engagements
    by = [{e[2] for e in engagements if e[3] == j} for j in range(2)]
    assert by[0] != by[1]


def test_threats_of_one_wave_have_one_offset(play):
    threats = [threat(f"t{i}", offset_s=[0, 600], wave="w") for i in range(2)]
    alone = threat("t2", offset_s=[0, 600])
    first, second, third = play(raid([*threats, alone], [], [])).end_us
    assert first == second != third


def test_a_kill_by_the_last_chance(play):
    result = play(raid([threat()], [unit()], [window(p=1, track="k0")], [look(at=50)]))
    assert list(result.fate) == [KILLED]
