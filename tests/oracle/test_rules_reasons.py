"""Why a threat leaked, worked out by hand: each reason, and which comes first."""

import pytest

from .hand import look, raid, threat, track, unit, window
from .model import BLOCKED, LEAKED, MISSED, NO_WINDOW, NONE, UNACQUIRED, UNAVAILABLE, UNSEEN

TRACKS = [track("seen", "l0"), track("unseen", "l1"), track("too late", "l2")]
LOOKS = [look("l0"), look("l1", p_detect=0), look("l2", 51)]

OUT = window(unit="out")  # its unit is not available
UNTRACKED = window(track="unseen")
LATE = window(track="too late")
NOT_ACQUIRED = window(track="seen", p_acquire=0)
EMPTY = window(unit="empty")  # nothing to fire
SOFT = window(unit="soft")

CASES = {
    "no window": ([], NO_WINDOW),
    "soft windows only": ([SOFT], NO_WINDOW),
    "soft window and a unit that is not available": ([SOFT, OUT], UNAVAILABLE),
    "unit not available": ([OUT, OUT], UNAVAILABLE),
    "unit not available, and another's window unseen": ([OUT, UNTRACKED], UNSEEN),
    "no look found": ([UNTRACKED], UNSEEN),
    "track after the close": ([LATE, UNTRACKED], UNSEEN),
    "unseen and not acquired too": ([window(track="unseen", p_acquire=0)], UNSEEN),
    "one unseen, one not acquired": ([UNTRACKED, NOT_ACQUIRED], UNACQUIRED),
    "not acquired": ([OUT, NOT_ACQUIRED], UNACQUIRED),
    "not acquired without a track": ([window(p_acquire=0)], UNACQUIRED),
    "no round": ([OUT, UNTRACKED, NOT_ACQUIRED, EMPTY], BLOCKED),
    "no round but those kept back": ([window(hold=10)], BLOCKED),
    "no channel": ([window(unit="no channel")], BLOCKED),
    "no attempt": ([window(unit="no attempt")], BLOCKED),
    "blocked while a soft unit fires": ([EMPTY, SOFT], BLOCKED),
    "missed": ([OUT, UNTRACKED, NOT_ACQUIRED, EMPTY, SOFT, window()], MISSED),
}

UNITS = [
    unit("u0"),
    unit("out", availability=0),
    unit("empty", ready=0),
    unit("no channel", channels=0),
    unit("no attempt", attempts=0),
    unit("soft", kind="soft", attempts=1),
]


@pytest.mark.parametrize(("windows", "reason"), CASES.values(), ids=CASES)
def test_reason(play, windows, reason):
    result = play(raid([threat()], UNITS, windows, LOOKS, TRACKS))
    assert list(result.fate) == [LEAKED]
    assert list(result.reason) == [reason]


def test_others_had_it_under_fire(play):
    # Not the threat's own doing: another threat has the only channel all the time.
    threats = [threat("t0", priority=1), threat("t1")]
    windows = [window(flight=50), window(closes=40, flight=50, threat="t1")]
    assert list(play(raid(threats, [unit()], windows)).reason) == [MISSED, BLOCKED]


def test_a_window_that_opens_at_the_impact_is_blocked(play):
    w = window(opens=100, closes=100, flight=0)
    assert list(play(raid([threat()], [unit(attempts=1)], [w])).reason) == [BLOCKED]


def test_who_does_not_leak_has_no_reason(play):
    threats = [threat("t0", reliability=0), threat("t1", reliability=0, fails_s=99), threat("t2")]
    windows = [window(threat="t2", p=1)]
    assert list(play(raid(threats, [unit()], windows)).reason) == [NONE, NONE, NONE]


def test_a_threat_that_is_shot_down_after_a_miss_has_no_reason(play):
    units = [unit("u0", ready=1), unit("u1")]
    windows = [window(), window(opens=20, p=1, unit="u1")]
    assert list(play(raid([threat()], units, windows)).reason) == [NONE]
