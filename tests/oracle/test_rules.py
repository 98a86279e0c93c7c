"""The rules of the reference model, one small raid worked out by hand for each.

Kill probabilities are 0 or 1, so nothing is left to chance. Oracle and engine must both give
what the text of the model says: this guards against a mistake that both might share.
"""

import pytest

from skypact.engine import prepare, trace
from skypact.raid import parse_raid

from .model import FAILED, KILLED, LEAKED, simulate


def engine(raid):
    return trace(prepare(parse_raid(raid)), 0)


def oracle(raid):
    return simulate(raid, 0)


@pytest.fixture(params=[oracle, engine], ids=["oracle", "engine"])
def play(request):
    return request.param


def threat(name="t0", impact=100, **more):
    return {"id": name, "class": "drone", "impact_s": impact} | more


def unit(name="u0", channels=1, ready=10, **more):
    return {"id": name, "owner": "A", "group": "blue", "channels": channels, "ready": ready} | more


def window(opens=0, closes=50, flight=10, p=0, threat="t0", unit="u0", **more):
    return {
        "threat": threat,
        "unit": unit,
        "opens_s": opens,
        "closes_s": closes,
        "flight_open_s": flight,
        "flight_close_s": flight,
        "p_kill": p,
    } | more


def raid(threats, units, windows, detections=(), **more):
    return {
        "format": "skypact-raid/1",
        "threats": threats,
        "units": units,
        "windows": windows,
        "detections": list(detections),
    } | more


def launches(result):
    return [e[0] / 1e6 for e in result.engagements]


def shots(result):
    """(launch in seconds, threat, unit, rounds) of each engagement."""
    return [(e[0] / 1e6, e[2], e[3], e[5]) for e in result.engagements]


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


def test_intercept_at_the_moment_of_impact_kills(play):
    result = play(raid([threat(impact=10)], [unit()], [window(p=1)]))
    assert list(result.fate) == [KILLED]
    assert list(result.end_us) == [10_000_000]
    assert list(result.kill_rounds) == [1]


def test_intercept_after_impact_is_wasted_but_spent(play):
    result = play(raid([threat(impact=9)], [unit()], [window(p=1)]))
    assert list(result.fate) == [LEAKED]
    assert [tuple(e) for e in result.engagements] == [(0, 10_000_000, 0, 0, 0, 1, False)]


def test_nothing_fires_at_the_moment_of_impact(play):
    assert launches(play(raid([threat(impact=10)], [unit()], [window(opens=10)]))) == []


def test_intercept_at_the_moment_of_failure_kills_and_a_decoy_draws_fire(play):
    decoy = {"reliability": 0, "fails_s": 10}
    assert list(play(raid([threat(impact=10, **decoy)], [unit()], [window(p=1)])).fate) == [KILLED]
    missed = play(raid([threat(impact=10, **decoy)], [unit()], [window(p=0)]))
    assert list(missed.fate) == [FAILED]
    assert launches(missed) == [0]


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
    # One channel, one moment; each line beats the next on the criterion named.
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


def test_rank_never_makes_a_unit_wait(play):
    # The preferred unit's window opens a second later: the other fires at once.
    raid_ = raid(
        [threat()],
        [unit("u0", rank=-5), unit("u1", rank=5)],
        [window(opens=1), window(unit="u1")],
    )
    assert shots(play(raid_))[0] == (0, 0, 1, 1)


def test_salvo_is_cut_to_what_is_ready_and_to_what_may_be_spent(play):
    ready = play(raid([threat()], [unit(ready=5, salvo=2)], [window()]))
    assert [e[5] for e in ready.engagements] == [2, 2, 1]
    held = play(raid([threat()], [unit(ready=5, salvo=2)], [window(hold=2)]))
    assert [e[5] for e in held.engagements] == [2, 1]


def test_hold_counts_the_reserve(play):
    # 3 ready + 2 in reserve - 1 held = 4: fires 2, then 1 (empty, reload of 2), then 1, and keeps 1.
    units = [unit(ready=3, reserve=2, magazine=4, reload_s=1, salvo=2)]
    result = play(raid([threat()], units, [window(hold=1)]))
    assert [(e[0] / 1e6, e[5]) for e in result.engagements] == [(0, 2), (10, 1), (20, 1)]


def test_reload_starts_when_empty_and_fills_the_magazine(play):
    # Empty at 10, reloaded at 10 + 15 with 2 of 3, empty at 35, reloaded at 50 with the last.
    units = [unit(ready=2, magazine=2, reserve=3, reload_s=15)]
    result = play(raid([threat()], units, [window()]))
    assert launches(result) == [0, 10, 25, 35, 50]


def test_a_unit_that_starts_empty_does_not_reload(play):
    units = [unit(ready=0, magazine=2, reserve=3, reload_s=0)]
    assert launches(play(raid([threat()], units, [window()]))) == []


