"""Small made files in the published format, and where the whole record is, if it is on this machine."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from skypact.evidence.arrays import reports_of, understand
from skypact.evidence.read import parse_table
from skypact.evidence.reports import Reports
from skypact.evidence.rows import Report

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SKYPACT_SHARED", ROOT.parent / "shared"))
RECORD = SHARED / "data" / "attacks-to-2025-06.csv"
DEFINITION = SHARED / "evidence" / "score_forecasts.py"
needs_record = pytest.mark.skipif(
    not RECORD.is_file(), reason="the whole record is not on this machine (SKYPACT_SHARED names its folder)"
)
needs_definition = pytest.mark.skipif(
    not DEFINITION.is_file(), reason="the definition of the scores is not on this machine (SKYPACT_SHARED)"
)

COLUMNS = [
    "time_start",
    "time_end",
    "model",
    "launch_place",
    "target",
    "target_main",
    "launched",
    "destroyed",
    "not_reach_goal",
    "still_attacking",
    "border_crossing",
    "is_shahed",
    "num_hit_location",
    "num_fall_fragment_location",
    "carrier",
    "turbojet",
    "turbojet_destroyed",
    "affected region",
    "destroyed_details",
    "launched_details",
    "launch_place_details",
    "source",
]
"""The columns of the published file, in its order."""
NATIONAL, REGIONAL = "kpszsu/posts/made", "PvKPivden/posts/made"
Row = Mapping[str, object]


def a_report(**fields: object) -> Row:
    """A row: ten Shaheds in a night of May 2025, seven destroyed, two not reached, unless said otherwise."""
    usual: dict[str, object] = {
        "time_start": "2025-05-02 21:00",
        "time_end": "2025-05-03 08:00",
        "model": "Shahed-136/131",
        "launch_place": "Made Place",
        "target": "Ukraine",
        "launched": "10.0",
        "destroyed": "7.0",
        "not_reach_goal": "2.0",
        "border_crossing": "{}",
        "source": NATIONAL,
    }
    return {**usual, **fields}


def text_of(rows: Iterable[Row], columns: Iterable[str] = COLUMNS) -> str:
    """A file's text; what a row does not give is blank."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(path: Path, rows: Iterable[Row], columns: Iterable[str] = COLUMNS) -> Path:
    """A file in the published format."""
    path.write_text(text_of(rows, columns), encoding="utf-8")
    return path


def some_reports() -> list[Row]:
    """Six reports as a file has them, the newest first."""
    return [
        a_report(source="kpszsu/posts/e"),
        a_report(
            source="kpszsu/posts/e", model="Iskander-M", launched="2.0", destroyed="1.0", not_reach_goal=""
        ),
        a_report(
            source="kpszsu/posts/d",
            time_start="2025-05-01 22:00",
            time_end="2025-05-02 08:00",
            launched="50.0",
            destroyed="30.0",
            not_reach_goal="15.0",
        ),
        a_report(
            source="PvKPivden/posts/c",
            time_start="2025-05-01",
            time_end="2025-05-01",
            model="Orlan-10",
            launched="1.0",
            destroyed="1.0",
            not_reach_goal="",
            target="Made oblast",
        ),
        a_report(
            source="PvKPivden/posts/c",
            time_start="2025-05-01",
            time_end="2025-05-01",
            model="Orlan-10",
            launched="1.0",
            destroyed="1.0",
            not_reach_goal="",
            target="Other oblast",
        ),
        a_report(
            source="kpszsu/posts/b",
            time_start="2025-04-29 3:30",
            time_end="2025-04-29 07:00",
            model="X-101/X-555 and Kalibr",
            launched="20.0",
            destroyed="18.0",
            not_reach_goal="",
        ),
    ]


def reports(rows: Iterable[Row]) -> Reports:
    """The reports of a made file."""
    good, aside = understand(parse_table(text_of(rows), "made.csv"))
    assert not aside
    return reports_of(good)


def understood(**fields: object) -> Report:
    """One made row, as understood."""
    good, aside = understand(parse_table(text_of([a_report(**fields)]), "made.csv"))
    assert not aside, aside
    ((_, _, found),) = good
    return found


def refused(**fields: object) -> str:
    """Why a made row is set aside: column and reason."""
    good, aside = understand(parse_table(text_of([a_report(**fields)]), "made.csv"))
    assert not good
    ((found),) = aside
    return f"{found.column}: {found.reason}"
