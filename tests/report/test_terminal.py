"""Tables on the terminal: every number is there, at every width."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from skypact.catalog import load_catalog
from skypact.report import printed, sections
from skypact.report.material import Material
from skypact.report.section import Shown
from skypact.report.table import Column, Format, Number, Table, Words, lines_of, numbers, row
from skypact.report.tables import aid, quantities, run, scenario
from skypact.report.terminal import plain, print_table
from skypact.scenario.dates import first_day
from skypact.scenario.load import load_scenario
from skypact.study import RunSettings, Study, compare
from skypact.study.aid import aid_table
from tests.report.conftest import Case

WIDTHS = (40, 80, 132)
SMALL = str(Path(__file__).parents[1] / "scenario" / "small.yaml")


def on_terminal(table: Table, width: int) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, color_system=None)
    print_table(console, table, {})
    return out.getvalue()


def all_tables(material: Material) -> Iterator[Table]:
    for make in (*printed.COMPARED, *printed.ALONE):
        if (table := make(material)) is not None:
            yield table
    for section in sections.sections(material):
        yield from (block.table for block in section.blocks if isinstance(block, Shown))


def expect_whole(table: Table, width: int) -> None:
    """Every number, interval and word of a table stands in what is printed, and no line is too long."""
    out = on_terminal(table, width)
    assert all(len(line) <= width for line in out.splitlines())
    assert "…" not in out
    squeezed = re.sub(r"\s", "", out)
    for cells in table.rows:
        for cell, column in zip(cells, table.columns, strict=True):
            if isinstance(cell, Number):
                for line in map(plain, lines_of(cell, column)):
                    assert re.sub(r"\s", "", line) in squeezed, f"{table.id} at {width}: {line}"
            elif not cell.text and not cell.name:
                assert re.sub(r"\s", "", cell.mark) in squeezed
    for number, column in enumerate(table.columns):
        shown = any(cells[number] != Words() for cells in table.rows)
        for word in column.head.split() if shown else ():
            assert word in squeezed, f"{table.id} at {width}: {word}"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_number_of_every_table_is_printed(case: Case, width: int) -> None:
    found = list(all_tables(case.material))
    assert len(found) > 25
    for table in found:
        expect_whole(table, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_number_of_aid_and_incident_is_printed(width: int) -> None:
    read = load_scenario("lethal-aid-2021-10")
    material = Material(read, load_catalog())
    rows = aid_table(read, read.baseline, first_day(read.date))
    expect_whole(aid.on_day(material, read.baseline, first_day(read.date), rows), width)
    statements = scenario.statements(material)
    assert statements is not None
    expect_whole(statements, width)


def test_a_table_that_fits_stands_as_it_is_and_one_that_does_not_is_split_or_turned() -> None:
    columns = (Column("Policy"), *(numbers(f"Measure {n}", "threats") for n in range(8)))
    few = Table("few", "Few", columns, (row("one", *map(float, range(8))),))
    assert "parts" not in on_terminal(few, 132)
    assert len(on_terminal(few, 132).splitlines()) < 8
    turned = on_terminal(few, 40)
    assert "Measure 7 (threats): 7.0" in turned
    many = Table("many", "Many", columns, tuple(row(f"p{n}", *map(float, range(8))) for n in range(30)))
    split = on_terminal(many, 60)
    assert "it stands in 2 parts" in split
    assert split.count("p29") == 2


def test_texts_wrap_and_numbers_do_not() -> None:
    long = "a text of many words that needs more than one line on any terminal of this width"
    columns = (Column("What"), numbers("Change", "threats", Format.CHANGE), Column("Why"))
    table = Table("t", "T", columns, (row("first", Number(-4.2, -5.0, -3.4), Words(long)),))
    out = on_terminal(table, 60)
    assert "-5.0 to -3.4" in out
    assert " ".join(word for word in out.split() if word in long.split()) == long


def test_the_terminal_shows_the_name_to_type_and_the_page_the_title() -> None:
    table = Table("t", "T", (Column("Policy"),), (row(Words("Sky Shield", "sky-shield")),))
    assert "sky-shield" in on_terminal(table, 80)
    assert "Sky Shield" not in on_terminal(table, 80)


def test_a_row_must_have_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table("t", "T", (Column("A"),), (row("a", 1.0),))


def test_what_a_run_gives_makes_tables() -> None:
    """No sample: the documents of the study."""
    study = Study.ask(SMALL)
    document = json.loads(json.dumps(compare(study, RunSettings(replications=40, threads=1)).to_dict()))
    material = Material(study.scenario, study.catalog, document)
    for name, result in material.policies.items():
        for table in (run.by_class(result), run.by_system(result, material.system)):
            assert table is not None, name
            expect_whole(table, 80)
    out = io.StringIO()
    printed.comparison(Console(file=out, width=80, markup=False, color_system=None), material, long=True)
    assert out.getvalue().rstrip().splitlines()[-1].startswith("--report FILE writes all of it")
    for result in material.policies.values():
        assert f"{result['leakers']['mean']:.1f}" in out.getvalue()


def test_without_long_few_tables_stand_below_the_sentences_and_the_last_line_names_the_rest() -> None:
    study = Study.ask(SMALL)
    document = json.loads(json.dumps(compare(study, RunSettings(replications=40, threads=1)).to_dict()))
    material = Material(study.scenario, study.catalog, document)

    def printed_with(long: bool) -> str:
        out = io.StringIO()
        printed.comparison(Console(file=out, width=132, markup=False, color_system=None), material, long)
        return out.getvalue()

    every = [table for table in printed.comparison_tables(material) if table is not None]
    first = [table for table in printed.comparison_tables(material, long=False) if table is not None]
    brief, long = printed_with(False), printed_with(True)
    assert {table.id for table in first} == {"summary", "differences", "exposure"}
    *_, last = brief.splitlines()
    assert last.startswith("--long adds: ")
    for table in every:
        assert f"\n{table.caption}\n" in long
        assert (f"\n{table.caption}\n" in brief) == (table in first)
        assert (table.caption in last) == (table not in first)
    assert "--long" not in long


def test_numbers_stay_numbers_until_they_are_shown(case: Case) -> None:
    """No cell of a numeric column is text, but for what has no number."""
    for table in all_tables(case.material):
        for cells in table.rows:
            for cell, column in zip(cells, table.columns, strict=True):
                if column.numeric and isinstance(cell, Words):
                    assert cell.text == "", f"{table.id}: {cell.text}"
    assert quantities.kinds(case.material).startswith("Of ")
