"""Numbers are drawn by default: the document of the design, and the range first on every screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from skypact.cli.commands import skypact

SMALL = str(Path(__file__).parents[1] / "scenario" / "small.yaml")
FEW = ("--sets", "4", "--replications", "10", "--threads", "1")


def output(*arguments: str) -> str:
    found = CliRunner().invoke(skypact, list(arguments), catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


def document(*arguments: str) -> Any:
    return json.loads(output(*arguments, "--json"))


@pytest.fixture(scope="module")
def compared() -> Any:
    return document("compare", SMALL, *FEW)


def test_the_document_of_the_design(compared: Any) -> None:
    assert (compared["sets"], compared["replications"]) == (4, 10)
    for run in compared["policies"].values():
        assert (run["sets"], run["replications"]) == (4, 10)
        assert {"mean", "sd", "se", "p05", "p50", "p95", "central", "variance"} <= set(run["leakers"])
        assert set(run["leakers"]["variance"]) == {"chance", "ignorance"}
        total = sum(run[name]["mean"] for name in ("leakers", "failed", "kills"))
        assert total == pytest.approx(run["launched"])
    (difference,) = compared["differences"]
    leakers = difference["leakers"]
    assert {"mean", "se", "p05", "p50", "p95", "central", "same_sign"} <= set(leakers)
    assert set(leakers["same_sign"]) == {"share", "low", "high"}
    assert "ci95" not in leakers
    means = [compared["policies"][difference[who]]["leakers"]["mean"] for who in ("policy", "baseline")]
    assert leakers["mean"] == pytest.approx(means[0] - means[1])
    assert "uncertain" not in compared


def test_every_measure_has_its_range_over_the_sets(compared: Any) -> None:
    """Not only what people read first: by class, owner, system and unit as well."""
    run = compared["policies"]["helped"]
    asked = [run[name] for name in ("rounds", "cost_usd", "kills", "failed", "engagements")]
    for name in ("by_class", "by_owner", "by_system", "by_unit"):
        asked += [
            part
            for row in run[name].values()
            for part in row.values()
            if isinstance(part, dict) and "mean" in part
        ]
    assert len(asked) > 50
    for one in asked:
        assert {"mean", "sd", "se", "p05", "p50", "p95", "central", "variance"} <= set(one)


def test_with_central_values_alone_there_are_no_sets() -> None:
    found = document("compare", SMALL, "--central", "--replications", "20")
    assert "sets" not in found
    for run in found["policies"].values():
        assert "sets" not in run
        assert not {"central", "variance"} & set(run["leakers"])
    assert set(found["differences"][0]["leakers"]) == {"mean", "se", "ci95"}


def test_two_files_meet_the_same_sets() -> None:
    found = document("compare", SMALL, SMALL, *FEW)
    (policy,) = found["policies"].values()
    first, second = policy["results"]
    assert found["sets"] == 4
    assert first["leakers"] == second["leakers"]
    assert policy["difference"]["leakers"]["mean"] == 0


@pytest.mark.parametrize("sets", [2, 3, 7])
def test_any_number_of_sets_is_answered(sets: int) -> None:
    found = document("run", SMALL, "--sets", str(sets), "--replications", "2", "--threads", "1")
    assert found["sets"] == sets


def test_the_range_stands_first_and_simulation_error_is_called_that() -> None:
    said = " ".join(output("compare", SMALL, *FEW).split())
    assert "nine results of ten, chance and unknown numbers together" in said
    assert "the model cannot tell" in said or "in all 4 of 4 draws" not in said
    assert said.index("unknown numbers") < said.index("Simulation")


def test_run_and_compare_show_the_rest_with_long() -> None:
    brief = output("run", SMALL, *FEW)
    assert "Why threats arrive" not in brief.rpartition("--long adds")[0]
    assert f"'skypact report {SMALL}' writes a page" in brief.splitlines()[-1]
    assert "\nWhy threats arrive\n" in output("run", SMALL, "--long", *FEW)
    assert "\nWhy threats arrive, by policy\n" in output("compare", SMALL, "--long", *FEW)


def test_a_policy_meets_the_same_sets_whoever_it_is_compared_with(compared: Any) -> None:
    alone = document("run", SMALL, "--policy", "helped", *FEW)
    for name in ("leakers", "rounds", "cost_usd"):
        assert alone[name] == compared["policies"]["helped"][name]
