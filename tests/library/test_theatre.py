"""The map, what a scenario is about, and replications to look at."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

import skypact

RAID = "ukraine-2024-08-26"


@pytest.fixture(scope="module")
def raid() -> skypact.Scenario:
    return skypact.load(RAID)


def test_the_map_has_recognised_borders_and_places_no_finer_than_a_city(raid: skypact.Scenario) -> None:
    shown = skypact.theatre(raid).to_dict()
    land = {one["code"]: one for one in shown["land"]}
    ukraine = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in land["UKR"]["polygons"]])
    assert ukraine.contains(shapely.Point(34.1, 44.95)), "Simferopol"
    assert land["UKR"]["defended"]
    assert not land["POL"]["defended"]
    places = {one["id"]: one["at"] for one in shown["places"]}
    assert all(one["at"] == places[one["place"]] for one in [*shown["units"], *shown["sensors"]])
    assert {one["sidc"][:4] for one in [*shown["units"], *shown["sensors"]]} == {"1003"}, "friends"
    assert "OpenStreetMap" in shown["credit"]
    assert all(not shapely.LinearRing(rings[0]).is_ccw for rings in land["UKR"]["polygons"])


def test_a_decision_changes_where_allies_may_intercept(raid: skypact.Scenario) -> None:
    def allied(policy: str) -> float:
        areas = [one for one in skypact.theatre(raid, policy).to_dict()["areas"] if one["allied"]]
        return sum(shapely.Polygon(rings[0]).area for one in areas for rings in one["polygons"])

    assert allied("sky-shield") > allied("status-quo")


def test_what_a_scenario_is_about(raid: skypact.Scenario) -> None:
    told = skypact.about(raid).to_dict()
    refusal = told["decisions"]["nato-refuses"]
    assert (refusal["actor_name"], refusal["date"], refusal["status"]) == ("NATO", "2024-07-14", "taken")
    assert any("may not engage" in said for said in refusal["changes"])
    assert refusal["sources"][0]["publisher"] == "Euromaidan Press"
    kinds = {
        one: skypact.about(one).to_dict()["kind"] for one in ("lethal-aid-2021-10", "hranitne-2021-10-26")
    }
    assert kinds == {"lethal-aid-2021-10": "aid", "hranitne-2021-10-26": "incident"}
    assert told["kind"] == "raid"
    assert told["titles"]["waves"]["geran-kursk-kharkiv"] == "Shahed-136/131 from Kursk region to Kharkiv"
    assert told["titles"]["units"]["fra-samp-t"] == "SAMP/T with Aster 30 of France, Botoșani"
    for titles in told["titles"].values():
        assert len(set(titles.values())) == len(titles), "each is told from the others"
    assert told["ask_first"] == {"unit": "usa-patriot-gem-t", "threat": "drone"}
    assert told["zero"].endswith("(UTC+3)")


def test_a_flight_ends_when_its_threat_arrives(raid: skypact.Scenario) -> None:
    one = skypact.replay(raid, replication=skypact.pick(raid, among=50))
    drawn = one.flights()
    impacts = {event.threat: event.at_s for event in one.events if event.kind == "impact"}
    assert impacts
    for threat in drawn["threats"]:
        if threat["id"] in impacts:
            flown = drawn["paths"][threat["path"]]["nodes"][-1][0]
            assert threat["launch_s"] + flown == pytest.approx(impacts[threat["id"]], abs=0.2)


def test_replications_are_picked_by_what_happens_in_them(raid: skypact.Scenario) -> None:
    arrivals = [skypact.replay(raid, replication=number).leakers for number in range(40)]
    typical, bad = (skypact.pick(raid, wanted=one, among=40) for one in ("typical", "bad"))
    assert arrivals[typical] == np.quantile(arrivals, 0.5, method="higher")
    assert arrivals[bad] == np.quantile(arrivals, 0.95, method="higher")
    first = skypact.replay(raid, replication=0)
    leaked = next(name for name, fate in first.fates.items() if fate == "leaked")
    assert skypact.pick(raid, wanted="leaks", threat=leaked, among=5) == 0
    with pytest.raises(skypact.Problems, match="no such threat"):
        skypact.pick(raid, wanted="leaks", threat="nobody", among=5)


def test_the_headline_is_the_reports(raid: skypact.Scenario) -> None:
    found = skypact.whatif(raid, ["ukraine-consents"], central=True, replications=20)
    said = found.headline()
    assert said is not None
    assert "nine results of ten, chance alone" in said.sentence
    assert found.beside_the_record()[0].value > 0
