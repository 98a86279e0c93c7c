"""Stocks that go on: what a run is given and gives back."""

import dataclasses

import numpy as np
import pytest

from skypact.engine import Stock, prepare, replicate, trace
from skypact.engine.run import CHUNK_MOST
from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Raid, Threat, Unit, Window

TABLES = ("fate", "killer", "rounds", "engagements", "reason", "ready", "reserve")


def rows(chunks):
    chunks = list(chunks)
    return {name: np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in TABLES}


@pytest.fixture(scope="module")
def raid():
    return synthetic_raid(60, 15, 5, seed=3, features="all")


def with_stock(raid, ready, reserve):
    """The raid file with those numbers, and its own magazines."""
    units = tuple(
        unit._replace(ready=int(a), reserve=int(b), magazine=unit.magazine)
        for unit, a, b in zip(raid.units, ready, reserve, strict=True)
    )
    return dataclasses.replace(raid, units=units)


def test_a_given_stock_is_the_same_as_those_numbers_in_the_file(raid):
    rng = np.random.default_rng(1)
    count = CHUNK_MOST + 20  # more than one chunk
    ready = rng.integers(0, 9, (count, len(raid.units)))
    reserve = rng.integers(0, 9, ready.shape) * [unit.magazine > unit.reload_at for unit in raid.units]
    prepared = prepare(raid)
    given = rows(replicate(prepared, count, first=70, stock=Stock(ready, reserve)))
    for r in (0, 1, 2, CHUNK_MOST, count - 1):
        alone = rows(replicate(prepare(with_stock(raid, ready[r], reserve[r])), 1, first=70 + r))
        assert all(np.array_equal(given[name][r], alone[name][0]) for name in TABLES)
        one = trace(prepared, 70 + r, stock=Stock(ready[r : r + 1], reserve[r : r + 1]))
        assert np.array_equal(one.ready, given["ready"][r])
        assert np.array_equal(one.fate, given["fate"][r])


def with_hold(raid, classes, hold):
    """The raid file whose windows hold back so much at least."""
    unit = {one.id: row for row, one in enumerate(raid.units)}
    class_of = {threat.id: classes.index(threat.class_) for threat in raid.threats}
    windows = tuple(
        one._replace(hold=max(one.hold, int(hold[unit[one.unit], class_of[one.threat]])))
        for one in raid.windows
    )
    return dataclasses.replace(raid, windows=windows)


def test_a_given_hold_is_the_same_as_that_hold_in_the_file(raid):
    rng = np.random.default_rng(2)
    prepared = prepare(raid)
    count = 40
    ready = rng.integers(0, 9, (count, len(raid.units)))
    reserve = rng.integers(0, 9, ready.shape) * [unit.magazine > unit.reload_at for unit in raid.units]
    hold = rng.choice([0, 0, 2, 5, 10**9], (*ready.shape, len(prepared.classes)))
    given = rows(replicate(prepared, count, first=7, stock=Stock(ready, reserve, hold)))
    plain = rows(replicate(prepared, count, first=7, stock=Stock(ready, reserve)))
    assert not np.array_equal(given["fate"], plain["fate"])
    nothing = rows(replicate(prepared, count, first=7, stock=Stock(ready, reserve, hold * 0)))
    assert all(np.array_equal(nothing[name], plain[name]) for name in TABLES)
    for r in (0, 1, 17, count - 1):
        other = with_stock(with_hold(raid, prepared.classes, hold[r]), ready[r], reserve[r])
        alone = rows(replicate(prepare(other), 1, first=7 + r))
        assert all(np.array_equal(given[name][r], alone[name][0]) for name in TABLES)
        one = trace(prepared, 7 + r, stock=Stock(ready[r : r + 1], reserve[r : r + 1], hold[r : r + 1]))
        assert np.array_equal(one.fate, given["fate"][r])


def test_more_rounds_than_the_file_has_bring_its_limits_to_bear():
    # Two rounds in the file can never fill three channels, ten can.
    threats = tuple(Threat(f"t{i}", "drone", 100.0) for i in range(5))
    unit = Unit("u", "X", "g", channels=3, ready=2, recover_s=1000.0, attempts=1)
    raid = Raid(threats, (unit,), windows=tuple(Window(t.id, "u", 0.0, 50.0, 5.0, 5.0, 1.0) for t in threats))
    prepared = prepare(raid)
    (own,) = replicate(prepared, 2)
    (more,) = replicate(prepared, 2, stock=Stock(np.full((2, 1), 10), np.zeros((2, 1), np.int64)))
    assert own.engagements.tolist() == [[2], [2]]
    assert more.engagements.tolist() == [[3], [3]]
    assert more.ready.tolist() == [[7], [7]]


def test_nothing_is_lost_or_made(raid):
    prepared = prepare(raid)
    (chunk,) = replicate(prepared, 50)
    total = np.array([unit.ready + unit.reserve for unit in raid.units])
    assert np.array_equal(chunk.ready + chunk.reserve + chunk.rounds.sum(axis=2), np.tile(total, (50, 1)))


def test_a_reload_under_way_is_completed():
    threat = Threat("t", "drone", 100.0)
    unit = Unit("u", "X", "g", 1, ready=3, magazine=4, reserve=9, reload_at=2, reload_s=1e6, attempts=1)
    raid = Raid((threat,), (unit,), windows=(Window("t", "u", 90.0, 90.0, 5.0, 5.0, 0.0),))
    (chunk,) = replicate(prepare(raid), 1)
    assert (chunk.ready.tolist(), chunk.reserve.tolist()) == ([[4]], [[7]])


@pytest.mark.parametrize(
    ("stock", "what"),
    [
        (Stock(np.zeros((3, 2), int), np.zeros((3, 2), int)), "shape"),
        (Stock(np.zeros((2, 1)), np.zeros((2, 1), int)), "whole numbers"),
        (Stock(np.full((2, 1), -1), np.zeros((2, 1), int)), "from -1 to -1"),
        (Stock(np.zeros((2, 1), int), np.full((2, 1), 10**9 + 1)), "within 0 to 1000000000"),
        (Stock(np.zeros((2, 1), int), np.ones((2, 1), int)), "unit 'u' has a reserve"),
    ],
)
def test_a_stock_that_no_file_could_have_is_refused(stock, what):
    prepared = prepare(Raid(units=(Unit("u", "X", "g", 1, ready=4, reload_at=4),)))
    with pytest.raises(ValueError, match=what):
        replicate(prepared, 2, stock=stock)
