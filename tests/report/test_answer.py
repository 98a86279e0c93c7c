"""The short answer follows the numbers."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from skypact.report.answer import answer, question
from tests.report.conftest import Case


def answered(case: Case, **leakers: Any) -> str:
    comparison = copy.deepcopy(case.comparison)
    comparison["differences"][0]["leakers"] = leakers
    return " ".join(answer(replace(case, comparison=comparison).material))


def test_fewer_and_more_follow_the_sign(case: Case) -> None:
    fewer = answered(case, mean=-1.5, se=0.1, ci95=[-1.7, -1.3])
    assert "Under “Poland helps”, 1.5 fewer arrive on average (95 % interval 1.3 to 1.7" in fewer
    more = answered(case, mean=1.5, se=0.1, ci95=[1.3, 1.7])
    assert "1.5 more arrive on average (95 % interval 1.3 to 1.7" in more


def test_an_interval_around_zero_is_no_difference(case: Case) -> None:
    text = answered(case, mean=-0.1, se=0.2, ci95=[-0.5, 0.3])
    assert (
        "cannot be told from that under “Ukraine alone” (difference, 95 % interval: −0.50 to +0.30)" in text
    )
    assert "fewer" not in text


def test_the_price_stands_beside_the_result(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    comparison["exposure"]["helped"] = {
        "allied_engagements": {"mean": 3.0},
        "allied_engagements_abroad": {"UKR": {"mean": 2.0}},
        "allied_rounds": {"mean": 6.0},
        "allied_cost_usd": {"mean": 24e6},
        "aircraft_hours_abroad": 11.6,
        "nearest_approach_km": {"RUS": 512.0, "BLR": None, "POL": float("inf")},
        "training_days": {},
    }
    text = " ".join(answer(replace(case, comparison=comparison).material))
    assert "Allies fire 6.0 rounds in 3.0 engagements (about 24.0 million USD)" in text
    assert "2.0 over Ukraine" in text
    assert "12 hours over another country" in text
    assert "nearest approach is 512 km to Russia." in text


def test_agreement_counts_outcomes_and_not_inputs(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    for entry, agrees in zip(comparison["reported"], (True, True, False), strict=True):
        entry["agrees"] = agrees
    text = " ".join(answer(replace(case, comparison=comparison).material))
    assert "Of 2 reported counts" in text
    assert "covers 1 and misses 1." in text


def test_chance_and_ignorance_are_told_apart(case: Case) -> None:
    text = " ".join(answer(case.material))
    assert "rather than from chance" in text
    assert "They do not say how well the model knows the world." in text


def test_nothing_is_called_best(case: Case, page: str) -> None:
    assert "best" not in " ".join(answer(case.material))
    assert page.count("best") == page.count("calls no policy best")


def test_the_question_names_the_baseline(case: Case) -> None:
    assert question(case.material) == (
        "What would change in this raid if this other policy were in force instead of “Ukraine alone”?"
    )


def test_counts_of_one_and_next_to_nothing_are_said_as_people_say_them(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    comparison["differences"][0]["by_owner"] = {"UKR": {"rounds": {"mean": 1.2}, "kills": {"mean": -0.9}}}
    comparison["exposure"]["helped"] |= {
        "allied_engagements": {"mean": 0.02},
        "allied_rounds": {"mean": 0.02},
        "allied_cost_usd": {"mean": 4e4},
    }
    text = " ".join(answer(replace(case, comparison=comparison).material))
    assert "own units fire 1 more round and make 1 fewer kill." in text
    assert "Allies fire fewer than 0.1 rounds on average" in text
    assert "0.0" not in text.split("Allies fire")[1].split(".")[1]
