"""Layers of defence, and what coordination between units saves.

Nunn, Glass, Hsu and Perin, "Technical Note: Analysis of a Layered Defense Model",
Operations Research 30(3), p. 595, 1982, https://doi.org/10.1287/opre.30.3.595.
"""

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
    threat,
    unit,
    window,
)


def layered(p, n, **more):
    """n threats that pass one layer after another, one shot each; layer j kills with p[j]."""
    threats = [threat(f"t{i}", **more) for i in range(n)]
    units = [unit(f"layer {j}") for j in range(len(p))]
    windows = [
        window(p_j, opens=100 * j, threat=t["id"], unit=f"layer {j}")
        for t in threats
        for j, p_j in enumerate(p)
    ]
    return raid(threats, units, windows)


@pytest.mark.parametrize("p", [(0.3, 0.5, 0.2), (0.2, 0.5, 0.3)])
def test_survivors_are_binomial_after_each_layer_in_any_order(p):
    # Survivors of layer j ~ Binomial(N, q1 ... qj); the layers commute, so after the last one the
    # order does not matter.
    n = 10
    play = Play(layered(p, n))
    for j in range(len(p)):
        killed_so_far = ((play.killer >= 0) & (play.killer <= j)).sum(axis=1)
        check_distribution(n - killed_so_far, binomial(n, np.prod(1 - np.array(p[: j + 1]))))
    check_distribution(play.count(LEAKED), binomial(n, 0.7 * 0.5 * 0.8))


def test_a_binomial_start_stays_binomial():
    # If the number that set out is Binomial(N, r), survivors are Binomial(N, r q1 q2).
    n, r, p = 10, 0.8, (0.3, 0.4)
    play = Play(layered(p, n, reliability=r))
    check_distribution(play.count(LEAKED), binomial(n, r * 0.7 * 0.6))


def test_the_second_layer_s_rounds_are_the_first_layer_s_survivors():
    # One round for each survivor of layer one: rounds of layer two ~ Binomial(N, q1).
    n = 8
    play = Play(layered((0.35, 0.5), n))
    check_distribution(play.rounds[:, 1], binomial(n, 0.65))


def test_uncoordinated_groups_spend_more_for_the_same_leakage():
    # k groups with one shot each, at one moment: k rounds, leakage q^k. The same units in one group
    # look between shots: the same leakage, (1 - q^k) / p rounds on average.
    k, p = 4, 0.4
    apart = [unit(f"u{j}", ready=1, group=f"g{j}") for j in range(k)]
    windows = [window(p, closes=100, unit=f"u{j}") for j in range(k)]
    alone = Play(raid([threat()], apart, windows))
    assert (alone.rounds.sum(axis=1) == k).all()
    check_share(alone.fate == LEAKED, 0.6**k)
    together = Play(raid([threat()], [u | {"group": "blue"} for u in apart], windows))
    check_share(together.fate == LEAKED, 0.6**k)
    check_mean(together.rounds.sum(axis=1), (1 - 0.6**k) / p)


def test_uncoordinated_groups_pile_on_one_threat():
    # Two units with one round, two threats, one moment. Apart, both take the same threat: leakers
    # are 1 with 1 - q^2, 2 with q^2. Together they take one each: leakers ~ Binomial(2, q).
    p, q = 0.6, 0.4
    threats = [threat("t0"), threat("t1", impact=1001)]
    windows = [window(p, threat=t, unit=u) for t in ("t0", "t1") for u in ("u0", "u1")]
    apart = [unit("u0", ready=1, group="a"), unit("u1", ready=1, group="b")]
    together = [unit("u0", ready=1), unit("u1", ready=1)]
    check_distribution(Play(raid(threats, apart, windows)).count(LEAKED), [0, 1 - q**2, q**2])
    check_distribution(Play(raid(threats, together, windows)).count(LEAKED), binomial(2, q))


def test_priority_gets_the_last_round():
    # One round, two threats: the one of higher priority, though later in the file and at impact.
    threats = [threat("low", impact=500), threat("high", impact=900, priority=1)]
    play = Play(raid(threats, [unit(ready=1)], [window(0.7, threat="low"), window(0.7, threat="high")]))
    assert (play.fate[:, 0] == LEAKED).all()
    check_share(play.fate[:, 1] == KILLED, 0.7)


def test_earlier_impact_comes_first_at_equal_priority():
    # One channel, one moment, three threats: the nearest to impact is engaged, the others leak.
    threats = [threat(f"t{i}", impact=900 - 100 * i) for i in range(3)]
    play = Play(raid(threats, [unit(channels=1)], [window(0.7, threat=f"t{i}") for i in range(3)]))
    assert (play.fate[:, :2] == LEAKED).all()
    check_share(play.fate[:, 2] == KILLED, 0.7)


def test_rank_breaks_a_tie():
    # Both can fire at 0; the lower rank goes first and kills with p_a, the other with q_a p_b.
    units = [unit("b", rank=2, ready=1), unit("a", rank=1, ready=1)]
    windows = [window(0.5, closes=50, unit="b"), window(0.3, closes=50, unit="a")]
    play = Play(raid([threat()], units, windows))
    check_distribution(play.killer[:, 0] + 1, [0.7 * 0.5, 0.7 * 0.5, 0.3])


def test_rank_never_makes_a_unit_wait():
    # The better-ranked unit opens a second later: the other has already fired, p_b then q_b p_a.
    units = [unit("b", rank=2, ready=1), unit("a", rank=1, ready=1)]
    windows = [window(0.6, closes=50, unit="b"), window(0.3, opens=1, closes=50, unit="a")]
    play = Play(raid([threat()], units, windows))
    check_distribution(play.killer[:, 0] + 1, [0.4 * 0.7, 0.6, 0.4 * 0.3])


def test_fire_that_is_shared_out_by_attempts():
    # Two units, one attempt each, one group, long windows: shoot, look, shoot by the other; q_a q_b.
    units = [unit("a", attempts=1), unit("b", attempts=1)]
    windows = [window(0.3, closes=100, unit="a"), window(0.5, closes=100, unit="b")]
    play = Play(raid([threat()], units, windows))
    check_share(play.fate == LEAKED, 0.7 * 0.5)
    check_distribution(play.rounds.sum(axis=1), [0, 0.3, 0.7])
