"""What runs out: the share left never grows, begins at all of it, and ends at what the rounds fired leave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import skypact
from skypact.engine import prepare, replicate
from skypact.study import Study
from skypact.study.stock import MOMENTS, REPLICATIONS, left, moments_of, over_time, shared_out

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


def test_what_is_left_is_what_was_not_fired() -> None:
    compiled = Study.ask(str(SMALL), ("helped",)).compile("helped")
    raid, prepared = compiled.raid, prepare(compiled.raid)
    moments = moments_of(raid)
    assert len(moments) == MOMENTS
    found = left(raid, prepared, moments, 20, seed=3, first=5)
    (outcomes,) = replicate(prepared, 20, 3, 5)
    fired = outcomes.rounds.sum(axis=2)
    for name, rounds in found.by_system.items():
        own = [unit.info["system"] == name for unit in raid.units]
        assert (np.diff(rounds, axis=1) <= 0).all()
        assert (found.stock[name] - rounds[:, -1] == fired[:, own].sum(axis=1)).all()
        assert (rounds[:, 0] <= found.stock[name]).all()
        assert (rounds >= 0).all()


def test_bands_are_ordered_shares() -> None:
    found = skypact.compare(SMALL, sets=4, replications=10)
    for result in found.policies.values():
        stock = result.stock_over_time
        assert stock is not None
        assert stock.replications == 4 * min(10, shared_out(4))
        for band in stock.by_system.values():
            lines = np.array([band.p05, band.p50, band.p95])
            assert (np.diff(lines, axis=0) >= 0).all()
            assert ((lines >= 0) & (lines <= 1)).all()
            assert band.stock > 0


@pytest.mark.parametrize("sets", [1, 2, 7, 64, 500])
def test_a_hundred_or_two_replications_are_looked_at(sets: int) -> None:
    assert REPLICATIONS <= sets * shared_out(sets) < REPLICATIONS + sets


def test_nothing_is_drawn_where_nothing_is_fired() -> None:
    assert over_time((), ()) is None
