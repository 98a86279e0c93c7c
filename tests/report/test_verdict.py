"""What is said of a difference is never stronger than the result: every branch of the rule, on any result."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skypact
from skypact.report.answer_incident import sentences
from skypact.report.headline import headline
from skypact.report.material import Material
from skypact.report.verdict import ENOUGH, FIRE, Sign, notional_share, verdict
from skypact.study.over_sets import wilson

SETS = 64
numbers = st.floats(-500, 500, allow_nan=False)


def change(mean: float, low: float, high: float, holds: int, sets: int = SETS, **more: Any) -> dict[str, Any]:
    sign = wilson(holds, sets).to_dict()
    return {
        "mean": mean,
        "se": 0.1,
        "p05": low,
        "p50": mean,
        "p95": high,
        "central": mean,
        "same_sign": sign,
        **more,
    }


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Any], int]:
    sets = draw(st.integers(2, 1000))
    low, mean, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return change(mean, low, high, draw(st.integers(0, sets)), sets), sets


@given(changes())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_a_claim_needs_a_sign_that_holds(found: tuple[dict[str, Any], int]) -> None:
    """Fewer or more is claimed only where Wilson's interval begins at 94 % or above, and the range has one sign."""
    one, sets = found
    said = verdict(one, sets)
    holds = one["same_sign"]["low"] >= ENOUGH and one["p05"] * one["p95"] > 0
    assert said.tells == holds
    assert ("the model cannot tell" in said.said) == (said.sign is Sign.UNKNOWN)
    if said.sign is Sign.SMALL:
        assert max(abs(one["p05"]), abs(one["p95"])) < 1
        assert said.said.startswith("less than one of those that arrive changes")
    word = "fewer" if one["mean"] < 0 else "more"
    if said.tells:
        assert said.said.startswith(f"{word} arrive in ")
        assert ("more" if word == "fewer" else "fewer") not in said.said
        assert "up to 0 %" not in said.said  # no number of sets shows that
    if sets < SETS:
        assert not said.tells


@given(numbers, numbers, numbers)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_central_values_claim_no_more_than_chance_allows(a: float, b: float, c: float) -> None:
    low, mean, high = sorted((a, b, c))
    said = verdict({"mean": mean, "se": 0.1, "ci95": [low, high]}, None)
    assert said.tells == (low > 0 or high < 0)
    assert "sets" not in said.said
    assert "simulation error alone" in said.said


def test_all_of_64_sets_is_just_enough_and_63_is_not() -> None:
    assert verdict(change(-4.2, -7.9, -1.1, 64), SETS).sign is Sign.HOLDS
    assert "up to 6 % of draws might still say otherwise" in verdict(change(-4.2, -7.9, -1.1, 64), SETS).said
    assert verdict(change(-4.2, -7.9, -1.1, 63), SETS).sign is Sign.UNKNOWN


def test_few_sets_that_agree_show_little_and_it_is_said_how_little() -> None:
    said = verdict(change(-4.2, -7.9, -1.1, 12, 12), 12)
    assert said.sign is Sign.UNKNOWN
    assert "cannot tell from so few draws of the unknown numbers: fewer arrive in all 12" in said.said
    assert "but up to 25 % of draws might still say otherwise" in said.said


def test_with_many_sets_a_few_may_go_the_other_way_and_are_counted() -> None:
    said = verdict(change(-4.2, -7.9, -1.1, 990, 1000), 1000)
    assert said.sign is Sign.HOLDS
    assert "fewer arrive in 990 of 1000 draws" in said.said


def test_nothing_that_changes_is_said_so() -> None:
    said = verdict(change(0.0, 0.0, 0.0, 0), SETS)
    assert said.sign is Sign.NONE
    assert (
        "nothing changes in any of 64 draws of the unknown numbers (up to 6 % of draws might still"
        in said.said
    )


def test_a_small_difference_is_not_written_as_nothing() -> None:
    assert "under 0.01 fewer on average" in verdict(change(-0.001, -0.002, -0.0005, 64), SETS).said


RESERVED = {
    "outside": ({"central": 3.0}, "Central values alone give +3.0, which is outside the range"),
    "turns": (
        {
            "by_number": [
                {
                    "title": "kill probability of Buk",
                    "value": 0.5,
                    "low": 0.3,
                    "high": 0.7,
                    "at_low": -2.0,
                    "at_high": {"mean": 1.0},
                }
            ]
        },
        "The sign turns within the range of kill probability of Buk.",
    ),
    "edge": (
        {
            "by_number": [
                {
                    "title": "reach of Hawk",
                    "value": 40,
                    "low": 40,
                    "high": 45,
                    "at_low": -2.0,
                    "at_high": -1.0,
                }
            ]
        },
        "The central value of reach of Hawk is at the edge of its range.",
    ),
    "notional": (
        {
            "rests_on": [
                {"family": "detection", "share": 0.6, "notional": 1.0},
                {"family": "stock", "share": 0.3, "notional": 0.0},
            ]
        },
        "60 % of what is not known about it comes from notional numbers.",
    ),
}


@pytest.mark.parametrize(("more", "said"), RESERVED.values(), ids=RESERVED)
@pytest.mark.parametrize("holds", [64, 40])
def test_what_weakens_an_answer_is_said_with_it(more: dict[str, Any], said: str, holds: int) -> None:
    found = verdict(change(-4.2, -7.9, -1.1, holds, **more), SETS)
    assert [one for one in found.reservations if one.startswith(said)]
    plain = verdict(change(-4.2, -7.9, -1.1, holds), SETS)
    assert not plain.reservations


@given(st.lists(st.tuples(st.floats(-0.2, 1.2), st.floats(0, 1)), max_size=8))
def test_the_notional_share_is_a_share(families: list[tuple[float, float]]) -> None:
    found = notional_share({"rests_on": [{"share": share, "notional": part} for share, part in families]})
    assert found is None if not families else 0 <= found <= 1


@given(changes())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_fire_is_judged_by_the_rule_of_arrivals_in_words_of_its_own(
    found: tuple[dict[str, Any], int],
) -> None:
    one, sets = found
    arrivals, fire = verdict(one, sets), verdict(one, sets, FIRE)
    assert fire.sign is arrivals.sign
    for word in ("arrive", "fewer", "more "):
        assert word not in fire.said
    if fire.tells:
        assert fire.said.startswith(f"the fire is {'shorter' if one['mean'] < 0 else 'longer'} in ")
    if fire.sign is Sign.UNKNOWN:
        assert "cannot tell" in fire.said


def test_how_long_a_fire_lasts_is_said_with_whether_policies_can_be_told_apart() -> None:
    found = skypact.compare("hranitne-2021-10-26", sets=2, replications=5, besides=False)
    material = found.material
    one = headline(material)
    assert one is not None
    assert one.sentence.endswith(
        "Whether the fire is shorter or longer under any of the 4 other policies than under “As it happened”, the model cannot tell."
    )
    assert material.incident is not None
    said = sentences(material, material.incident)
    assert sum(line.startswith("From “As it happened” to “") for line in said) == 4
    material = Material(material.scenario, material.catalog, {**material.comparison, "sets": 64})
    material.differences["tb2-at-once"]["minutes_of_fire"] |= change(-5.0, -9.0, -1.0, 64)
    again = headline(material)
    assert again is not None
    assert "to “TB2 at once”: the fire is shorter in all 64 of 64 draws" in again.sentence
    assert "5.0 minutes shorter on average" in again.sentence
