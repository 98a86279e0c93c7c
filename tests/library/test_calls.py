"""The library as people call it: typed results, JSON as the command line gives it, frames, errors."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

import skypact
from skypact.study.schema import results_schema
from skypact.study.two_files import differing

UKRAINE, ISRAEL = "ukraine-2024-08-26", "israel-2024-04-13"
AID, FIRE = "lethal-aid-2021-10", "hranitne-2021-10-26"
SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


@cache
def compared(name: str) -> skypact.Comparison:
    return skypact.compare(name, central=True, replications=60, seed=3)


@cache
def drawn() -> skypact.Comparison:
    return skypact.compare(SMALL, replications=30, sets=3, seed=3)


def valid(kind: str, document: Any) -> None:
    """The document is JSON, and the published schema describes it."""
    schema = {"$ref": f"#/$defs/{kind}", "$defs": results_schema()["$defs"]}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(document, allow_nan=False)))


def test_the_published_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(results_schema())


@pytest.mark.parametrize("name", [UKRAINE, FIRE])
def test_a_comparison_is_typed_and_its_document_is_described(name: str) -> None:
    found = compared(name)
    valid("compare", found.to_dict())
    result = found.policies[found.baseline]
    assert isinstance(result, skypact.study.PolicyResult)  # type: ignore[attr-defined]
    assert isinstance(result.leakers, skypact.Estimate)
    assert result.leakers.mean == found.to_dict()["policies"][found.baseline]["leakers"]["mean"]
    assert all(isinstance(change.leakers, skypact.Change) for change in found.differences)


def test_drawn_numbers_are_described_too() -> None:
    valid("compare", drawn().to_dict())
    assert drawn().drawn is not None
    valid("run", skypact.run(SMALL, replications=5, sets=2).to_dict())


def test_measures_are_attributes_and_entries() -> None:
    result = compared(UKRAINE).policies["status-quo"]
    assert result.by_class["drone"].kills is result.by_class["drone"]["kills"]
    assert "leakers" in dir(result.by_class["drone"])
    with pytest.raises(AttributeError, match="there is"):
        _ = result.by_class["drone"].leekers


@pytest.mark.parametrize("name", [UKRAINE, FIRE])
def test_a_frame_has_a_row_for_each_number_with_its_unit(name: str) -> None:
    found = compared(name)
    frame = found.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert frame["unit"].str.len().gt(0).all()
    key = ["policy", "baseline", "measure", "by", "of"]
    assert not frame.duplicated(key).any()
    here = frame[(frame.policy == found.baseline) & (frame.measure == "leakers") & (frame.by == "")]
    assert here["mean"].item() == found.policies[found.baseline].leakers.mean
    changes = frame[frame.baseline.notna() & (frame.measure == "leakers") & (frame.by == "")]
    assert changes["mean"].tolist() == [change.leakers.mean for change in found.differences]


def test_a_run_is_the_policy_of_a_comparison() -> None:
    result = skypact.run(UKRAINE, "sky-shield", central=True, replications=60, seed=3)
    assert result.measures == compared(UKRAINE).policies["sky-shield"].measures
    valid("run", result.to_dict())
    assert len(result.to_frame()) > 100
    assert "arrive" in repr(result)


def test_a_raid_file_is_simulated(tmp_path: Path) -> None:
    raid = {"format": "skypact-raid/2", "threats": [{"id": "t0", "class": "cruise", "impact_s": 3600}]}
    for given in (raid, tmp_path / "raid.json"):
        if isinstance(given, Path):
            given.write_text(json.dumps(raid))
        found = skypact.simulate(given, replications=5)
        assert found.leakers.mean == 1.0
        valid("run", found.to_dict())
    with pytest.raises(skypact.Problems, match="raid file alone"):
        found.report(tmp_path / "x.html")


def test_explanations_are_told_in_words() -> None:
    (why,) = skypact.explain(UKRAINE, "status-quo", unit="usa-patriot-gem-t", threat="drone")
    assert why.document["verdict"] == "cannot engage"
    assert "annot engage" in repr(why)
    transfers = skypact.explain(AID, donor="USA", recipient="UKR", system="javelin")
    assert len(transfers) > 1
    (steps,) = skypact.explain(FIRE)
    assert steps.kind == "steps"
    valid("explain", why.to_dict())


def test_aid_on_a_day_and_over_a_time() -> None:
    table = skypact.aid(AID, day="2021-10-26")
    valid("aid", table.to_dict())
    assert len(table.to_frame()) == len(table) == len(table.to_dict())
    changes = skypact.aid(AID, since="2021-04-01", until="2022-03-01")
    valid("aid", changes.to_dict())
    assert len(changes) > len(table)
    for wrong in (
        {"since": "2021-04-01"},
        {"since": "2022-01-01", "until": "2021-01-01"},
        {"day": "2021-13-01"},
    ):
        with pytest.raises(skypact.Problems):
            skypact.aid(AID, **wrong)


def test_landscapes_and_ledger() -> None:
    both = skypact.landscapes(UKRAINE, ISRAEL, replications=20)
    valid("landscapes", both.to_dict())
    assert list(both.to_frame().columns) == ["what", "unit", UKRAINE, ISRAEL, "note"]
    valid("ledger", skypact.ledger(FIRE).to_dict())


def test_two_files_are_compared(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL.read_text().replace("hold: {value: 8", "hold: {value: 0"))
    found = skypact.compare_files(SMALL, mine, central=True, replications=50)
    valid("compare-files", found.to_dict())
    assert [field["path"] for field in found.fields] == ["doctrine.patriot-waits.hold.value"]
    assert found.fields[0]["values"] == [8, 0]
    assert set(found.differences) == {"alone"}
    (said,) = found.lines()
    assert said.startswith(f"“alone”, {mine} against {SMALL}: ")
    ranged = skypact.compare_files(SMALL, mine, sets=2, replications=10)
    first = next(row for row in ranged.tables()[1].rows if row[1].text == "Arrive, threats")[2]
    whole = ranged.to_dict()["policies"]["alone"]["results"][0]["leakers"]
    assert (first.low, first.high) == (whole["p05"], whole["p95"])
    assert len(found.to_frame()) > 10


def test_the_same_file_twice_differs_in_nothing() -> None:
    found = skypact.compare_files(SMALL, SMALL, ["alone", "helped"], central=True, replications=50)
    assert found.fields == ()
    assert all(change.leakers.mean == 0 for change in found.differences.values())


def test_a_scenario_is_a_name_a_path_a_text_or_itself() -> None:
    text = SMALL.read_text()
    scenarios = [skypact.load(one) for one in (SMALL, str(SMALL), text)]
    assert {one.id for one in scenarios} == {"small"}
    assert skypact.load(scenarios[0]) is scenarios[0]
    assert "alone" in scenarios[0]._repr_html_()


def test_a_mistyped_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(skypact.Problems, match=UKRAINE) as caught:
        skypact.load("ukrane-2024-08-26")
    assert len(caught.value.problems) == 1


def test_errors_carry_every_problem_and_no_flag() -> None:
    with pytest.raises(skypact.Problems) as caught:
        skypact.compare(SMALL, ["alon", "helpd"])
    assert len(caught.value.problems) == 2
    wrong = [
        lambda: skypact.compare(SMALL, ["alon"]),
        lambda: skypact.run(SMALL, "alon"),
        lambda: skypact.explain(UKRAINE, unit="nobody", threat="drone"),
        lambda: skypact.explain(UKRAINE, unit="usa-patriot-gem-t", threat="nothing"),
        lambda: skypact.explain(UKRAINE),
        lambda: skypact.explain(AID, donor="FRA"),
        lambda: skypact.aid(AID, "nothing"),
    ]
    for call in wrong:
        with pytest.raises(skypact.Problems) as caught:
            call()
        assert "--" not in str(caught.value)


def test_check_gives_problems_and_raises_nothing() -> None:
    assert skypact.check(SMALL) == ()
    problems = skypact.check(SMALL.read_text().replace("owner: POL", "owner: PLO"))
    assert [(p.line > 0, p.level) for p in problems] == [(True, "error")]
    assert skypact.check("no-such-file.yaml")[0].level == "error"


def test_the_baseline_can_be_chosen() -> None:
    found = skypact.compare(SMALL, baseline="helped", central=True, replications=20)
    assert found.baseline == "helped"
    assert [change.policy for change in found.differences] == ["alone"]


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, float]] = []
    skypact.run(SMALL, central=True, replications=20, progress=lambda what, share: told.append((what, share)))
    assert ("playing", 1.0) in told


def test_policies_of_two_files_are_paired_by_name_or_as_asked(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    text = SMALL.read_text().replace(
        "\nbaseline: alone",
        "  other:\n    title: Other\n    summary: Mine.\n    decisions: [help-70km]\n\nbaseline: alone",
    )
    mine.write_text(text)
    found = skypact.compare_files(SMALL, mine, ["alone:other"], central=True, replications=50)
    assert list(found.results) == ["alone:other"]
    assert [result.policy for result in found.results["alone:other"]] == ["alone", "other"]
    assert [field["path"] for field in found.fields] == ["policies.other"]
    with pytest.raises(skypact.Problems, match="only the other file has it; write FIRST:SECOND"):
        skypact.compare_files(SMALL, mine, ["other"], central=True, replications=50)


def test_an_added_entry_is_one_row_under_its_name() -> None:
    own = Path(__file__).parents[1] / "scenario" / "own_systems.yaml"
    scenario = skypact.load(own)
    without = scenario.data.model_copy(update={"catalog": None})
    paths = {one["path"] for one in differing(without, scenario.data)}
    assert "catalog.effectors.thaad" in paths
    assert "catalog.threats.fattah-1" in paths


@pytest.mark.parametrize(
    "wrong",
    [
        {"replications": 0},
        {"replications": -1},
        {"replications": 2.5},
        {"seed": -1},
        {"threads": 0},
        {"sets": 1},
    ],
)
def test_impossible_settings_are_problems(wrong: dict[str, Any]) -> None:
    with pytest.raises(skypact.Problems, match=next(iter(wrong))):
        skypact.run(SMALL, **{"replications": 10, **wrong})
