"""The rules of the course of a raid, one small raid worked out by hand for each.

Kill probabilities are 0 or 1, so nothing is left to chance. Oracle and engine must both give
what the text of the model says: this guards against a mistake that both might share.
"""

from .hand import launches, look, raid, shots, threat, unit, window
from .model import FAILED, KILLED, LEAKED


def test_fires_again_as_soon_as_the_result_is_known_and_until_the_close(play):
    # Launches at 0, 10, ..., 50: the close of the window is included.
    result = play(raid([threat()], [unit()], [window()]))
    assert launches(result) == [0, 10, 20, 30, 40, 50]
    assert list(result.fate) == [LEAKED]
    assert list(result.end_us) == [100_000_000]


def test_assessment_holds_the_count_and_recovery_the_channel(play):
    # The count drops at 10 + 3, so another unit fires at 13; the channel is back at 10 + 3 + 4.
    raid_ = raid(
        [threat()],
        [unit("u0", assess_s=3, recover_s=4), unit("u1", ready=1)],
        [window(closes=30), window(closes=30, unit="u1", rank=1)],
    )
    assert shots(play(raid_))[:3] == [(0, 0, 0, 1), (13, 0, 1, 1), (23, 0, 0, 1)]
    alone = raid([threat()], [unit(assess_s=3, recover_s=4)], [window(closes=34)])
    assert launches(play(alone)) == [0, 17, 34]


def test_a_kill_holds_the_channel_as_long_as_a_miss(play):
    # The first threat dies at 10; the channel is free for the second at 10 + 3 + 4.
    threats = [threat("t0", 60), threat("t1", 70)]
    raid_ = raid(threats, [unit(assess_s=3, recover_s=4)], [window(p=1), window(p=1, threat="t1")])
    assert shots(play(raid_)) == [(0, 0, 0, 1), (17, 1, 0, 1)]


def test_intercept_at_the_moment_of_impact_kills(play):
    result = play(raid([threat(impact=10)], [unit()], [window(closes=0, p=1)]))
    assert list(result.fate) == [KILLED]
    assert list(result.end_us) == [10_000_000]
    assert list(result.kill_rounds) == [1]


def test_nothing_fires_at_the_moment_of_impact(play):
    at_impact = window(opens=10, closes=10, flight=0, p=1)
    assert launches(play(raid([threat(impact=10)], [unit(attempts=1)], [at_impact]))) == []


def test_intercept_at_the_moment_of_failure_kills_and_a_decoy_draws_fire(play):
    decoy = {"reliability": 0, "fails_s": 10}
    assert list(play(raid([threat(impact=10, **decoy)], [unit()], [window(closes=0, p=1)])).fate) == [KILLED]
    missed = play(raid([threat(impact=10, **decoy)], [unit()], [window(closes=0, p=0)]))
    assert list(missed.fate) == [FAILED]
    assert launches(missed) == [0]


def test_shot_that_arrives_at_a_threat_already_gone_is_spent(play):
    # It fails at 5, between launch and intercept.
    result = play(raid([threat(reliability=0, fails_s=5)], [unit()], [window(p=1)]))
    assert list(result.fate) == [FAILED]
    assert [tuple(e) for e in result.engagements] == [(0, 10_000_000, 0, 0, 0, 1, False)]
    assert list(result.ready) == [9]


def test_failure_at_once_draws_no_fire(play):
    result = play(raid([threat(reliability=0)], [unit()], [window()]))
    assert list(result.fate) == [FAILED]
    assert launches(result) == []


def test_works_so_does_not_fail(play):
    assert list(play(raid([threat(reliability=1, fails_s=5)], [unit()], [window()])).fate) == [LEAKED]


def test_first_fired_gets_the_kill_of_one_moment(play):
    # Both intercept at 10; the second in the file has the lower rank, so it fires first.
    raid_ = raid(
        [threat()],
        [unit("u0"), unit("u1", rank=-1)],
        [window(p=1, unit="u0"), window(p=1, unit="u1")],
        concurrency={"drone": 2},
    )
    result = play(raid_)
    assert list(result.killer) == [1]
    assert [e[6] for e in result.engagements] == [True, False]


def test_order_of_preference(play):
    # One moment, six channels; each line beats the one above it on the criterion named.
    threats = [
        threat("lower priority", 90, priority=0.5),
        threat("later impact", 101, priority=1),
        threat("higher rank", 100, priority=1),
        threat("later intercept", 100, priority=1),
        threat("later in the file", 100, priority=1),
        threat("first", 100, priority=1),
    ]
    windows = [
        window(threat="lower priority"),
        window(threat="later impact", rank=-9),
        window(threat="higher rank", rank=1, flight=1),
        window(threat="later intercept", flight=11),
        window(threat="first"),
        window(threat="later in the file"),
    ]
    units = [unit(channels=6, attempts=1)]
    order = [e[2] for e in play(raid(threats, units, windows)).engagements]
    assert [threats[i]["id"] for i in order] == [
        "first",
        "later in the file",
        "later intercept",
        "higher rank",
        "later impact",
        "lower priority",
    ]


