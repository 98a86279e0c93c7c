"""The page in a real browser: switch, read, play back, explain, edit, save, share, by mouse and by keyboard alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

import skypact
from skypact.catalog.model import Basing
from skypact.catalog.symbols import Side, sensor_symbol, unit_symbol
from skypact.library.ladder import ladder
from tests.app.conftest import SMALL, Client
from tests.app.test_api import plain, told
from tests.app.visit import LONG, SETS, Visit, until, usable

FRAME_MS = 4.0


def answer_of(tab: Any) -> Any:
    return tab.evaluate("import('/static/state.js').then(s => s.answer.value.comparison)")


def test_a_switched_decision_gives_the_numbers_of_compare(visit: Visit) -> None:
    tab = visit.open()
    assert tab.locator("[role=switch]").is_checked(), "it opens with a what-if"
    found = skypact.compare(
        skypact.load(SMALL).with_decisions(["help-70km"]),
        ("alone", "what-if"),
        sets=4,
        replications=20,
        besides=False,
    )
    headline = found.headline()
    assert headline is not None
    assert tab.inner_text(SETS) == headline.sentence
    assert tab.inner_text(".by-class") == found.by_class()
    assert tab.locator(".who-may").all_inner_texts() == list(found.who_may())
    assert tab.locator(".provisional").count() == 0
    until(tab, "import('/static/state.js').then(s => s.answer.value.step === 'rests')")
    shown, ours = answer_of(tab), told(found)
    for name, policy in shown["policies"].items():
        assert plain({**policy, "idle": []}) == ours["policies"][name]
    assert plain(shown["differences"][0]["leakers"]).items() >= ours["differences"][0]["leakers"].items()
    tab.click(".switches >> text=Polish units may shoot down drones")
    until(tab, "document.querySelector('.question').textContent.includes('as it was')")
    tab.wait_for_selector(SETS)
    alone = skypact.compare(SMALL, ["alone"], sets=4, replications=20, besides=False)
    shown = plain(answer_of(tab)["policies"]["alone"])
    assert {**shown, "idle": []} == told(alone)["policies"]["alone"]
    tab.click("text=Undo")
    assert tab.locator("[role=switch]").is_checked()


def test_until_the_sets_arrive_no_range_is_shown(browser: Any, client: Client) -> None:
    visit = Visit(browser, client)
    visit.tab.goto(f"{visit.address}#s=ukraine-2024-08-11&sets=256&d=&c=101")
    visit.tab.wait_for_selector(".verdict[data-step=central]", timeout=LONG)
    assert visit.tab.inner_text(".verdict").startswith("With central values")
    assert "still drawing" in visit.tab.inner_text(".played")
    assert "its numbers may lie well away from these" in visit.tab.inner_text(".provisional")
    assert visit.tab.locator(".by-class").count() == 0
    assert " to " not in visit.tab.inner_text(".verdict")
    assert visit.tab.locator("#panel td .note").count() == 0
    visit.end()


def test_playback_is_smooth_and_ends_as_the_library_says(visit: Visit) -> None:
    tab = visit.open("s=ukraine-2024-08-11&sets=2&n=1&c=100")
    tab.evaluate(
        "() => { window.spent = []; const ask = window.requestAnimationFrame;"
        " window.requestAnimationFrame = f => ask(t => { const s = performance.now(); f(t); window.spent.push(performance.now() - s); }); }"
    )
    tab.click("text=A typical one")
    tab.wait_for_selector(".player", timeout=LONG)
    tab.locator(".player input[type=range]").evaluate(
        "e => { e.value = Number(e.min) + 9000; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    assert int(tab.inner_text(".counts").split()[0]) > 0, "some are in the air"
    told = skypact.about("ukraine-2024-08-11").to_dict()
    assert told["zero"] in tab.inner_text(".player")
    assert not [wave for wave in told["titles"]["waves"] if wave in tab.inner_text(".events")], (
        "ids say little"
    )
    assert tab.evaluate("getComputedStyle(document.querySelector('.sheet')).position") == "relative"
    tab.set_viewport_size({"width": 400, "height": 800})
    assert tab.evaluate("getComputedStyle(document.querySelector('.sheet')).position") == "sticky"
    tab.set_viewport_size({"width": 1440, "height": 1000})
    tab.click(".play")
    until(tab, "window.spent.length > 40")
    tab.click(".play")
    spent = sorted(tab.evaluate("window.spent"))
    assert spent[len(spent) // 2] < FRAME_MS
    tab.locator(".player input[type=range]").evaluate(
        "e => { e.value = e.max; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    number = skypact.pick("ukraine-2024-08-11")
    leakers = skypact.replay("ukraine-2024-08-11", replication=number).leakers
    assert tab.inner_text(".counts").endswith(f"{leakers} arrived")


def test_a_unit_on_the_map_says_why(visit: Visit) -> None:
    tab = visit.open()
    until(tab, "document.querySelector('.sheet canvas').style.height !== ''")  # it is drawn
    place = tab.evaluate(
        """Promise.all([import('/static/state.js'), import('/static/geography.js')]).then(([s, g]) => {
          const t = s.theatre.value, box = document.querySelector('.sheet').getBoundingClientRect();
          const canvas = document.querySelector('.sheet canvas');
          const p = g.projectionOf(t.frame, canvas.clientWidth, canvas.clientHeight, {k: 1, x: 0, y: 0});
          const [x, y] = g.placed(g.stacks(t.units).find(u => u.place === 'hrubieszow'), p);
          return [x, y];
        })"""
    )
    tab.locator(".sheet").click(position={"x": place[0], "y": place[1]})
    tab.wait_for_selector(".explanation")
    found = skypact.explain(
        skypact.load(SMALL).with_decisions(["help-70km"]), "what-if", unit="pol-patriot", threat="drones"
    )
    assert tab.inner_text(".verdict-line") == found[0].lines[0].text
    assert "pol-patriot-" in " ".join(line.text for line in found[0].lines)
    assert "pol-patriot-" not in tab.inner_text(".explanation"), "of units titles are shown"


def test_every_symbol_can_be_drawn(visit: Visit) -> None:
    """A code that the library of symbols does not know would be drawn as nonsense."""
    sides: tuple[Side, ...] = ("friend", "hostile")
    bases = [(based, side) for based in get_args(Basing) for side in sides]
    codes = {unit_symbol(based, kind, side) for based, side in bases for kind in ("hard", "soft")}
    codes |= {sensor_symbol(based, side) for based, side in bases}
    tab = visit.open()
    for code in sorted(codes):
        assert tab.evaluate("c => import('/static/symbols.js').then(s => s.valid(c))", code), code
    assert not tab.evaluate("import('/static/symbols.js').then(s => s.valid('10039900009999990000'))")


def test_an_error_is_shown_at_its_line_mended_tried_and_saved(visit: Visit, client: Client) -> None:
    tab = visit.open()
    tab.click("text=Edit the scenario")
    tab.wait_for_selector(".cm-content", timeout=LONG)
    line = SMALL.read_text(encoding="utf-8").splitlines().index("    system: iris-t-slm") + 1
    replace = (
        "v => { const d = v[0], at = skypactEditor.state.doc.toString().indexOf(d);"
        " skypactEditor.dispatch({changes: {from: at, to: at + d.length, insert: v[1]}}); }"
    )
    tab.evaluate(replace, ["iris-t-slm", "iris-t-slx"])
    tab.wait_for_selector(f"text=Line {line}", timeout=LONG)
    assert tab.locator(".cm-lint-marker-error").count() == 1
    assert tab.is_disabled("text=See what changes")
    until(tab, "document.querySelector('.checked').textContent.includes('draft')")
    tab.reload()
    tab.wait_for_selector(SETS, timeout=LONG)
    tab.click("text=Edit the scenario")
    tab.wait_for_selector(f"text=Line {line}", timeout=LONG)
    assert "draft was kept" in tab.inner_text(".checked") or "Kept as a draft" in tab.inner_text(".checked")
    tab.evaluate(replace, ["iris-t-slx", "iris-t-slm"])
    tab.evaluate(replace, ["id: small", "id: mended"])
    until(tab, "/^No/.test(document.querySelector('.checked').textContent)")
    tab.click("text=See what changes")
    until(
        tab,
        "import('/static/state.js').then(s => s.text.value !== null && s.answer.value?.step !== 'central')",
    )
    tab.fill("text=Save as", "mended one")
    assert "no spaces" in tab.inner_text(".editor .field-wrong")
    assert tab.is_disabled(".editor >> text=Save >> nth=-1")
    tab.fill("text=Save as", "mended")
    tab.click(".editor >> text=Save >> nth=-1")
    until(
        tab,
        "import('/static/state.js').then(s => s.about.value.scenario === 'mended' && s.text.value === null)",
    )
    assert "id: mended" in (client.folder / "mended.yaml").read_text(encoding="utf-8")
    assert client.get("/api/drafts").json()["drafts"] == []
    (client.folder / "mended.yaml").unlink()


def test_a_link_shows_the_same_in_a_fresh_profile(visit: Visit, browser: Any, client: Client) -> None:
    tab = visit.open("s=small&sets=4&n=20&c=300&seed=7&d=")
    link = tab.evaluate("import('/static/share.js').then(s => s.link())")
    other = Visit(browser, client)
    other.tab.goto(link)
    other.tab.wait_for_selector(SETS, timeout=LONG)
    assert plain(answer_of(other.tab)) == plain(answer_of(tab))
    assert other.tab.locator("[role=switch]").is_checked() is False
    other.end()
    changed = Visit(browser, client)
    changed.tab.goto(link.replace("f=", "f=0"))
    changed.tab.wait_for_selector("text=the scenario was changed since", timeout=LONG)
    changed.end()


def test_a_download_can_be_read_again(visit: Visit, tmp_path: Path) -> None:
    tab = visit.open()
    below = tab.evaluate("document.querySelector('main').offsetTop")
    tab.click(".menu summary")
    assert tab.evaluate("document.querySelector('main').offsetTop") == below, "it lies over the page"
    tab.keyboard.press("Escape")
    assert not tab.is_visible("text=All numbers (JSON)")
    tab.click(".menu summary")
    with tab.expect_download(timeout=LONG) as got:
        tab.click("text=All numbers (JSON)")
    assert got.value.suggested_filename == "small-what-if.json"
    got.value.save_as(tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert plain(document["policies"]["alone"]["leakers"]) == answer_of(tab)["policies"]["alone"]["leakers"]
    with tab.expect_download(timeout=LONG) as got:
        tab.click("text=Save as CSV >> nth=0")
    got.value.save_as(tmp_path / "table.csv")
    rows = list(csv.reader((tmp_path / "table.csv").open(encoding="utf-8")))
    assert rows[0][0] == "Policy"
    assert {len(row) for row in rows} == {len(rows[0])}
    with tab.expect_download(timeout=LONG) as got:
        tab.click("text=Save as SVG")
    got.value.save_as(tmp_path / "chart.svg")
    drawn = ElementTree.parse(tmp_path / "chart.svg").getroot()
    assert drawn.tag.endswith("svg")
    assert "var(" not in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    with tab.expect_download(timeout=LONG) as got:
        tab.click("text=Save the map (PNG)")
    got.value.save_as(tmp_path / "map.png")
    head = (tmp_path / "map.png").read_bytes()[:24]
    assert head[1:4] == b"PNG"
    wide, high = (int.from_bytes(head[place : place + 4], "big") for place in (16, 20))
    sheet = tab.evaluate(
        "[document.querySelector('.sheet').clientWidth, document.querySelector('.sheet').clientHeight]"
    )
    assert wide == pytest.approx(2 * sheet[0], abs=2)  # fine enough to be printed
    assert high > 2 * sheet[1] + 200, "with a title, a legend and whose borders they are"


def test_all_policies_side_by_side(visit: Visit) -> None:
    tab = visit.open("s=israel-2024-04-13&sets=2&n=2&c=100")
    tab.click("text=Compare all 3 policies")
    tab.wait_for_selector("#panel .differences", timeout=LONG)
    found = skypact.compare("israel-2024-04-13", sets=2, replications=2, besides=False)
    baseline, *others = found.by_policy().values()
    assert tab.locator("#panel .difference figcaption").all_inner_texts() == others
    assert baseline in tab.inner_text("#panel")
    assert tab.locator("#panel .caveats li").all_inner_texts() == list(found.caveats())
    tab.click("text=As it was")
    tab.wait_for_selector(SETS)
    assert tab.locator("#panel .difference").count() == len(others), "it does not hang on what is chosen"


def test_decisions_of_a_policy_that_is_picked_unfold(visit: Visit) -> None:
    tab = visit.open("s=israel-2024-04-13&sets=2&n=1&c=100")
    tab.select_option(".decisions select", "no-forward-intercepts")
    tab.wait_for_selector(SETS)
    for place in range(tab.locator(".switches details").count()):
        one = tab.locator(".switches details").nth(place)
        one.locator("summary").click()
        assert one.locator("ul >> nth=0").bounding_box()["height"] > 10, place


def test_all_of_it_by_keyboard_alone(visit: Visit) -> None:
    tab = visit.open()

    def reach(what: str) -> None:
        for _ in range(120):
            tab.keyboard.press("Tab")
            if tab.evaluate(f"document.activeElement.matches({json.dumps(what)})"):
                ring = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none", f"{what}: one sees where one is"
                return
        raise AssertionError(f"{what} cannot be reached")

    reach("[role=switch]")
    tab.keyboard.press("Space")
    until(tab, "document.querySelector('.question').textContent.includes('as it was')")
    tab.wait_for_selector(SETS)
    reach("[role=tab]")
    tab.keyboard.press("ArrowRight")
    until(tab, "document.activeElement.getAttribute('aria-selected') === 'true'")
    reach(".sheet")
    tab.keyboard.press("+")
    reach(".playback .buttons button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".player")
    reach(".player input[type=range]")
    before = tab.inner_text(".clock")
    tab.keyboard.press("ArrowRight")
    assert tab.inner_text(".clock") != before
    reach(".in-words summary")
    tab.keyboard.press("Enter")
    reach(".in-words button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".explanation")


def test_everyone_can_use_it_at_every_width(visit: Visit) -> None:
    tab = visit.open()
    tab.click("text=A typical one")
    tab.wait_for_selector(".player")
    tab.click("text=Explain")
    tab.wait_for_selector(".explanation")
    tab.click("text=Edit the scenario")
    tab.wait_for_selector(".form", timeout=LONG)
    until(tab, "/^No/.test(document.querySelector('.checked').textContent)")
    for scheme in ("dark", "light"):
        for width in (1440, 1024, 400):
            usable(tab, width, scheme)
    tabs = tab.locator("[role=tab]")
    for place in range(tabs.count()):
        tabs.nth(place).click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_decisions_of_the_policy_stand_first_and_are_seen(visit: Visit) -> None:
    tab = visit.open("s=ukraine-2024-08-26&sets=2&n=1&c=100")
    on = "[...document.querySelectorAll('[role=switch]')].map(e => e.checked)"
    shown = tab.evaluate(on)
    assert shown == sorted(shown, reverse=True)
    assert any(shown)
    tab.locator("[role=switch]").first.click()
    assert tab.evaluate(on) == [False, *shown[1:]], "nothing moves under the hand that switches"
    tab.evaluate("document.querySelector('.left').scrollTop = 300")
    tab.select_option(".decisions select", index=1)
    assert tab.evaluate("document.querySelector('.left').scrollTop") == 0
    tab.evaluate("document.querySelector('.left').scrollTop = 300")
    tab.select_option(".scenario select", "ukraine-2024-08-11")
    until(
        tab,
        "document.querySelector('h1').textContent.includes('11 August') && document.querySelector('.left').scrollTop === 0",
    )


def test_a_table_that_does_not_fit_becomes_cards(visit: Visit) -> None:
    tab = visit.open()
    out = "[...document.querySelectorAll('.sized')].some(e => e.scrollWidth > e.clientWidth)"
    cards = "document.getElementById('caption-differences').closest('.table').classList.contains('cards')"
    tab.click("[role=tab] >> text=Changes")
    for width, expected in ((1440, True), (3000, False), (1024, True), (400, True)):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate("document.querySelector('main').style.maxWidth = 'none'")
        until(tab, f"{cards} === arg && !({out})", expected)


@pytest.mark.parametrize("name", ["hranitne-2021-10-26", "lethal-aid-2021-10"])
def test_an_incident_and_aid_have_views_of_their_own(visit: Visit, client: Client, name: str) -> None:
    tab = visit.open(f"s={name}&sets=2&n=5&c=100")
    if name.startswith("lethal"):
        tab.wait_for_selector(".aid table", timeout=LONG)
        before = tab.inner_text(".aid caption")
        tab.locator(".aid input[type=range]").press("ArrowLeft")
        until(tab, "document.querySelector('.aid caption').textContent !== arg", arg=before)
        usable(tab, 400, "dark")
        tab.fill("#any-day", "2021-10-20")
        tab.keyboard.press("Tab")
        until(tab, "document.querySelector('.aid caption').textContent.includes('2021-10-20')")
        _aid_is_searched(tab)
        tab.fill("#any-day", "2021-02-30")
        tab.keyboard.press("Tab")
        assert "No such day" in tab.inner_text(".field-wrong")
        later = Visit(tab.context.browser, client)
        later.tab.goto(tab.evaluate("import('/static/share.js').then(s => s.link())"))
        later.tab.wait_for_selector("section.aid table", timeout=LONG)
        assert "2021-10-20" in later.tab.inner_text("section.aid caption"), "the link keeps the day"
        assert later.tab.locator("section.aid .caution").count() == 0
        later.tab.fill("#any-day", "2022-06-01")
        later.tab.keyboard.press("Tab")
        later.tab.wait_for_selector("text=2022-06-01 lies after 2022-02-28", timeout=LONG)
        later.end()
    else:
        steps = ladder(name, "demand-and-note-only")["steps"]
        taken = tab.locator(".step.taken .title")
        assert taken.count() == sum(one["taken"] for one in steps)
        assert [one["answer"] for one in steps] == tab.locator(".step .may").all_inner_texts()
        assert tab.locator(".step .share").count() == taken.count()
        marks = tab.locator(".step .title .mark").all_inner_texts()
        assert set(marks) == {"used", "not used"}, "taken is what is said of decisions"
        usable(tab, 1440, "light")
        usable(tab, 400, "dark")
        tab.click("text=The commander-in-chief orders a TB2 to end the fire")
        until(tab, "document.querySelectorAll('.step.taken').length === 3")
        assert "reaches 100 % of these places under “The commander-in-chief orders" in tab.inner_text(
            ".ladder"
        )
        assert "ukr-tb2" not in tab.inner_text(".ladder")


def _aid_is_searched(tab: Any) -> None:
    rows = skypact.aid("lethal-aid-2021-10", day="2021-10-20").rows
    shown = tab.locator("section.aid tbody tr")
    assert shown.count() == len(rows)
    tab.select_option(".filter select >> nth=0", "Germany")
    assert shown.count() == sum(row["donor"] == "DEU" for row in rows)
    tab.select_option(".filter select >> nth=1", "blocked")
    blocked = [row for row in rows if row["donor"] == "DEU" and row["status"] == "blocked"]
    assert 0 < shown.count() == sum("versions" not in row for row in blocked)
    tab.fill(".filter input", "launchers GRANT")
    assert shown.count() == 1
    assert tab.inner_text(".filter .note") == f"1 of {len(rows)} rows are shown."
    assert tab.locator("section.aid .cite a[href^=http]").count() > 0
