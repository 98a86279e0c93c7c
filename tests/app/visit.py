"""Visits to the page in a real browser."""

from __future__ import annotations

import shutil
import time
from typing import Any

from tests.app.conftest import Client

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SETS = ".verdict[data-step=sets]"
LONG = 120_000
"""Milliseconds after which something does not come any more."""


class Visit:
    """A tab in a fresh profile, that notes what the page says to the console and whom it asks."""

    def __init__(self, browser: Any, client: Client, **how: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, **how})
        self.tab = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.address = f"http://localhost:{client.port}/"

    def open(self, fragment: str = "s=small&sets=4&n=20&c=300") -> Any:
        self.tab.goto(f"{self.address}#{fragment}")
        self.tab.wait_for_selector(SETS, timeout=LONG)
        return self.tab

    def end(self) -> None:
        self.context.close()
        assert [one for one in self.said if "status of 4" not in one] == []
        assert [one for one in self.asked if not one.startswith((self.address, "blob:", "data:"))] == []


def until(tab: Any, holds: str, arg: Any = None, longest_s: float = LONG / 1000) -> None:
    """Wait for something to hold in the page; asked from outside, as its policy lets no text become a program."""
    end = time.monotonic() + longest_s
    while not tab.evaluate(f"arg => {holds}", arg):
        assert time.monotonic() < end, f"it does not come to hold: {holds}"
        time.sleep(0.05)


def usable(tab: Any, width: int, scheme: str) -> None:
    """Everything that is there, unfolded, can be used by everyone at a width, light or dark; nothing is beside the screen."""
    from axe_playwright_python.sync_playwright import Axe

    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = Axe().run(tab)
    assert found.response["violations"] == [], f"{width} {scheme}: {found.generate_report()}"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