def test_instant_reload_and_instant_flight_repeat_the_moment(play):
    # Flight, assessment and reload take no time: all three rounds go at moment 0, the last kills.
    units = [unit(ready=1, reserve=2, magazine=1)]
    result = play(raid([threat()], units, [window(flight=0)]))
    assert launches(result) == [0, 0, 0]


def test_all_that_can_fire_do_before_an_instant_intercept_counts(play):
    raid_ = raid(
        [threat()],
        [unit("u0"), unit("u1")],
        [window(flight=0, p=1), window(flight=0, p=1, unit="u1")],
        concurrency={"drone": {"blue": 2}},
    )
    result = play(raid_)
    assert [e[6] for e in result.engagements] == [True, False]


def test_concurrency_is_counted_by_group(play):
    # Groups do not see each other: each fires at once, though each may have one under way.
    raid_ = raid(
        [threat()],
        [unit("u0"), unit("u1") | {"group": "green"}, unit("u2")],
        [window(closes=0, unit=u) for u in ("u0", "u1", "u2")],
    )
    assert shots(play(raid_)) == [(0, 0, 0, 1), (0, 0, 1, 1)]
    wider = raid_ | {"concurrency": {"drone": {"blue": 2}}}
    assert shots(play(wider)) == [(0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 2, 1)]


def test_attempts_count_over_all_windows_of_the_pair(play):
    raid_ = raid(
        [threat()], [unit(attempts=2)], [window(closes=9), window(opens=12, closes=14), window(opens=20)]
    )
    assert launches(play(raid_)) == [0, 12]
    assert launches(play(raid([threat()], [unit(attempts=0)], [window()]))) == []


def test_detection_opens_the_window_late_or_loses_it(play):
    def seen_at(t):
        return [{"group": "blue", "threat": "t0", "detected_s": t}]

    def fired(t):
        return launches(play(raid([threat()], [unit(ready=1)], [window()], seen_at(t))))

    assert fired(-5) == [0]
    assert fired(7) == [7]
    assert fired(50) == [50]
    assert fired(51) == []


def test_a_shorter_detection_delay_in_one_group_is_not_shared(play):
    raid_ = raid(
        [threat()],
        [unit("u0", ready=1), unit("u1", ready=1) | {"group": "green"}],
        [window(), window(unit="u1")],
        [{"group": "blue", "threat": "t0", "detected_s": 30, "p_detect": 0}],
    )
    assert shots(play(raid_)) == [(0, 0, 1, 1)]


def test_flight_time_is_interpolated_from_the_file_s_opening(play):
    # Flight 10 at 0, 30 at 20: seen at 5, launched at 5 with 15; the next at 20 with 30.
    w = window(closes=20) | {"flight_close_s": 30}
    seen = [{"group": "blue", "threat": "t0", "detected_s": 5}]
    result = play(raid([threat()], [unit()], [w], seen))
    assert [(e[0] / 1e6, e[1] / 1e6) for e in result.engagements] == [(5, 20), (20, 50)]


def test_flight_of_an_instant_window_is_the_flight_at_its_opening(play):
    w = window(opens=5, closes=5) | {"flight_close_s": 99}
    result = play(raid([threat()], [unit()], [w]))
    assert [(e[0] / 1e6, e[1] / 1e6) for e in result.engagements] == [(5, 15)]


def test_times_are_rounded_to_microseconds_half_to_even(play):
    # 0.5 us -> 0, 1.5 us -> 2, 2.5 us -> 2: two windows open at one moment, an impact before both.
    threats = [threat("t0", 2.5e-6), threat("t1", 1.5e-6), threat("t2", 0.5e-6)]
    assert list(play(raid(threats, [], [])).end_us) == [2, 2, 0]


def test_half_a_microsecond_of_flight_is_rounded_to_even(play):
    # Flight 0 us at 0 and 1 us at 2 us: at 1 us it is 0.5 us, rounded to 0; at 3 of 6 us, 1.5 to 2.
    seen = [{"group": "blue", "threat": "t0", "detected_s": 1e-6}]
    w = window(closes=2e-6, flight=0) | {"flight_close_s": 1e-6}
    result = play(raid([threat()], [unit(ready=1)], [w], seen))
    assert [tuple(e)[:2] for e in result.engagements] == [(1, 1)]
    seen = [{"group": "blue", "threat": "t0", "detected_s": 3e-6}]
    w = window(closes=6e-6, flight=0) | {"flight_close_s": 3e-6}
    result = play(raid([threat()], [unit(ready=1)], [w], seen))
    assert [tuple(e)[:2] for e in result.engagements] == [(3, 5)]


def test_offset_shifts_windows_detection_failure_and_impact(play):
    decoy = threat(impact=20, reliability=0, fails_s=15, offset_s=[-30, -30])
    seen = [{"group": "blue", "threat": "t0", "detected_s": 2}]
    result = play(raid([decoy], [unit()], [window()], seen))
    assert launches(result) == [-28, -18]
    assert list(result.end_us) == [-15_000_000]


def test_empty_raid(play):
    assert list(play(raid([], [], [])).fate) == []
    assert list(play(raid([], [unit()], [])).engagements) == []
