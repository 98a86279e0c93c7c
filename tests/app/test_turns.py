"""Who waits for a quick answer goes before who draws sets."""

from __future__ import annotations

import threading
import time

import pytest

from skypact.app import turns
from skypact.app.turns import Gone, Turns


def test_a_slow_turn_gives_way_to_a_quick_one() -> None:
    ours, order = Turns(), []
    inside, done = threading.Event(), threading.Event()

    def slow() -> None:
        with ours.slow():
            inside.set()
            while not done.is_set():
                order.append("slow")
                time.sleep(0.005)
                ours.give_way()

    thread = threading.Thread(target=slow)
    thread.start()
    inside.wait(5)
    with ours.quick():
        order.append("quick")
        busy = len(order)
        time.sleep(0.05)
        assert len(order) == busy, "one at a time"
    done.set()
    thread.join(5)
    assert "quick" in order


def test_who_is_gone_waits_no_longer() -> None:
    ours, gone = Turns(), threading.Event()
    with ours.quick():
        threading.Timer(0.05, gone.set).start()
        with pytest.raises(Gone), ours.quick(gone):
            raise AssertionError
    with ours.slow(), pytest.raises(Gone):
        ours.give_way(gone)
    with ours.quick():
        pass


def test_long_turns_alternate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SLICE_S", 0.0)
    ours, order, ready = Turns(), list[str](), threading.Barrier(2)

    def work(name: str) -> None:
        ready.wait()
        with ours.slow():
            for _ in range(6):
                order.append(name)
                time.sleep(0.01)
                ours.give_way()

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    first, second = order[0], "b" if order[0] == "a" else "a"
    assert sorted(order) == ["a"] * 6 + ["b"] * 6
    assert second in order[:3], f"{second} waits for all of {first}"
