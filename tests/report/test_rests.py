"""What differences rest on, as tables: decisions in words, families with the rest last, numbers at both ends."""

from __future__ import annotations

from typing import Any

import pytest

from skypact.catalog import load_catalog
from skypact.report.material import Material
from skypact.report.section import Shown
from skypact.report.sections import by_decision, by_family, by_number, full
from skypact.report.table import Number, Table, Words
from skypact.report.tables import full as tables
from skypact.report.tables import rests
from skypact.scenario.load import load_scenario
from tests.report.test_terminal import expect_whole, on_terminal

UKRAINE = load_scenario("ukraine-2024-08-26")


def act(mean: float, adds: list[str], lifts: list[str]) -> dict[str, Any]:
    return {"mean": mean, "se": 0.1, "p05": mean - 1, "p95": mean + 1, "adds": adds, "lifts": lifts}


PARTS: dict[str, Any] = {
    "by_decision": {
        "sky-shield for nato-refuses": act(-3.0, ["sky-shield"], ["nato-refuses"]),
        "sky-shield-tracks": act(-1.0, ["sky-shield-tracks"], []),
    },
    "by_decision_over": {"sets": 8, "orders": None},
    "rests_on": [
        {"family": "detection", "share": 0.52, "low": 0.41, "high": 0.63},
        {"family": "stock", "share": 0.01, "low": 0.0, "high": 0.05},
        {"family": None, "share": 0.4, "low": 0.3, "high": 0.6},
    ],
    "by_number": [
        {
            "name": "sensors.long-range-radar.p_detect.drone",
            "title": "Long-range radar: chance that one look finds the threat against drones",
            "value": 0.95,
            "low": 0.85,
            "high": 1.0,
            "kind": "notional",
            "correlation": 0.7,
            "beyond_chance": True,
            "at_low": {"mean": -5.0, "se": 0.1},
            "at_high": {"mean": 0.5, "se": 0.1},
            "flips": True,
        }
    ],
    "by_number_over": {"replications": 2000},
}


def material(parts: dict[str, Any]) -> Material:
    run = {"leakers": {"mean": 20.0}, "by_class": {}}
    change = {"policy": "sky-shield", "baseline": "status-quo", "leakers": {"mean": -4.0, "se": 0.1, **parts}}
    comparison = {
        "baseline": "status-quo",
        "policies": {"status-quo": run, "sky-shield": run},
        "differences": [change],
    }
    return Material(UKRAINE, load_catalog(), comparison)


def cells(table: Table | None, column: int) -> list[str]:
    assert table is not None
    return [cell.text for row in table.rows if isinstance(cell := row[column], Words)]


def test_decisions_are_in_words_and_typed_by_name() -> None:
    table = rests.by_decision(material(PARTS))
    assert cells(table, 1) == [UKRAINE.decisions[name].title for name in ("sky-shield", "sky-shield-tracks")]
    assert table is not None
    assert table.rows[0][1].note == f"in place of: {UKRAINE.decisions['nato-refuses'].title}"
    assert table.rows[0][2] == Number(-3.0, -4.0, -2.0)
    assert "8 draws" in table.note
    shown = on_terminal(table, 100)
    assert "sky-shield-tracks" in shown
    assert "−3.0" in shown or "-3.0" in shown


def test_a_decision_alone_needs_no_table() -> None:
    only = {**PARTS, "by_decision": {"sky-shield": PARTS["by_decision"]["sky-shield-tracks"]}}
    assert rests.by_decision(material(only)) is None


def test_a_lifted_decision_is_called_lifted() -> None:
    parts = {
        **PARTS,
        "by_decision": {
            "without nato-refuses": act(-1.0, [], ["nato-refuses"]),
            "b": act(1.0, ["sky-shield"], []),
        },
    }
    assert cells(rests.by_decision(material(parts)), 1)[0].startswith("Lifted: NATO will not")


def test_families_are_in_words_small_ones_left_out_and_the_rest_last() -> None:
    found = cells(rests.by_family(material(PARTS)), 1)
    assert found[-1] == "The rest"
    assert len(found) == 2
    assert found[0].startswith("Detection")
    alone = rests.by_family(material({**PARTS, "rests_on": PARTS["rests_on"][1:]}))
    assert cells(alone, 1) == ["No single family of numbers stands out"]


def test_numbers_have_both_ends_and_say_when_the_sign_turns() -> None:
    table = rests.by_number(material(PARTS))
    assert table is not None
    (row,) = table.rows
    assert row[1].mark == "notional"
    assert row[1].text.startswith("Long-range radar: chance")
    assert row[1].code == "sensors.long-range-radar.p_detect.drone"
    assert "0.85 to 1" in row[1].note
    assert (row[2].value, row[3].value) == (-5.0, 0.5)
    assert row[4] == Words("sign turns")


def test_without_drawn_sets_there_is_nothing_to_show() -> None:
    empty = material({})
    for module in (by_decision, by_family, by_number):
        assert module.section(empty) is None
        assert module.section(material(PARTS)) is not None


def change(mean: float) -> dict[str, Any]:
    return {"mean": mean, "se": 0.1, "p05": mean - 1, "p95": mean + 1}


INDEX = {"value": 0.6, "low": 0.4, "high": 0.8}
FULL: dict[str, Any] = {
    "sobol": {
        "samples": 32,
        "policies": {"sky-shield": [{"family": "detection", "first": INDEX, "total": INDEX}]},
    },
    "correlations": [{"correlation": at, "leakers": {"sky-shield": change(-at)}} for at in (0.0, 0.5, 0.9)],
    "placements": [
        {"placement": name, "order": ["sky-shield"], "leakers": {"sky-shield": change(-1.0)}}
        for name in ("stated rule", "kharkiv-dnipro", "lviv-odesa")
    ],
}


def test_a_report_in_full_says_what_other_assumptions_give() -> None:
    asked = material(PARTS)
    asked.comparison.update(full=FULL, correlation=0.5)
    section = full.section(asked)
    assert section is not None
    sobol, correlations, placements = (block.table for block in section.blocks if isinstance(block, Shown))
    assert sobol.rows[0][2] == Number(0.6, 0.4, 0.8)
    assert [column.head for column in correlations.columns][1:] == [
        "Correlation 0",
        "Correlation 0.5, as stated",
        "Correlation 0.9",
    ]
    assert [column.head for column in placements.columns][2:] == ["Kharkiv and Dnipro", "Lviv and Odesa"]
    assert placements.rows[0][1].note == "place 1"
    assert full.section(material(PARTS)) is None


@pytest.mark.parametrize("width", [40, 80, 132])
def test_every_number_and_word_is_printed_whole(width: int) -> None:
    asked = material(PARTS)
    asked.comparison.update(full=FULL, correlation=0.5)
    made = (rests.by_decision, rests.by_family, rests.by_number)
    others = (tables.sobol, tables.correlations, tables.placements)
    for make in (*made, *others):
        table = make(asked)
        assert table is not None
        expect_whole(table, width)
