"""Doing the jobs of a task, here and in other processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
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
    done = []
    for one in each_done(bare, play, range(count), settings):
        done.append(one)
        settings.progress(what, len(done) / count)
    return done


def each_done(
    bare: Any,
    play: Callable[[int, Workers], Done],
    numbers: Sequence[int],
    settings: RunSettings,
    each_s: float | None = None,
) -> Iterator[Done]:
    """What becomes of some jobs of a task, each as soon as it is done; parameters as for `done_by_all`.

    `each_s` is about how long one takes, by which it is decided who helps; None: the first one tells.
    """
    if not numbers:
        return
    done = 0
    if each_s is None:
        with workers(settings.threads) as team:
            started = time.perf_counter()
            yield play(numbers[0], team)
            each_s, done = time.perf_counter() - started, 1
    left = each_s * (len(numbers) - done)
    with helpers(bare, numbers[done:], left, settings) as shared, workers(shared.threads) as team:
        while done < len(numbers):
            number = shared.take()
            if number is not None:
                done += 1
                yield play(number, team)
            for one in shared.ready(wait=number is None and done < len(numbers)):
                done += 1
                yield one
