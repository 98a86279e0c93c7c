"""The numbers of looks, acquisition, families, reloads and doctrine, up to the situation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skypact.catalog import load_catalog
from skypact.policy import build_situation
from skypact.policy.draw import Draw, Recorder, central
from skypact.policy.situation import FireUnit, Situation
from skypact.quantity import Quantity
from skypact.reading import read_document
from skypact.scenario.load import load_scenario, shipped
from skypact.scenario.model import Scenario
from skypact.scenario.systems import catalog_of

SMALL = read_document(Path(__file__).parent.parent / "scenario" / "small.yaml").data
BASIS = {"kind": "notional", "note": "an example"}


def number(value: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    span = {} if low is None else {"low": low, "high": high}
    return {"value": float(value), **span, **BASIS}


def situation(
    change: Callable[[dict[str, Any]], None] = lambda data: None, draw: Draw = central
) -> Situation:
    data = copy.deepcopy(SMALL)
    change(data)
    scenario = Scenario.model_validate(data)
    return build_situation(scenario, catalog_of(scenario), scenario.baseline, draw)


def unit(of: Situation, system: str) -> FireUnit:
    return next(unit for unit in of.units if unit.system == system)


def low_end(name: str, quantity: Quantity) -> float:
    """The worst case for the rule: susceptibility at its lowest, chances at their highest."""
    if quantity.low is None or quantity.high is None:
        return quantity.value
    return quantity.low if name.startswith("families.") else quantity.high


@pytest.mark.parametrize("name", [one for one in shipped() if load_scenario(one).raid.waves])
@pytest.mark.parametrize("draw", [central, low_end])
def test_susceptibility_is_never_below_the_chance_of_one_look_or_round(name: str, draw: Draw) -> None:
    scenario = load_scenario(name)
    found = build_situation(scenario, catalog_of(scenario), scenario.baseline, draw)
    sites = [*found.sites, *(unit.site for unit in found.units if unit.site is not None)]
    for site in sites:
        for threat_class, chance in site.p_detect.items():
            assert chance <= site.susceptible.get(threat_class, 1.0) <= 1.0, site.id
            assert site.family is not None or threat_class not in site.susceptible, site.id
    for one in found.units:
        for threat_class, engagement in one.engages.items():
            assert engagement.p_kill <= engagement.susceptible <= 1.0, (one.id, threat_class)
            assert engagement.susceptible > 0.0, (one.id, threat_class)
            assert one.family is not None or engagement.susceptible == 1.0, (one.id, threat_class)
            assert 0.0 < engagement.p_acquire <= 1.0, (one.id, threat_class)
        assert 0.0 < one.availability <= 1.0, one.id


def test_what_a_users_system_leaves_out_changes_nothing() -> None:
    """No family: susceptible 1; no availability, acquisition or limit: always; no early reload; no scatter."""

    def bare(data: dict[str, Any]) -> None:
        system = load_catalog().effectors["nasams"].model_dump(mode="json", by_alias=True, exclude_none=True)
        for field in ("family", "availability", "attempts", "reload_at", "scatter_km"):
            del system[field]
        for envelope in system["against"].values():
            del envelope["p_acquire"]
        for field in ("p_detect", "coast_s", "family"):
            del system["sensor"][field]
        data["catalog"] = {"effectors": {"mine": system}}
        data["laydown"] = [{"id": "mine", "owner": "UKR", "system": "mine", "at": {"lviv": 1}, **BASIS}]

    found = situation(bare)
    mine = unit(found, "mine")
    assert (mine.family, mine.availability, mine.attempts, mine.reload_at) == (None, 1.0, None, 0)
    assert (mine.engages["drone"].p_acquire, mine.engages["drone"].susceptible) == (1.0, 1.0)
    assert mine.site is not None
    assert (mine.site.p_detect, mine.site.coast_s, mine.site.scatter_km) == ({}, 0.0, 0.0)
    place = SMALL["places"]["lviv"]
    assert (mine.lat, mine.lon) == (mine.site.lat, mine.site.lon) == (place["lat"], place["lon"])


def test_a_family_of_the_scenarios_own() -> None:
    def own(data: dict[str, Any]) -> None:
        radar = load_catalog().sensors["medium-radar"].model_dump(mode="json", exclude_none=True)
        radar |= {"family": "fog", "p_detect": {"drone": number(0.9), "cruise": number(0.5)}}
        fog = {"name": "Fog", "susceptible": {"drone": number(0.8), "cruise": number(0.7)}}
        data["catalog"] = {"sensors": {"mine": radar}, "families": {"fog": fog}}
        data["sensors"] = [{"id": "mine", "owner": "UKR", "system": "mine", "at": {"lviv": 1}, **BASIS}]

    recorder = Recorder(central)
    (site,) = situation(own, recorder).sites
    assert site.family == "fog"
    assert site.p_detect == {"drone": 0.9, "cruise": 0.5}
    assert site.susceptible == {"drone": 0.9, "cruise": 0.7}, "raised to the chance of one look"
    assert {"sensors.mine.p_detect.drone", "families.fog.susceptible.cruise"} <= set(recorder.used)


@pytest.mark.parametrize(
    ("reload_at", "hold", "reserve", "expected"),
    [(4, 0, 8, 4), (4, 6, 8, 6), (None, 6, 8, 6), (4, 6, 0, 0), (40, 0, 8, 17), (4, 30, 8, 17)],
)
def test_a_reload_starts_early_enough_for_the_rounds_held_back(
    reload_at: int | None, hold: int, reserve: int, expected: int
) -> None:
    def change(data: dict[str, Any]) -> None:
        data["laydown"] = [
            {
                "id": "one",
                "owner": "UKR",
                "system": "nasams",
                "at": {"lviv": 1},
                "reserve": number(reserve),
                **BASIS,
            }
        ]
        data["doctrine"] = [{"id": "keeps", "classes": ["drone"], "hold": number(hold), **BASIS}]
        if reload_at is None:
            system = (
                load_catalog().effectors["nasams"].model_dump(mode="json", by_alias=True, exclude_none=True)
            )
            del system["reload_at"]
            data["catalog"] = {"effectors": {"mine": system}}
            data["laydown"][0]["system"] = "mine"
        else:
            data["numbers"] = {"effectors.nasams.reload_at": number(reload_at)}

    (one,) = situation(change).units
    assert one.magazine == 18
    assert one.reload_at == expected


def test_who_shares_a_group_is_doctrine() -> None:
    def apart(data: dict[str, Any]) -> None:
        data["doctrine"] = [
            {"id": "all", "concurrency": number(2), "concurrency_late": number(3), **BASIS},
            {"id": "iris", "systems": ["iris-t-slm"], "group": "west", "concurrency": number(1), **BASIS},
        ]

    found = situation(apart)
    groups = {unit.system: unit.group for unit in found.units}
    assert groups["iris-t-slm"] == "ukr-west"
    assert set(groups.values()) > {"ukr-west"}
    assert set(found.tracks) == set(groups.values())
    assert found.tracks["ukr-west"] == ("UKR",)
    others = dict.fromkeys(set(groups.values()) - {"ukr-west"}, 2)
    for threat_class in ("drone", "cruise"):
        assert found.concurrency[threat_class] == {"ukr-west": 1} | {
            group: number
            for group, number in others.items()
            if any(unit.group == group and threat_class in unit.engages for unit in found.units)
        }
        assert found.concurrency_late[threat_class] == 3


def test_an_entrys_own_group_counts_before_doctrine() -> None:
    def named(data: dict[str, Any]) -> None:
        data["laydown"][0]["group"] = "mine"
        data["doctrine"] = [{"id": "apart", "group": "west", **BASIS}]

    groups = {unit.entry: unit.group for unit in situation(named).units}
    first = SMALL["laydown"][0]["id"]
    assert groups.pop(first) == "mine"
    assert groups
    assert all(group.endswith("-west") for group in groups.values())


def test_how_many_shoot_at_once_is_drawn_and_rounded() -> None:
    def change(data: dict[str, Any]) -> None:
        late = {"concurrency": number(1, 1, 2), "concurrency_late": number(2, 1, 2)}
        data["doctrine"] = [{"id": "look", **late, **BASIS}]

    def drawn(usual: float, late: float) -> Situation:
        def draw(name: str, quantity: Quantity) -> float:
            return {"doctrine.look.concurrency": usual, "doctrine.look.concurrency_late": late}.get(
                name, quantity.value
            )

        return situation(change, draw)

    assert (drawn(1.4, 1.6).concurrency, drawn(1.4, 1.6).concurrency_late["drone"]) == ({}, 2)
    assert (drawn(1.4, 1.4).concurrency, drawn(1.4, 1.4).concurrency_late) == ({}, {})
    assert drawn(1.6, 1.4).concurrency["drone"] == 2
    assert drawn(1.6, 1.4).concurrency_late == {}, "late is never below the usual"


def test_the_own_radar_is_a_site_at_the_unit() -> None:
    scenario = load_scenario("ukraine-2024-08-26")
    found = build_situation(scenario, catalog_of(scenario), scenario.baseline)
    own = [(unit, unit.site) for unit in found.units if unit.site is not None]
    assert own
    for one, site in own:
        assert (site.lat, site.lon, site.owner) == (one.lat, one.lon, one.owner)
    names = [*(site.id for site in found.sites), *(site.id for _, site in own)]
    assert len(names) == len(set(names))
    assert any(site.p_detect for _, site in own)
    assert not any(site.p_detect for one, site in own if one.system == "patriot-pac-3-mse"), (
        "one antenna looks once: its looks stand with the other part of the battery"
    )
