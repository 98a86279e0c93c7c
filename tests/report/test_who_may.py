"""Who may intercept over the defended country, in sentences and as a table: nothing is allowed that no rule allows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import skypact
from skypact.catalog import load_catalog
from skypact.report.material import Material
from skypact.report.tables.who_may import who_may
from skypact.report.who_may import said, words
from skypact.scenario.load import load_scenario

UKRAINE = "ukraine-2024-08-26"
SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
ASKED = ("drone", "cruise")
POLICIES = ("status-quo", "neighbours-drones-70km")
REFUSES = [{"rule": "not-over-ukraine", "decision": "nato-refuses", "share": 1.0}]
ZONE = [{"rule": "zone-70km-drones", "decision": "zone-70km-drones", "share": 0.106}]


def record(owner: str, against: str, over: str = "UKR", **more: Any) -> dict[str, Any]:
    nothing = {"share": 0.0, "allowed_by": [], "forbidden_by": [], "overruled": 0.0, "unsaid": 0.0}
    alike = {"systems": None, "places": None, "consent": None}
    return {"owner": owner, "class": against, "over": over, **alike, **nothing, **more}


def of(permissions: dict[str, list[dict[str, Any]]]) -> Material:
    runs = {name: {"by_class": {one: {} for one in ASKED}} for name in permissions}
    document = {"baseline": POLICIES[0], "policies": runs, "permissions": permissions}
    return Material(load_scenario(UKRAINE), load_catalog(), document)


def material() -> Material:
    allowed = {"share": 0.106, "allowed_by": ZONE, "unsaid": 0.894}
    return of(
        {
            POLICIES[0]: [record(who, one, forbidden_by=REFUSES) for who in ("USA", "ROU") for one in ASKED],
            POLICIES[1]: [
                *(record(who, "drone", **allowed) for who in ("USA", "ROU")),
                *(record(who, "cruise", unsaid=1.0) for who in ("USA", "ROU")),
            ],
        }
    )


def test_a_no_names_who_says_so_and_a_yes_how_far_it_goes() -> None:
    first, second = said(material())
    assert first == (
        "Under “As it was”, nobody but Ukraine may intercept over Ukraine: the decision “NATO will not become part of the conflict; no"
        " intercepts over Ukraine” (NATO, 14 July 2024) forbids it, and no rule would allow it otherwise."
    )
    assert second == (
        "Under “Neighbours against drones, 70 km”, the United States and Romania may intercept drones over 11 % of Ukraine:"
        " the decision “Units in Poland and Romania shoot down drones up to 70 km inside Ukraine” (proposed 11 May 2024, for NATO to decide)"
        " allows it. No rule allows the United States and Romania to intercept cruise missiles there."
    )


def test_a_part_that_is_forbidden_is_said_beside_what_is_allowed() -> None:
    refuses = [{**REFUSES[0], "share": 0.894}]
    both = {"share": 0.106, "allowed_by": ZONE, "forbidden_by": refuses, "overruled": 0.894}
    (sentence,) = said(of({POLICIES[1]: [record("ROU", one, **both) for one in ASKED]}))
    assert "Romania may intercept all that comes over 11 % of Ukraine" in sentence
    assert sentence.endswith(
        "(NATO, 14 July 2024) forbids Romania to intercept anything over 89 % of Ukraine."
    )


def test_a_prohibition_of_one_class_or_actor_forbids_no_more_than_that() -> None:
    part = {"forbidden_by": [{**REFUSES[0], "share": 0.4}], "unsaid": 0.6}
    records = [
        record("ROU", "drone", **part),
        record("ROU", "cruise", unsaid=1.0),
        record("USA", "cruise", unsaid=1.0),
    ]
    (sentence,) = said(of({POLICIES[0]: records}))
    assert "forbids Romania to intercept drones over 40 % of Ukraine" in sentence
    assert "no rule allows Romania to intercept drones on the rest" in sentence
    assert "no rule allows Romania and the United States to intercept cruise missiles there" in sentence


def test_units_that_rules_tell_apart_are_named() -> None:
    free = {"share": 1.0, "allowed_by": [{**ZONE[0], "share": 1.0}], "systems": ["iris-t-slm"]}
    bound = {"forbidden_by": REFUSES, "systems": ["hawk"], "places": ["lviv"], "overruled": 1.0}
    records = [record("USA", one, **how) for how in (free, bound) for one in ASKED]
    (sentence,) = said(of({POLICIES[1]: records}))
    assert "IRIS-T SLM of the United States may intercept all that comes over Ukraine" in sentence
    assert (
        "MIM-23 Hawk, Phase III of the United States at Lviv to intercept anything over Ukraine" in sentence
    )


def test_consent_is_named_given_or_refused() -> None:
    agrees = {"given": True, "rule": "ukraine-lets", "decision": "ukraine-consents", "without": []}
    allowed = record("ROU", "drone", share=1.0, allowed_by=[{**ZONE[0], "share": 1.0}], consent=agrees)
    rule = {"rule": ZONE[0]["rule"], "decision": ZONE[0]["decision"]}
    refused = record("ROU", "drone", unsaid=1.0, consent={**agrees, "given": False, "without": [rule]})
    yes, no = said(of({POLICIES[0]: [allowed], POLICIES[1]: [refused]}))
    assert "over Ukraine, with the consent of Ukraine: the decision “Units in Poland" in yes
    assert (
        "would allow it, but Ukraine does not consent: the decision “Ukraine consents to, and asks for" in no
    )
    table = who_may(of({POLICIES[0]: [allowed], POLICIES[1]: [refused]}))
    assert table is not None
    given, held = (getattr(row[5], "items", ()) for row in table.rows)
    assert given[1].startswith("With consent: the decision “Ukraine consents")
    assert held[0].startswith("Without effect, for want of consent: the decision “Units in Poland")


def test_without_a_word_it_is_not_allowed_and_without_units_nobody_could() -> None:
    silent = of({POLICIES[0]: [record("ROU", one, unsaid=1.0) for one in ASKED], POLICIES[1]: []})
    assert said(silent) == (
        "Under “As it was”, nobody but Ukraine may intercept over Ukraine: no rule allows it.",
        "Under “Neighbours against drones, 70 km”, nobody but Ukraine has units that could intercept over Ukraine.",
    )
    assert said(of({POLICIES[0]: [], POLICIES[1]: []})) == ()
    assert who_may(of({POLICIES[0]: [], POLICIES[1]: []})) is None


def test_those_of_whom_the_same_is_said_stand_in_one_row() -> None:
    table = who_may(material())
    assert table is not None
    shown = [
        [getattr(cell, "text", "") or getattr(cell, "value", None) for cell in row[:5]] for row in table.rows
    ]
    both = "The United States and Romania"
    assert shown == [
        ["As it was", "Ukraine", both, "anything", 1.0],
        ["Neighbours against drones, 70 km", "Ukraine", both, "drones", 0.106],
        ["Neighbours against drones, 70 km", "Ukraine", both, "cruise missiles", 1.0],
    ]
    assert [getattr(row[3], "mark", None) for row in table.rows] == ["forbidden", "", "not allowed"]


def test_other_countries_stand_together_and_the_defended_one_alone() -> None:
    everywhere = {"share": 1.0, "allowed_by": [{"rule": "x", "decision": None, "share": 1.0}]}
    lands = ("UKR", "BLR", "POL")
    found = of({POLICIES[0]: [record("ROU", one, over, **everywhere) for over in lands for one in ASKED]})
    assert [one.over for one in words(found, POLICIES[0])] == [("UKR",), ("BLR", "POL")]


def made(*changes: tuple[str, str]) -> str:
    """The small scenario with changes, as text."""
    text = SMALL.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_small_zone_counts_and_a_condition_is_told() -> None:
    text = made(
        ("km: {value: 70", "km: {value: 5"),
        ("      - id: drones-70km\n", "      - id: drones-70km\n        condition: Only by day.\n"),
    )
    small = skypact.compare(text, ["alone", "helped"], central=True, replications=1)
    (one,) = [one for one in small.to_dict()["permissions"]["helped"] if one["class"] == "drone"]
    assert 0.0005 < one["share"] < 0.005
    assert "nobody" not in small.who_may()[1]
    assert "for Poland to decide; condition: Only by day) allows it" in small.who_may()[1]


@pytest.fixture(scope="module")
def found() -> skypact.Comparison:
    names = ["status-quo", "neighbours-drones-70km", "neighbours-all-70km", "sky-shield", "give-instead"]
    return skypact.compare(UKRAINE, names, central=True, replications=1)


def test_of_the_shipped_raid_it_is_what_its_decisions_say(found: skypact.Comparison) -> None:
    by_policy: dict[str, dict[tuple[str, str], Any]] = {
        name: {(one["owner"], one["class"]): one for one in records}
        for name, records in found.to_dict()["permissions"].items()
    }
    now = by_policy["status-quo"]
    assert {who for who, _ in now} == {"USA", "ROU", "FRA"}
    for one in now.values():
        assert one["share"] == 0.0
        assert [rule["decision"] for rule in one["forbidden_by"]] == ["nato-refuses"]
    drones = by_policy["neighbours-drones-70km"]
    every = by_policy["neighbours-all-70km"]
    for who in ("USA", "ROU", "FRA"):
        assert 0.05 < drones[who, "drone"]["share"] < 0.2
        assert drones[who, "cruise"]["share"] == 0.0
        assert drones[who, "cruise"]["unsaid"] == 1.0
        assert every[who, "cruise"]["share"] == every[who, "drone"]["share"] == drones[who, "drone"]["share"]
    assert by_policy["sky-shield"]["EUROPE", "cruise"]["share"] > 0.4
    assert by_policy["sky-shield"]["USA", "drone"]["share"] == 0.0
    assert by_policy["give-instead"] == {}
    for records in by_policy.values():
        for one in records.values():
            refused = sum(rule["share"] for rule in one["forbidden_by"])
            assert one["share"] + refused + one["unsaid"] == pytest.approx(1.0, abs=0.001)


def test_the_share_of_the_zone_is_its_area_on_the_ellipsoid(found: skypact.Comparison) -> None:
    """The area of the zone, which the export computes on the ellipsoid, over that of the country."""
    from skypact.exports.earthly import area_km2

    study = skypact.load(UKRAINE).study(("neighbours-drones-70km",))
    zone = next(
        rule.over[0]
        for rule in study.scenario.decisions["zone-70km-drones"].adds
        if rule.over is not None and rule.action == "engage"
    )
    shapes = [study.atlas.lonlat(one) for one in (study.atlas.shape(zone), study.atlas.named("UKR"))]
    share = area_km2(shapes[0]) / area_km2(shapes[1])
    (one,) = [
        one
        for one in found.to_dict()["permissions"]["neighbours-drones-70km"]
        if (one["owner"], one["class"]) == ("ROU", "drone")
    ]
    assert one["share"] == pytest.approx(share, abs=0.002)


def test_an_older_document_has_none() -> None:
    assert said(replace(material(), comparison={**material().comparison, "permissions": {}})) == ()
