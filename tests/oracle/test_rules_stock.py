"""Rounds, worked out by hand: salvos, rounds kept back, reloads, stocks that go on."""

from .hand import launches, look, raid, shots, threat, unit, window
from .model import simulate
from .raids import random_raid
from .stock import next_night, with_stock


def rounds(result):
    return [(e[0] / 1e6, e[5]) for e in result.engagements]


def left(result):
    return list(zip(result.ready, result.reserve, strict=True))


def test_salvo_is_cut_to_what_is_ready_and_to_what_may_be_spent(play):
    ready = play(raid([threat()], [unit(ready=5, salvo=2)], [window()]))
    assert [e[5] for e in ready.engagements] == [2, 2, 1]
    assert left(ready) == [(0, 0)]
    held = play(raid([threat()], [unit(ready=5, salvo=2)], [window(hold=2)]))
    assert [e[5] for e in held.engagements] == [2, 1]
    assert left(held) == [(2, 0)]


def test_a_window_s_salvo_is_its_own(play):
    assert rounds(play(raid([threat()], [unit(salvo=2)], [window(closes=0, salvo=3)]))) == [(0, 3)]


def test_hold_is_by_window(play):
    # Two rounds are kept from the drone and spent on the other threat.
    threats = [threat("t0"), threat("t1", 200)]
    windows = [window(hold=2), window(opens=100, closes=150, threat="t1")]
    assert shots(play(raid(threats, [unit(ready=3)], windows))) == [
        (0, 0, 0, 1),
        (100, 1, 0, 1),
        (110, 1, 0, 1),
    ]


def test_hold_counts_ready_rounds_only(play):
    # 3 ready, 2 held: one round goes. With a reserve that is never brought up it is the same.
    units = [unit(ready=3, magazine=4, reserve=9, reload_s=1)]
    result = play(raid([threat()], units, [window(hold=2)]))
    assert rounds(result) == [(0, 1)]
    assert left(result) == [(2, 9)]


def test_reload_at_the_hold_brings_the_rest_up(play):
    # At 2 ready a reload of 15 s starts, to 4: shots at 0; 15 and 25 (at 25 again 2: reload to 40).
    units = [unit(ready=3, magazine=4, reserve=9, reload_at=2, reload_s=15)]
    result = play(raid([threat()], units, [window(hold=2)]))
    assert rounds(result) == [(0, 1), (15, 1), (25, 1), (40, 1), (50, 1)]
    # Spent 5 of 12; the reload from 50 to 65 is completed: 4 ready, 3 in reserve.
    assert left(result) == [(4, 3)]


def test_reload_starts_when_empty_and_fills_the_magazine(play):
    # Empty at 10, reloaded at 10 + 15 with 2 of 3, empty at 35, reloaded at 50 with the last.
    units = [unit(ready=2, magazine=2, reserve=3, reload_s=15)]
    result = play(raid([threat()], units, [window()]))
    assert launches(result) == [0, 10, 25, 35, 50]
    assert left(result) == [(0, 0)]


def test_an_early_reload_tops_up_what_is_missing_when_it_ends(play):
    # At 3 of 4 ready a reload of 25 s starts at 0; ready rounds go on being fired at 10 and 20, so at
    # 25 there is 1: 3 are brought up, not 1. At 30 the next reload starts, to be there at 55.
    units = [unit(ready=4, magazine=4, reserve=8, reload_at=3, reload_s=25)]
    result = play(raid([threat()], units, [window()]))
    assert launches(result) == [0, 10, 20, 30, 40, 50]
    # 25: ready 4, reserve 5. 30, 40, 50: ready 1. 55: ready 4, reserve 2.
    assert left(result) == [(4, 2)]


def test_no_reload_above_the_level(play):
    units = [unit(ready=10, magazine=10, reserve=8, reload_at=3, reload_s=0)]
    result = play(raid([threat()], units, [window()]))
    assert left(result) == [(4, 8)]  # 6 shots, ready never at 3