def test_preference_goes_by_the_shifted_impact(play):
    threats = [threat("t0", 100), threat("t1", 110, offset_s=[-20, -20])]
    raid_ = raid(threats, [unit(channels=2, attempts=1)], [window(), window(opens=20, threat="t1")])
    assert [e[2] for e in play(raid_).engagements] == [1, 0]


def test_rank_never_makes_a_unit_wait(play):
    # The preferred unit's window opens a second later: the other fires at once.
    raid_ = raid(
        [threat()],
        [unit("u0", rank=-5), unit("u1", rank=5)],
        [window(opens=1), window(unit="u1")],
    )
    assert shots(play(raid_))[0] == (0, 0, 1, 1)


def test_all_that_can_fire_do_before_an_instant_intercept_counts(play):
    raid_ = raid(
        [threat()],
        [unit("u0", attempts=1), unit("u1", attempts=1)],
        [window(flight=0, p=1), window(flight=0, p=1, unit="u1")],
        concurrency={"drone": {"blue": 2}},
    )
    result = play(raid_)
    assert [e[6] for e in result.engagements] == [True, False]


def test_instant_fire_repeats_the_moment_until_attempts_are_spent(play):
    result = play(raid([threat()], [unit(attempts=3)], [window(flight=0)]))
    assert launches(result) == [0, 0, 0]


def test_a_better_window_that_opens_by_an_instant_result_is_next(play):
    # One channel. At 0 the first threat is shot and the result is known at once; then the channel
    # goes to the threat of higher priority again, as often as it has attempts, and to the other last.
    threats = [threat("t0", priority=1), threat("t1")]
    units = [unit(attempts=2)]
    windows = [window(flight=0), window(flight=0, threat="t1")]
    assert [e[2] for e in play(raid(threats, units, windows)).engagements] == [0, 0, 1, 1]


def test_concurrency_is_counted_by_group(play):
    # Groups do not see each other: each fires at once, though each may have one under way.
    raid_ = raid(
        [threat()],
        [unit("u0"), unit("u1", group="green"), unit("u2")],
        [window(closes=0, unit=u) for u in ("u0", "u1", "u2")],
        concurrency_late={"drone": 1},
    )
    assert shots(play(raid_)) == [(0, 0, 0, 1), (0, 0, 1, 1)]
    wider = raid_ | {"concurrency": {"drone": {"blue": 2}}, "concurrency_late": {}}
    assert shots(play(wider)) == [(0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 2, 1)]


def late(play, closes, **more):
    """Launches by a unit's windows when another's engagement of the threat drops at 10 + 5."""
    raid_ = raid(
        [threat()],
        [unit("u0", ready=1, assess_s=5), unit("u1", ready=1)],
        [window(closes=0), window(opens=4, closes=closes, unit="u1")],
        **({"concurrency_late": {"drone": 2}} | more),
    )
    return launches(play(raid_))[1:]


def test_a_window_is_late_if_it_closes_before_the_first_drop(play):
    # A microsecond before the drop at 15 it is late and fires at once; at 15 it waits for the look.
    assert late(play, 14.999999) == [4]
    assert late(play, 15) == [15]
    assert late(play, 15.000001) == [15]


def test_late_goes_by_the_drop_and_not_by_the_intercept(play):
    assert late(play, 12) == [4]


def test_no_late_shot_without_late_concurrency(play):
    assert late(play, 14, concurrency_late={}) == []
    assert late(play, 14, concurrency_late={"cruise": 2, "drone": {"green": 2}}) == []
    assert late(play, 14, concurrency_late={"drone": {"blue": 2}}) == [4]


def test_what_is_late_is_counted_too(play):
    # Three units when late, two allowed.
    raid_ = raid(
        [threat()],
        [unit(f"u{i}") for i in range(3)],
        [window(closes=5, unit=f"u{i}") for i in range(3)],
        concurrency_late={"drone": 2},
    )
    assert shots(play(raid_)) == [(0, 0, 0, 1), (0, 0, 1, 1)]


def test_late_concurrency_not_named_is_that_of_the_rest(play):
    # Two at once, and no third when late.
    raid_ = raid(
        [threat()],
        [unit(f"u{i}") for i in range(3)],
        [window(closes=5, unit=f"u{i}") for i in range(3)],
        concurrency={"drone": 2},
        concurrency_late={"drone": {"green": 3}},
    )
    assert len(play(raid_).engagements) == 2


