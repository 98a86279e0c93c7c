"""The published JSON Schema and the reference are those of the models, and editors find the schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tools.publish_format import ROOT, published, raid_schema

from skypact.raid import parse_raid
from skypact.reading import read_document
from skypact.reading.publish import documentation, models
from skypact.scenario.load import SHIPPED, shipped
from skypact.scenario.model import Scenario
from skypact.scenario.schema import scenario_schema
from skypact.study.check import check_scenario
from tests.scenario.malformed import SMALL

GUIDE = ROOT / "docs" / "scenario-format.md"
PUBLISHED = ROOT / "schema" / "scenario.schema.json"
FILES = (SMALL, *(SHIPPED / f"{name}.yaml" for name in shipped()))

validator = jsonschema.Draft202012Validator(scenario_schema(), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("schema", [scenario_schema(), raid_schema()], ids=["scenario", "raid"])
def test_the_schema_is_valid(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_published_files_are_up_to_date() -> None:
    """If this fails: python tools/publish_format.py."""
    for path, text in published().items():
        assert path.read_text(encoding="utf-8") == text, path.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_good_scenario_fits_the_schema(file: Path) -> None:
    assert [error.message for error in validator.iter_errors(read_document(file).data)] == []


def test_the_schema_finds_what_is_wrong() -> None:
    data = read_document(SMALL).data
    data["laydown"][0]["sytem"] = data["laydown"][0].pop("system")
    data["rules"][0]["effect"] = "might"
    data["raid"]["waves"][0]["spacing_s"] = -1
    places = {tuple(error.absolute_path) for error in validator.iter_errors(data)}
    assert places == {("laydown", 0), ("rules", 0, "effect"), ("raid", "waves", 0, "spacing_s")}


def test_a_raid_file_fits_its_schema() -> None:
    """The example of the format, and the same with one mistake each."""
    raid: dict[str, Any] = {
        "format": "skypact-raid/2",
        "threats": [
            {"id": "t0", "class": "cruise", "impact_s": 3600.0, "priority": 2, "reliability": 0.95,
             "fails_s": None, "offset_s": [0, 600], "wave": "w1"}
        ],
        "units": [
            {"id": "u0", "owner": "UKR", "group": "ukr", "kind": "hard", "family": "semi-active",
             "availability": 0.9, "channels": 4, "ready": 16, "magazine": 16, "reserve": 32, "reload_at": 4,
             "reload_s": 1800, "salvo": 2, "assess_s": 5, "recover_s": 0, "rank": 1, "attempts": None}
        ],
        "looks": [
            {"id": "ukr/lviv/t0/1", "threat": "t0", "at_s": 1185, "delay_s": [5, 20], "p_detect": 0.8,
             "family": "radar", "susceptible": 0.95, "info": {"site": "lviv"}}
        ],
        "tracks": [{"id": "k0", "threat": "t0", "looks": ["ukr/lviv/t0/1"]}],
        "windows": [
            {"threat": "t0", "unit": "u0", "track": "k0", "opens_s": 1200, "closes_s": 1290,
             "flight_open_s": 31, "flight_close_s": 12, "p_acquire": 0.8, "p_kill": 0.7, "susceptible": 0.9,
             "salvo": 2, "rank": 1, "hold": 0}
        ],
        "concurrency": {"cruise": 1, "ballistic": {"ukr": 2}},
        "concurrency_late": {"cruise": 2},
        "info": {"note": "an example"},
    }  # fmt: skip
    check = jsonschema.Draft202012Validator(raid_schema())
    assert check.is_valid(raid)
    assert parse_raid(raid).tracks[0].looks == ("ukr/lviv/t0/1",)
    assert not check.is_valid({**raid, "format": "skypact-raid/1"})
    assert not check.is_valid({**raid, "concurrency_late": {"cruise": 0}})
    assert not check.is_valid({**raid, "tracks": [{**raid["tracks"][0], "looks": []}]})
    assert not check.is_valid({**raid, "concurrency": {"cruise": {"ukr": "two"}}})
    assert not check.is_valid({**raid, "threats": [{"id": "t0", "impact_s": 1}]})
    assert not check.is_valid({**raid, "units": [{**raid["units"][0], "radius_km": 3}]})
    assert "probability" in raid_schema()["$defs"]["WindowRow"]["properties"]["p_kill"]["description"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_editor_finds_the_schema(file: Path) -> None:
    """The first line names it as editors expect, by a path that exists from where the file is."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match
    assert (file.parent / match[1]).resolve() == PUBLISHED


def test_everything_is_described() -> None:
    """An editor shows what each kind of object is and what its less obvious fields mean."""
    for model in models(Scenario):
        about, fields = documentation(model)
        assert about.endswith("."), model
        assert all(text for text in fields.values()), model
    definitions = scenario_schema()["$defs"]
    assert definitions["Wave"]["properties"]["abreast_km"]["description"].startswith("Width of the front")
    assert "Either `spread`" in definitions["LaydownEntry"]["description"]


def test_the_page_names_every_part_of_a_file() -> None:
    parts = GUIDE.read_text(encoding="utf-8").partition("## The parts of a file")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", parts))
    structured = {
        name
        for name, field in scenario_schema()["properties"].items()
        if field.get("type") in ("array", "object")
    } | {"raid"}
    assert structured <= named


SHOWN: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("system: iris-t-slm", "system: iris-t"),
        ("radius_km:", "radius:"),
        ("aims: {lviv: 6, lutsk: 2}", "aims: {lviv: 5, lutsk: 2}"),
    ),
    (("radius_km: {value: 25", "radius_km: {value: 3000"),),
    (("radius_km: {value: 25", "radius_km: {value: 300"),),
)
"""The changes of the small file that make the lines that the page shows."""


def test_the_lines_that_the_page_shows_are_real(tmp_path: Path) -> None:
    said: set[str] = set()
    for changes in SHOWN:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "my-scenario.yaml"
        file.write_text(text, encoding="utf-8")
        said |= {str(problem).removeprefix(f"{tmp_path}/") for problem in check_scenario(file)}
    page = GUIDE.read_text(encoding="utf-8")
    shown = re.findall(r"^my-scenario\.yaml:.*$", page, flags=re.MULTILINE)
    assert len(shown) == 5
    assert set(shown) <= said, sorted(said)
