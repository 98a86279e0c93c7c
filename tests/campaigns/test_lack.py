"""Running out: a salvo for each unit, and what goes unanswered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from skypact.campaigns.lack import InHand, Lack
from skypact.campaigns.rationing import NEVER
from skypact.engine import KILLED, LEAKED

ALL = slice(0, 2)


def hand(rounds: list[list[int]], hold: dict[str, list[list[int]]] | None = None) -> InHand:
    """Two units of one page with a salvo of 2 each."""
    held = {name: np.array(rows) for name, rows in (hold or {}).items()}
    return InHand(np.array([0, 1]), 4, np.array(rounds), held)


def night(fate: list[list[int]]) -> Any:
    return SimpleNamespace(fate=np.array(fate))


def test_it_has_run_out_where_a_night_begins_without_a_salvo_for_each_unit() -> None:
    lack = Lack(1, ["cruise"], 2)
    for number, there in enumerate(([[4, 3]], [[5, 9]], [[3, 3]])):
        lack.begin(number, np.array(there), {0: hand([[2, 2], [2, 1]])})
    assert lack.empty[:, 0].tolist() == [2, 0]
    assert lack.last_empty[:, 0].tolist() == [2, 2]
    assert lack.nights[:, 0].tolist() == [1, 2]


def test_what_the_last_night_uses_up_has_run_out_and_no_night_began_without() -> None:
    lack = Lack(1, ["cruise"], 2)
    lack.begin(0, np.array([[9, 9]]), {0: hand([[2, 2], [2, 2]])})
    lack.end(0, np.array([[3, 4]]), {0: hand([[2, 2], [2, 2]])})
    assert lack.empty[:, 0].tolist() == [0, -1]
    assert lack.last_empty[:, 0].tolist() == [-1, -1]
    assert lack.nights[:, 0].tolist() == [0, 0]


def test_what_no_unit_in_reach_has_a_round_for_goes_unanswered() -> None:
    lack = Lack(1, ["cruise"], 2)
    # Both reach the first threat, only the second unit reaches the second, nobody the third.
    reach = np.array([[True, False, False], [True, True, False]])
    mine = {0: hand([[3, 0], [0, 0]])}
    lack.begin(0, np.array([[3, 0]]), mine)
    fate = night([[LEAKED, LEAKED, LEAKED], [LEAKED, KILLED, LEAKED]])
    lack.add(0, fate, ALL, mine, {"cruise": np.array([0, 1, 2])}, reach)
    assert lack.unanswered["cruise"][:, 0].tolist() == [1, 1]
    assert lack.short[:, 0].tolist() == [0, 0]
    assert lack.after[:, 0].tolist() == [3, 2]


def test_what_is_kept_for_others_is_lacking_and_what_is_left_to_others_is_not() -> None:
    reach = np.ones((2, 1), np.bool_)
    kept = {"drone": [[2, 2], [1, 2]]}
    left = {"drone": [[NEVER, NEVER], [NEVER, NEVER]]}
    for hold, unanswered in ((kept, [1, 0]), (left, [0, 0])):
        lack = Lack(1, ["drone"], 2)
        mine = {0: hand([[2, 2], [2, 2]], hold)}
        lack.add(0, night([[LEAKED], [LEAKED]]), ALL, mine, {"drone": np.array([0])}, reach)
        assert lack.unanswered["drone"][:, 0].tolist() == unanswered
