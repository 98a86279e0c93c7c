"""Who waits for a quick answer goes before who draws sets."""

from __future__ import annotations

import threading
import time

import pytest

from skypact.app.turns import Gone, Turns


def test_a_slow_turn_gives_way_to_a_quick_one() -> None:
    turns, order = Turns(), []
    inside, done = threading.Event(), threading.Event()

    def slow() -> None:
        with turns.slow():
            inside.set()
            while not done.is_set():
                order.append("slow")
                time.sleep(0.005)
                turns.give_way()

    thread = threading.Thread(target=slow)
    thread.start()
    inside.wait(5)
    with turns.quick():
        order.append("quick")
        busy = len(order)
        time.sleep(0.05)
        assert len(order) == busy, "one at a time"
    done.set()
    thread.join(5)
    assert "quick" in order


def test_who_is_gone_waits_no_longer() -> None:
    turns, gone = Turns(), threading.Event()
    with turns.quick():
        threading.Timer(0.05, gone.set).start()
        with pytest.raises(Gone), turns.quick(gone):
            raise AssertionError
    with turns.slow(), pytest.raises(Gone):
        turns.give_way(gone)
    with turns.quick():
        pass
