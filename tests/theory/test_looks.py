"""Looks and tracks: who finds a threat, when, and what networks share."""

import pytest

from .tools import (
    KILLED,
    LEAKED,
    binomial,
    check_distribution,
    check_share,
    look,
    raid,
    threat,
    track,
    unit,
    window,
)


def two_networks(p, looks, tracks):
    """Two units in groups of their own, one round each, the second later; chances p of their rounds."""
    units = [unit("u0", group="a"), unit("u1", group="b")]
    windows = [window(p[j], opens=100 * j, unit=f"u{j}", track=f"k{j}") for j in range(2)]
    return raid([threat()], units, windows, looks, tracks)


@pytest.mark.parametrize("salvo", [True, False])
def test_chance_of_detection(play, salvo):
    # Wilkening, "A simple model for calculating ballistic missile defense effectiveness", Science &
    # Global Security 8(2), 1999: all shots at a threat hang on the one track, so leakage is
    # 1 - P_track (1 - (1 - p)^n), for a salvo of n as for n looks at the result.
    p_track, p, n = 0.85, 0.4, 4
    w = window(p, salvo=n, track="k0") if salvo else window(p, closes=10 * (n - 1), track="k0")
    one = play(raid([threat()], [unit()], [w], [look("l0", p_detect=p_track)], [track("k0", "l0")]))
    check_share(one.fate == LEAKED, 1 - p_track * (1 - (1 - p) ** n))


def test_two_networks_miss_independently(play):
    # Each has a look of its own: leakage (1 - P_a p_a) (1 - P_b p_b).
    looks = [look("l0", p_detect=0.7), look("l1", p_detect=0.4)]
    tracks = [track("k0", "l0"), track("k1", "l1")]
    one = play(two_networks((0.6, 0.5), looks, tracks))
    check_share(one.fate == LEAKED, (1 - 0.7 * 0.6) * (1 - 0.4 * 0.5))


def test_one_look_shared_by_two_tracks_misses_for_both(play):
    # Both see it or neither does: 1 - P (1 - q_a q_b).
    looks = [look("l0", p_detect=0.7)]
    tracks = [track("k0", "l0"), track("k1", "l0")]
    one = play(two_networks((0.6, 0.5), looks, tracks))
    check_share(one.fate == LEAKED, 1 - 0.7 * (1 - 0.4 * 0.5))


def test_a_network_with_the_other_s_look_as_well(play):
    # The first has both looks, the second its own: P(first sees) = 1 - (1 - A)(1 - B), and it sees
    # whenever the second does. Killed by the second: B q_a p_b.
    a, b, p = 0.5, 0.6, (0.7, 0.4)
    looks = [look("l0", p_detect=a), look("l1", p_detect=b)]
    tracks = [track("k0", "l0", "l1"), track("k1", "l1")]
    one = play(two_networks(p, looks, tracks))
    either = 1 - (1 - a) * (1 - b)
    by_first, by_second = either * p[0], b * (1 - p[0]) * p[1]
    check_distribution(one.killer[:, 0] + 1, [1 - by_first - by_second, by_first, by_second])


def test_many_looks_find_what_one_misses(play):
    # n looks without a family: seen with 1 - (1 - p)^n.
    n, p = 4, 0.3
    looks = [look(f"l{i}", p_detect=p) for i in range(n)]
    one = play(
        raid([threat()], [unit()], [window(1, track="k0")], looks, [track("k0", *(e["id"] for e in looks))])
    )
    check_share(one.fate == KILLED, 1 - (1 - p) ** n)


