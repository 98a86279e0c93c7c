"""A campaign in sentences: nothing is said more surely than it is known."""

from __future__ import annotations

from typing import Any

import pytest

from skypact.report import told_campaign as told
from skypact.study.over_sets import wilson

TITLES = {"as-it-was": "As it was", "sooner": "Sooner"}
DRAWS, LEAVES = "draws of the unknown numbers", "up to 20 % of draws might still say otherwise"
MONTH = {"month": "2024-10", "launched": 120}


def document(mean: float, low: float, high: float, share: float | None = 1.0, sets: int = 16) -> Any:
    leakers: dict[str, Any] = {"mean": mean, "p05": low, "p95": high}
    if share is not None:
        leakers["same_sign"] = wilson(round(share * sets), sets).to_dict()
    return {
        "sets": sets,
        "titles": TITLES,
        "baseline": "as-it-was",
        "nights": 3,
        "recorded": [{"month": "2024-10", "destroyed": 90, "not_reached": 10}],
        "policies": {"as-it-was": {"launched": 120, "leakers": {"mean": 31.4}, "by_month": [MONTH]}},
        "differences": [{"policy": "sooner", "baseline": "as-it-was", "leakers": leakers}],
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            document(-5, -9.7, -1.6),
            f"“Sooner”: 1.6 to 9.7 fewer arrive (fewer in all 16 of 16 {DRAWS}; {LEAVES})",
        ),
        (
            document(-5, -9.7, -1.6, sets=2),
            f"“Sooner”: 1.6 to 9.7 fewer arrive (not sure which way: fewer in all 2 of 2 {DRAWS}; up to 66 % of draws might"
            " still say otherwise)",
        ),
        (document(0, 0, 0), "“Sooner”: the same arrive"),
        (
            document(-3.55, -3.55, -3.55),
            f"“Sooner”: about 3.5 fewer arrive, with too few sets or replications for a range (fewer in all 16 of 16 {DRAWS};"
            f" {LEAVES})",
        ),
        (
            document(0.4, -1, 2, 0.625),
            f"“Sooner”: −1.0 to +2.0 arrivals (not sure which way: more in 10 of 16 {DRAWS}; up to 62 % of draws might"
            " still say otherwise)",
        ),
    ],
)
def test_a_change_is_said_with_its_range_or_that_there_is_none(given: Any, said: str) -> None:
    assert told.changed(given, given["differences"][0]) == said


@pytest.mark.parametrize(("mean", "said"), [(-979.4, "979 fewer"), (0.04, "0.04 more"), (0, "as many")])
def test_central_values_are_told_without_a_range(mean: float, said: str) -> None:
    found = told.so_far(document(mean, mean, mean))
    assert found == (
        "With central values, 31 of 120 threats arrive on 3 nights under “As it was”; by the record 20 got through."
        f" Under “Sooner” {said}."
    )


def test_numbers_narrowed_by_nights_are_said_beside_the_answer_without() -> None:
    found = document(-5, -9.7, -1.6)
    base = found["policies"]["as-it-was"]
    base["leakers"] |= {"p05": 20.0, "p95": 44.0}
    assert told.narrowed(found) == []
    before = {"policies": {"as-it-was": {"leakers": {"p05": 11.0, "p95": 52.0}}}}
    found["calibrated"] = {"nights": ["2024-03-22", "2024-01-13"], "effective_size": 498.4, "before": before}
    assert told.narrowed(found) == [
        "The numbers are narrowed by 2 recorded nights, 2024-01-13 to 2024-03-22: one side's claims, in a sample with an"
        " effective size of 498.",
        "With the ranges as they were: 11 to 52 arrive under “As it was”",
    ]


def test_a_record_outside_the_range_is_said_to_be() -> None:
    found = document(-5, -9.7, -1.6)
    leakers = found["policies"]["as-it-was"]["leakers"]
    leakers |= {"p05": 18.0, "p95": 44.0}
    assert told.arriving(found).endswith("by the record 20 got through")
    leakers["p05"] = 24.0
    assert told.arriving(found).endswith("by the record 20 got through, which lies outside this range")


