"""Bringing files into a store: damaged ones, newer ones, shorter ones."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

import skypact
from skypact.evidence.load import load_reports
from skypact.evidence.reports import NO_ROW
from skypact.evidence.store import read_store
from tests.evidence.made import COLUMNS, a_report, some_reports, text_of, write


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of six reports."""
    into = tmp_path / "record.duckdb"
    skypact.import_record(write(tmp_path / "first.csv", some_reports()), into)
    return into


def file(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "given.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


WHOLE = text_of(some_reports())
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "the file is empty"),
    "blank": ("\n \n", "the file is empty"),
    "header alone": (text_of([]), "no rows below the header"),
    "wrong delimiter": (WHOLE.replace(",", ";"), "the columns are separated by semicolons"),
    "tabs": (WHOLE.replace(",", "\t"), "the columns are separated by tabs"),
    "missing column": (
        text_of(some_reports(), [c for c in COLUMNS if c != "destroyed"]),
        "missing column destroyed",
    ),
    "a column twice": (WHOLE.replace("is_shahed", "carrier", 1), "column 'carrier' is there twice"),
    "another file": ("a,b\n1,2\n", "this is not the published format"),
    "no header": (WHOLE.split("\n", 1)[1], "this is not the published format"),
    "binary": (bytes(range(256)) * 40, "not text in UTF-8"),
    "zero bytes": ("a\0b", "zero bytes"),
    "UTF-16": (WHOLE.encode("utf-16"), "not text in UTF-8"),
    "no row that can be used": (text_of([a_report(launched="ten")]), "none of its 1 rows can be used"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_the_record_is_refused_in_a_line(name: str, store: Path, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    before = store.read_bytes()
    with pytest.raises(skypact.Problems) as raised:
        skypact.import_record(file(tmp_path, content), store)
    (problem,) = raised.value.problems
    assert said in str(problem)
    assert str(problem).startswith(str(tmp_path / "given.csv"))
    assert "\n" not in str(problem)
    assert store.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv", "given.csv", "record.duckdb"]


def test_a_missing_file_and_a_folder_are_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(skypact.Problems, match="no such file"):
        skypact.import_record(tmp_path / "nowhere.csv", store)
    with pytest.raises(skypact.Problems, match="directory"):
        skypact.import_record(tmp_path, store)


def set_aside(content: str | bytes, tmp_path: Path) -> tuple[skypact.Imported, list[tuple[int, str, str]]]:
    """The import of a damaged file into a new store, and what was set aside."""
    into = tmp_path / "new.duckdb"
    done = skypact.import_record(file(tmp_path, content), into)
    assert read_store(into).aside == done.aside
    assert done.reports == int((~load_reports(into).set_aside).sum()) == done.added
    return done, [(one.number, one.column, one.reason) for one in done.aside]


def test_a_byte_order_mark_and_other_line_ends_do_not_matter(tmp_path: Path) -> None:
    for content in (WHOLE.encode("utf-8-sig"), WHOLE.replace("\n", "\r\n"), WHOLE.replace("\n", "\n\n")):
        done, aside = set_aside(content, tmp_path)
        assert aside == []
        assert done.reports == 6
        (tmp_path / "new.duckdb").unlink()


def test_a_truncated_file_loses_its_last_row(tmp_path: Path) -> None:
    done, aside = set_aside(WHOLE.rstrip("\n")[:-60], tmp_path)
    ((number, _, reason),) = aside
    assert number == 5
    assert "fields instead of 22" in reason
    assert "was the file cut off?" in repr(done)
    assert done.reports == 5


def test_a_file_that_ends_within_quotes_loses_its_last_row(tmp_path: Path) -> None:
    quoted = text_of([*some_reports(), a_report(launch_place="One, Two", source="kpszsu/posts/z")])
    done, aside = set_aside(quoted[: quoted.rindex("Two")], tmp_path)
    assert [number for number, _, _ in aside] == [6]
    assert "quote" in aside[0][2]
    assert done.reports == 6


def test_a_quote_left_open_costs_one_row_and_not_the_rest(tmp_path: Path) -> None:
    lines = WHOLE.split("\n")
    lines[2] = lines[2].replace("Made Place", '"Made Place')
    done, aside = set_aside("\n".join(lines), tmp_path)
    assert [number for number, _, _ in aside] == [1]
    assert done.reports == 5


def test_text_in_numbers_negative_counts_and_more_destroyed_than_launched_are_set_aside(
    tmp_path: Path,
) -> None:
    rows = some_reports()
    rows[0] = a_report(launched="many")
    rows[1] = a_report(destroyed="-1.0")
    rows[2] = a_report(destroyed="12.0")
    done, aside = set_aside(text_of(rows), tmp_path)
    assert aside == [
        (0, "launched", "no number: 'many'"),
        (1, "destroyed", "negative: '-1.0'"),
        (2, "destroyed", "12 destroyed of 10 launched"),
    ]
    assert done.reports == 3
    assert done.aside[0].text == text_of(rows).split("\n")[1]
    found = load_reports(tmp_path / "new.duckdb")
    assert found.row[~found.set_aside].tolist() == [5, 3, 4]  # rows of the file, by night
    assert found.row[found.set_aside].tolist() == [2]  # which the definition of the scores counts


def test_a_row_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    rows = some_reports()
    done, aside = set_aside(text_of([*rows, rows[2], rows[2]]), tmp_path)
    assert aside == [(6, "", "the same as data row 2"), (7, "", "the same as data row 2")]
    assert done.reports == 6


def test_the_whole_row_that_was_set_aside_can_be_read_in_the_store(tmp_path: Path) -> None:
    set_aside(text_of([*some_reports(), a_report(launched="ten, about")]), tmp_path)
    with duckdb.connect(str(tmp_path / "new.duckdb"), read_only=True) as connection:
        asked = "select row, line, col, reason, text from quarantine"
        row, line, column, reason, text = connection.execute(asked).fetchall()[0]
    assert (row, line, column, reason) == (6, 8, "launched", "no number: 'ten, about'")
    assert '"ten, about"' in text


def test_columns_that_are_not_known_are_kept_and_said(tmp_path: Path) -> None:
    rows = [{**one, "weather": "fog", "Ціль": "так"} for one in some_reports()]
    path = write(tmp_path / "wide.csv", rows, [*COLUMNS[:3], "weather", *COLUMNS[3:], "Ціль"])
    done = skypact.import_record(path, tmp_path / "new.duckdb")
    assert done.unknown_columns == ("weather", "Ціль")
    assert any("weather, Ціль" in line.text for line in done.lines)
    with duckdb.connect(str(tmp_path / "new.duckdb"), read_only=True) as connection:
        written = connection.execute("select written from reports").fetchall()
    assert {(json.loads(text)["weather"], json.loads(text)["Ціль"]) for (text,) in written} == {
        ("fog", "так")
    }


def test_an_older_file_may_lack_later_columns(tmp_path: Path) -> None:
    older = [name for name in COLUMNS if not name.startswith("turbojet")]
    done = skypact.import_record(write(tmp_path / "old.csv", some_reports(), older), tmp_path / "new.duckdb")
    assert done.missing_columns == ("turbojet", "turbojet_destroyed")
    assert done.reports == 6


def test_the_same_file_again_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    again = skypact.import_record(tmp_path / "first.csv", store)
    assert (again.added, again.changed, again.unchanged, again.written) == (0, 0, 6, False)
    assert store.read_bytes() == before


def test_a_newer_file_has_its_reports_at_the_top(store: Path, tmp_path: Path) -> None:
    newest = a_report(time_start="2025-05-04 21:00", time_end="2025-05-05 08:00", source="kpszsu/posts/f")
    before = {one.id: one.fields for one in read_store(store).kept}
    done = skypact.import_record(write(tmp_path / "newer.csv", [newest, *some_reports()]), store)
    assert (done.added, done.changed, done.unchanged, done.absent) == (1, 0, 6, 0)
    kept = read_store(store).kept
    assert [one.row for one in kept] == [1, 2, 3, 4, 5, 6, 0]
    assert {one.id: one.fields for one in kept if one.id in before} == before


def test_a_correction_changes_its_report_and_no_other(store: Path, tmp_path: Path) -> None:
    rows = some_reports()
    rows[1] = {**rows[1], "destroyed": "2.0"}
    rows[3] = {**rows[3], "target": "Third oblast"}
    rows[5] = {**rows[5], "launch_place": "Elsewhere", "time_start": "2025-04-29 03:30"}
    done = skypact.import_record(write(tmp_path / "newer.csv", rows), store)
    assert (done.added, done.changed, done.unchanged, done.absent) == (0, 3, 3, 0)
    kept = read_store(store).kept
    assert (kept[1].fields["destroyed"], kept[3].fields["target"], kept[4].fields["target"]) == (
        "2.0",
        "Third oblast",
        "Other oblast",
    )


def test_another_name_of_the_weapon_is_a_correction(store: Path, tmp_path: Path) -> None:
    rows = some_reports()
    rows[1] = {**rows[1], "model": "Iskander-M/KN-23"}
    done = skypact.import_record(write(tmp_path / "newer.csv", rows), store)
    assert (done.added, done.changed, done.absent) == (0, 1, 0)


def test_numbers_written_in_another_way_are_no_change(store: Path, tmp_path: Path) -> None:
    rows = [{name: str(text).removesuffix(".0") for name, text in one.items()} for one in some_reports()]
    done = skypact.import_record(write(tmp_path / "newer.csv", rows), store)
    assert (done.changed, done.written) == (0, False)


def test_a_shorter_file_takes_nothing_away(store: Path, tmp_path: Path) -> None:
    done = skypact.import_record(write(tmp_path / "short.csv", some_reports()[:2]), store)
    assert (done.added, done.changed, done.unchanged, done.absent, done.reports) == (0, 0, 2, 4, 6)
    found = load_reports(store)
    assert sorted(found.row.tolist()) == [NO_ROW] * 4 + [0, 1]
    assert sorted(found.forecastable().row.tolist()) == [0, 1]
    assert any("kept without a row: 4" in line.text for line in done.lines)


def test_a_column_that_a_file_lacks_stays_as_it_was(tmp_path: Path) -> None:
    into = tmp_path / "new.duckdb"
    rows = [{**one, "carrier": "Made carrier"} for one in some_reports()]
    skypact.import_record(write(tmp_path / "a.csv", rows), into)
    fewer = [name for name in COLUMNS if name != "carrier"]
    done = skypact.import_record(write(tmp_path / "b.csv", rows, fewer), into)
    assert done.changed == 0
    assert {one.fields["carrier"] for one in read_store(into).kept} == {"Made carrier"}


def test_reports_alike_in_all_but_a_detail_are_not_mixed_up(tmp_path: Path) -> None:
    into = tmp_path / "new.duckdb"
    pair = [a_report(target="A", carrier="x"), a_report(target="A", carrier="y")]
    skypact.import_record(write(tmp_path / "a.csv", pair), into)
    done = skypact.import_record(write(tmp_path / "b.csv", [a_report(source="n"), *reversed(pair)]), into)
    assert (done.added, done.changed, done.absent) == (1, 0, 0)
    assert [(one.fields.get("carrier"), one.row) for one in read_store(into).kept] == [
        ("x", 2),
        ("y", 1),
        ("", 0),
    ]


def test_what_was_imported_is_remembered(store: Path, tmp_path: Path) -> None:
    skypact.import_record(write(tmp_path / "short.csv", some_reports()[:2]), store)
    first, second = read_store(store).imports
    assert (first.file, first.rows, first.added) == ("first.csv", 6, 6)
    assert (second.file, second.rows, second.absent) == ("short.csv", 2, 4)
    assert len(first.sha256) == 64


def test_the_words_and_the_document_of_an_import(tmp_path: Path) -> None:
    rows = [*some_reports(), a_report(model="Zmiy"), a_report(launched="ten")]
    done = skypact.import_record(write(tmp_path / "made.csv", rows), tmp_path / "new.duckdb")
    document = json.loads(json.dumps(done.to_dict()))
    assert document["unknown_weapons"] == {"Zmiy": 1}
    assert document["set_aside"][0]["row"] == 7
    assert document["doubts"]["start-without-hour"] == 2
    assert "'Zmiy' (1)" in repr(done)


def test_the_store_can_be_asked_in_sql(store: Path) -> None:
    with duckdb.connect(str(store), read_only=True) as connection:
        asked = "select class, sum(launched), sum(not_reached) from reports where eligible group by class order by class"
        assert connection.execute(asked).fetchall() == [
            ("ballistic-short", 2, None),
            ("cruise", 20, None),
            ("drone", 60, 17),
        ]
        assert connection.execute("select weapons from reports where row = 5").fetchall() == [
            (["kh-101", "kalibr"],)
        ]
        asked = "select launch_places, targets, regions, cardinality(crossings) from reports where row = 0"
        assert connection.execute(asked).fetchall() == [(["Made Place"], ["Ukraine"], [], 0)]
