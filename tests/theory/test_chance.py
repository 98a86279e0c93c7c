"""Chance before the start: reliability, decoys, offsets, waves, common luck."""

import numpy as np
from scipy import stats

from skypact.engine import prepare, trace
from skypact.raid import parse_raid

from .tools import (
    FAILED,
    KILLED,
    LEAKED,
    Play,
    binomial,
    check_distribution,
    check_share,
    raid,
    threat,
    unit,
    window,
)


def test_failures_before_the_start():
    # Failed ~ Binomial(N, 1 - r), and no round is spent on them.
    n, r = 9, 0.75
    threats = [threat(f"t{i}", reliability=r) for i in range(n)]
    play = Play(raid(threats, [unit()], [window(0.5, threat=f"t{i}") for i in range(n)]))
    check_distribution(play.count(FAILED), binomial(n, 1 - r))
    assert (play.rounds[:, 0] == n - play.count(FAILED)).all()


def test_killed_before_it_would_have_failed():
    # Intercept before the failure: killed p, failed q (1 - r), leaked q r.
    p, r = 0.45, 0.7
    play = Play(raid([threat(reliability=r, fails_s=500)], [unit()], [window(p)]))
    q = 1 - p
    check_distribution(play.fate[:, 0], [q * r, q * (1 - r), p])


def test_fails_before_the_intercept():
    # Launch before the failure, intercept after it: killed r p, failed 1 - r, a round spent always.
    p, r = 0.45, 0.7
    play = Play(raid([threat(reliability=r, fails_s=5)], [unit()], [window(p)]))
    check_distribution(play.fate[:, 0], [r * (1 - p), 1 - r, r * p])
    assert (play.rounds == 1).all()


def test_decoys_soak_up_rounds():
    # W weapons and D decoys in random order (independent uniform offsets), M rounds, one each to the
    # first M: weapons engaged are hypergeometric, weapons killed a binomial share of them.
    weapons, decoys, rounds, p = 5, 7, 6, 0.8
    threats = [threat(f"w{i}", offset_s=[0, 600]) for i in range(weapons)]
    threats += [threat(f"d{i}", offset_s=[0, 600], reliability=0, fails_s=1000) for i in range(decoys)]
    windows = [window(p, threat=t["id"]) for t in threats]
    play = Play(raid(threats, [unit(ready=rounds)], windows))
    expected = np.zeros(weapons + 1)
    for engaged in range(weapons + 1):
        chance = stats.hypergeom.pmf(engaged, weapons + decoys, weapons, rounds)
        expected[weapons - engaged : weapons + 1] += chance * binomial(engaged, p)[::-1]
    check_distribution(play.count(LEAKED), expected)
    assert not play.count(LEAKED, slice(weapons, None)).any()


def test_a_wave_arrives_together():
    # One offset for both: they always meet at the one channel, one leaks whatever the offset.
    # With offsets of their own they meet within S with 1 - (1 - S/T)^2 only.
    def leakers(**more):
        threats = [threat(f"t{i}", offset_s=[0, 600], **more) for i in range(2)]
        windows = [window(1, threat=f"t{i}", flight=90) for i in range(2)]
        return Play(raid(threats, [unit(channels=1)], windows)).count(LEAKED)

    assert (leakers(wave="w") == 1).all()
    apart = (1 - 90 / 600) ** 2
    check_distribution(leakers(), [apart, 1 - apart])


def test_two_waves_are_independent():
    # Two waves of two; one channel: a wave loses one to its own, and one more if the waves come
    # within S of each other: the later wave is then lost wholly. 2 leak, or 3 with 1 - (1 - S/T)^2.
    threats = [threat(f"t{i}", offset_s=[0, 600], wave=f"w{i // 2}") for i in range(4)]
    windows = [window(1, threat=f"t{i}", flight=90) for i in range(4)]
    play = Play(raid(threats, [unit(channels=1)], windows))
    apart = (1 - 90 / 600) ** 2
    check_distribution(play.count(LEAKED), [0, 0, apart, 1 - apart])


def test_offsets_are_uniform():
    # The moment of impact minus the earliest one, in ten equal cells.
    prepared = prepare(parse_raid(raid([threat(impact=100, offset_s=[-50, 150])], [], [])))
    ends = np.array([trace(prepared, r, seed=3).end_us[0] for r in range(5000)]) / 1e6
    assert ends.min() >= 50
    assert ends.max() <= 250
    check_distribution(((ends - 50) // 20).astype(int), [0.1] * 10)


def test_common_luck_moves_fates_one_way():
    # The same seed under two kill probabilities: a threat is killed if u < p, so raising p from
    # p1 to p2 saves none and kills more with p2 - p1: differences ~ Binomial(N, p2 - p1).
    n, p1, p2 = 20, 0.5, 0.6
    threats = [threat(f"t{i}") for i in range(n)]

    def killed(p):
        play = Play(raid(threats, [unit()], [window(p, threat=f"t{i}") for i in range(n)]))
        return play.fate == KILLED

    low, high = killed(p1), killed(p2)
    assert not (low & ~high).any()
    check_distribution((high & ~low).sum(axis=1), binomial(n, p2 - p1))


def test_seeds_are_independent():
    # Two seeds: both kill with p^2, as for two independent raids.
    r = raid([threat()], [unit()], [window(0.5)])
    check_share((Play(r, seed=1).fate == KILLED) & (Play(r, seed=2**63 + 1).fate == KILLED), 0.25)