def test_the_earliest_look_that_finds_gives_its_own_time(play):
    # Looks at 40, 10 and 25 find with c, a and b; units at 10, 25 and 40 with windows of length zero
    # and certain kills: the killer tells the moment of the track. After the first kill all is over.
    a, b, c = 0.3, 0.5, 0.8
    looks = [look("l2", 40, p_detect=c), look("l0", 10, p_detect=a), look("l1", 25, p_detect=b)]
    units = [unit(f"u{j}") for j in range(3)]
    windows = [window(1, opens=(10, 25, 40)[j], flight=1, unit=f"u{j}", track="k0") for j in range(3)]
    one = play(raid([threat()], units, windows, looks, [track("k0", "l2", "l0", "l1")]))
    q = 1 - a, (1 - a) * (1 - b)
    check_distribution(one.killer[:, 0] + 1, [q[1] * (1 - c), a, q[0] * b, q[1] * c])


def test_a_later_look_can_give_the_earlier_track(play):
    # A look at 0 with a delay uniform on [0, 100], one at 20 without: the window closes at 50. Seen in
    # time: 1 - (1 - A 50/100) (1 - B). Seen by 10 (the first alone): A 10/100.
    a, b = 0.8, 0.5
    looks = [look("l0", 0, p_detect=a, delay_s=[0, 100]), look("l1", 20, p_detect=b)]
    windows = [window(1, opens=10, unit="u0", track="k0", flight=1)]
    windows += [window(1, opens=10, closes=50, unit="u1", track="k0", flight=1)]
    units = [unit("u0", rank=-1), unit("u1")]
    one = play(raid([threat()], units, windows, looks, [track("k0", "l0", "l1")]))
    in_time = 1 - (1 - a * 50 / 100) * (1 - b)
    check_distribution(one.killer[:, 0] + 1, [1 - in_time, a * 0.1, in_time - a * 0.1])


def test_late_detection_loses_the_window(play):
    # Delay uniform on [0, D], window [0, L], one round: kill if the delay is under L, p L / D.
    p, length, longest = 0.8, 30, 100
    w = window(p, closes=length, track="k0")
    looks = [look("l0", delay_s=[0, longest])]
    one = play(raid([threat()], [unit(ready=1)], [w], looks, [track("k0", "l0")]))
    check_share(one.fate == KILLED, p * length / longest)


def test_late_detection_costs_shots(play):
    # Delay uniform on [0, 40], window of 40 s, a cycle of 10 s: 4, 3, 2 or 1 shots, a quarter each.
    # leakage (q + q^2 + q^3 + q^4) / 4.
    q = 0.6
    w = window(1 - q, closes=40, track="k0")
    one = play(raid([threat()], [unit()], [w], [look("l0", delay_s=[0, 40])], [track("k0", "l0")]))
    check_share(one.fate == LEAKED, sum(q**n for n in (1, 2, 3, 4)) / 4)


def test_pieces_of_a_window_hang_on_their_own_tracks(play):
    # A track is lost after 50 and found again by another look: killed by A p + (1 - A p) B p.
    a, b, p = 0.6, 0.7, 0.5
    looks = [look("l0", 0, p_detect=a), look("l1", 50, p_detect=b)]
    windows = [window(p, opens=0, track="k0"), window(p, opens=60, track="k1")]
    one = play(raid([threat()], [unit()], windows, looks, [track("k0", "l0"), track("k1", "l1")]))
    check_share(one.fate == LEAKED, (1 - a * p) * (1 - b * p))


def test_looks_at_different_threats_are_independent(play):
    # Seen and killed ~ Binomial(N, P p), from one sensor's looks of one family.
    n, p_look, p = 8, 0.6, 0.5
    threats = [threat(f"t{i}") for i in range(n)]
    common = {"p_detect": p_look, "family": "radar", "susceptible": 0.8}
    looks = [look(f"l{i}", threat=f"t{i}", **common) for i in range(n)]
    tracks = [track(f"k{i}", f"l{i}", threat=f"t{i}") for i in range(n)]
    windows = [window(p, threat=f"t{i}", track=f"k{i}") for i in range(n)]
    one = play(raid(threats, [unit()], windows, looks, tracks))
    check_distribution(one.count(KILLED), binomial(n, p_look * p))
