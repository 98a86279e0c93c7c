"""What the page about the public record says of the store is so."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

import skypact
from tests.evidence.made import RECORD, needs_record, some_reports, write

PAGE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    into = tmp_path / "record.duckdb"
    skypact.import_record(write(tmp_path / "made.csv", some_reports()), into)
    return into


def test_the_question_in_sql_is_answered(store: Path) -> None:
    (question,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    with duckdb.connect(str(store), read_only=True) as connection:
        assert len(connection.execute(question).fetchall()) == 4


def test_the_tables_and_columns_named_are_there(store: Path) -> None:
    tables = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
    named = set(re.findall(r"`(\w+)`", tables["reports"]))
    with duckdb.connect(str(store), read_only=True) as connection:
        there = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    assert {table for table, _ in there} == set(tables)
    assert named == {column for table, column in there if table == "reports"} - {
        "id",
        *("launched", "destroyed", "not_reached", "still_attacking"),  # "the numbers"
    }


@needs_record
def test_the_figures_are_those_of_the_record(tmp_path: Path) -> None:
    done = skypact.import_record(RECORD, tmp_path / "record.duckdb")
    steps = {(one.column, one.what): one for one in done.changes if one.group == "shahed"}
    fallen, risen = steps["destroyed", "share"], steps["not_reach_goal", "share"]
    assert (fallen.month, risen.month) == ("2024-10", "2024-10")
    assert f"from {100 * fallen.before:.0f} to {100 * fallen.after:.0f} % of those" in PAGE.replace("\n", " ")
    assert f"rises from {100 * risen.before:.0f} to {100 * risen.after:.0f} %" in PAGE.replace("\n", " ")
    assert (steps["not_reach_goal", "filled"].first, steps["not_reach_goal", "filled"].month) == (
        "2024-07",
        "2024-09",
    )
