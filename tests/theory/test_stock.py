"""Rounds: magazines, salvos that run short, rounds held back, reloads."""

import numpy as np

from .tools import (
    KILLED,
    LEAKED,
    Play,
    binomial,
    check_distribution,
    check_share,
    raid,
    reverse,
    threat,
    unit,
    window,
)


def in_turn(n, p, gap=50, **more):
    """n threats that pass one after another, each through a window of length zero."""
    threats = [threat(f"t{i}", impact=gap * i + gap) for i in range(n)]
    windows = [window(p, opens=gap * i, threat=f"t{i}", **more) for i in range(n)]
    return threats, windows


def test_magazine_exhaustion():
    # M rounds for N > M threats, one each: the last N - M leak, leakers = N - Binomial(M, p).
    n, m, p = 9, 5, 0.6
    threats, windows = in_turn(n, p)
    play = Play(raid(threats, [unit(ready=m)], windows))
    check_distribution(play.count(LEAKED), [0] * (n - m) + list(reverse(binomial(m, p))))
    assert (play.fate[:, m:] == LEAKED).all()
    assert (play.rounds == m).all()


def test_magazine_with_looks_is_a_string_of_trials():
    # Long windows, one threat after another until the rounds are gone: each of M rounds is a trial,
    # so kills = min(N, Binomial(M, p)).
    n, m, p = 3, 6, 0.45
    threats = [threat(f"t{i}", impact=1000 + i) for i in range(n)]
    windows = [window(p, closes=900, threat=f"t{i}") for i in range(n)]
    play = Play(raid(threats, [unit(channels=1, ready=m)], windows))
    trials = binomial(m, p)
    check_distribution(play.count(KILLED), [*trials[:n], trials[n:].sum()])


def test_random_raid_size_against_a_magazine():
    # W ~ Binomial(N, r) threats work; the first M of them get one round each:
    # leakers given W = w are w - Binomial(min(w, M), p).
    n, m, r, p = 8, 4, 0.7, 0.5
    threats, windows = in_turn(n, p)
    threats = [t | {"reliability": r} for t in threats]
    play = Play(raid(threats, [unit(ready=m)], windows))
    expected = np.zeros(n + 1)
    for w, chance in enumerate(binomial(n, r)):
        for kills, share in enumerate(binomial(min(w, m), p)):
            expected[w - kills] += chance * share
    check_distribution(play.count(LEAKED), expected)


def test_salvo_remainder():
    # Five rounds in salvos of two: 2, 2 and 1, so the third threat is killed with p, not 1 - q^2.
    p, q = 0.4, 0.6
    threats, windows = in_turn(3, p)
    play = Play(raid(threats, [unit(ready=5, salvo=2)], windows))
    check_share(play.fate[:, :2] == KILLED, 1 - q**2)
    check_share(play.fate[:, 2] == KILLED, p)
    assert (play.rounds == 5).all()


def test_rounds_held_back():
    # Of M rounds h are kept from drones: the first M - h drones get one each, then h are left for
    # the h ballistic missiles, which all get one.
    n, m, h, p = 6, 5, 2, 0.7
    drones, windows = in_turn(n, p, hold=h)
    missiles = [threat(f"b{i}", impact=900, kind="ballistic") for i in range(h)]
    windows += [window(p, opens=800, threat=f"b{i}") for i in range(h)]
    play = Play(raid(drones + missiles, [unit(ready=m)], windows))
    check_distribution(play.count(KILLED, slice(0, n)), [*binomial(m - h, p), *[0] * (n - m + h)])
    check_distribution(play.count(KILLED, slice(n, None)), binomial(h, p))


def test_rounds_not_held_back_are_gone():
    # The same without `hold`: five drones take all rounds and both missiles leak.
    drones, windows = in_turn(6, 0.7)
    missiles = [threat(f"b{i}", impact=900, kind="ballistic") for i in range(2)]
    windows += [window(0.7, opens=800, threat=f"b{i}") for i in range(2)]
    play = Play(raid(drones + missiles, [unit(ready=5)], windows))
    assert (play.fate[:, 6:] == LEAKED).all()


