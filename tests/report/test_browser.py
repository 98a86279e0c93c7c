"""The page in a real browser, offline, at the width of a screen and of a telephone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

HIGHEST = 9_000
"""Pixels of the page with its sections folded."""
TEXT = ("ink", "faint", "link")
MARKS = ("accent", "reported", "ally", "home-ink", "c1", "c2", "c3", "c4", "c5", "a1", "a2", "a3", "a4")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium found: install one to see the report in a browser"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_page_is_readable_offline(browser: Any, page: str, tmp_path: Path, width: int, scheme: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    viewport = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, offline=True, color_scheme=scheme)
    tab = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    assert said == []
    assert asked == [file.as_uri()], "nothing but the file itself is asked for"
    assert tab.evaluate("document.documentElement.scrollWidth") == width, "no sideways scrolling of the page"

    high = tab.evaluate("document.documentElement.scrollHeight")
    assert high < HIGHEST, "folded, the page is no longer than somebody scrolls"
    picture = tab.evaluate("document.querySelector('header figure').getBoundingClientRect().bottom")
    assert width < 1000 or picture < 900, "question, answer and picture are on the first screen"
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") == width, "nor with all sections open"

    drawings = tab.evaluate(
        "[...document.querySelectorAll('figure svg[role=img]')].map(s => s.getBoundingClientRect())"
        ".filter(r => r.width > 0).map(r => [r.left, r.right, r.height])"
    )
    assert len(drawings) >= 5
    assert all(left >= 0 and right <= width and height > 40 for left, right, height in drawings)

    cut = tab.evaluate(
        "[...document.querySelectorAll('figure svg[role=img]')].filter(s => s.clientWidth > 0).flatMap(s => {"
        "  const frame = s.getBoundingClientRect();"
        "  return [...s.querySelectorAll('text')].filter(t => {"
        "    const r = t.getBoundingClientRect();"
        "    return r.width > 0 && (r.left < frame.left - 2 || r.right > frame.right + 2"
        "      || r.top < frame.top - 2 || r.bottom > frame.bottom + 2);"
        "  }).map(t => t.textContent);"
        "})"
    )
    assert cut == [], "no text of a drawing is cut off"

    small = tab.evaluate(
        "[...document.querySelectorAll('figure svg[role=img]')].filter(s => s.clientWidth > 0)"
        ".filter(s => s.getBoundingClientRect().width < 0.95 * s.getAttribute('width')).length"
    )
    assert small == 0, "drawings are not scaled down, so that their text stays readable"

    shot = tmp_path / f"report-{width}-{scheme}.png"
    tab.screenshot(path=shot, full_page=True, timeout=180_000)  # a long page, on a machine that may be busy
    assert shot.stat().st_size > 50_000
    context.close()


def test_print_shows_what_is_folded_away(browser: Any, page: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    context = browser.new_context(viewport={"width": 700, "height": 1000}, offline=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    shown = "document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})"
    assert tab.evaluate(shown) is False
    tab.emulate_media(media="print")
    tab.wait_for_function(shown, timeout=15_000, polling=100)  # the new layout may take a moment
    assert tab.evaluate("getComputedStyle(document.querySelector('tbody tr')).display") == "table-row"
    assert tab.evaluate("document.documentElement.scrollWidth") == 700, "tables fit on a page of A4"
    context.close()


def test_a_link_opens_its_section(browser: Any, page: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    shown = "document.querySelector('#arrivals').checkVisibility({contentVisibilityAuto: true})"
    assert tab.evaluate(shown) is False
    tab.click("nav a[href='#arrive']")
    tab.wait_for_function(shown, timeout=15_000, polling=100)
    context.close()


def test_text_has_enough_contrast_in_both_schemes(browser: Any, page: str, tmp_path: Path) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for marks of charts and maps."""
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    for scheme in ("light", "dark"):
        context = browser.new_context(offline=True, color_scheme=scheme)
        tab = context.new_page()
        tab.goto(file.as_uri())
        colours = {
            name: tab.evaluate(
                f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()"
            )
            for name in ("paper", "land", *TEXT, *MARKS)
        }
        for name in TEXT:
            assert contrast(colours[name], colours["paper"]) >= 4.5, (scheme, name)
        for name in MARKS:
            assert contrast(colours[name], colours["land"]) >= 3.0, (scheme, name)
        context.close()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, ``#rrggbb`` (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


STATIC = Path(__file__).parents[2] / "docs" / "_static"


def test_a_table_of_the_site_that_does_not_fit_is_stacked_with_its_headings(
    browser: Any, tmp_path: Path
) -> None:
    """On a telephone no column is off the screen without a hint; it stands here as two browsers do not run side by side."""
    cells = (
        "a_field_with_a_long_name_that_does_not_wrap",
        "a_word_that_cannot_be_broken_and_fills_the_screen",
        "",
    )
    row = "".join(f"<td><p>{cell}</p></td>" for cell in cells)
    head = "<thead><tr><th>field</th><th>meaning</th><th>default</th></tr></thead>"
    parts = (
        f"<!doctype html><link rel=stylesheet href='{(STATIC / 'site.css').as_uri()}'>",
        "<style>.table-wrapper { overflow-x: auto } td { white-space: nowrap }</style>",
        f"<div class=table-wrapper><table class=docutils>{head}<tbody><tr>{row}</tr></tbody></table></div>",
        f"<div class=highlight-sh><pre>{'skypact ' * 40}</pre></div>",
        f"<script src='{(STATIC / 'site.js').as_uri()}'></script>",
    )
    file = tmp_path / "page.html"
    file.write_text("".join(parts), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(file.as_uri())
    assert tab.locator("table.stacked").count() == 0
    tab.set_viewport_size({"width": 400, "height": 900})
    tab.wait_for_selector("table.stacked")
    assert tab.locator("td").nth(1).get_attribute("data-head") == "meaning"
    assert not tab.locator("td").nth(2).is_visible()
    for wide in ("div.table-wrapper", "pre"):
        assert tab.locator(wide).evaluate("one => one.scrollWidth <= one.clientWidth"), wide
    tab.close()
