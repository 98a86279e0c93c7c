"""What many looks or rounds have in common: susceptibility, acquisition, availability."""

import numpy as np
import pytest

from .tools import (
    KILLED,
    LEAKED,
    binomial,
    check_distribution,
    check_mean,
    check_share,
    look,
    raid,
    threat,
    track,
    unit,
    window,
)


def at_least_one(s, p, n):
    """The chance that one of n tries of one family succeeds: s (1 - (1 - p/s)^n)."""
    return s * (1 - (1 - p / s) ** n)


@pytest.mark.parametrize("s", [0.5, 0.8, 1.0])
@pytest.mark.parametrize("n", [1, 3, 30])
def test_looks_of_one_family(play, s, n):
    # One look finds with p whatever s is; many reach s and no more.
    p = 0.4
    looks = [look(f"l{i}", p_detect=p, family="radar", susceptible=s) for i in range(n)]
    tracks = [track("k0", *(e["id"] for e in looks))]
    one = play(raid([threat()], [unit()], [window(1, track="k0")], looks, tracks))
    share = at_least_one(s, p, n)
    if share < 1 - 1e-6:
        check_share(one.fate == KILLED, share)
    else:
        assert (one.fate == KILLED).all()


@pytest.mark.parametrize("way", ["salvo", "looks", "units"])
@pytest.mark.parametrize("s", [0.6, 0.9])
def test_rounds_of_one_family(play, way, s):
    # Four rounds: in one salvo, one after another, or by four units of one family.
    p, n = 0.4, 4
    units = [unit(f"u{j}", family="semi-active") for j in range(n if way == "units" else 1)]
    windows = [window(p, opens=20 * j, unit=u["id"], susceptible=s) for j, u in enumerate(units)]
    if way == "salvo":
        windows[0]["salvo"] = n
    if way == "looks":
        windows[0]["closes_s"] = 10 * (n - 1)
    one = play(raid([threat()], units, windows))
    check_share(one.fate == KILLED, at_least_one(s, p, n))


def test_rounds_at_their_bound_kill_at_once_or_never(play):
    # p = s: one round does what a hundred can.
    p, n = 0.6, 5
    w = window(p, closes=10 * (n - 1), susceptible=p)
    one = play(raid([threat()], [unit(family="semi-active")], [w]))
    check_distribution(one.rounds[:, 0], [0, p, 0, 0, 0, 1 - p])


def test_two_families_miss_independently(play):
    # leakage (1 - s (1 - (1 - p/s)^2)) (1 - r (1 - (1 - p/r)^2)).
    p, s, r = 0.4, 0.6, 0.8
    units = [unit("u0", family="semi-active"), unit("u1", family="infrared")]
    windows = [window(p, salvo=2, susceptible=s), window(p, opens=50, salvo=2, unit="u1", susceptible=r)]
    one = play(raid([threat()], units, windows))
    check_share(one.fate == LEAKED, (1 - at_least_one(s, p, 2)) * (1 - at_least_one(r, p, 2)))


def test_bounds_of_one_family_are_nested(play):
    # Two units of one family with bounds s < r, at their bounds: killed by the first with s, by the
    # second with r - s, as all that are susceptible to the first are so to the second.
    s, r = 0.3, 0.7
    units = [unit(f"u{j}", family="semi-active") for j in range(2)]
    windows = [window(b, opens=20 * j, unit=f"u{j}", susceptible=b) for j, b in enumerate((s, r))]
    one = play(raid([threat()], units, windows))
    check_distribution(one.killer[:, 0] + 1, [1 - r, s, r - s])


@pytest.mark.parametrize("family", ["radar", "infrared"])
def test_one_family_shared_by_a_look_and_a_unit(play, family):
    # Shared: susceptible to both with min(s, r), so killed with min(s, r) (P/s) (p/r); apart: P p.
    s, r, p_look, p = 0.7, 0.5, 0.6, 0.4
    looks = [look("l0", p_detect=p_look, family="radar", susceptible=s)]
    w = window(p, susceptible=r, track="k0")
    one = play(raid([threat()], [unit(family=family)], [w], looks, [track("k0", "l0")]))
    share = min(s, r) * (p_look / s) * (p / r) if family == "radar" else p_look * p
    check_share(one.fate == KILLED, share)


def test_susceptibility_is_each_threat_s_own(play):
    # N threats, each missed by all rounds of the family with 1 - s: kills ~ Binomial(N, s).
    n, s = 8, 0.7
    windows = [window(s, closes=100, threat=f"t{i}", susceptible=s) for i in range(n)]
    one = play(raid([threat(f"t{i}") for i in range(n)], [unit(family="semi-active")], windows))
    check_distribution(one.count(KILLED), binomial(n, s))


def test_acquisition_is_once_for_a_unit_and_threat(play):
    # Many shots of one crew at one threat are not many chances to see it: leakage 1 - A (1 - q^n), in
    # one window or in several.
    a, q, n = 0.5, 0.6, 4
    one = play(raid([threat()], [unit()], [window(1 - q, closes=10 * (n - 1), p_acquire=a)]))
    check_share(one.fate == LEAKED, 1 - a * (1 - q**n))
    windows = [window(1 - q, opens=20 * j, p_acquire=a) for j in range(n)]
    check_share(play(raid([threat()], [unit()], windows)).fate == LEAKED, 1 - a * (1 - q**n))


