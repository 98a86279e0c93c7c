"""A section is a function and a line; notes stand only where they matter."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from skypact.report import page, sections
from skypact.report.material import Material
from skypact.report.section import Bullets, Heading, Paragraph, Section, Shown, Term, Terms, blocks
from skypact.report.table import Column, Table, row
from skypact.report.tables.spending import exposure
from tests.report.conftest import HOSTILE, Case
from tests.report.reading import read_page


def test_a_section_costs_a_function_and_a_line(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def section(material: Material) -> Section:
        table = Table("extra-table", HOSTILE, (Column(HOSTILE),), (row(HOSTILE),), HOSTILE)
        return Section(
            "extra",
            HOSTILE,
            "Extra",
            blocks(
                Paragraph(HOSTILE),
                Heading(HOSTILE),
                Bullets([HOSTILE]),
                Terms([Term(HOSTILE, HOSTILE, "mark")]),
                table,
                Shown(replace(table, id="again"), folded=HOSTILE),
            ),
        )

    monkeypatch.setattr(sections, "SECTIONS", (*sections.SECTIONS, section, lambda material: None))
    tree = read_page(case.page())
    (shown,) = (one for one in tree.all("section") if one.attributes["aria-labelledby"] == "extra")
    assert shown.text.count(HOSTILE) == 15
    assert not list(shown.all("script", "img"))
    links = [a.attributes["href"] for a in next(tree.all("nav")).all("a")]
    titles = [one.attributes["aria-labelledby"] for one in tree.all("section")]
    assert links == [f"#{title}" for title in titles], "the contents name every section, in order"
    assert links[-1] == "#extra"


def test_the_page_knows_no_section_by_name() -> None:
    template = page.text_of("page.html.j2") + page.text_of("blocks.html.j2")
    for name in ("aid", "incident", "exposure", "arrive", "leakers", "policy", "maps.overview"):
        assert f"{name} " not in template.replace('class="maps"', "")


def test_occupied_areas_are_spoken_of_only_where_the_occupier_is_approached(case: Case) -> None:
    table = exposure(case.material)
    assert table is not None
    assert "areas that Russia occupies, Crimea among them" in table.note
    comparison = copy.deepcopy(case.comparison)
    for record in comparison["exposure"].values():
        record["nearest_approach_km"] = {"BLR": 80.0, "RUS": None}
    other = exposure(replace(case, comparison=comparison).material)
    assert other is not None
    assert "Distance to a border" in other.note
    assert "Crimea" not in other.note
    for record in comparison["exposure"].values():
        record["nearest_approach_km"] = {}
    alone = exposure(replace(case, comparison=comparison).material)
    assert alone is not None
    assert "Distance to a border" not in alone.note
