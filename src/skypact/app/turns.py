"""Who may compute: one at a time; who waits for a quick answer goes first, and those who draw sets take turns."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_S = 0.1
"""How often somebody who waits looks whether the answer is still wanted."""
SLICE_S = 2.0
"""How long a long turn lasts while others wait for one: sets take half a minute, a campaign minutes."""


class Gone(BaseException):
    """Nobody wants the answer any more; no ``except Exception`` holds it up."""


class Turns:
    """Turns to compute.  Python compiles in one thread at a time anyway; taking turns keeps waits short and fair."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = False
        self._quick: deque[object] = deque()
        self._slow: deque[object] = deque()
        self._since = 0.0

    @contextmanager
    def quick(self, gone: threading.Event | None = None) -> Iterator[None]:
        """A turn of less than about a second; who came first goes first.

        Raises
        ------
        Gone
            If that event is set meanwhile.
        """
        mine = object()
        with self._changed:
            self._quick.append(mine)
            try:
                self._wait(lambda: not self._busy and self._quick[0] is mine, gone)
                self._busy = True
            finally:
                self._quick.remove(mine)
                self._changed.notify_all()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def slow(self, gone: threading.Event | None = None) -> Iterator[None]:
        """A long turn, in which `give_way` is called now and then.

        Raises
        ------
        Gone
            If that event is set meanwhile.
        """
        self._take_slow(gone)
        try:
            yield
        finally:
            self._leave()

    def give_way(self, gone: threading.Event | None = None) -> None:
        """Within a slow turn: let those go first who wait for a quick one, and after a while those who wait for a slow one.

        Raises
        ------
        Gone
            If that event is set.
        """
        if self._quick or (self._slow and time.monotonic() > self._since + SLICE_S):
            self._leave()
            self._take_slow(None)
        if gone is not None and gone.is_set():
            raise Gone

    def _take_slow(self, gone: threading.Event | None) -> None:
        mine = object()
        with self._changed:
            self._slow.append(mine)
            try:
                self._wait(lambda: not self._busy and not self._quick and self._slow[0] is mine, gone)
                self._busy, self._since = True, time.monotonic()
            finally:
                self._slow.remove(mine)
                self._changed.notify_all()

    def _leave(self) -> None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()

    def _wait(self, free: Callable[[], bool], gone: threading.Event | None) -> None:
        while not free():
            if gone is not None and gone.is_set():
                raise Gone
            self._changed.wait(LOOK_S if gone is not None else None)
        if gone is not None and gone.is_set():
            raise Gone
