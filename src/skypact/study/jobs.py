"""Doing the jobs of a task, here and in other processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from skypact.engine import Workers, workers
from skypact.study.helpers import helpers
from skypact.study.play import RunSettings

Done = TypeVar("Done")


def done_by_all(
    bare: Any, play: Callable[[int, Workers], Done], count: int, settings: RunSettings, what: str
) -> list[Done]:
    """What becomes of the jobs 0, 1, ... of a task, in no order; nothing depends on who did which.

    Parameters
    ----------
    bare
        What helpers are given: it can be pickled and has ``player()`` (`skypact.study.helpers`).
    play
        Does a job here.
    count
        How many jobs there are.
    settings
        Threads, and who is told of the progress.
    what
        What is being done, in words.
    """
    with workers(settings.threads) as team:
        started = time.perf_counter()
        done = [play(0, team)]
        left = (time.perf_counter() - started) * (count - 1)
    with helpers(bare, range(1, count), left, settings.threads) as shared, workers(shared.threads) as team:
        while len(done) < count:
            settings.progress(what, len(done) / count)
            number = shared.take()
            if number is not None:
                done.append(play(number, team))
            done.extend(shared.ready(wait=number is None and len(done) < count))
    settings.progress(what, 1.0)
    return done
