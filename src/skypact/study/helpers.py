"""Other processes that play sets: compiling is Python, of which a process runs one thread at a time.

A helper is this program again.  It is given the question, then the number of a set, and answers with what became of
it, until nobody asks it any more.  What fails in a helper is played by whoever asked; so helpers can only save
time, and no result depends on them.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from skypact import kept
from skypact.engine.threads import processors
from skypact.study.cluster import Unlike, played_there
from skypact.study.play import RunSettings

WORTH_S = 8.0
"""Seconds of work from which a helper, which takes a second or two to start, saves time."""
MOST = 16
CHILD = """
import gc, sys
sys.path[:] = {path!r}
gc.set_threshold(*{collect!r})
from skypact.study.helpers import help_out
help_out({task!r})
"""
LENGTH = struct.Struct("<Q")


@dataclass
class Shared:
    """The numbers of the sets, each of which is handed out once, and what the helpers found.

    `threads` is with how many threads whoever asks should play beside the helpers.
    """

    numbers: list[int]
    threads: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    found: queue.Queue[Any] = field(default_factory=queue.Queue)

    def take(self) -> int | None:
        """The next number that nobody has; None if there is none."""
        with self.lock:
            return self.numbers.pop(0) if self.numbers else None

    def give_back(self, number: int) -> None:
        """Have a number handed out again."""
        with self.lock:
            self.numbers.insert(0, number)

    def ready(self, wait: bool) -> Iterator[Any]:
        """What helpers have found by now; with `wait` one thing at least, unless a helper failed.

        Raises
        ------
        Problems
            If a worker of a cluster would compute something else.
        """
        try:
            while True:
                found = self.found.get(block=wait)
                wait = False
                if isinstance(found, int):
                    self.give_back(found)
                elif isinstance(found, Unlike):
                    raise found.problem()
                else:
                    yield found
        except queue.Empty:
            return


@contextmanager
def helpers(task: Any, numbers: Sequence[int], seconds: float, settings: RunSettings) -> Iterator[Shared]:
    """Have helpers at work for a while; they are gone when the block is left, however it ends.

    Parameters
    ----------
    task
        Has ``player()``, which gives a function from a set's number to what became of it; it can be pickled.
    numbers, seconds
        The sets that are to be played, and how long that would take without help.
    settings
        How many threads may be busy (None: one for each processor), and the cluster that plays in their place.
    """
    if settings.cluster is not None:
        shared = Shared([], settings.threads)
        with played_there(settings.cluster, task, numbers, shared.found.put):
            yield shared
        return
    threads = settings.threads
    count = processors() if threads is None else threads
    more = min(count - 1, len(numbers) - 1, MOST, int(seconds / WORTH_S))
    if (
        more < 1 or kept.writable() is None
    ):  # where no machine code is kept every helper would compile it anew
        yield Shared(list(numbers), threads)
        return
    shared = Shared(list(numbers), count - more)
    children: list[subprocess.Popen[bytes]] = []
    askers: list[threading.Thread] = []
    text = pickle.dumps(task)
    try:
        for _ in range(more):
            children.append(_start(type(task).__module__))
            askers.append(threading.Thread(target=_ask, args=(children[-1], text, shared), daemon=True))
            askers[-1].start()
        yield shared
    finally:
        for child in children:
            child.kill()
        for asker in askers:
            asker.join()
        for child in children:
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close(pipe)


def _start(module: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", CHILD.format(path=sys.path, collect=gc.get_threshold(), task=module)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be written finds nobody
        pipe.close()


def _ask(child: subprocess.Popen[bytes], task: bytes, shared: Shared) -> None:
    """Have a helper play one set after the other; a set that it fails at is handed out again."""
    assert child.stdin is not None
    assert child.stdout is not None
    number: int | None = None
    try:
        _write(child.stdin, task)
        while (number := shared.take()) is not None:
            _write(child.stdin, pickle.dumps(number))
            found = pickle.loads(_read(child.stdout))
            if found is None:
                break
            shared.found.put(found)
    except (OSError, EOFError, ValueError, pickle.PickleError, AttributeError):
        pass
    if number is not None:
        shared.found.put(number)


def help_out(module: str) -> None:
    """Be a helper, until the input ends; `module` is where the task's class is."""
    import importlib

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is told of Ctrl-C, and ends this process
    importlib.import_module(module)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing but answers goes to whoever asked
    try:
        play: Callable[[int], Any] = pickle.loads(_read(asked)).player()
        while True:
            number = pickle.loads(_read(asked))
            try:
                found = play(number)
            except Exception:  # whoever asked plays it again, and says what is wrong
                found = None
            _write(answers, pickle.dumps(found))
    except (EOFError, OSError):
        return


def _write(pipe: IO[bytes], text: bytes) -> None:
    pipe.write(LENGTH.pack(len(text)))
    pipe.write(text)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found
