"""The page: well formed, self-contained, safe, complete."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from skypact.reading import Problems, write
from skypact.report import render_report, write_report
from skypact.report.material import Material
from skypact.report.page import is_link
from skypact.report.quantities import used_quantities
from skypact.study import RunSettings, Study, compare
from tests.report.conftest import HOSTILE, SMALL, Case
from tests.report.reading import Element, read_page

UNIT_IN_THE_ROW = {"landscapes", "chosen"}
"""Tables with a quantity of its own in each row, named there with its unit."""


@pytest.fixture(scope="module")
def tree(page: str) -> Element:
    return read_page(page)


def test_page_is_well_formed_and_ids_are_unique(tree: Element) -> None:
    ids = [element.attributes["id"] for element in tree.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert len(list(tree.all("h1"))) == 1
    targets = [a.attributes["href"][1:] for a in tree.all("a") if a.attributes["href"].startswith("#")]
    assert set(targets) <= set(ids)


def test_headings_go_down_one_level_at_a_time(tree: Element) -> None:
    levels = [int(heading.tag[1]) for heading in tree.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_loaded_from_elsewhere(page: str, tree: Element) -> None:
    assert not list(tree.all("script", "link", "img", "iframe", "object", "embed", "base", "form"))
    for element in tree.all():
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"<{element.tag} {name}>"
            if re.search(r"https?:|//|javascript:|data:", value):
                assert (element.tag, name) == ("a", "href"), f"<{element.tag} {name}={value}>"
    styles = re.search(r"<style>(.*?)</style>", page, re.S)
    assert styles is not None
    assert not re.search(r"url\(|@import|https?:", styles[1])
    assert "default-src 'none'" in page


def test_page_stays_small(page: str) -> None:
    assert len(page.encode()) < 3_000_000


def test_text_of_a_scenario_never_becomes_markup(hostile_page: str) -> None:
    tree = read_page(hostile_page)
    assert not list(tree.all("script", "img"))
    assert HOSTILE in tree.text, "the text itself must be shown as it is"
    assert "49" not in next(tree.all("h1")).text, "a scenario's text is no template"
    assert not any(name.startswith("on") for element in tree.all() for name in element.attributes)


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example.org/x", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, is_one: bool) -> None:
    assert is_link(url) is is_one


def test_every_table_has_a_caption_and_every_number_a_unit(tree: Element) -> None:
    tables = {table.attributes["id"]: table for table in tree.all("table")}
    assert len(tables) > 15
    for name, table in tables.items():
        caption = next(table.all("caption"))
        assert caption.text, table.attributes
        heads = [head for head in table.all("th") if head.attributes.get("scope") == "col"]
        for line in table.all("tr"):
            cells = list(line.all("th", "td"))
            assert len(cells) == len(heads), caption.text
            for cell, head in zip(cells, heads, strict=True):
                shown = cell.text.replace(",", "")
                if (
                    name not in UNIT_IN_THE_ROW
                    and cell.tag == "td"
                    and re.fullmatch(r"[−+]?\d+(\.\d+)?( to [−+]?\d+(\.\d+)?)?", shown)
                ):
                    assert head.attributes.get("data-unit"), f"{caption.text}: {head.text}"


def test_every_drawing_says_what_it_shows(tree: Element) -> None:
    figures = list(tree.all("figure"))
    assert figures
    for figure in figures:
        assert next(figure.all("figcaption")).text
        labels = [svg.attributes.get("aria-label") for svg in figure.all("svg") if "role" in svg.attributes]
        assert labels
        assert all(labels)


def test_all_sources_are_listed_and_notes_are_shown(case: Case, tree: Element) -> None:
    listed = next(element for element in tree.all("ol") if element.attributes.get("class") == "sources")
    ids = {item.attributes["id"] for item in listed.all("li")}
    used = {name for one in used_quantities(case.scenario, case.catalog) for name in one.sources}
    assert {f"source-{name}" for name in used | set(case.scenario.sources)} <= ids
    assert "State agency of one side." in listed.text
    links = [a.attributes["href"] for a in listed.all("a")]
    assert "https://example.org/a?b=1&c=2" in links
    assert all(is_link(link) for link in links)


def test_contested_reports_name_who_says_so(tree: Element) -> None:
    table = _table(tree, "reported")
    rows = [line.text for line in table.all("tr")]
    killed = [text for text in rows if "shot down" in text]
    assert len(killed) == 2
    assert all("contested" in text for text in killed)
    assert "State agency of one side" in killed[0]
    assert "The other side" in killed[1]
    launched = next(text for text in rows if "launched" in text)
    assert "an input" in launched


def test_refusals_stand_beside_requests_in_full(tree: Element) -> None:
    rows = [line.text for line in _table(tree, "statements").all("tr")]
    assert any("request" in text and "Please help." in text for text in rows)
    (refusal,) = (text for text in rows if "refusal" in text and "That is for NATO." in text)
    assert "after 26 August 2024" in refusal
    assert not any("after 26 August" in text for text in rows if "Please help." in text)


def test_decisions_carry_actor_date_status_and_source(tree: Element) -> None:
    text = _table(tree, "decisions").text
    for part in ("Poland", "2024-05-11", "proposed", "The Newspaper", "70 km", "Poland helps"):
        assert part in text


def test_every_number_used_is_listed_with_kind_and_reason(case: Case, tree: Element) -> None:
    used = used_quantities(case.scenario, case.catalog)
    rows = [
        line
        for table in tree.all("table")
        if table.attributes.get("id", "").startswith("numbers-")
        for line in table.all("tr")
        if list(line.all("td"))
    ]
    assert len(rows) == len(used) > 50
    for line in rows:
        assert re.search(r"\b(reported|estimated|notional)\b", line.text)
    assert any("rounds are kept back" in line.text for line in rows)
    chosen = _table(tree, "chosen").text
    assert "5 arrive" in chosen
    assert "4 arrive" in chosen


def test_landscapes_name_the_unit_of_each_row(tree: Element) -> None:
    rows = [line.text for line in _table(tree, "landscapes").all("tr")]
    assert any("Warning time of drones (min)" in text and "215" in text and "540" in text for text in rows)
    assert any("Airspace owners who consented" in text and "Jordan" in text for text in rows)


def test_what_is_left_out_is_said(tree: Element) -> None:
    text = tree.text
    for what in ("Attacks on defenders", "Debris", "Adaptation", "Risk to aircrew", "Escalation", "Legality"):
        assert what in text
    assert "arrival, not damage" in text


def test_sections_without_material_are_left_out(case: Case) -> None:
    page = render_report(Material(case.scenario, case.catalog, case.comparison, case.situations))
    assert 'id="two-landscapes"' not in page
    read_page(page)


def test_one_policy_alone_makes_a_page(case: Case) -> None:
    name = case.scenario.baseline
    one = {
        **case.comparison,
        "policies": {name: case.comparison["policies"][name]},
        "differences": [],
        "exposure": {},
    }
    page = render_report(Material(case.scenario, case.catalog, one, {name: case.situations[name]}))
    assert 'id="paired"' not in page
    read_page(page)


def test_writing_is_all_or_nothing(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.html"
    target.write_text("the old one")

    def fails(source: str, destination: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(write.os, "replace", fails)
        with pytest.raises(Problems, match="no space"):
            write_report(target, case.material)
    assert target.read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    write_report(target, case.material)
    assert target.read_text().startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_documents_of_the_study_make_a_page() -> None:
    """No sample: what the study gives is what the report reads."""
    question = Study.ask(str(SMALL))
    how = RunSettings(replications=60, threads=1)
    result = compare(question, how)
    document = json.loads(json.dumps(result.to_dict()))
    situations = {name: one.situation for name, one in result.compiled.items()}
    tree = read_page(render_report(Material(question.scenario, question.catalog, document, situations)))
    for name in ("summary", "arrivals", "differences", "systems", "owners", "exposure", "reported"):
        assert len(list(_table(tree, name).all("tr"))) > 1, name
    shown = _table(tree, "summary").text
    for run in document["policies"].values():
        assert f"{run['leakers']['mean']:.1f}" in shown
    assert "Patriot" in _table(tree, "systems").text or "IRIS-T" in _table(tree, "systems").text


def _table(tree: Element, name: str) -> Element:
    return next(table for table in tree.all("table") if table.attributes.get("id") == name)
