"""What must hold of any run: threads, chunks, seeds, conservation, and the same luck across policies."""

import dataclasses
import random
import threading
from collections import defaultdict

import numpy as np
import pytest

from skypact.engine import FAILED, KILLED, LEAKED, prepare, replicate, trace, workers
from skypact.engine.run import CHUNK_MOST
from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Raid, Threat, Unit, Window

TABLES = ("fate", "killer", "rounds", "engagements", "reason", "ready", "reserve")


def play(raid, replications, **options):
    threads = options.pop("threads", None)
    if threads is None:
        chunks = list(replicate(prepare(raid), replications, **options))
    else:
        with workers(threads) as team:
            chunks = list(replicate(prepare(raid), replications, workers=team, **options))
    return {name: np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in TABLES}


def same(one, other):
    return all(np.array_equal(one[name], other[name]) for name in TABLES)


@pytest.fixture(scope="module")
def raid():
    return synthetic_raid(60, 15, 5, seed=3, features="all")


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_results_do_not_depend_on_threads(raid, threads):
    count = 3 * CHUNK_MOST + 11
    assert same(play(raid, count, threads=1), play(raid, count, threads=threads))


def test_a_replication_does_not_depend_on_how_many_are_run_or_where_one_starts(raid):
    many = play(raid, 1000)
    assert same(play(raid, 10), {name: rows[:10] for name, rows in many.items()})
    assert same(play(raid, 5, first=600), {name: rows[600:605] for name, rows in many.items()})


def test_the_last_replication_of_all_can_be_played(raid):
    last = 2**32 - 1
    assert len(play(raid, 1, first=last)["fate"]) == 1
    with pytest.raises(ValueError, match="2\\*\\*32"):
        play(raid, 2, first=last)


def test_chunks_come_in_order(raid):
    with workers(2) as team:
        firsts = [c.first for c in replicate(prepare(raid), 700, first=5, workers=team)]
    assert firsts == list(range(5, 705, CHUNK_MOST))


def test_a_run_that_is_left_early_leaves_no_thread_behind(raid):
    before = threading.active_count()
    with workers(2) as team:
        chunks = replicate(prepare(raid), 10**6, workers=team)
        assert next(chunks).first == 0
    assert threading.active_count() == before


def test_a_run_that_fails_leaves_no_thread_behind(raid):
    before = threading.active_count()

    def fail():
        with workers(2) as team:
            next(replicate(prepare(raid), 10**6, workers=team))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail()
    assert threading.active_count() == before


@pytest.mark.parametrize("threads", [0, -1])
def test_there_is_at_least_one_thread(threads):
    with pytest.raises(ValueError, match="at least 1"), workers(threads):
        pass


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_must_be_a_64_bit_number(raid, seed):
    with pytest.raises(ValueError, match="seed"):
        replicate(prepare(raid), 1, seed=seed)


def test_seeds_give_different_luck_and_both_halves_count(raid):
    runs = [play(raid, 5, seed=s) for s in (1, 2, 1 + 2**32, 2**64 - 1)]
    for i, one in enumerate(runs):
        assert not any(same(one, other) for other in runs[:i])
    assert same(runs[0], play(raid, 5))


@pytest.mark.parametrize("features", ["plain", "all"])
def test_every_threat_has_one_fate_and_every_round_one_engagement(features):
    raid = synthetic_raid(80, 20, 6, seed=5, features=features)
    prepared = prepare(raid)
    (chunk,) = replicate(prepared, 40)
    assert set(np.unique(chunk.fate)) <= {LEAKED, FAILED, KILLED}
    assert ((chunk.killer >= 0) == (chunk.fate == KILLED)).all()
    stock = np.array([unit.ready + unit.reserve for unit in raid.units])
    assert (chunk.rounds.sum(axis=2) <= stock).all()
    assert (chunk.rounds.sum(axis=2) >= chunk.engagements).all()
    for r in range(10):
        one = trace(prepared, r)
        assert np.array_equal(one.fate, chunk.fate[r])
        assert np.array_equal(one.killer, chunk.killer[r])
        rounds = np.zeros_like(chunk.rounds[r])
        for e in one.engagements:
            rounds[e.unit, prepared.threat_class[e.threat]] += e.rounds
            window = raid.windows[e.window]
            assert (window.threat, window.unit) == (raid.threats[e.threat].id, raid.units[e.unit].id)
        assert np.array_equal(rounds, chunk.rounds[r])
        assert np.array_equal(
            np.bincount([e.unit for e in one.engagements], minlength=20), chunk.engagements[r]
        )
        kills = [e for e in one.engagements if e.killed]
        assert sorted(e.threat for e in kills) == np.flatnonzero(one.fate == KILLED).tolist()
        assert all(e.intercept_us == one.end_us[e.threat] for e in kills)
        assert all(one.kill_rounds[e.threat] == e.rounds for e in kills)


