"""A campaign in the page: stock over time, months beside the record, when it runs out, differences with ranges."""

from __future__ import annotations

from typing import Any

from tests.app.conftest import Client
from tests.app.test_api import NIGHTS
from tests.app.visit import LONG, SETS, Visit, until, usable

LINK = "k=israel-two-nights&p=israel-alone&sets=2&n=10"
ANSWER = "import('/static/nights.js').then(s => s.played.value?.campaign)"


def test_nights_in_a_row_are_shown_with_ranges_once_the_sets_have_come(visit: Visit, client: Client) -> None:
    tab = visit.tab
    tab.goto(f"{visit.address}#{LINK}")
    tab.wait_for_selector(SETS, timeout=LONG)
    *_, told = client.post("/api/campaign", NIGHTS).lines()
    shown = tab.evaluate(ANSWER)
    for name, policy in told["campaign"]["policies"].items():
        assert shown["policies"][name]["leakers"] == policy["leakers"]
        assert shown["policies"][name]["stock"] == policy["stock"]
    assert tab.inner_text(SETS) == f"{told['arriving']}."
    assert told["changed"]["israel-alone"] in tab.inner_text(".differences")
    assert tab.locator(".gallery .band").count() == len(told["stocks"])
    assert tab.locator(".over-time.wide .range").count() == 4, "two policies, two months"
    _drawn_as_told(tab, told)
    usable(tab, 1440, "light")
    usable(tab, 400, "dark")
    link = tab.evaluate("import('/static/nights.js').then(s => s.campaignLink())")
    assert f"{LINK}&f=" in link
    tab.select_option(".scenario select", "small")
    until(tab, "document.querySelector('h1').textContent.startsWith('A small raid')")


def test_before_the_sets_no_range_is_drawn_and_one_may_stop(visit: Visit) -> None:
    tab = visit.tab
    tab.goto(f"{visit.address}#{LINK.replace('sets=2', 'sets=64')}")
    tab.wait_for_selector(".verdict[data-step=central]", timeout=LONG)
    assert " to " not in tab.inner_text(".verdict")
    assert tab.locator(".band, .range").count() == 0
    assert tab.locator("section:not(.rests-on) td.number .note").count() == 0
    assert tab.locator(".rests-on td.number .note").count() > 0, "the ranges that were given are no result"
    tab.click("text=Stop")
    tab.wait_for_selector("text=Ranges come with the sets.")


def _drawn_as_told(tab: Any, told: Any) -> None:
    """The line of a stock ends at its height after the last night."""
    of = told["stocks"][0]
    nights = told["campaign"]["policies"]["as-happened"]["stock"][of["owner"]][of["munition"]]["by_night"]
    label = tab.locator(".gallery svg").first.get_attribute("aria-label")
    low, middle, high = (f"{nights[name][-1]:,.0f}" for name in ("p05", "p50", "p95"))
    assert f"As it happened: {middle}, {low} to {high} in nine of ten" in label
