"""Where a record changes its ways, on made reports whose ways are known."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.evidence.arrays import understand
from skypact.evidence.changes import DefinitionChange, definition_changes
from skypact.evidence.read import parse_table
from tests.evidence.made import COLUMNS, Row, a_report, text_of

MONTHS = [f"2025-{number:02d}" for number in range(1, 13)]


def record(until: int, **ways: object) -> Iterator[Row]:
    """Six reports a month; from August on destroyed takes in what did not reach before."""
    for month in MONTHS[:until]:
        later = month >= "2025-08"
        for day in range(1, 7):
            yield a_report(
                time_start=f"{month}-{day:02d}",
                time_end=f"{month}-{day:02d} 08:00",
                source=f"kpszsu/posts/{month}-{day}",
                launched="100",
                destroyed="85" if later else "50",
                not_reach_goal="" if later else "35",
                **ways,
            )


def found(rows: Iterator[Row]) -> dict[tuple[str, str], DefinitionChange]:
    good, aside = understand(parse_table(text_of(rows), "made.csv"))
    assert not aside
    return {
        (one.column, one.what): one
        for one in definition_changes([(fields, report) for _, fields, report in good])
    }


def test_a_column_that_falls_out_of_use_and_a_share_that_jumps_are_said() -> None:
    changes = found(record(11))
    blank, fewer, more = (
        changes["not_reach_goal", "filled"],
        changes["not_reach_goal", "share"],
        changes["destroyed", "share"],
    )
    assert {one.month for one in changes.values()} == {"2025-08"}
    assert (blank.before, blank.after) == (1, 0)
    assert (round(fewer.before, 2), fewer.after) == (0.35, 0)
    assert (more.before, more.after) == (0.5, 0.85)
    assert (
        str(blank)
        == "not_reach_goal of Shahed drones is filled in 0 % of the reports from 2025-08 on, in 100 % before"
    )
    assert str(more) == "destroyed of Shahed drones is 85 % of launched from 2025-08 on, 50 % before"


def test_it_is_said_as_soon_as_there_is_a_month_of_it() -> None:
    assert {one.month for one in found(record(8)).values()} == {"2025-08"}
    assert found(iter(list(record(8))[:-3])) == {}  # three reports of August are too few


def test_a_record_that_keeps_its_ways_has_none() -> None:
    assert found(record(7)) == {}


def test_a_column_that_comes_into_use_is_said_with_its_first_month() -> None:
    rows = [dict(one) for one in record(7)]
    for one in rows:
        month = str(one["time_start"])[:7]
        one["turbojet"] = (
            "1" if month >= "2025-05" or (month == "2025-04" and one["time_start"] == "2025-04-01") else ""
        )
        one["new column"] = "x" if month >= "2025-04" else ""
    good, _ = understand(parse_table(text_of(rows, [*COLUMNS, "new column"]), "made.csv"))
    changes = {
        one.column: one for one in definition_changes([(fields, report) for _, fields, report in good])
    }
    assert (changes["turbojet"].month, changes["turbojet"].first) == ("2025-05", "2025-04")
    assert changes["new column"].month == "2025-04"
    assert str(changes["turbojet"]).endswith("before; the first in 2025-04")


def test_reports_of_regions_and_of_reconnaissance_do_not_count() -> None:
    assert found(record(11, model="Orlan-10")) == {}


def test_missiles_are_told_apart_from_drones_and_have_no_share() -> None:
    changes = found(record(11, model="Kalibr"))
    assert set(changes) == {("not_reach_goal", "filled")}
    assert "of missiles" in str(changes["not_reach_goal", "filled"])
