"""The shipped incident of 26 October 2021 says what both sides said, and marks what is ours."""

from datetime import date, datetime
from functools import cache
from importlib.resources import files

import pytest

from skypact.catalog import load_catalog
from skypact.quantity import Quantity
from skypact.reading import read_document, references, validate
from skypact.scenario.model import Scenario
from skypact.study.aid import aid_table
from skypact.study.check import check_scenario
from skypact.study.compare import compare
from skypact.study.explain_incident import explain_incident
from skypact.study.play import RunSettings
from skypact.study.setup import Study

FILE = files("skypact.scenario") / "shipped" / "hranitne-2021-10-26.yaml"
STEPS = {
    "as-happened": ["demand", "note", "tb2"],
    "demand-and-note-only": ["demand", "note"],
    "note-withheld": ["demand", "tb2"],
    "tb2-at-once": ["demand", "note", "tb2-at-once"],
    "tb2-not-sold": ["demand", "note", "tb2"],
}


@cache
def document():
    return read_document(str(FILE))


@cache
def scenario():
    return validate(Scenario, document())


def incident():
    found = scenario().incident
    assert found is not None
    return found


@cache
def question():
    return Study.ask("hranitne-2021-10-26")


@cache
def answered():
    return compare(question(), RunSettings(2000, seed=7)).to_dict()


@cache
def explained(policy):
    return explain_incident(question(), policy)


def changed(path, value):
    """The question with a number of the gun changed."""
    data = scenario().model_dump(by_alias=True)
    data["incident"]["fire"]["gun"][path] = value
    other = Scenario.model_validate(data)
    return Study(other, load_catalog(), ("as-happened",), "as-happened")


# ------------------------------------------------------------------------------------- the record


def test_the_raid_starts_with_the_fire_in_local_time():
    zero = scenario().raid.zero
    assert zero == datetime.fromisoformat("2021-10-26T14:25:00+03:00")


def test_the_policies_take_the_steps_that_they_name():
    assert {name: [s["step"] for s in explained(name)["steps"]] for name in STEPS} == STEPS
    assert scenario().baseline == "as-happened"


def test_the_aircraft_were_bought_and_held():
    (row,) = aid_table(scenario(), "as-happened", date(2021, 10, 26))
    assert (row["status"], row["held"]) == ("allowed", 12)


def test_what_was_not_sold_is_not_there_and_the_rule_says_why():
    (row,) = aid_table(scenario(), "tb2-not-sold", date(2021, 10, 26))
    assert (row["status"], row["held"]) == ("blocked", 0)
    (step,) = (step for step in explained("tb2-not-sold")["steps"] if step["step"] == "tb2")
    assert step["units"] == []
    assert {why["rule"] for why in step["because"]} == {"tur-no-tb2"}


@pytest.mark.parametrize(
    ("point", "texts"),
    [
        ("times", ["14:25", "14:35"]),
        ("crossing of the line", ["did not cross", "15 km", "never crossed"]),
        ("the gun", ["with its crew", "neither dead nor wounded", "did not record"]),
        ("what led to it", ["shopping", "Staromaryivka", "had not taken", "25 October"]),
        ("the Minsk question", ["any aircraft", "only the OSCE", "Self-defence", "banned", "Both sides"]),
        ("ceasefire violations in Donetsk region", ["681", "435", "321", "406"]),
        ("the silence", ["27 October"]),
    ],
)
def test_every_version_is_kept(point, texts):
    said = [" ".join(a.text.split()) for a in incident().accounts if a.point == point]
    for text in texts:
        assert any(text in one for one in said), text


def test_the_accounts_of_both_sides_and_of_the_monitors_are_there():
    speakers = {account.by for account in incident().accounts}
    assert {"Ukraine's General Staff", "Representative of the DPR", "OSCE SMM", "Russia"} <= speakers


@pytest.mark.parametrize("name", ["order", "demand", "note", "strike", "silence"])
def test_the_ledger_has_the_statements_of_the_article(name):
    (found,) = (statement for statement in scenario().statements if statement.id == name)
    assert found.actor == "UKR"
    assert found.date == "2021-10-26"


def test_that_the_strike_ended_the_fire_is_a_claim():
    (found,) = (statement for statement in scenario().statements if statement.id == "silence")
    assert found.kind == "claim"
    assert incident().ladder["tb2"].contested == "Ukraine's General Staff"


# ----------------------------------------------------------------------------------- the assumptions


