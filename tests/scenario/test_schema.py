"""The published JSON Schema and the reference are those of the models, and editors find the schema."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from skypact.reading import read_document
from skypact.scenario.check import check_scenario
from skypact.scenario.library import SHIPPED, shipped
from skypact.scenario.reference import with_reference
from skypact.scenario.schema import documentation, models, scenario_schema, schema_text
from tests.scenario.malformed import SMALL

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "schema" / "scenario.schema.json"
PAGE = ROOT / "docs" / "scenario-format.md"
FILES = (SMALL, *(SHIPPED / f"{name}.yaml" for name in shipped()))

validator = jsonschema.Draft202012Validator(scenario_schema(), format_checker=jsonschema.FormatChecker())


def test_the_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema())


def test_the_published_files_are_up_to_date() -> None:
    """If this fails: python tools/publish_format.py."""
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()
    page = PAGE.read_text(encoding="utf-8")
    assert with_reference(page) == page


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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_editor_finds_the_schema(file: Path) -> None:
    """The first line names it as editors expect, by a path that exists from where the file is."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match
    assert (file.parent / match[1]).resolve() == PUBLISHED


def test_everything_is_described() -> None:
    """An editor shows what each kind of object is and what its less obvious fields mean."""
    for model in models():
        about, fields = documentation(model)
        assert about.endswith("."), model
        assert all(text for text in fields.values()), model
    definitions = scenario_schema()["$defs"]
    assert definitions["Wave"]["properties"]["abreast_km"]["description"].startswith("Width of the front")
    assert "Either `spread`" in definitions["LaydownEntry"]["description"]


def test_the_page_names_every_part_of_a_file() -> None:
    parts = PAGE.read_text(encoding="utf-8").partition("## The parts of a file")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", parts))
    structured = {
        name
        for name, field in scenario_schema()["properties"].items()
        if field.get("type") in ("array", "object")
    } | {"raid"}
    assert structured <= named


def test_the_lines_that_the_page_shows_are_real(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    for old, new in (
        ("system: iris-t-slm", "system: iris-t"),
        ("radius_km:", "radius:"),
        ("aims: {lviv: 6, lutsk: 2}", "aims: {lviv: 5, lutsk: 2}"),
    ):
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    said = {str(problem).removeprefix(f"{tmp_path}/") for problem in check_scenario(file)}
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^mine\.yaml:.*$", page, flags=re.MULTILINE)
    assert len(shown) == 3
    assert set(shown) <= said, sorted(said)
