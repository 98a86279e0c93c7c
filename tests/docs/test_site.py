"""The site on the screen of a telephone: no column of a table is off the screen without a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.test_browser import CHROMIUM, FLAGS

STATIC = Path(__file__).parents[2] / "docs" / "_static"
ROW = "<tr><td><p>{name}</p></td><td><p>{text}</p></td><td><p></p></td></tr>"
HEAD = "<thead><tr><th>field</th><th>meaning</th><th>default</th></tr></thead>"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found")


def table(text: str) -> str:
    rows = ROW.format(name="a_field_with_a_long_name_that_does_not_wrap", text=text)
    return f'<div class="table-wrapper"><table class="docutils">{HEAD}<tbody>{rows}</tbody></table></div>'


def test_a_table_that_does_not_fit_is_stacked_with_its_headings(tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    long = "a_word_that_cannot_be_broken_and_fills_the_screen"
    style = "<style>.table-wrapper { overflow-x: auto } td { white-space: nowrap }</style>"
    parts = [f"<link rel=stylesheet href='{(STATIC / 'site.css').as_uri()}'>", style, table(long)]
    parts.append(f"<script src='{(STATIC / 'site.js').as_uri()}'></script>")
    parts.append(f"<div class='highlight-sh'><pre>{'skypact ' * 40}</pre></div>")
    file = tmp_path / "page.html"
    file.write_text("<!doctype html>" + "".join(parts), encoding="utf-8")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(file.as_uri())
        assert tab.locator("table.stacked").count() == 0
        tab.set_viewport_size({"width": 400, "height": 900})
        tab.wait_for_selector("table.stacked")
        assert tab.locator("td").nth(1).get_attribute("data-head") == "meaning"
        assert not tab.locator("td").nth(2).is_visible()
        for wide in ("div.table-wrapper", "pre"):
            assert tab.locator(wide).evaluate("one => one.scrollWidth <= one.clientWidth"), wide
        browser.close()