def test_the_earliest_of_several_drops_decides(play):
    # Under way until 30 and, from 1 on, until 6; a window that closes at 20 is late at 0 but not at 2.
    units = [unit("u0", ready=1, assess_s=20), unit("u1", ready=1), unit("u2", ready=1)]
    windows = [
        window(closes=0),
        window(opens=1, closes=1, flight=5, unit="u1"),
        window(opens=2, closes=20, unit="u2"),
    ]
    raid_ = raid([threat()], units, windows, concurrency_late={"drone": 3})
    # At 6 the count drops to one, whose drop is at 30: then the window is late again.
    assert launches(play(raid_)) == [0, 1, 6]


def test_another_group_s_engagements_make_nothing_late_or_early(play):
    units = [unit("u0", ready=1, group="green", assess_s=90), unit("u1", ready=1), unit("u2", ready=1)]
    windows = [window(closes=0), window(closes=0, unit="u1"), window(closes=20, unit="u2", rank=1)]
    raid_ = raid([threat()], units, windows, concurrency_late={"drone": 2})
    assert shots(play(raid_)) == [(0, 0, 0, 1), (0, 0, 1, 1), (10, 0, 2, 1)]


def test_soft_units_neither_count_nor_wait(play):
    units = [unit("u0", kind="soft", attempts=1), unit("u1"), unit("u2", kind="soft", attempts=1)]
    windows = [window(closes=5, unit=u) for u in ("u0", "u1", "u2")]
    assert shots(play(raid([threat()], units, windows))) == [(0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 2, 1)]


def test_attempts_count_over_all_windows_of_the_pair(play):
    raid_ = raid(
        [threat()], [unit(attempts=2)], [window(closes=9), window(opens=12, closes=14), window(opens=20)]
    )
    assert launches(play(raid_)) == [0, 12]
    assert launches(play(raid([threat()], [unit(attempts=0)], [window()]))) == []


def test_attempts_count_for_each_threat(play):
    threats = [threat("t0"), threat("t1")]
    raid_ = raid(threats, [unit(attempts=1)], [window(), window(threat="t1")])
    assert shots(play(raid_)) == [(0, 0, 0, 1), (10, 1, 0, 1)]


def test_flight_time_is_interpolated_from_the_file_s_opening(play):
    # Flight 10 at 0, 30 at 20: seen at 5, launched at 5 with 15; the next at 20 with 30.
    w = window(closes=20, flight_close_s=30, track="k0")
    result = play(raid([threat()], [unit()], [w], [look(at=5)]))
    assert [(e[0] / 1e6, e[1] / 1e6) for e in result.engagements] == [(5, 20), (20, 50)]


def test_flight_of_an_instant_window_is_the_flight_at_its_opening(play):
    w = window(opens=5, closes=5, flight_close_s=95)
    result = play(raid([threat()], [unit()], [w]))
    assert [(e[0] / 1e6, e[1] / 1e6) for e in result.engagements] == [(5, 15)]


def test_times_are_rounded_to_microseconds_half_to_even(play):
    # 0.5 us -> 0, 1.5 us -> 2, 2.5 us -> 2.
    threats = [threat("t0", 2.5e-6), threat("t1", 1.5e-6), threat("t2", 0.5e-6)]
    assert list(play(raid(threats, [], [])).end_us) == [2, 2, 0]


def test_half_a_microsecond_of_flight_is_rounded_to_even(play):
    # Flight 0 us at 0 and 1 us at 2 us: at 1 us it is 0.5 us, rounded to 0; at 3 of 6 us, 1.5 to 2.
    def shot(at, closes, flight_close):
        w = window(closes=closes, flight=0, flight_close_s=flight_close, track="k0")
        return [
            tuple(e)[:2] for e in play(raid([threat()], [unit(attempts=1)], [w], [look(at=at)])).engagements
        ]

    assert shot(1e-6, 2e-6, 1e-6) == [(1, 1)]
    assert shot(3e-6, 6e-6, 3e-6) == [(3, 5)]


def test_offset_shifts_windows_looks_failure_and_impact(play):
    decoy = threat(impact=100, reliability=0, fails_s=25, offset_s=[-30, -30])
    result = play(raid([decoy], [unit()], [window(track="k0")], [look(at=2)]))
    assert launches(result) == [-28, -18, -8]
    assert list(result.end_us) == [-5_000_000]


def test_empty_raid(play):
    assert list(play(raid([], [], [])).fate) == []
    assert list(play(raid([], [unit()], [])).engagements) == []
