"""Helpers only save time: who plays a set changes no bit, and what fails in a helper is played all the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from skypact.study import RunSettings, Study, compare
from skypact.study.draw import Sets
from skypact.study.helpers import WORTH_S, helpers

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


@dataclass(frozen=True)
class Squares:
    """A task that a helper can do, and fails at where it is told to."""

    fails_at: int | None = None
    here: int = 0

    def player(self) -> Callable[[int], tuple[int, int]]:
        def play(number: int) -> tuple[int, int]:
            if number == self.fails_at and os.getpid() != self.here:
                raise ValueError(number)
            return number, number * number

        return play


def played(task: Squares, count: int, most_here: int) -> dict[int, int]:
    """Every number, at most so many of them here until the helpers have had their turn."""
    found: dict[int, int] = {}
    with helpers(task, range(count), 100 * WORTH_S, RunSettings(threads=3)) as shared:
        while len(found) < count:
            number = shared.take() if len(found) < most_here or not shared.numbers else None
            if number is not None:
                found[number] = task.player()(number)[1]
            found.update(shared.ready(wait=number is None))
            most_here += number is None
    return found


@pytest.mark.parametrize("fails_at", [None, 3])
def test_every_number_is_played_once_whoever_fails(fails_at: int | None) -> None:
    assert played(Squares(fails_at, os.getpid()), 12, most_here=2) == {n: n * n for n in range(12)}


def test_little_work_has_no_helpers() -> None:
    with helpers(Squares(), range(6), WORTH_S / 2, RunSettings(threads=8)) as shared:
        assert shared.threads == 8
        assert [shared.take() for _ in range(7)] == [0, 1, 2, 3, 4, 5, None]


def test_who_plays_a_set_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    study, settings = Study.ask(str(SMALL)), RunSettings(10, seed=3, threads=1)
    alone = compare(study, settings, Sets(6, 3)).to_dict()
    monkeypatch.setattr("skypact.study.helpers.WORTH_S", 1e-6)
    helped = compare(study, replace(settings, threads=3), Sets(6, 3)).to_dict()
    for document in (alone, helped):
        for run in document["policies"].values():
            del run["elapsed_s"]
    assert helped == alone
