"""A scenario brings systems of its own, and everything works with them as with the catalogue's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from skypact.catalog import load_catalog
from skypact.cli.commands import skypact
from skypact.library.calls import compare
from skypact.scenario.load import load_scenario
from skypact.scenario.systems import catalog_of
from skypact.study.check import check_scenario

FILE = Path(__file__).with_name("own_systems.yaml")
TEXT = FILE.read_text(encoding="utf-8")
QUICK = ("--replications", "200", "--threads", "1")


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(skypact, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(*arguments, "--json").stdout)
    return found


def test_the_file_is_right() -> None:
    assert [str(problem) for problem in check_scenario(FILE)] == []


def test_the_catalogue_of_a_scenario_has_both() -> None:
    found = catalog_of(load_scenario(FILE))
    assert found.threats["fattah-1"].threat_class == "ballistic-medium"
    assert found.effectors["thaad"].against["ballistic-medium"].p_kill.value == 0.6, "numbers laid over"
    assert found.sensors.keys() - load_catalog().sensors.keys() == {"thaad-radar"}
    assert "nasams" in found.effectors
    assert "thaad" not in load_catalog().effectors


def test_the_new_battery_meets_the_new_missile() -> None:
    found = document("compare", str(FILE), "--central", *QUICK)
    without, with_it = found["policies"]["without"], found["policies"]["with"]
    assert without["kills"]["mean"] == 0
    assert with_it["kills"]["mean"] > 2
    assert set(with_it["by_system"]) >= {"thaad"}


def test_uncertain_numbers_of_own_systems_are_drawn() -> None:
    found = compare(FILE, ["with"], sets=2, replications=5).drawn
    assert found is not None
    names = set(found.draws[0].values)
    assert "effectors.thaad.against.ballistic-medium.p_kill" in names
    assert "threats.fattah-1.reliability" in names


def test_explain_compile_and_simulate(tmp_path: Path) -> None:
    said = call("explain", str(FILE), "--policy", "with", "--unit", "usa-thaad", "--threat", "fattah-1")
    assert "THAAD" in said.output
    raid = tmp_path / "raid.json"
    call("compile", str(FILE), "--policy", "with", "--output", str(raid))
    assert "thaad" in raid.read_text(encoding="utf-8")
    call("simulate", str(raid), *QUICK)


def test_the_report_names_and_lists_them(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    call("report", str(FILE), "--output", str(page), "--central", *QUICK)
    text = page.read_text(encoding="utf-8").partition("<script")[0]  # the record holds the whole file
    assert re.search(r"THAAD: \d+ entries", text)
    assert re.search(r"Fattah-1: \d+ entries", text)
    assert "No combat record is public" not in text, "its number is another one in this scenario"
    assert "Numbers may be laid over own systems too." in text


@pytest.mark.parametrize(
    ("old", "new", "field", "what"),
    [
        ("    fattah-1:\n", "    kinzhal:\n", "catalog.threats.kinzhal", "has a system called 'kinzhal' already"),
        ("    thaad:\n", "    geran-2:\n", "catalog.effectors.geran-2", "has a system called 'geran-2' already"),
        ("    thaad-radar:\n", "    thaad:\n", "catalog.sensors.thaad", "this file has a system called 'thaad'"),
        ("      threat: fattah-1", "      threat: emad", "catalog.threats.fattah-1", "nothing in this file uses"),
        ("      threat: fattah-1", "      threat: fatah-1", "raid.waves[0].threat", "unknown threat"),
        ("class: ballistic-medium", "class: balistic", "catalog.threats.fattah-1.class", "not one of the choices"),
        ("sources: [report]}\n      reserve", "sources: [repport]}\n      reserve",
         "catalog.effectors.thaad.ready.sources[0]", "unknown source 'repport'"),
        ("channels: {value: 6, low: 4, high: 12, kind: notional, note: \"No number is published.\"}",
         "channels: {value: 6, low: 4, high: 12, kind: notional}",
         "catalog.effectors.thaad.channels", "a notional number without a reason"),
        ("max_altitude_m: {value: 150000", "max_altitude_m: {value: 150",
         "catalog.effectors.thaad.against.ballistic-medium.max_altitude_m.value", "150 is impossible"),
        ("  effectors.thaad.against.ballistic-medium.p_kill:", "  effectors.thaad.against.drone.p_kill:",
         "numbers.effectors.thaad.against.drone.p_kill", "no number of this name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_line(old: str, new: str, field: str, what: str, tmp_path: Path) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    found = [one for one in check_scenario(file) if one.field == field and what in one.what]
    assert found, [str(one) for one in check_scenario(file)]
    mark = field.rsplit(".", 1)[-1].split("[")[0]
    at = text.splitlines()[found[0].line - 1]
    assert new.strip("\n").splitlines()[0].strip() in at or mark in at or "value" in field, at


def test_the_example_of_the_page_is_sound(tmp_path: Path) -> None:
    """The section of the page, put in place of the file's own, leaves no errors."""
    page = (Path(__file__).parents[2] / "docs" / "scenario-format.md").read_text(encoding="utf-8")
    section = next(block for block in re.findall(r"```yaml\n(.*?)```", page, flags=re.S) if "thaad" in block)
    start, end = TEXT.index("catalog:\n"), TEXT.index("  sensors:\n    thaad-radar")
    text = TEXT[:start] + section + TEXT[end:]
    text = text.replace("[announced]", "[report]").replace("[army]", "[report]").replace("isfahan: {name: Isfahan, lat: 32.7, lon: 51.7}", "isfahan: {name: West of Iran, lat: 34.3, lon: 47.1}")  # fmt: skip
    file = tmp_path / "page.yaml"
    file.write_text(text, encoding="utf-8")
    assert [str(one) for one in check_scenario(file)] == []
