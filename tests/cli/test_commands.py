"""The commands as a user runs them: what they print, what they write, how they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from skypact.catalog import load_catalog
from skypact.reading import read_document
from tests.cli.forked import run as skypact

SHIPPED = Path(__file__).parents[2] / "src" / "skypact" / "scenario" / "shipped"
UKRAINE = "ukraine-2024-08-26"


def document(*arguments: str | Path) -> Any:
    done = skypact(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_times(one) for key, one in value.items() if key != "elapsed_s"}
    return [without_times(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def compared() -> Any:
    policies = "status-quo,neighbours-drones-70km,joint-as-over-israel"
    return document("compare", UKRAINE, "--policies", policies, "--central", "--replications", "600")


def test_compare_gives_the_document_of_the_design(compared: Any) -> None:
    one = compared["policies"]["status-quo"]
    assert {
        "skypact",
        "scenario",
        "policy",
        "seed",
        "replications",
        "launched",
        "leakers",
        "failed",
        "kills",
    } <= set(one)
    assert {"mean", "sd", "se", "p05", "p50", "p95"} <= set(one["leakers"])
    for result in compared["policies"].values():
        total = sum(result[name]["mean"] for name in ("leakers", "failed", "kills"))
        assert total == pytest.approx(result["launched"])
        assert sum(row["launched"] for row in result["by_class"].values()) == result["launched"] == 236
        rounds = sum(row["rounds"]["mean"] for row in result["by_owner"].values())
        assert rounds == pytest.approx(result["rounds"]["mean"])
        assert rounds == pytest.approx(sum(row["rounds"]["mean"] for row in result["by_unit"].values()))
    assert [row["policy"] for row in compared["differences"]] == [
        "neighbours-drones-70km",
        "joint-as-over-israel",
    ]
    for row in compared["differences"]:
        assert row["baseline"] == "status-quo"
        mean = compared["policies"][row["policy"]]["leakers"]["mean"] - one["leakers"]["mean"]
        assert row["leakers"]["mean"] == pytest.approx(mean)
        low, high = row["leakers"]["ci95"]
        assert low <= row["leakers"]["mean"] <= high


def test_allied_rounds_are_none_alone_and_for_drones_only_in_the_zone(compared: Any) -> None:
    allies = {"POL", "ROU", "USA", "FRA"}

    def rounds(policy: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for owner, row in compared["policies"][policy]["by_owner"].items():
            if owner in allies:
                for name, one in row["by_class"].items():
                    found[name] = found.get(name, 0.0) + one["rounds"]["mean"]
        return found

    assert sum(rounds("status-quo").values()) == 0
    zone = rounds("neighbours-drones-70km")
    assert zone["drone"] > 0
    assert sum(zone.values()) == zone["drone"]


def test_threads_do_not_matter_and_a_replication_is_the_same_in_any_number() -> None:
    alone = document("run", UKRAINE, "--central", "--replications", "300", "--threads", "1")
    together = document("run", UKRAINE, "--central", "--replications", "300", "--threads", "2")
    assert without_times(alone) == without_times(together)


def test_compiled_and_simulated_is_run(tmp_path: Path) -> None:
    raid = tmp_path / "raid.json"
    compiled = skypact("compile", UKRAINE, "--policy", "status-quo")
    assert compiled.returncode == 0, compiled.stderr
    raid.write_text(compiled.stdout, encoding="utf-8")
    simulated = document("simulate", raid, "--replications", "300")
    run = document("run", UKRAINE, "--central", "--replications", "300")
    # Why somebody changed nothing, and what is counted beside a run, is not in what is played of a raid file.
    for told in (simulated, run):
        told.pop("idle", None)
        told.pop("no_window_why", None)
        told.pop("stock_over_time", None)
    assert without_times(simulated) == without_times(run)


@pytest.mark.parametrize(
    ("policy", "unit", "threat", "kind", "said"),
    [
        ("status-quo", "usa-patriot-gem-t", "drone", "no permission", "“NATO will not become part"),
        ("status-quo", "ukr-patriot-mse", "drone", "class not engaged", "drones-left-to-guns"),
        ("neighbours-drones-70km", "usa-patriot-gem-t", "drone", "too deep", "km beyond the area"),
        ("neighbours-all-70km", "usa-patriot-gem-t", "cruise", "geometry", "horizon"),
        ("status-quo", "allied-fighter", "cruise", "not there", "joint-as-over-israel"),
        ("sky-shield", "allied-fighter", "cruise", "window", "can engage"),
    ],
)
def test_explain_gives_the_kind_of_reason(
    policy: str, unit: str, threat: str, kind: str, said: str, shallow: Path
) -> None:
    scenario = str(shallow) if kind == "too deep" else UKRAINE
    answer = document("explain", scenario, "--policy", policy, "--unit", unit, "--threat", threat)
    assert answer["kind"] == kind
    assert any(said in line for line in answer["lines"])
    if kind in ("no permission", "too deep"):
        rules = [row for row in answer["because"] if row["action"] == "engage"]
        assert any(row.get("date") and row["sources"][0]["publisher"] for row in rules)


@pytest.fixture(scope="module")
def shallow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario with a zone of 5 km instead of 70 km."""

    def narrow(data: dict[str, Any]) -> None:
        (rule,) = [r for r in data["decisions"]["zone-70km-drones"]["adds"] if r["action"] == "engage"]
        rule["over"][0]["within"][0]["km"] = {
            "value": 5,
            "kind": "notional",
            "note": "an example for the test",
        }

    return _changed(tmp_path_factory.mktemp("shallow") / "shallow.yaml", narrow)


