"""One threat and the rounds fired at it."""

import numpy as np
import pytest

from .tools import (
    KILLED,
    LEAKED,
    Play,
    binomial,
    check_distribution,
    check_mean,
    check_share,
    raid,
    reverse,
    threat,
    unit,
    window,
)


@pytest.mark.parametrize("p", [0.05, 0.5, 0.93])
def test_single_shots_are_binomial(p):
    # One shot at each of N threats, independently: kills ~ Binomial(N, p).
    n = 12
    play = Play(
        raid([threat(f"t{i}") for i in range(n)], [unit()], [window(p, threat=f"t{i}") for i in range(n)])
    )
    check_distribution(play.count(KILLED), binomial(n, p))
    assert (play.rounds == n).all()


def test_threats_are_independent():
    # The joint fate of four threats with different p is the product of the single ones.
    p = [0.2, 0.4, 0.6, 0.8]
    play = Play(
        raid([threat(f"t{i}") for i in range(4)], [unit()], [window(p[i], threat=f"t{i}") for i in range(4)])
    )
    pattern = (play.fate == KILLED) @ np.array([1, 2, 4, 8])
    product = [np.prod([p[i] if k >> i & 1 else 1 - p[i] for i in range(4)]) for k in range(16)]
    check_distribution(pattern, product)


def test_shots_of_several_units_at_one_threat_are_independent():
    # Three units with zero-length windows in a row: unit j kills with q1 ... q(j-1) pj.
    p = [0.3, 0.5, 0.4]
    units = [unit(f"u{j}") for j in range(3)]
    play = Play(raid([threat()], units, [window(p[j], opens=20 * j, unit=f"u{j}") for j in range(3)]))
    reach = np.cumprod([1, *(1 - np.array(p))])
    check_distribution(play.killer[:, 0] + 1, [reach[3], *(reach[:3] * p)])


@pytest.mark.parametrize("n", [2, 3, 5])
def test_salvo(n):
    # n rounds together miss with (1 - p)^n.
    play = Play(raid([threat()], [unit(salvo=n)], [window(0.3)]))
    check_share(play.fate == LEAKED, 0.7**n)
    assert (play.rounds == n).all()


def test_shoot_look_shoot():
    # k looks: j rounds with p q^(j-1) for j < k, k rounds with q^(k-1); leakage q^k.
    p, q, k = 0.4, 0.6, 5
    play = Play(raid([threat()], [unit()], [window(p, closes=10 * (k - 1))]))
    check_share(play.fate == LEAKED, q**k)
    check_distribution(play.rounds[:, 0], [0, *(p * q ** (j - 1) for j in range(1, k)), q ** (k - 1)])


def test_shoot_look_shoot_with_assessment_fits_fewer_shots():
    # Flight 10 and assessment 5 make a cycle of 15: a window of 44 s holds floor(44 / 15) + 1 = 3 shots.
    play = Play(raid([threat()], [unit(assess_s=5)], [window(0.3, closes=44)]))
    check_share(play.fate == LEAKED, 0.7**3)


def test_flight_time_that_shrinks_fits_more_shots():
    # Flight from 16 at 0 to 0 at 16, so launches at 0, 16 and at once again at 16 until empty:
    # flight(16) = 0, so 1 + the 3 attempts left all go, each after the last one's result.
    w = window(0.3, closes=16, flight=16, flight_close_s=0)
    play = Play(raid([threat()], [unit(attempts=4)], [w]))
    check_distribution(play.rounds[:, 0], [0, 0.3, 0.7 * 0.3, 0.7**2 * 0.3, 0.7**3])
    check_share(play.fate == LEAKED, 0.7**4)


def test_concurrency():
    # Of k units only n may engage the threat at once; zero-length windows: exactly n shots, q^n.
    k, n = 5, 3
    units = [unit(f"u{j}") for j in range(k)]
    windows = [window(0.3, unit=f"u{j}") for j in range(k)]
    play = Play(raid([threat()], units, windows, concurrency={"drone": n}))
    assert (play.rounds.sum(axis=1) == n).all()
    check_share(play.fate == LEAKED, 0.7**n)


def test_concurrency_with_looks():
    # L looks with n at once: leakage q^(nL); mean rounds n (1 - q^(nL)) / (1 - q^n), as all n are
    # in flight before the first result.
    n, looks, q = 2, 3, 0.7
    units = [unit(f"u{j}") for j in range(n)]
    windows = [window(1 - q, closes=10 * (looks - 1), unit=f"u{j}") for j in range(n)]
    play = Play(raid([threat()], units, windows, concurrency={"drone": {"blue": n}}))
    check_share(play.fate == LEAKED, q ** (n * looks))
    check_mean(play.rounds.sum(axis=1), n * (1 - q ** (n * looks)) / (1 - q**n))


def test_attempts_over_several_windows():
    # Three windows, two attempts allowed over all of them: leakage q^2.
    play = Play(raid([threat()], [unit(attempts=2)], [window(0.4, opens=20 * j) for j in range(3)]))
    check_share(play.fate == LEAKED, 0.6**2)


def test_soft_unit_with_one_attempt():
    # A jammer tries once, p_s; then hard fire, p_h: soft kills p_s, hard (1 - p_s) p_h.
    soft, hard = 0.35, 0.6
    units = [unit("jammer", kind="soft", attempts=1, ready=1000), unit("battery")]
    windows = [window(soft, closes=500, unit="jammer"), window(hard, opens=600, unit="battery")]
    play = Play(raid([threat()], units, windows))
    check_distribution(play.killer[:, 0] + 1, [(1 - soft) * (1 - hard), soft, (1 - soft) * hard])
    assert (play.rounds[:, 0] == 1).all()


def test_leakers_of_a_mixed_raid():
    # Drones get one shot and cruise missiles two: leakers are a sum of two binomials.
    p, n, m = 0.4, 6, 5
    threats = [threat(f"d{i}") for i in range(n)] + [threat(f"c{i}", kind="cruise") for i in range(m)]
    windows = [window(p, threat=f"d{i}") for i in range(n)]
    windows += [window(p, threat=f"c{i}", salvo=2) for i in range(m)]
    play = Play(raid(threats, [unit()], windows))
    drones, cruise = reverse(binomial(n, p)), reverse(binomial(m, 1 - (1 - p) ** 2))
    check_distribution(play.count(LEAKED), np.convolve(drones, cruise))
