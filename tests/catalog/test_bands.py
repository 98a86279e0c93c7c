"""Plausible bands of the catalogue: the shipped one lies within, and slips of the pen are found."""

from __future__ import annotations

from typing import Any

import pytest

from skypact.catalog import Effector, Family, Sensor, Threat, load_catalog
from skypact.catalog.bands import BANDS, check_system, reach_of
from skypact.catalog.plausible import KINDS, Band, Finding, outside
from skypact.quantity import Quantity
from skypact.reading.publish import models


def systems() -> dict[str, Threat | Effector | Sensor]:
    catalog = load_catalog()
    return {**catalog.threats, **catalog.effectors, **catalog.sensors}


def changed(name: str, path: str, value: float) -> list[Finding]:
    """What is found in a shipped system with one number replaced."""
    system = systems()[name]
    data = system.model_dump(by_alias=True, exclude_none=True)
    *steps, last = path.split(".")
    part: Any = data
    for step in steps:
        part = part[step]
    part[last] = {"value": float(value), "kind": "notional", "note": "an example"}
    return list(check_system(type(system).model_validate(data)))


@pytest.mark.parametrize("name", systems())
def test_the_shipped_catalogue_lies_within_its_bands(name: str) -> None:
    assert list(check_system(systems()[name])) == []


@pytest.mark.parametrize(
    ("name", "path", "value", "what", "level"),
    [
        ("nasams", "against.drone.max_altitude_m", 8, "8 is impossible against a drone", "error"),
        ("gepard", "interceptor_m_s", 3600, "3,600 is impossible for what reaches 6 km at most", "error"),
        ("mobile-fire-group", "interceptor_m_s", 3600, "3,600 is impossible for what reaches 50 km", "error"),
        ("arrow-3", "interceptor_m_s", 3600, "", ""),
        ("geran-2", "speed_m_s", 180.5, "180.5 is unusual for a drone", "warning"),
        ("geran-2", "speed_m_s", 700, "700 is impossible for a drone", "error"),
        ("kalibr", "altitude_m", 16_000, "16,000 is impossible for a cruise missile", "error"),
        ("kalibr", "rcs_m2", 20, "20 is unusual for a cruise missile", "warning"),
        ("iskander-m", "ballistic.loft", 60, "60 is impossible", "error"),
        ("f-15e", "flight.dash_m_s", 1_000, "1,000 is impossible", "error"),
        ("nasams", "reload_s", 10 * 86_400, "864,000 is impossible", "error"),
        ("nasams", "cost_usd", 1.1, "1.1 is unusual for what destroys", "warning"),
        ("medium-radar", "radar.height_m", 12_000, "12,000 is impossible for what stands on the", "error"),
        ("airborne-early-warning", "radar.height_m", 12, "12 is impossible for what flies", "error"),
        ("nasams", "against.cruise.max_range_km", 90, "90 km is beyond its own radar (75 km)", "warning"),
        ("nasams", "against.cruise.min_range_km", 26, "26 is unusual against a cruise missile", "warning"),
        ("nasams", "against.drone.min_altitude_m", 16_000, "15000 is not above min_altitude_m", "error"),
    ],
)
def test_a_slip_of_the_pen_is_found(name: str, path: str, value: float, what: str, level: str) -> None:
    found = changed(name, path, value)
    if not what:
        assert found == []
        return
    assert [one.level for one in found if what in one.what] == [level], found


def test_the_range_of_a_number_counts_too() -> None:
    threat = load_catalog().threats["geran-2"]
    speed = Quantity(value=45, low=33, high=520, kind="notional", note="an example")
    (found,) = check_system(threat.model_copy(update={"speed_m_s": speed}))
    assert found == Finding(
        ("speed_m_s", "high"), "520 is impossible for a drone", "between 5 and 300", "error"
    )


def test_every_band_is_about_a_field_that_there_is() -> None:
    fields = {(model.__name__, name) for root in (Threat, Effector, Sensor, Family) for model in models(root)
              for name in model.model_fields}  # fmt: skip
    assert {(band.part, band.field) for band in BANDS} <= fields
    assert {tag for band in BANDS for tag in band.of} <= set(KINDS)


def parents(model: type) -> set[str]:
    """A model's name, and the names of those that it extends."""
    return {kind.__name__ for kind in model.__mro__}


def test_every_number_of_the_catalogue_has_a_band() -> None:
    """Whatever is a quantity has at least one band, and each class, basing and kind is covered."""
    unbanded = {
        (model.__name__, name)
        for root in (Threat, Effector, Sensor, Family)
        for model in models(root)
        for name, info in model.model_fields.items()
        if "Quantity" in str(info.annotation) and not any(b.part in parents(model) and b.field == name for b in BANDS)
    }  # fmt: skip
    assert unbanded == set()
    for system in systems().values():
        if isinstance(system, Effector):
            assert reach_of(system) in KINDS


def test_the_usual_lies_within_the_possible() -> None:
    with pytest.raises(ValueError, match="within the possible"):
        Band("Threat", "speed_m_s", (1, 10), (2, 20))
    assert (
        list(outside((Band("Radar", "range_km", (1, 2), (0, 3)),), load_catalog().threats["geran-2"])) == []
    )
