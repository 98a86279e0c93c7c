"""Ctrl-C: one is enough, whatever the program is doing.

Python's own `KeyboardInterrupt` can be lost: code called from C drops it, an import turns it into another
error, and a thread that is waited for holds the program.  Here it is asked for in good order first; where
nothing comes of it within half a second, the program ends all the same.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

STATUS = 130
PATIENCE_S = 0.5
_first = iter((True,))  # two threads may come to the end at once
_asked: list[int] = []  # the signals that came


class Stopped(BaseException):
    """The user asked to stop; no ``except Exception`` holds it up."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Within it, Ctrl-C ends the program with one line on stderr and exit status 130."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # in the background Ctrl-C is not for this program
        yield
        return

    def ask(number: int, frame: FrameType | None) -> None:
        _asked.append(number)
        if len(_asked) == 1:
            _insist()
            raise Stopped

    try:
        signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread: whoever called decides about signals
        yield
        return
    try:
        yield
    except BaseException:
        if asked():  # as `Stopped`, or as what an import made of it
            end()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    if asked():
        end()


def asked() -> bool:
    """Whether the user asked to stop: then whatever else goes wrong is what came of that."""
    return bool(_asked)


def _insist() -> None:
    """End the program soon, even if what was asked in good order is lost."""
    import _thread  # without the locks of `threading`, which the main thread may hold just now
    import time

    def later() -> None:
        time.sleep(PATIENCE_S)
        end()

    _thread.start_new_thread(later, ())


def end() -> NoReturn:
    """Say so and leave at once, waiting for no thread."""
    if next(_first, False):
        with suppress(OSError):
            # On a terminal: after the ^C, and with the cursor that a progress bar may have hidden.
            before = "\x1b[?25h\n" if os.isatty(2) else ""
            os.write(2, f"{before}Stopped.\n".encode())
    os._exit(STATUS)
