"""The sets of a campaign, killed at any point, and one round more."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skypact.campaigns.measures import Counted
from skypact.campaigns.sets import Task, play_sets
from skypact.study.draw import Sets
from skypact.study.play import RunSettings
from tests.campaigns.made import data, study
from tests.campaigns.test_play import column, played

SETS = 9
MARGIN = 0.5
"""By how many threats a night one round more of everything may let more through, in the mean: shots fall otherwise."""


class Killed(Exception):
    pass


def counted(number: int) -> Counted:
    rng = np.random.default_rng(number)
    rows = [rng.integers(-1, 3, (4, 2)).astype(np.int32) for _ in range(3)]
    values = rng.random((4, 3))
    by_night = rng.integers(0, 90, (2, 3, 2)).astype(np.int32)
    return Counted((("leakers",), ("a", "b"), ("c",)), values, {("launched",): number}, by_night, *rows)


def same(ours: Counted, theirs: Counted) -> bool:
    arrays = ("values", "by_night", "empty", "last_empty", "short")
    return (ours.keys, dict(ours.facts)) == (theirs.keys, dict(theirs.facts)) and all(
        np.array_equal(getattr(ours, name), getattr(theirs, name)) for name in arrays
    )


def test_killed_at_twenty_random_points_it_goes_on_with_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, settings, sets = study(data()), RunSettings(4, 1, threads=1), Sets(SETS, 1)
    rng, left = random.Random(11), [10**9]

    def play(self: Task, number: int, *rest: Any) -> tuple[int, dict[str, Counted]]:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return number, {"alone": counted(number)}

    monkeypatch.setattr(Task, "play", play)
    whole = play_sets(one, settings, sets)
    for point in range(20):
        folder = str(tmp_path / str(point))
        left[0] = rng.randint(0, SETS)
        with pytest.raises(Killed):
            play_sets(one, settings, sets, folder)
        left[0] = 10**9
        found = play_sets(one, settings, sets, folder)
        pairs = zip(found, whole, strict=True)
        assert all(same(ours["alone"], theirs["alone"]) for ours, theirs in pairs)


@pytest.mark.parametrize("opening", [3, 20])
def test_one_round_more_of_everything_lets_no_more_through(opening: int) -> None:
    one, more = (column(played(data(rounds), 40)["alone"], "leakers") for rounds in (opening, opening + 1))
    nights = 3
    assert np.mean(np.array(more) - np.array(one)) / nights <= MARGIN