def test_with_central_values_alone_no_range_is_said() -> None:
    found = document(-5, -9.7, -1.6)
    del found["sets"]
    found["policies"]["as-it-was"]["leakers"] |= {"p05": 29.0, "p95": 33.0}
    assert told.arriving(found) == (
        "“As it was”: 31 of 120 threats arrive on 3 nights with central values; no range, for what is not known was not drawn;"
        " by the record 20 got through"
    )
    assert told.months_outside(found) == ""


def test_months_in_which_the_record_lies_outside_are_named() -> None:
    found = document(-5, -9.7, -1.6)
    months = [{"month": f"2024-{number}", "launched": 120} for number in (10, 11, 12)]
    found["recorded"] = [{"month": one["month"], "destroyed": 90, "not_reached": 10} for one in months]
    base = found["policies"]["as-it-was"]
    base["by_month"] = [
        {**month, "leakers": {"p05": low, "p95": high}}
        for month, (low, high) in zip(months, ((21, 30), (15, 25), (5, 19)), strict=True)
    ]
    said = "By the record fewer got through in 2024-10 and more got through in 2024-12 than the range has"
    assert told.months_outside(found) == said


def test_what_a_decision_changes_in_what_runs_out_is_said() -> None:
    found = document(-5, -9.7, -1.6) | {"munitions": {"hawk": "Hawk", "buk": "Buk"}}
    found["policies"] = {"as-it-was": policy(hawk=0.06, buk=0.5), "sooner": policy(hawk=0.33, buk=0.4)}
    said = "Hawk runs out in 33 % of the results instead of 6.0 %, Buk in 40 % instead of 50 %"
    assert told.runs_out_otherwise(found, "sooner") == said
    assert told.changes(found) == [f"{told.changed(found, found['differences'][0])}. {said}"]
    found["policies"]["sooner"] = policy(hawk=0.08, buk=0.5)
    assert told.runs_out_otherwise(found, "sooner") == ""


def test_what_runs_out_is_named_with_its_chance_and_its_day() -> None:
    found = document(-5, -9.7, -1.6) | {"munitions": {"hawk": "Hawk", "buk": "Buk"}}
    found["policies"] = {"as-it-was": policy(hawk=0.06, buk=0.5, short=0.02)}
    assert told.shortages(found) == [
        "Runs out: Buk in 50 % of the results (half of these by 2024-12-01), Hawk in 6.0 % (by 2024-12-01)",
        "No threat in reach arrives for lack of a round, in 95 % of the results or more",
    ]
    found["policies"] = {"as-it-was": policy(hawk=0.04, buk=0, short=0.1)}
    assert told.shortages(found) == [
        "Runs out: nothing, in 95 % of the results or more",
        "Something in reach arrives because no round is left or free for it: Hawk in 10 % of the results (half of these by"
        " 2024-12-01), Buk in 10 % (by 2024-12-01)",
    ]


def policy(short: float = 0.0, **empty: float) -> Any:
    """A policy of two stocks of one owner, each with the share of the results in which it has run out by December."""

    def by(share: float) -> Any:
        return [{"by": "2024-11-01", "share": share / 4}, {"by": "2024-12-01", "share": share}]

    stocks = {name: {"empty": by(share), "short": by(short)} for name, share in empty.items()}
    return {"leakers": {"mean": 31.4}, "stock": {"UKR": stocks}}


def test_policies_that_are_equal_have_an_equals_sign() -> None:
    found = document(0, 0, 0)
    found["policies"]["sooner"] = found["policies"]["as-it-was"]
    found["order"] = {"policies": ["as-it-was", "sooner"], **wilson(16, 16).to_dict()}
    assert told.order(found).startswith("Fewest arrive first: “As it was” = “Sooner”; so in all 16 of 16")
