"""Plausible bands in scenario files: whatever is outside one is reported at its line."""

from __future__ import annotations

import copy
import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from skypact.catalog import load_catalog
from skypact.catalog.bands import BANDS as CATALOG_BANDS
from skypact.catalog.bands import REACHES
from skypact.catalog.plausible import Band, band_of
from skypact.reading import Problem, read_document
from skypact.reading.publish import models
from skypact.scenario.check import examine
from skypact.scenario.check_bands import BANDS
from skypact.scenario.load import SHIPPED, find_scenario, shipped
from skypact.scenario.model import Scenario
from tests.scenario.malformed import SMALL

WHOLE = ("aircraft", "salvo", "attempts", "each", "hold", "tries")
PLAIN = ("aircraft", "each", "tries", "every_min", "works_after_min", "spacing_s")


def number(value: float) -> dict[str, Any]:
    return {"value": float(value), "kind": "notional", "note": "an example"}


@cache
def whole_file() -> dict[str, Any]:
    """A scenario that has every kind of part: the small one, the incident, and systems of its own."""
    data: dict[str, Any] = copy.deepcopy(read_document(SMALL).data)
    hills = read_document(SMALL.parents[1] / "aid" / "hills.yaml").data
    fire = read_document(SHIPPED / "hranitne-2021-10-26.yaml").data["incident"]
    data["incident"] = fire
    data["transfers"], data["stationing"] = hills["transfers"], hills["stationing"]
    data["transfers"][0] |= {"lead_days": number(3), "training_days": number(3)}
    data["stationing"][0] |= {field: number(3) for field in ("ready", "reserve", "arrives_min")}
    del data["sensors"][0]["at"]
    data["sensors"][0] |= {"count": number(2), "spread": {}}
    data["laydown"][1] |= {field: number(3) for field in ("ready", "reserve", "arrives_min")}
    data["laydown"][1]["patrol"]["on_station_min"] = [[0.0, 600.0]]
    data["doctrine"][0] |= {
        "from_range_km": number(3),
        "salvo": number(2),
        "concurrency": number(1),
        "concurrency_late": number(2),
    }
    gift = {"entries": ["pol-patriot"], "to": "UKR", "spread": {}, "training_days": number(9)}
    data["decisions"]["help-70km"]["gives"] = [gift]
    consents = {"defended": "UKR", "alone": "alone", "joint": "helped"}
    reach = {"at": ["lviv"], "system": "x", "reach_km": number(100), "kind": "notional", "note": "x"}
    numbers = {"raids_per_month": number(3), "weapons_per_month": number(30)}
    data["landscape"] = {**consents, **numbers, "attacker_reach": [reach]}
    for wave in data["raid"]["waves"]:
        wave |= {"offset_min": [0.0, 5.0], "abreast_km": 3.0}
    return data