def test_units_acquire_independently(play):
    # leakage (1 - A_a p_a) (1 - A_b p_b).
    units = [unit("u0"), unit("u1")]
    windows = [window(0.6, p_acquire=0.5), window(0.5, opens=100, unit="u1", p_acquire=0.8)]
    one = play(raid([threat()], units, windows))
    check_share(one.fate == LEAKED, (1 - 0.5 * 0.6) * (1 - 0.8 * 0.5))


def test_chances_to_acquire_are_nested(play):
    # Two windows of one unit, A < B: rounds fired are 2 with A, 1 with B - A, 0 with 1 - B.
    a, b = 0.4, 0.7
    windows = [window(0, p_acquire=a), window(0, opens=50, p_acquire=b)]
    one = play(raid([threat()], [unit()], windows))
    check_distribution(one.rounds[:, 0], [1 - b, b - a, a])


def test_availability_is_for_the_whole_raid(play):
    # A unit with c channels against N threats: kills ~ Binomial(N, p) with a, none with 1 - a.
    n, a, p = 5, 0.6, 0.5
    windows = [window(p, threat=f"t{i}") for i in range(n)]
    one = play(raid([threat(f"t{i}") for i in range(n)], [unit(availability=a)], windows))
    expected = a * binomial(n, p)
    expected[0] += 1 - a
    check_distribution(one.count(KILLED), expected)


def test_units_are_available_independently(play):
    # k units with one certain round each: rounds by all ~ Binomial(k, a).
    k, a = 6, 0.7
    units = [unit(f"u{j}", availability=a, group=f"g{j}") for j in range(k)]
    windows = [window(0, unit=f"u{j}") for j in range(k)]
    check_distribution(play(raid([threat()], units, windows)).rounds.sum(axis=1), binomial(k, a))


def test_reasons_in_their_shares(play):
    # One hard unit: not available 1 - a; else not seen 1 - P; else not acquired 1 - A; else missed q.
    a, p_look, acquire, p = 0.8, 0.7, 0.6, 0.5
    w = window(p, p_acquire=acquire, track="k0")
    looks = [look("l0", p_detect=p_look)]
    one = play(raid([threat()], [unit(availability=a)], [w], looks, [track("k0", "l0")]))
    shot = a * p_look * acquire
    expected = np.array([shot * p, shot * (1 - p), 0, 1 - a, a * (1 - p_look), a * p_look * (1 - acquire), 0])
    check_distribution(one.reason[:, 0], expected)


def test_blocked_by_those_before(play):
    # A unit with one round and two threats: the second is blocked unless the first is not acquired.
    acquire = 0.6
    threats = [threat("t0", priority=1), threat("t1")]
    windows = [window(0, p_acquire=acquire), window(0, threat="t1")]
    one = play(raid(threats, [unit(ready=1)], windows))
    expected = np.zeros(7)
    expected[6], expected[1] = acquire, 1 - acquire
    check_distribution(one.reason[:, 1], expected)


def test_a_second_shot_when_there_is_no_time_to_look(play):
    # Three units whose windows close before the result: two shots, q^2, with two when late; one, q,
    # without. With time to look both give up to 3 shots, q^3, and waste no round.
    q = 0.6

    def fired(closes, late):
        units = [unit(f"u{j}", attempts=1) for j in range(3)]
        windows = [window(1 - q, closes=closes, unit=f"u{j}") for j in range(3)]
        return play(raid([threat()], units, windows, concurrency_late={"drone": 2 if late else 1}))

    check_share(fired(9, late=True).fate == LEAKED, q**2)
    check_share(fired(9, late=False).fate == LEAKED, q)
    both = fired(100, late=True), fired(100, late=False)
    for one in both:
        check_share(one.fate == LEAKED, q**3)
        check_mean(one.rounds.sum(axis=1), 1 + q + q**2)
    np.testing.assert_array_equal(both[0].fate, both[1].fate)


def test_late_at_the_very_moment(play):
    # The result is known at 10 + 5. A window that closes a microsecond earlier shoots without it: two
    # rounds. One that closes then waits for it: one round with p, two with q. The leakage is q^2 either way.
    q = 0.6

    def fired(closes):
        units = [unit("u0", attempts=1, assess_s=5), unit("u1", attempts=1)]
        windows = [window(1 - q, unit="u0"), window(1 - q, closes=closes, unit="u1")]
        return play(raid([threat()], units, windows, concurrency_late={"drone": 2}))

    just_late, in_time = fired(14.999999), fired(15)
    assert (just_late.rounds.sum(axis=1) == 2).all()
    check_distribution(in_time.rounds.sum(axis=1), [0, 1 - q, q])
    for one in (just_late, in_time):
        check_share(one.fate == LEAKED, q**2)
