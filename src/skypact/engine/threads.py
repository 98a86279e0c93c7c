"""The threads that play replications: opened and closed by whoever asks for replications.

Nothing else owns a thread.  An iterator over replications only hands work to the threads that are open, so
that forgetting it half-way joins nothing and locks nothing, whenever it is collected.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")


class Stopped(Exception):
    """The threads are being closed; what they were playing is not wanted any more."""


@dataclass(frozen=True)
class Workers:
    """Open threads; `count` of them. Make them with `workers`."""

    count: int
    _pool: ThreadPoolExecutor
    _stop: threading.Event

    def submit(self, task: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a task done; it is called with the arguments and should call `check` now and then."""
        return self._pool.submit(task, *arguments)

    def check(self) -> None:
        """Leave a task that is not wanted any more.

        Raises
        ------
        Stopped
            If the threads are being closed.
        """
        if self._stop.is_set():
            raise Stopped


@contextmanager
def workers(threads: int | None = None) -> Iterator[Workers]:
    """Open threads for a while.

    They are gone when the block is left, whether it came to its end, failed or was interrupted; what is
    under way then stops at the next call of `Workers.check`.

    Parameters
    ----------
    threads
        How many; None: one for each processor that this process may use.

    Raises
    ------
    ValueError
        If there are to be fewer than one.

    Examples
    --------
    >>> with workers(2) as team:
    ...     team.submit(sum, (1, 2)).result()
    3
    """
    count = processors() if threads is None else threads
    if count < 1:
        raise ValueError(f"threads is {threads}; it must be at least 1")
    stop = threading.Event()
    pool = ThreadPoolExecutor(count, thread_name_prefix="skypact")
    try:
        yield Workers(count, pool, stop)
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