def test_reload_limits_the_shots_in_a_window():
    # One round at a time, a reload of 25 s: shots at 0, 25, 50, 75, 100 in a window of 110 s. q^5.
    units = [unit(ready=1, reserve=100, reload_s=25)]
    play = Play(raid([threat()], units, [window(0.3, closes=110)]))
    check_share(play.fate == LEAKED, 0.7**5)


def test_reload_serves_a_stream_by_share():
    # Threats every 10 s, a magazine of 2, a reload of 45 s from the second shot: in each cycle of
    # 60 s (6 threats) two are engaged. 24 threats: 8 shots, leakers = 24 - Binomial(8, p).
    threats, windows = in_turn(24, 0.6, gap=10)
    play = Play(raid(threats, [unit(ready=2, reserve=100, reload_s=45)], windows))
    assert (play.engagements == 8).all()
    check_distribution(play.count(KILLED), [*binomial(8, 0.6), *[0] * 16])


def test_reserve_runs_out():
    # 3 ready, 4 in reserve, magazine 3: 3 + 3 + 1 shots and no more, however long the window.
    units = [unit(ready=3, magazine=3, reserve=4, reload_s=20)]
    play = Play(raid([threat()], units, [window(0.2, closes=990)]))
    check_share(play.fate == LEAKED, 0.8**7)
    assert play.rounds.max() == 7


def test_hold_counts_ready_rounds_only():
    # 2 ready and 2 in reserve, one held back: one shot, q, and the reserve is of no use; with a reload
    # at the level of what is held, three shots in all, q^3.
    units = [unit(ready=2, reserve=2, reload_s=20)]
    windows = [window(0.3, closes=900, hold=1)]
    check_share(Play(raid([threat()], units, windows)).fate == LEAKED, 0.7)
    early = Play(raid([threat()], [units[0] | {"reload_at": 1}], windows))
    check_share(early.fate == LEAKED, 0.7**3)
    assert (early.ready + early.reserve + early.rounds == 4).all()


def test_an_early_reload_serves_a_stream_better():
    # Threats every 10 s, a magazine of 2, a reload of 15 s. From empty: shots at 0, 10, ready again at
    # 25: two of three. From one left: each shot (at 0, 10, 20, ...) leaves one ready or starts from
    # two, and the reload of 15 s tops up to two: a round is always there.
    threats, windows = in_turn(24, 0.6, gap=10)
    late = Play(raid(threats, [unit(ready=2, reserve=100, reload_s=15)], windows))
    assert (late.engagements == 16).all()
    early = Play(raid(threats, [unit(ready=2, reserve=100, reload_s=15, reload_at=1)], windows))
    assert (early.engagements == 24).all()
    check_distribution(early.count(KILLED), binomial(24, 0.6))


def test_nights_in_a_row():
    # M rounds and R in reserve over nights of N threats, nothing delivered: kills of both nights are
    # Binomial(M + R, p) if rounds are fewer than threats, and the stock is what was not fired.
    m, r, n, p = 3, 4, 5, 0.6
    threats, windows = in_turn(n, p)
    night = raid(threats, [unit(ready=m, reserve=r, reload_s=1000)], windows)
    first = Play(night)
    assert (first.engagements == m).all()
    assert (first.ready == m).all()  # reloaded after the last impact
    second = Play(night, seed=2, stock=(first.ready, first.reserve))
    third = Play(night, seed=3, stock=(second.ready, second.reserve))
    assert (second.engagements == m).all()
    assert (third.engagements == r - m).all()
    kills = first.count(KILLED) + second.count(KILLED) + third.count(KILLED)
    check_distribution(kills, [*binomial(m + r, p)])
