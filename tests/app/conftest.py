"""A server of its own for the tests, with a small scenario in its working folder."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skypact.app.server import serving

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]


@dataclass(frozen=True)
class Client:
    """Asks a server, as a program and not a browser would."""

    address: str
    port: int
    folder: Path

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answered:
        given = dict(headers or {})
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if content is not None:
            given.setdefault("content-type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="host" in given)
            for name, value in given.items():
                connection.putheader(name, value)
            if content is not None and "content-length" not in given:
                connection.putheader("content-length", str(len(content)))
            connection.endheaders(content)
            found = connection.getresponse()
            return Answered(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, headers={name.replace("_", "-"): one for name, one in headers.items()})

    def post(self, path: str, body: Any) -> Answered:
        return self.ask("POST", path, body)


def started(folder: Path, host: str = "127.0.0.1") -> Iterator[Client]:
    """A server that answers until it is left."""
    found = serving(folder, "small", host, 0)
    thread = threading.Thread(target=found.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not found.server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield Client(found.address, found.listening.getsockname()[1], folder)
    found.server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("work")
    shutil.copy(SMALL, folder / "small.yaml")
    (folder / "broken.yaml").write_text("format: skypact-scenario/1\nid: broken\n", encoding="utf-8")
    (folder / "secret.txt").write_text("nobody's business", encoding="utf-8")
    yield from started(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real browser; on the server that checks every change it must be there."""
    from playwright.sync_api import sync_playwright

    from tests.app.visit import CHROMIUM, FLAGS

    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium found: install one to try the page")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any, client: Client) -> Iterator[Any]:
    from tests.app.visit import Visit

    found = Visit(browser, client)
    yield found
    found.end()
