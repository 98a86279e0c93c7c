"""Answers line by line, computed in a thread, that stop as soon as nobody listens any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from starlette.types import Receive, Scope, Send

from skypact.app.endpoint import encoded, told
from skypact.app.turns import Gone
from skypact.reading import Problems

Tell = Callable[[bytes], None]
Lines = Callable[[threading.Event, Tell], None]
"""Makes the lines, and tells each; leaves with `Gone` once the event is set."""
HEADERS = [(b"content-type", b"application/x-ndjson"), (b"cache-control", b"no-store")]
FAULT = {"kind": "fault", "text": "This is a fault of the program; the terminal in which it runs says more."}


class Streamed:
    """An ASGI response whose lines are made in another thread.

    When whoever asked goes away an event is set, and the thread leaves at its next step.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Queue[bytes | None] = asyncio.Queue()
        gone = threading.Event()

        def tell(line: bytes | None) -> None:
            with suppress(RuntimeError):  # the server is gone, and who asked with it
                loop.call_soon_threadsafe(ready.put_nowait, line)

        def work() -> None:
            try:
                self._lines(gone, tell)
            except Gone:
                pass
            except Problems as wrong:
                tell(encoded({"kind": "problems", **told(wrong.problems)}) + b"\n")
            except Exception as fault:
                tell(encoded(FAULT) + b"\n")
                _tell_terminal(fault)
            finally:
                tell(None)

        async def leaves() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            gone.set()
            ready.put_nowait(None)

        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        threading.Thread(target=work, daemon=True, name="answer").start()
        watch = asyncio.create_task(leaves())
        try:
            while (line := await ready.get()) is not None:
                await send({"type": "http.response.body", "body": line, "more_body": True})
            if not gone.is_set():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.set()
            watch.cancel()


def _tell_terminal(fault: Exception) -> None:
    import sys
    import traceback

    traceback.print_exception(fault, file=sys.stderr)
