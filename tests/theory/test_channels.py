"""Simultaneous engagements: saturation, recovery, Erlang's loss formula."""

import numpy as np
import pytest
from scipy import stats

from .tools import (
    FALSE_ALARM,
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


def test_saturation():
    # N threats at one moment, c channels, no second chance: leakers = N - Binomial(c, p).
    n, c, p = 10, 4, 0.7
    threats = [threat(f"t{i}") for i in range(n)]
    play = Play(raid(threats, [unit(channels=c)], [window(p, threat=f"t{i}") for i in range(n)]))
    check_distribution(play.count(LEAKED), [0] * (n - c) + list(reverse(binomial(c, p))))


def test_channel_recovery_sets_the_rate_of_fire():
    # A cycle is flight 10 + assessment 5 + recovery 15 = 30 s: c channels serve
    # c (floor(100 / 30) + 1) = 8 of many threats that wait in a window of 100 s, one attempt each.
    n, c, p = 12, 2, 0.6
    threats = [threat(f"t{i}") for i in range(n)]
    units = [unit(channels=c, attempts=1, assess_s=5, recover_s=15)]
    play = Play(raid(threats, units, [window(p, closes=100, threat=f"t{i}") for i in range(n)]))
    assert (play.engagements == 8).all()
    check_distribution(play.count(LEAKED), [0] * 4 + list(reverse(binomial(8, p))))


def test_recovery_does_not_delay_the_look_of_another_unit():
    # While the first unit recovers (100 s) the second fires after the assessment: leakage q_a q_b.
    units = [unit("a", channels=1, recover_s=100), unit("b", channels=1, recover_s=100, rank=1)]
    windows = [window(0.4, closes=60, unit="a"), window(0.3, closes=60, unit="b")]
    play = Play(raid([threat()], units, windows))
    check_share(play.fate == LEAKED, 0.6 * 0.7)


def test_two_random_arrivals_and_one_channel():
    # Two threats, one channel held for S, arrivals uniform on [0, T] and independent: the later one
    # is lost if they come within S of each other, with 1 - (1 - S/T)^2. The other always dies (p 1).
    t, s = 600, 90
    threats = [threat(f"t{i}", offset_s=[0, t]) for i in range(2)]
    windows = [window(1, threat=f"t{i}", flight=s) for i in range(2)]
    play = Play(raid(threats, [unit(channels=1)], windows))
    lost = 1 - (1 - s / t) ** 2
    check_distribution(play.count(LEAKED), [1 - lost, lost])


def erlang_loss(channels, load):
    """Erlang's B by the usual recursion from B(0) = 1."""
    b = 1.0
    for c in range(1, channels + 1):
        b = load * b / (c + load * b)
    return b


@pytest.mark.parametrize("holding", ["constant", "exponential"])
@pytest.mark.parametrize(("channels", "load"), [(2, 1.5), (5, 4.0)])
def test_erlang_loss_formula(channels, load, holding):
    # Poisson arrivals that cannot wait, c channels, mean holding time S: the share lost is
    # B(c, a), a = arrival rate x S, whatever the distribution of S (insensitivity).
    # 150 independent streams, each a unit of its own; the first 15 S are left out as warm-up.
    # The 150 differences (lost - B x arrivals) are independent with mean 0: a t-test.
    rng = np.random.default_rng(20241026)
    streams, hold_s, end = 150, 10.0, 3000.0
    threats, windows, counted, stream_of = [], [], [], []
    for stream in range(streams):
        arrivals = np.cumsum(rng.exponential(hold_s / load, size=int(2 * load * end / hold_s)))
        assert arrivals[-1] > end
        for at in arrivals[arrivals < end]:
            name = f"t{len(threats)}"
            flight = hold_s if holding == "constant" else float(rng.exponential(hold_s))
            threats.append(threat(name, impact=float(at) + 1000))
            windows.append(window(1, opens=float(at), threat=name, unit=f"u{stream}", flight=flight))
            counted.append(at > 15 * hold_s)
            stream_of.append(stream)
    units = [unit(f"u{s}", channels=channels, ready=10**6) for s in range(streams)]
    play = Play(raid(threats, units, windows), replications=1)
    lost = (play.killer[0] < 0) & np.array(counted)
    expected = erlang_loss(channels, load)
    difference = np.bincount(stream_of, lost) - expected * np.bincount(stream_of, counted)
    assert stats.ttest_1samp(difference, 0).pvalue > FALSE_ALARM
    # Sharp enough to tell the formula from one channel more or less.
    share = lost.sum() / sum(counted)
    assert erlang_loss(channels + 1, load) < 0.9 * share < 1.1 * share < erlang_loss(channels - 1, load)


def test_erlang_loss_is_by_unit_not_in_all():
    # Two units of one channel are no worse than one of two: all of both channels are found.
    threats = [threat(f"t{i}") for i in range(3)]
    windows = [window(0.5, threat=f"t{i}", unit=u) for i in range(3) for u in ("u0", "u1")]
    play = Play(raid(threats, [unit("u0", channels=1), unit("u1", channels=1)], windows))
    check_distribution(play.count(KILLED), [*binomial(2, 0.5), 0])
