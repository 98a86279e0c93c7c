"""The whole record, where it is on this machine: what is known of its rows, and of it as a whole."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

import skypact
from skypact.evidence.arrays import understand
from skypact.evidence.load import load_reports
from skypact.evidence.read import read_table
from skypact.evidence.reports import UNREPORTED, Reports
from skypact.evidence.rows import Report
from skypact.evidence.store import read_store
from tests.evidence.made import RECORD, needs_record

pytestmark = needs_record
THREE_MINUTES_S = 180


@pytest.fixture(scope="module")
def rows() -> dict[int, tuple[dict[str, str], Report]]:
    good, aside = understand(read_table(RECORD))
    assert aside == []
    return {number: (dict(fields), report) for number, fields, report in good}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("record") / "record.duckdb"
    started = time.monotonic()
    done = skypact.import_record(RECORD, into)
    assert time.monotonic() - started < THREE_MINUTES_S
    assert (done.added, done.rows, done.aside, done.unknown_weapons, done.unknown_columns) == (
        2616,
        2616,
        (),
        {},
        (),
    )
    return into


def test_every_name_is_known_and_every_row_has_a_night(
    rows: dict[int, tuple[dict[str, str], Report]],
) -> None:
    assert len(rows) == 2616
    assert not any(report.named.unknown for _, report in rows.values())


@pytest.mark.parametrize(
    ("doubt", "numbers"),
    [
        ("more-than-launched", {649}),
        ("launched-missing", {1814, 1820, 1871}),
        ("destroyed-missing", {470, 509, 543, 544, 545, 546}),
    ],
)
def test_rows_of_which_something_is_odd(
    doubt: str, numbers: set[int], rows: dict[int, tuple[dict[str, str], Report]]
) -> None:
    assert {number for number, (_, report) in rows.items() if doubt in report.doubts} == numbers


def test_the_other_traps(rows: dict[int, tuple[dict[str, str], Report]]) -> None:
    report = {number: found for number, (_, found) in rows.items()}
    assert all("several-classes" in report[number].doubts for number in (470, 764, 1064, 1069, 2395))
    assert all(report[number].named.strike == "cruise" for number in (149, 655))
    assert all(report[number].not_reached == UNREPORTED for number in (187, 1178))
    assert report[175].still_attacking == 1
    assert {report[number].starts.hour for number in range(2390, 2396)} == {3}
    assert "start-without-hour" in report[1178].doubts
    assert "several-nights" in report[298].doubts
    assert report[255].night == report[256].night
    assert report[620].night == report[621].night
    assert report[1655].named.weapons == ("kh-59",)
    assert rows[1655][0]["model"] == "X-59/X-69"
    assert all(report[number].named.kind in ("reconnaissance", "front") for number in (736, 1191, 1229))
    assert rows[413][0] != rows[414][0]


def test_regional_reports_and_reconnaissance_are_no_strike_reports(store: Path) -> None:
    found = load_reports(store)
    known = found.take((found.launched != UNREPORTED) & (found.destroyed != UNREPORTED))
    looks = known.take(known.kind == "reconnaissance")
    assert (looks.launched == looks.destroyed).mean() > 0.98
    assert not looks.eligible.any()
    assert not found.take(found.level == "regional").eligible.any()


def test_not_reached_begins_in_july_2024(store: Path) -> None:
    found = load_reports(store)
    national = found.take((found.level == "national") & (found.kind == "strike"))
    assert str(national.month[national.not_reached != UNREPORTED].min()) == "2024-07"


def test_the_eligible_reports_are_those_of_the_definition(store: Path) -> None:
    score_forecasts = pytest.importorskip("skypact.evidence.score_forecasts", reason="needs pandas")
    theirs = score_forecasts.record(RECORD)
    ours = load_reports(store).forecastable()
    assert len(ours) == 1380
    assert ours.row.tolist() == theirs.index.tolist()
    assert ours.strike.tolist() == theirs["class"].tolist()
    assert np.array_equal(ours.night, theirs.night.to_numpy().astype("datetime64[D]"))
    assert np.array_equal(ours.of_target("D"), theirs.D.to_numpy())
    assert np.array_equal(ours.of_target("S"), theirs.S.to_numpy())


def lines(first: int = 0, last: int | None = None) -> str:
    header, *rest = RECORD.read_text(encoding="utf-8").splitlines(keepends=True)
    return header + "".join(rest[first:last])


def test_an_older_file_and_then_the_newer_one_are_the_newer_one(store: Path, tmp_path: Path) -> None:
    older, into = tmp_path / "older.csv", tmp_path / "grown.duckdb"
    older.write_text(lines(400), encoding="utf-8")
    assert skypact.import_record(older, into).added == 2216
    done = skypact.import_record(RECORD, into)
    assert (done.added, done.changed, done.unchanged, done.absent) == (400, 0, 2216, 0)
    assert same(load_reports(into), load_reports(store))
    shorter = skypact.import_record(older, into)
    assert (shorter.added, shorter.changed, shorter.absent, shorter.reports) == (0, 0, 400, 2616)


def same(one: Reports, other: Reports) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in Reports.__dataclass_fields__
    )


def test_it_can_be_shown(store: Path) -> None:
    document = json.loads(json.dumps(skypact.record(store).to_dict()))
    totals = {one["class"]: one for one in document["totals"]}
    assert totals["shahed"]["launched"] == 37060
    assert document["reports"] == 2616
    said = [one["text"] for one in document["changes"]]
    assert any(
        text.startswith("not_reach_goal of Shahed drones is filled") and "2024-07" in text for text in said
    )
    assert any(text.startswith("destroyed of Shahed drones") and "2024-10" in text for text in said)


def damaged(text: str) -> dict[str, str]:
    header, *rest = text.splitlines(keepends=True)
    numbers = header.strip().split(",").index("launched")

    def with_fields(row: str, launched: str) -> str:
        # This row has no quotes before the numbers.
        fields = row.split(",")
        fields[numbers] = launched
        return ",".join(fields)

    return {
        "truncated": text[: len(text) // 2],
        "text in numbers": header + rest[0] + with_fields(rest[1], "four") + "".join(rest[2:]),
        "negative counts": header + rest[0] + with_fields(rest[1], "-4.0") + "".join(rest[2:]),
        "destroyed above launched": header + rest[0] + with_fields(rest[1], "3.0") + "".join(rest[2:]),
        "duplicate rows": text + rest[5],
    }


@pytest.mark.parametrize(
    "name", ["truncated", "text in numbers", "negative counts", "destroyed above launched", "duplicate rows"]
)
def test_a_damaged_record_gives_all_but_the_damaged_row(name: str, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.csv"
    path.write_text(damaged(RECORD.read_text(encoding="utf-8"))[name], encoding="utf-8")
    done = skypact.import_record(path, tmp_path / "new.duckdb")
    assert len(done.aside) == 1
    assert done.reports == done.rows - 1
    assert read_store(tmp_path / "new.duckdb").aside == done.aside


def test_months_add_up_to_what_was_summed_by_hand(store: Path) -> None:
    """Drones by month of the start, before there was a program: launched, destroyed, not reached."""
    found = load_reports(store)
    drones = found.take(found.strike == "shahed")
    for month, sums in (
        ("2024-08", (790, 656, 73)),
        ("2024-10", (1960, 1129, 675)),
        ("2025-03", (4044, 2332, 1335)),
    ):
        part = drones.take(drones.starts.astype("datetime64[M]") == np.datetime64(month))
        columns = (part.launched, part.destroyed, part.not_reached)
        assert tuple(int(np.maximum(column, 0).sum()) for column in columns) == sums