def test_the_order_of_the_file_does_not_change_anyones_luck(raid):
    # No two moments of this raid are equal, so the order of the file breaks no tie.
    def shuffled(rows, seed):
        return tuple(random.Random(seed).sample(rows, len(rows)))

    other = dataclasses.replace(
        raid,
        threats=shuffled(raid.threats, 1),
        units=shuffled(raid.units, 2),
        windows=shuffled(raid.windows, 3),
        looks=shuffled(raid.looks, 4),
        tracks=shuffled(tuple(k._replace(looks=k.looks[::-1]) for k in raid.tracks), 5),
    )
    threat_at = [[t.id for t in other.threats].index(t.id) for t in raid.threats]
    unit_at = [[u.id for u in other.units].index(u.id) for u in raid.units]
    one, two = play(raid, 50), play(other, 50)
    assert np.array_equal(one["fate"], two["fate"][:, threat_at])
    assert np.array_equal(one["rounds"], two["rounds"][:, unit_at])
    names = np.array([u.id for u in raid.units] + [""])
    other_names = np.array([u.id for u in other.units] + [""])
    assert np.array_equal(names[one["killer"]], other_names[two["killer"]][:, threat_at])


def test_of_two_windows_that_are_equal_the_first_in_the_file_fires():
    threat = Threat("t", "drone", 100.0)
    units = (Unit("a", "X", "g", 1, 1), Unit("b", "X", "g", 1, 1))
    windows = [Window("t", name, 0.0, 50.0, 5.0, 5.0, 0.0) for name in "ab"]
    for order in (windows, windows[::-1]):
        fired = trace(prepare(Raid((threat,), units, windows=tuple(order))), 0).engagements
        assert [e.window for e in fired] == [0, 1]


def test_removing_a_unit_that_never_fires_changes_nothing(raid):
    idle = Unit("idle", "X", "north", channels=5, ready=0, magazine=5)
    windows = tuple(Window(t.id, "idle", 0.0, t.impact_s - 1.0, 1.0, 1.0, 1.0) for t in raid.threats)
    more = dataclasses.replace(raid, units=(*raid.units, idle), windows=(*raid.windows, *windows))
    one, two = play(raid, 50), play(more, 50)
    assert not two["engagements"][:, -1].any()
    assert np.array_equal(one["fate"], two["fate"])
    assert np.array_equal(one["killer"], two["killer"])
    assert np.array_equal(one["rounds"], two["rounds"][:, :-1])


def test_luck_before_the_start_does_not_depend_on_the_other_threats(raid):
    alone = dataclasses.replace(
        raid,
        threats=raid.threats[:1],
        looks=(),
        tracks=(),
        windows=(),
    )
    prepared, single = prepare(raid), prepare(alone)
    for r in range(50):
        both = trace(prepared, r), trace(single, r)
        if both[0].fate[0] != KILLED:
            assert both[0].end_us[0] == both[1].end_us[0]
            assert both[0].fate[0] == both[1].fate[0]


def test_a_threat_with_the_same_history_has_the_same_fate_under_two_policies(raid):
    gone = {raid.units[1].id, raid.units[7].id}
    fewer = dataclasses.replace(raid, windows=tuple(w for w in raid.windows if w.unit not in gone))
    before, after = prepare(raid), prepare(fewer)
    alike = different = 0
    for r in range(100):
        histories = []
        for prepared in (before, after):
            one = trace(prepared, r)
            history = defaultdict(list)
            for e in one.engagements:
                history[e.threat].append((e.launch_us, e.intercept_us, e.unit, e.rounds))
            histories.append((one, history))
        (one, first), (two, second) = histories
        for t in range(len(raid.threats)):
            if first[t] == second[t]:
                alike += 1
                assert one.fate[t] == two.fate[t]
                assert one.killer[t] == two.killer[t]
                assert one.end_us[t] == two.end_us[t]
            else:
                different += 1
    assert alike > 1000
    assert different > 100


@pytest.mark.parametrize(
    "raid",
    [
        Raid(),
        Raid(threats=(Threat("t", "drone", 10.0),)),
        Raid(units=(Unit("u", "X", "g", 1, 1),)),
        Raid(threats=(Threat("t", "drone", 10.0),), units=(Unit("u", "X", "g", 1, 1),)),
    ],
)
def test_nothing_to_fire_at_or_with(raid):
    outcomes = play(raid, 3)
    assert outcomes["fate"].shape == (3, len(raid.threats))
    assert not outcomes["fate"].any()
    assert not outcomes["engagements"].any()
    assert trace(prepare(raid), 0).engagements == ()


def test_no_replications_give_no_chunks(raid):
    assert list(replicate(prepare(raid), 0)) == []