@pytest.mark.parametrize("step", ["demand", "note", "tb2", "tb2-at-once"])
def test_chance_prolonging_renewal_and_widening_are_ours_and_may_be_nothing(step):
    found = incident().ladder[step]
    for name in ("chance", "prolongs_min", "renews", "widens"):
        quantity = getattr(found, name)
        if isinstance(quantity, Quantity):
            assert quantity.kind == "notional", name
            assert quantity.note, name
            assert quantity.low == 0 < quantity.high, name


def test_no_step_is_more_likely_to_be_followed_by_another_fire():
    assert len({step.renews.value for step in incident().ladder.values() if step.renews}) == 1


def test_the_file_says_that_the_order_of_the_policies_is_no_evidence():
    assert "no evidence" in " ".join(scenario().summary.replace("\n", " ").split())
    assert any("not evidence" in line for line in scenario().notional)


def test_no_place_is_finer_than_a_tenth_of_a_degree():
    corners = [corner for region in scenario().regions.values() for corner in region.corners]
    places = [(place.lat, place.lon) for place in scenario().places.values()]
    for lat, lon in [*corners, *places]:
        assert (round(lat, 1), round(lon, 1)) == (lat, lon)


# --------------------------------------------------------------------------------------- the answer


def unit(found):
    (step,) = (step for step in found["steps"] if step["step"] == "tb2")
    return step["units"][0]


def test_the_gun_is_in_reach_from_the_own_side():
    found = unit(explained("as-happened"))
    assert found["share"] > 0.5
    assert found["short_km"] == 0
    assert {why["rule"] for why in found["because"]} == {"strike-from-own-side"}


def test_a_gun_out_of_reach_is_too_deep_by_kilometres():
    far = changed("depth_km", {"value": 20.0, "kind": "notional", "note": "Farther."})
    found = unit(explain_incident(far, "as-happened"))
    assert found["share"] == 0
    assert found["short_km"] == pytest.approx(20 + 2 - found["reach_km"], abs=1.0)
    assert "too deep" in found["answer"]


@pytest.mark.parametrize("name", ["minutes_of_fire", "rounds_fired", "harm"])
def test_every_measure_has_its_spread(name):
    for policy in STEPS:
        found = answered()["policies"][policy][name]
        assert {"mean", "sd", "se", "p05", "p50", "p95"} <= set(found)


def test_the_shares_of_what_ended_the_fire_add_up():
    for policy, steps in STEPS.items():
        shares = answered()["policies"][policy]["ended_by"]
        assert set(shares) <= {*steps, "none"}
        assert sum(share["mean"] for share in shares.values()) == pytest.approx(1)


def test_the_median_of_what_happened_is_near_the_fifty_minutes_of_the_record():
    assert answered()["policies"]["as-happened"]["minutes_of_fire"]["p50"] == pytest.approx(50, abs=5)


def test_without_the_aircraft_the_order_changes_nothing():
    found = answered()["policies"]
    for name in ("minutes_of_fire", "rounds_fired", "harm"):
        assert found["tb2-not-sold"][name] == found["demand-and-note-only"][name]


def test_nobody_crosses_the_line():
    for policy in STEPS:
        assert answered()["policies"][policy]["line_crossed"]["mean"] == 0


def test_if_the_strike_did_not_end_the_fire_it_lasts_as_without_it():
    found = answered()["incident"]["if_it_did_not_end_it"]["tb2"]
    assert found["account_of"] == "Ukraine's General Staff"
    with_it, without = found["policies"]["as-happened"], found["policies"]["demand-and-note-only"]
    assert with_it["minutes_of_fire"] == pytest.approx(without["minutes_of_fire"])
    assert with_it["harm"] > without["harm"]


# ------------------------------------------------------------------------------------------ sources


def test_the_file_has_neither_errors_nor_warnings():
    assert check_scenario(str(FILE)) == ()


def test_every_source_named_exists_and_every_source_is_used():
    named = {name for _, what, name in references(Scenario, document().data) if what == "source"}
    assert named == set(scenario().sources)


def test_every_decision_has_a_source_and_a_statement():
    spoken = {name for statement in scenario().statements for name in statement.about}
    for name, decision in scenario().decisions.items():
        assert decision.sources, name
        assert decision.status == "hypothetical" or decision.said or name in spoken, name


@pytest.mark.parametrize("word", ["TASS", "Sputnik"])
def test_a_state_directed_outlet_is_named_as_one(word):
    found = [source for source in scenario().sources.values() if word in source.publisher]
    assert found
    for source in found:
        assert "Russian state" in source.note, source.title
