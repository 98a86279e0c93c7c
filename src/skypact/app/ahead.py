"""Answering ahead: what one more switch would change, while nobody waits for anything else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

from skypact.app.asking import FIRST, Asking, Question, Step
from skypact.app.endpoint import Refused
from skypact.app.models import WhatIf
from skypact.app.shelf import Shelf
from skypact.app.turns import Gone
from skypact.reading import Problems

NEXT = Step(FIRST[0])
"""The first answer is what somebody waits for."""


class Ahead:
    """One thread that asks, for the newest question, what each other switch would give."""

    def __init__(self, shelf: Shelf, asking: Asking) -> None:
        self._shelf = shelf
        self._asking = asking
        self._changed = threading.Condition()
        self._newest: WhatIf | None = None
        self._old = threading.Event()
        self._thread: threading.Thread | None = None

    def of(self, request: WhatIf) -> None:
        """Somebody has an answer to this; what they ask next is likely one switch away."""
        with self._changed:
            self._newest = request
            self._old.set()
            self._old = threading.Event()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="ahead")
                self._thread.start()
            self._changed.notify()

    def stop(self) -> None:
        """Somebody asks something: their question comes first, and others are next to it."""
        with self._changed:
            self._newest = None
            self._old.set()

    def _work(self) -> None:
        settled = False
        while True:
            with self._changed:
                while self._newest is None:
                    self._changed.wait()
                request, self._newest, old = self._newest, None, self._old
            try:
                for question in self._neighbours(request):
                    if old.is_set():
                        break
                    self._asking.prepare(question, NEXT, old)
                else:
                    settled = settled or _settle()
            except (Gone, Problems, Refused):
                continue

    def _neighbours(self, request: WhatIf) -> Iterator[Question]:
        for name in self._shelf.of(request).data.decisions:
            chosen = [one for one in request.decisions if one != name]
            if name not in request.decisions:
                chosen.append(name)
            try:
                yield self._asking.question(request.model_copy(update={"decisions": chosen}))
            except Problems:  # they contradict each other
                continue


def _settle() -> bool:
    """Once all that the first question needs is loaded: it stays, so nobody need look through it for what does not."""
    gc.collect()
    gc.freeze()
    return True
