"""Running the server, and opening the browser."""

from __future__ import annotations

import gc
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from skypact.app.folder import may_open
from skypact.app.safety import ENTER, Door
from skypact.app.site import site
from skypact.app.workplace import Workplace
from skypact.reading import Problem, Problems

PORT = 8717
"""Where it listens unless told; the next free one if that is taken."""
TRIED = 20
BACKLOG = 256
SWITCH_S = 0.0005
"""How long who computes may hold up who answers: the usual 5 ms, some turns in a row, would be felt."""


@dataclass(frozen=True)
class Serving:
    """A server that has its address, and does not answer yet."""

    address: str
    server: uvicorn.Server
    listening: socket.socket
    token: str | None

    def run(self) -> None:
        """Answer until it is stopped."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        try:
            self.server.run(sockets=[self.listening])
        finally:
            sys.setswitchinterval(usual)


def serving(folder: Path, first: str | Path | None, host: str, port: int | None) -> Serving:
    """Get ready to serve.

    Parameters
    ----------
    folder
        The working folder.
    first
        The scenario that the page opens with: the name of a shipped one, or a file of the folder.
    host
        The address to listen at; beyond the loopback a token is asked for.
    port
        None: the usual one, or the next free one.

    Raises
    ------
    skypact.Problems
        If it cannot listen there, or the page cannot open such a file.
    """
    if isinstance(first, Path) and not may_open(first):
        what = "the page opens no file of such a name"
        right = "letters, digits, dots, hyphens and underscores, ending in .yaml or .yml"
        raise Problems([Problem(str(first), 0, 0, "", what, right)])
    listening = _listen(host, port)
    door = Door.for_host(host)
    app = site(Workplace.at(folder, first), door)
    number = listening.getsockname()[1]
    shown = "localhost" if host in ("127.0.0.1", "::1") else host
    if host in ("0.0.0.0", "::"):
        shown = socket.gethostname()
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{number}/"
    if door.token is not None:
        address += f"{ENTER[1:]}?token={door.token}"
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 * 1024,
    )
    gc.collect()
    gc.freeze()  # what is loaded by now stays; what is loaded with the first scenario is added then
    return Serving(address, uvicorn.Server(config), listening, door.token)


def open_browser(address: str, open_: Callable[[str], object] = webbrowser.open) -> None:
    """Show the page, a moment later, in whatever browser there is."""
    timer = threading.Timer(0.5, open_, (address,))
    timer.daemon = True
    timer.start()


def _listen(host: str, port: int | None) -> socket.socket:
    first = PORT if port is None else port
    tried = range(first, first + (TRIED if port is None else 1))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    failed: OSError | None = None
    for number in tried:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(BACKLOG)
            return listening
        except OSError as error:
            listening.close()
            failed = error
    what = f"cannot listen at port {first} of {host}: {failed.strerror if failed else 'no free port'}"
    raise Problems([Problem("serve", 0, 0, "", what, "choose another with --port or --host")])