def test_a_reload_takes_what_the_reserve_has(play):
    units = [unit(ready=3, magazine=5, reserve=2, reload_at=2, reload_s=5)]
    assert left(play(raid([threat()], units, [window(closes=0)]))) == [(4, 0)]


def test_refilled_before_the_start(play):
    # Empty, or at the level: as if reloaded before. Above the level: not, though the magazine is not full.
    units = [unit(ready=0, magazine=2, reserve=3, reload_s=1000)]
    assert launches(play(raid([threat()], units, [window()]))) == [0, 10]
    at_level = [unit(ready=2, magazine=5, reserve=9, reload_at=2)]
    assert left(play(raid([], at_level, []))) == [(5, 6)]
    above = [unit(ready=3, magazine=5, reserve=9, reload_at=2)]
    assert left(play(raid([], above, []))) == [(3, 9)]
    not_available = [unit(ready=0, magazine=5, reserve=9, availability=0)]
    assert left(play(raid([], not_available, []))) == [(5, 4)]


def test_more_ready_than_the_magazine_stays(play):
    # 6 ready, magazine 2: nothing is brought up until it is empty.
    units = [unit(ready=6, magazine=2, reserve=5, reload_s=5)]
    result = play(raid([threat()], units, [window()]))
    assert launches(result) == [0, 10, 20, 30, 40, 50]
    assert left(result) == [(2, 3)]


def test_instant_reload_and_instant_flight_repeat_the_moment(play):
    # Flight, assessment and reload take no time: three rounds go at moment 0.
    units = [unit(ready=1, reserve=9, magazine=1, attempts=3)]
    assert launches(play(raid([threat()], units, [window(flight=0)]))) == [0, 0, 0]


def test_a_reload_of_the_moment_comes_before_firing(play):
    # Empty at 0; the reload ends at 10, when the channel comes back: fired at 10.
    units = [unit(ready=1, reserve=1, reload_s=10)]
    assert launches(play(raid([threat()], units, [window(closes=10)]))) == [0, 10]


def test_stock_after_the_last_event(play):
    # The last reload ends at 2050, long after the impact at 100, and counts.
    units = [unit(ready=6, magazine=6, reserve=4, reload_s=2000)]
    assert left(play(raid([threat()], units, [window()]))) == [(4, 0)]


def test_a_given_stock_takes_the_place_of_the_file_s(play):
    # 1 ready, 1 in reserve, not 9 and 0; the magazine is the file's, 9.
    result = play(raid([threat()], [unit(ready=9, reload_s=30)], [window()]), ((1,), (1,)))
    assert list(result.fate) == [0]
    assert left(result) == [(0, 0)]
    # At the level it is refilled before the start.
    empty = play(raid([threat()], [unit(ready=9)], [window(closes=0, track="k0")], [look()]), ((0,), (20,)))
    assert left(empty) == [(8, 11)]


def test_a_given_stock_is_as_good_as_the_same_numbers_in_the_file():
    changed = 0
    for number in range(200):
        raid_ = random_raid(number)
        nights = [simulate(raid_, r) for r in range(2)]
        for r, stock in enumerate(next_night(raid_, nights, number)):
            second = simulate(raid_, r, stock=stock)
            assert second == simulate(with_stock(raid_, stock), r)
            changed += second != nights[r]
    assert changed > 100


def test_no_round_is_lost():
    # Ready and reserve at the end are what there was, less what was fired.
    for number in range(300):
        raid_ = random_raid(number)
        result = simulate(raid_, 0)
        for i, entry in enumerate(raid_["units"]):
            spent = sum(e[5] for e in result.engagements if e[3] == i)
            had = entry["ready"] + entry.get("reserve", 0)
            assert result.ready[i] + result.reserve[i] + spent == had
            assert min(result.ready[i], result.reserve[i]) >= 0