def _changed(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    data = read_document(SHIPPED / f"{UKRAINE}.yaml").data
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_fewer_interceptors_let_more_through(tmp_path: Path) -> None:
    """A copied scenario without its mobile groups and S-300 has more leakers: paired, far beyond chance."""

    def weaken(data: dict[str, Any]) -> None:
        data["laydown"] = [e for e in data["laydown"] if e["system"] not in ("mobile-fire-group", "s-300ps")]

    weak = document(
        "run",
        _changed(tmp_path / "weak.yaml", weaken),
        "--policy",
        "status-quo",
        "--central",
        "--replications",
        "200",
    )
    strong = document("run", UKRAINE, "--central", "--replications", "200")
    assert weak["leakers"]["mean"] - strong["leakers"]["mean"] > 5 * (
        weak["leakers"]["se"] + strong["leakers"]["se"]
    )


def test_halving_a_kill_probability_lets_more_through(tmp_path: Path) -> None:
    """A copied scenario with half of one kill probability: more arrive, with the same luck."""
    value = load_catalog().effectors["arrow-3"].against["ballistic-medium"].p_kill.value
    data = read_document(SHIPPED / "israel-2024-04-13.yaml").data
    own = {"value": value / 2, "kind": "notional", "note": "half, for the test"}
    data["numbers"] = {"effectors.arrow-3.against.ballistic-medium.p_kill": own}
    copy = tmp_path / "half.yaml"
    copy.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    half = document("run", copy, "--policy", "as-happened", "--central", "--replications", "300")
    whole = document("run", "israel-2024-04-13", "--central", "--replications", "300")
    assert half["leakers"]["mean"] - whole["leakers"]["mean"] > 5 * half["leakers"]["se"]
    kills = [one["by_system"]["arrow-3"]["kills"]["mean"] for one in (half, whole)]
    assert kills[0] < 0.75 * kills[1]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("effectors.buk-m1.against.drone.p_kill", 1.5, "between 0 and 1"),
        ("effectors.buk-m2.against.drone.p_kill", 0.5, "buk-m1"),
        ("effectors.buk-m1.against", 0.5, "no number of this name"),
    ],
)
def test_a_number_of_ones_own_must_exist_and_be_possible(
    tmp_path: Path, name: str, value: float, said: str
) -> None:
    def give(data: dict[str, Any]) -> None:
        data["numbers"] = {name: {"value": value, "kind": "notional", "note": "an example"}}

    done = skypact("check", _changed(tmp_path / "own.yaml", give))
    assert done.returncode == 2
    assert said in done.stderr


def test_bad_input_is_one_line_a_problem_and_status_2(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.touch()
    cases = [
        (["run", "ukrain-2024-08-26"], "ukraine-2024-08-26"),
        (["run", UKRAINE, "--policy", "sky-sheld"], "sky-shield"),
        (["compare", UKRAINE, "--policies", "status-quo,nonsense"], "unknown policy"),
        (["explain", UKRAINE, "--unit", "gepardo", "--threat", "drone"], "gepard"),
        (["explain", UKRAINE, "--unit", "gepard", "--threat", "dron"], "drone"),
        (["check", str(mine.with_suffix(".yml"))], f"did you mean the file {mine}?"),
        (["simulate", str(mine.with_suffix(".json"))], f"no such file (did you mean {mine}?)"),
        (["simulate", str(tmp_path)], "directory"),
        (["simulate", str(tmp_path / "none.json")], "no such file"),
        (["run", UKRAINE, "--central", "--replications", "0"], "replications"),
        (["landscapes", UKRAINE, str(Path(__file__).parents[1] / "scenario" / "small.yaml")], "landscape"),
        (["report", UKRAINE, "--output", str(tmp_path)], "directory"),
    ]
    for arguments, said in cases:
        done = skypact(*arguments)
        assert done.returncode == 2, (arguments, done.stderr)
        assert said in done.stderr, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


def test_export_keeps_what_a_user_made(tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    assert skypact("export", UKRAINE, "--output", target).returncode == 0
    target.write_text("mine", encoding="utf-8")
    again = skypact("export", UKRAINE, "--output", target)
    assert again.returncode == 2
    assert "choose another name, or remove that file first" in again.stderr
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_report_replaces_a_file_only_where_it_is_told_to(tmp_path: Path) -> None:
    small = Path(__file__).parents[1] / "scenario" / "small.yaml"
    target = tmp_path / "small.html"
    target.write_text("mine", encoding="utf-8")
    done = skypact("report", small, "--central", "--replications", "20", cwd=tmp_path)
    assert done.returncode == 2
    assert "--output" in done.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    done = skypact("report", small, "--central", "--replications", "20", "--output", target)
    assert done.returncode == 0
    assert done.stdout.startswith("Replaced: ")


def test_an_exported_scenario_checks_and_runs_as_the_shipped_one(tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    skypact("export", UKRAINE, "--output", target)
    assert skypact("check", target).returncode == 0
    mine = without_times(document("run", target, "--central", "--replications", "50"))
    assert mine == without_times(document("run", UKRAINE, "--central", "--replications", "50"))


def test_help_shows_an_example_for_every_command() -> None:
    listed = skypact("--help").stdout
    names = [line.split()[0] for line in listed.split("Commands:")[1].splitlines() if line.strip()]
    assert {"list", "check", "run", "compare", "explain", "simulate", "compile", "export", "report"} <= set(
        names
    )
    for name in names:
        assert "Example" in skypact(name, "--help").stdout, name


def test_only_the_document_is_on_stdout() -> None:
    done = skypact("run", UKRAINE, "--central", "--replications", "20", "--json")
    assert json.loads(done.stdout)["scenario"] == UKRAINE
