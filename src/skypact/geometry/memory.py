"""What was computed, kept by what it was computed from.

Everything in this room follows from its arguments alone.  So what is kept changes no result, only the time
that it takes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Kept = TypeVar("Kept")


class Memory:
    """At most so many results; the one that was not asked for longest goes first.

    Examples
    --------
    >>> memory = Memory(2)
    >>> [memory.keep(number, lambda: [number]) is memory.keep(number, list) for number in (1, 2, 3)]
    [True, True, True]
    >>> len(memory), memory.get(1)
    (2, None)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Any:
        """What is kept for a key; None if nothing is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, value: Any) -> None:
        """Keep a value, which is not None."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was made for a key, made now if it was not yet.  Two that ask at once may both make it."""
        found: Kept | None = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found
