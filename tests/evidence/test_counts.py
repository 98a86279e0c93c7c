"""Counts by month and class, and how they are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import skypact
from skypact.evidence.counts import by_class, by_month, left_out, pooled
from skypact.report import bars
from skypact.report.extra import has_extra
from tests.evidence.made import a_report, reports, some_reports, write


def test_counts_are_of_national_reports_of_strikes() -> None:
    found = {(one.month, one.strike): one for one in by_month(reports(some_reports()))}
    assert set(found) == {("2025-05", "shahed"), ("2025-05", "ballistic"), ("2025-04", "cruise")}
    shahed = found["2025-05", "shahed"]
    assert (shahed.reports, shahed.launched, shahed.destroyed, shahed.not_reached, shahed.through) == (
        2,
        60,
        37,
        17,
        6,
    )
    missiles = found["2025-05", "ballistic"]
    assert (missiles.not_reached, missiles.not_reached_in, missiles.through) == (None, 0, 1)
    assert left_out(reports(some_reports())) == {"regional": 2}


def test_a_report_without_a_number_is_counted_and_in_no_sum() -> None:
    (found,) = by_class(
        reports([a_report(), a_report(launched="", target="x"), a_report(destroyed="", target="y")])
    )
    assert (found.reports, found.incomplete, found.launched, found.destroyed) == (3, 2, 10, 7)


def test_weapons_of_several_classes_are_a_class_of_their_own() -> None:
    (found,) = by_class(reports([a_report(model="X-22 and X-31P")]))
    assert found.strike == "several"


def test_what_is_claimed_beyond_what_was_launched_is_not_through() -> None:
    (found,) = by_class(reports([a_report(destroyed="9", not_reach_goal="5")]))
    assert (found.launched, found.destroyed, found.not_reached, found.through) == (10, 9, 5, 0)


def test_why_reports_are_left_out() -> None:
    rows = [
        a_report(model="Orlan-10"),
        a_report(model="Lancet"),
        a_report(model="GBU"),
        a_report(model="Unknown Missile"),
        a_report(source="PvKPivden/posts/1"),
    ]
    assert left_out(reports(rows)) == {
        "regional": 1,
        "reconnaissance": 1,
        "front": 1,
        "bomb": 1,
        "unknown": 1,
    }
    assert by_month(reports(rows)) == ()


def test_classes_are_pooled_by_month() -> None:
    counts = by_month(reports([*some_reports(), a_report(model="Kalibr", launched="3", destroyed="3")]))
    months = {one.month: one for one in pooled(counts, ("ballistic", "cruise"), "missiles")}
    assert (months["2025-05"].launched, months["2025-05"].not_reached) == (5, 2)
    assert months["2025-04"].not_reached is None


@pytest.fixture
def shown(tmp_path: Path) -> skypact.Record:
    into = tmp_path / "record.duckdb"
    skypact.import_record(write(tmp_path / "made.csv", some_reports()), into)
    return skypact.record(into)


def test_the_document_has_every_month_and_class(shown: skypact.Record) -> None:
    document = json.loads(json.dumps(shown.to_dict()))
    assert [(one["month"], one["class"]) for one in document["counts"]] == [
        ("2025-04", "cruise"),
        ("2025-05", "shahed"),
        ("2025-05", "ballistic"),
    ]
    assert (document["from"], document["until"], document["reports"], document["counted"]) == (
        "2025-04-29",
        "2025-05-03",
        6,
        4,
    )
    assert "claims, not truth" in repr(shown)
    assert "claims, not truth" in shown._repr_html_()
    assert len(shown.to_frame()) == len(shown) == 3


def test_months_can_be_chosen(shown: skypact.Record, tmp_path: Path) -> None:
    store = tmp_path / "record.duckdb"
    assert [one["month"] for one in skypact.record(store, until="2025-04").rows] == ["2025-04"]
    assert {one["month"] for one in skypact.record(store, since="2025-05").rows} == {"2025-05"}
    nothing = skypact.record(store, since="2026-01")
    assert (nothing.rows, nothing.document["from"]) == ((), None)
    assert nothing.table().rows == ()
    for wrong in ("2025", "2025-13", "May"):
        with pytest.raises(skypact.Problems, match="is no month"):
            skypact.record(store, since=wrong)
    with pytest.raises(skypact.Problems, match="is before"):
        skypact.record(store, since="2025-05", until="2025-04")


def test_a_bar_is_as_long_as_what_was_launched(shown: skypact.Record) -> None:
    for title, counts in shown.charts("all"):
        drawn = [line.text for line in bars.monthly(title, counts, 100)]
        most = max((one["launched"] for one in counts), default=0)
        for one, text in zip(counts, drawn[3:], strict=True):
            bar = text.split("  ")[-1]
            assert abs(len(bar) - len(bars.bar({**one, "launched": most}, most, len(bar)))) <= 1
            assert set(bar) <= set("#=.")
    (_, drones), (_, missiles) = shown.charts()
    assert [one["launched"] for one in drones] == [60]
    assert [one["launched"] for one in missiles] == [20, 2]
    assert bars.bar(drones[0], 60, 60) == "#" * 37 + "=" * 17 + "." * 6


@pytest.mark.skipif(not has_extra(), reason="needs the extra report")
def test_the_page_has_charts_counts_and_the_caution(shown: skypact.Record, tmp_path: Path) -> None:
    text = shown.report(tmp_path / "record.html").read_text(encoding="utf-8")
    for part in (
        "Claims, not truth",
        "<svg",
        "Shahed drones",
        "ODC-BY",
        "Counts by month and class",
        "regional",
    ):
        assert part in text
    assert "<script" not in text