def places(data: Any, model: str, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where parts of a kind stand in a file."""
    from skypact.reading import walk
    from skypact.reading.schema import is_model

    return [
        node.path
        for node in walk(Scenario, data, path)
        if is_model(node.annotation) and node.annotation.__name__ == model and isinstance(node.data, dict)
    ]


def problems_with(data: dict[str, Any], tmp_path: Path) -> tuple[str, tuple[Problem, ...]]:
    file = tmp_path / "made.yaml"
    text = yaml.safe_dump(data, sort_keys=False, width=1000, allow_unicode=True)
    file.write_text(text, encoding="utf-8")
    return text, examine(file).problems


def replaced(data: dict[str, Any], path: tuple[Any, ...], field: str, value: float) -> dict[str, Any]:
    """The file with one field of a part set, whatever form its numbers have."""
    data = copy.deepcopy(data)
    part: Any = data
    for step in path:
        part = part[step]
    old = part.get(field)
    if isinstance(old, list):
        part[field] = [[0.0, value]] if isinstance(old[0], list) else [min(0.0, value), value]
    elif isinstance(old, dict) and "value" not in old:
        part[field] = {**old, next(iter(old)): number(value)}
    elif field in PLAIN or isinstance(old, int | float):
        part[field] = value
    else:
        part[field] = number(value)
    if field == "low":
        part["high"] = value
    return data


def expect(band: Band, data: dict[str, Any], path: tuple[Any, ...], tmp_path: Path) -> None:
    """Outside the possible is an error, outside the usual a warning, both at the number's line."""
    for level in ("error", "warning"):
        if level == "warning" and band.usual[1] == band.possible[1]:
            continue
        usual, possible = band.usual[1], band.possible[1]
        beyond = possible * 1.01234567 + 1 if level == "error" else usual + (possible - usual) * 0.51234567
        value = math.ceil(beyond) if band.field in WHOLE else beyond
        made = replaced(data, path, band.field, value)
        text, found = problems_with(made, tmp_path)
        lines = [index for index, line in enumerate(text.splitlines(), 1) if f"{value!r}" in line]
        here = [
            problem for problem in found
            if band.field in problem.field and problem.level == level and problem.line in lines
        ]  # fmt: skip
        assert here, (level, value, [str(problem) for problem in found][:8])


@pytest.mark.parametrize("band", BANDS, ids=lambda band: f"{band.part}.{band.field}")
def test_a_number_of_the_scenario_outside_its_band_is_reported(band: Band, tmp_path: Path) -> None:
    data = whole_file()
    found = places(data, band.part)
    assert found, "the file has no such part"
    expect(band, data, ("laydown", 1) if band.part == "LaydownEntry" else found[0], tmp_path)


def example(band: Band) -> tuple[str, str, dict[str, Any], tuple[str, ...]]:
    """A shipped system to which a band applies: its part of the catalogue, its name, itself, the way down."""
    catalog = load_catalog()
    for kind in ("threats", "effectors", "sensors", "families"):
        for name, system in getattr(catalog, kind).items():
            data = system.model_dump(mode="json", by_alias=True, exclude_none=True)
            for below in _below(band, data):
                return kind, name, data, below
    pytest.skip(f"no shipped system is {band.of}")


def _below(band: Band, data: dict[str, Any]) -> list[tuple[str, ...]]:
    of = set(band.of)
    tags = {data.get("class"), data.get("basing"), data.get("kind")}
    if band.part == "Envelope":
        return [("against", name) for name in data.get("against", ()) if not of or name in of]
    if band.part == "Effector" and "against" in data:
        ranges = [one["max_range_km"] for one in data["against"].values()]
        reach = max(one.get("high", one["value"]) for one in ranges)
        limit = next((limit for limit in REACHES if reach <= limit), None)
        tags.add("reach-far" if limit is None else f"reach-{limit:g}-km")
    if of and not of & tags:
        return []
    inside = {
        "Radar": ("sensor", "radar"),
        "OwnRadar": ("sensor",),
        "Flight": ("flight",),
        "Ballistic": ("ballistic",),
    }
    names = inside.get(band.part)
    if names:
        return [(name,) for name in names if name in data]
    if band_of(CATALOG_BANDS, band.part, band.field, {str(tag) for tag in tags}) is not band:
        return []
    has = {"Threat": "class", "Effector": "against", "Sensor": "radar", "Family": "susceptible"}[band.part]
    return [()] if has in data and band.field in data else []


@pytest.mark.parametrize("band", CATALOG_BANDS, ids=lambda b: f"{b.part}.{b.field} {' '.join(b.of)}")
def test_a_number_of_an_own_system_outside_its_band_is_reported(band: Band, tmp_path: Path) -> None:
    kind, name, system, below = example(band)
    data = copy.deepcopy(read_document(SMALL).data)
    data["catalog"] = {kind: {f"my-{name}": system}}
    _, before = problems_with(data, tmp_path)
    assert [str(one) for one in before if one.level == "error"] == []
    expect(band, data, ("catalog", kind, f"my-{name}", *below), tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "what", "level"),
    [
        ("effectors.nasams.against.drone.max_altitude_m", 8, "8 is impossible against a drone", "error"),
        ("effectors.gepard.interceptor_m_s", 3600, "3600 is impossible for what reaches 6 km", "error"),
        ("threats.geran-2.speed_m_s", 181, "181 is unusual for a drone", "warning"),
        ("effectors.nasams.against.cruise.min_range_km", 30, "max_range_km 27 is not above", "error"),
    ],
)
def test_a_number_laid_over_the_catalogue_is_checked(
    name: str, value: float, what: str, level: str, tmp_path: Path
) -> None:
    data = copy.deepcopy(read_document(SMALL).data)
    data["numbers"] = {name: number(value)}
    _, found = problems_with(data, tmp_path)
    if name.endswith("interceptor_m_s"):  # a gun has none in the catalogue, so that none can be replaced
        assert any("no number of this name" in one.what for one in found)
        return
    assert [one.level for one in found if what in one.what and one.field.startswith("numbers")] == [level]


def test_a_patrol_of_3000_km_is_refused(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("radius_km: {value: 25", "radius_km: {value: 3000")
    file = tmp_path / "wide.yaml"
    file.write_text(text, encoding="utf-8")
    line = next(index for index, one in enumerate(text.splitlines(), 1) if "value: 3000" in one)
    (found,) = examine(file).errors
    assert (found.line, found.what) == (line, "3,000 is impossible")


@pytest.mark.parametrize("name", [*shipped(), str(SMALL)])
def test_shipped_scenarios_lie_within_the_bands(name: str) -> None:
    assert [str(one) for one in examine(find_scenario(name)).problems if "usually" in one.right] == []


def test_every_band_is_about_a_field_that_there_is() -> None:
    fields = {(model.__name__, name) for model in models(Scenario) for name in model.model_fields}
    assert {(band.part, band.field) for band in BANDS} <= fields
    banded = {(band.part, band.field) for band in (*BANDS, *CATALOG_BANDS)}
    without = {
        (model.__name__, name)
        for model in models(Scenario)
        for name, info in model.model_fields.items()
        if "Quantity" in str(info.annotation)
        if not any((kind.__name__, name) in banded for kind in model.__mro__)
    }
    assert without == {("Scenario", "numbers")}, "each number of a file has a band; those are the catalogue's"
