"""What a unit changes where it stands: nothing without rounds, leave or anything in reach; and the same bits everywhere."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import skypact
from skypact.engine import workers
from skypact.library.scenarios import load
from skypact.placing.play import Task
from skypact.placing.question import ask, with_units
from skypact.placing.schema import place_results
from skypact.reading import Problems
from skypact.study.draw import Sets
from skypact.study.play import RunSettings
from skypact.study.schema import results_schema
from tests.study.test_cluster import without_times

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
FAR = """
  - id: guns
    owner: UKR
    system: gepard
    at: {far-away: 1}
    kind: notional
    note: Guns that nothing comes near.
  - id: late
    owner: UKR
    system: gepard
    at: {lutsk: 1}
    arrives_min: {value: 2000, kind: notional, note: "After the raid."}
    kind: notional
    note: Guns that come too late.
"""
HOW: dict[str, Any] = {"sets": 3, "replications": 8, "threads": 1}


@pytest.fixture(scope="module")
def raids() -> tuple[str, str]:
    """The small raid, with a place far from every route; and another one, without its missiles."""
    text = SMALL.read_text(encoding="utf-8")
    text = text.replace("\nsensors:", f"{FAR}\nsensors:", 1).replace(
        "\n# Weights", "\n  far-away: {name: Uzhhorod, lat: 48.6, lon: 22.3}\n# Weights", 1
    )
    head, _, rest = text.partition("    - id: cruise\n")
    other = head.replace("id: small", "id: drones-alone", 1) + rest[rest.index("\ndoctrine:") :]
    return text, other


@pytest.fixture(scope="module")
def found(raids: tuple[str, str]) -> skypact.PlaceResult:
    return skypact.place(raids, "iris-t-slm", 2, most=2, **HOW)


def of(found: skypact.PlaceResult, place: str) -> dict[str, Any]:
    (one,) = [one for one in found.to_dict()["places"] if one["place"] == place]
    return dict(one)


def idle(found: skypact.PlaceResult, place: str) -> set[str]:
    return {why["why"] for why in of(found, place)["idle"].values()}


def test_a_battery_where_threats_pass_stops_some(found: skypact.PlaceResult) -> None:
    document = found.to_dict()
    assert [one["change"]["mean"] for one in document["places"]] == sorted(
        one["change"]["mean"] for one in document["places"]
    )
    assert document["places"][0]["change"]["mean"] < 0
    assert document["places"][0]["rounds"] > 0
    assert sum(one["first"]["share"] for one in document["places"]) == pytest.approx(1)
    for one in document["places"]:
        raids = [part["change"]["mean"] for part in one["by_raid"].values()]
        assert one["change"]["mean"] == pytest.approx(np.mean(raids))
        assert one["change"]["mean"] == pytest.approx(sum(part["mean"] for part in one["by_asset"].values()))
    for one, others in document["before"].items():
        for other, share in others.items():
            assert share + document["before"][other][one] == pytest.approx(1)


def test_what_they_change_together_is_played_with_other_luck(found: skypact.PlaceResult) -> None:
    allocations = found.to_dict()["allocations"]
    assert {part["purpose"] for one in allocations for part in one["purposes"]} == {
        "all-raids",
        "least-helped-raid",
        "worst-city",
    }
    for one in allocations:
        assert 1 <= sum(one["at"].values()) <= 2
        assert one["pairs"] == {"played": len(one["at"]) * (len(one["at"]) - 1) // 2, "all": True}
        assert one["interaction"]["mean"] == pytest.approx(one["together"]["mean"] - one["alone"]["mean"])
        assert one["unknown"]["mean"] == one["unknown"]["se"] == 0, "of two places the solver knew the pair"
        if len(one["at"]) == 1:  # two at one place were played as two: there is nothing to add up
            assert one["interaction"]["tells"] == "nothing"


def test_the_published_schema_describes_the_document(found: skypact.PlaceResult) -> None:
    definitions = results_schema()["$defs"] | place_results()
    schema = {"$ref": "#/$defs/place", "$defs": definitions}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(found.to_dict())))


def test_it_is_shown_as_tables_frame_and_page(found: skypact.PlaceResult, tmp_path: Path) -> None:
    captions = [table.caption for table in found.tables()]
    assert captions[0] == "Place by place"
    assert {"More than one at one place", "2 at once"} < set(captions)
    frame = found.to_frame()
    assert len(frame) == 3 * len(found.places)
    assert "Lviv" in found._repr_html_()
    assert repr(found).count("\n") == len(found.places)
    found.report(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('<svg role="img"') == 4  # bars and a map, each for wide and for narrow screens
    assert "No place is called best" in page


def test_the_order_of_places_and_raids_changes_nothing(
    found: skypact.PlaceResult, raids: tuple[str, str]
) -> None:
    at = ["ternopil", "lviv", "lutsk"]
    document = without_times(found.to_dict())
    again = without_times(skypact.place(raids[::-1], "iris-t-slm", 2, at, most=2, **HOW).to_dict())
    assert document.pop("raids") == again.pop("raids")[::-1]
    assert again == document


def test_threads_and_other_processes_give_the_same_bits(
    found: skypact.PlaceResult, raids: tuple[str, str]
) -> None:
    more = skypact.place(raids, "iris-t-slm", 2, most=2, **{**HOW, "threads": 2})
    assert without_times(more.to_dict()) == without_times(found.to_dict())
    asked = ask([("small", load(raids[0]).data)], ["iris-t-slm"])
    made = tuple(with_units(study, asked.units, asked.singles) for study in asked.studies.values())
    task = Task(made, asked.entries, RunSettings(8, threads=1), Sets(3))
    with workers(1) as team:
        here = task.play(1, task.draws(), team)
    there = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(task.bare())).player()(1)))
    assert here.keys == there.keys
    np.testing.assert_array_equal(here.change, there.change)
    np.testing.assert_array_equal(here.base, there.base)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"system": "mobile-fire-group", "at": ["lviv", "lutsk"], "ready": 0, "reserve": 0}, "no_rounds"),
        ({"system": "gepard", "at": ["lviv"], "ready": 0, "reserve": 0}, "no_rounds"),
        ({"system": "guns", "at": ["far-away"]}, "out_of_reach"),
        ({"system": "pol-patriot", "at": ["lviv"], "owner": "POL"}, "not_permitted"),
        ({"system": "late", "at": ["lutsk", "lviv"]}, "too_late"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_unit_that_cannot_shoot_changes_nothing_and_it_is_said_why(
    raids: tuple[str, str], how: dict[str, Any], why: str
) -> None:
    found = skypact.place(raids[0], **how, **{**HOW, "sets": 2})
    for place in how["at"]:
        one = of(found, place)
        assert idle(found, place) == {why}, one["idle"]
        if how["system"] not in ("gepard", "pol-patriot"):  # the radars of these see all the same
            assert (one["tells"], one["change"]["mean"], one["change"]["se"]) == ("nothing", 0, 0)
        assert one["rounds"] == 0
    assert "Where it fires next to nothing" in [table.caption for table in found.tables()]


def test_it_is_the_decision_that_a_scenario_could_have(raids: tuple[str, str]) -> None:
    """The same unit written into the file, compared with the same sets and luck, changes as much."""
    text = raids[0].replace(
        "\nsensors:",
        "\n  - {id: one-more-iris-t-slm, owner: UKR, system: iris-t-slm, at: {lutsk: 1}, kind: notional, note: One more.}"
        "\n\nsensors:",
        1,
    )
    how: dict[str, Any] = {"central": True, "replications": 60, "threads": 1}
    with_it = skypact.run(text, **how)
    without = skypact.run(raids[0], **how)
    asked = ask([("small", load(raids[0]).data)], ["iris-t-slm"], at=["lutsk"])
    ((study, (name,)),) = [with_units(study, asked.units, asked.singles) for study in asked.studies.values()]
    compared = skypact.study.compare(study, RunSettings(60, threads=1), besides=False)
    (difference,) = compared.differences
    assert difference.policy == name
    assert difference.leakers.mean == pytest.approx(with_it.leakers.mean - without.leakers.mean)


def test_everything_that_is_wrong_is_said_at_once(raids: tuple[str, str]) -> None:
    with pytest.raises(Problems) as refused:
        skypact.place(raids[0], "iris-t", 0, ["kiev", "black-sea"], owner="FRA", most=0)
    said = str(refused.value)
    for part in (
        "did you mean iris-t-slm",
        "0 is no such number",
        "no place kiev",
        "no actor FRA",
    ):
        assert part in said, said
    with pytest.raises(Problems, match="a sea area"):
        skypact.place(raids[0], "iris-t-slm", at=["black-sea"])
    with pytest.raises(Problems, match="is named twice"):
        skypact.place([raids[0], raids[0]], "iris-t-slm")
    with pytest.raises(Problems, match="unknown policy"):
        skypact.place(raids[0], "iris-t-slm", policy="helpd")
    with pytest.raises(Problems, match="an incident, and no raid"):
        skypact.place("hranitne-2021-10-26", "gepard")
    with pytest.raises(Problems, match="no place in common"):
        skypact.place([raids[0], "israel-2024-04-13"], "iris-t-slm")
