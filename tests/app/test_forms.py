"""A scenario is changed by forms, step by step back and forth, and tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import skypact
from skypact.reading.edit import put, take
from skypact.reading.problem import dotted
from tests.app.conftest import SMALL, Client
from tests.app.test_api import plain, told
from tests.app.visit import LONG, Visit, until

TEXT = "skypactEditor.state.doc.toString()"
DEPTH = ("decisions", "help-70km", "adds", 0, "over", 0, "within", 0, "km")
SETTLED = "/^No|problem/.test(document.querySelector('.checked').textContent)"


def field(path: str) -> str:
    return f"[id='form-{path}']"


def shows(tab: Any, text: str) -> None:
    """Wait until the text is that, and the form shows what stands in it."""
    until(tab, f"{TEXT} === arg && {SETTLED}", text)


@pytest.fixture
def form(visit: Visit, client: Client) -> Any:
    tab = visit.open()
    tab.click("text=Edit the scenario")
    tab.wait_for_selector(".form", timeout=LONG)
    yield tab
    tab.click("text=Throw the draft away")
    until(tab, "!document.querySelector('.editor')")
    assert client.get("/api/drafts").json()["drafts"] == []


def test_counts_places_ranges_and_decisions_are_changed_in_forms(form: Any) -> None:
    text = [SMALL.read_text(encoding="utf-8")]

    def changed(path: tuple[str | int, ...], value: Any, shown: bool = True) -> None:
        text.append(take(text[-1], path) if value is None else put(text[-1], path, value))
        if shown:
            shows(form, text[-1])

    form.select_option(".entry", "ukr-mobile")
    form.fill(field("laydown[1].count.value"), "14")
    form.keyboard.press("Tab")
    changed(("laydown", 1, "count", "value"), 14)
    form.fill(field("laydown[1].count.high"), "13")
    form.keyboard.press("Tab")
    changed(("laydown", 1, "count", "high"), 13)
    form.wait_for_selector(".field-wrong >> text=outside its range 8 to 13")
    assert form.is_disabled("text=See what changes")
    form.click("text=Undo the change")
    shows(form, text[-2])
    assert form.locator(".field-wrong").count() == 0
    assert form.input_value(field("laydown[1].count.high")) == "16"
    form.click("text=Redo the change")
    shows(form, text[-1])
    form.click("text=Undo the change")
    shows(form, text[-2])
    text.pop()

    form.fill(field("laydown[1].count.high"), "2000000")
    form.keyboard.press("Tab")
    form.wait_for_selector(".field-wrong >> text=2,000,000 is impossible (must be between 0 and 1,000,000)")
    form.click("text=Undo the change")
    shows(form, text[-1])
    form.select_option(".entry", "pol-patriot")
    form.select_option(field("laydown[2].at-new"), "przemysl")
    form.click("[aria-label='Add to At']")
    changed(("laydown", 2, "at", "przemysl"), 1)
    form.click("text=Remove “hrubieszow”")
    changed(("laydown", 2, "at", "hrubieszow"), None)

    form.select_option(".part", "decisions")
    form.locator(".form summary").first.click()
    form.click("text=Give a range")
    changed((*DEPTH, "low"), 70, shown=False)
    changed((*DEPTH, "high"), 70, shown=False)
    changed((*DEPTH, "kind"), "notional", shown=False)
    was = "Set by hand, to see what it changes. Before: 70, reported by proposal."
    changed((*DEPTH, "note"), was, shown=False)
    changed((*DEPTH, "sources"), None)
    form.fill(field(f"{dotted(DEPTH)}.high"), "120")
    form.keyboard.press("Tab")
    changed((*DEPTH, "high"), 120)
    form.select_option(field("decisions.help-70km.status"), "hypothetical")
    changed(("decisions", "help-70km", "status"), "hypothetical")

    form.click("text=See what changes")
    until(form, "import('/static/state.js').then(s => s.text.value && s.answer.value?.step === 'rests')")
    shown = form.evaluate("import('/static/state.js').then(s => s.answer.value.comparison)")
    pair = ("alone", "what-if")
    asked = skypact.load(text[-1]).with_decisions(["help-70km"])
    ours = told(skypact.compare(asked, pair, sets=4, replications=20, besides=False))
    assert plain({**shown["policies"]["what-if"], "idle": []}) == ours["policies"]["what-if"]
    for _ in ("count", "placed", "taken out", "ranged", "deeper", "status"):
        form.click("text=Undo the change")
    shows(form, text[0])
    assert form.is_disabled("text=Undo the change")
    assert not Path("scenario.yaml").exists()


def test_something_new_begins_like_what_is_there(form: Any) -> None:
    form.select_option(".entry", "ukr-iris-t")
    form.click("text=Add one like this")
    until(form, "document.querySelector('.entry').value === 'ukr-iris-t-2'")
    until(form, f"{TEXT}.includes('- id: ukr-iris-t-2')")
    form.select_option(".row:has(> label:has-text('Say more')) select >> nth=-1", "count")
    until(form, f"{TEXT}.includes('Set by hand, to see what it changes.') && {SETTLED}")
    form.click("text=Remove this entry")
    until(form, f"!{TEXT}.includes('ukr-iris-t-2')")
