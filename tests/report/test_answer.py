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


def over_sets(mean: float, low: float, high: float, holds: float) -> dict[str, Any]:
    sign = {"share": holds, "low": max(0.0, holds - 0.0566), "high": min(1.0, holds + 0.0566)}
    parts = {"variance": {"chance": 4.0, "ignorance": 1.0}, "same_sign": sign}
    return {"mean": mean, "se": 0.1, "p05": low, "p50": mean, "p95": high, "central": mean, **parts}


def test_fewer_and_more_follow_the_sign(case: Case) -> None:
    fewer = answered(case, **over_sets(-1.5, -2.5, -0.5, 1.0))
    assert "Under “Poland helps”, fewer arrive in all 64 of 64 draws of the unknown numbers" in fewer
    assert "1.5 fewer on average, 0.5 to 2.5 fewer in nine draws of ten" in fewer
    more = answered(case, **over_sets(1.5, 0.5, 2.5, 1.0))
    assert "more arrive in all 64 of 64 draws" in more
    assert "fewer" not in more.split("Under “Poland helps”")[1].split(".")[0]


def test_a_sign_that_does_not_hold_is_not_claimed(case: Case) -> None:
    text = answered(case, **over_sets(-0.1, -2.5, 0.3, 0.6))
    assert "the model cannot tell whether fewer or more arrive: fewer in 38 of 64 draws" in text


def test_of_less_than_one_arrival_the_size_is_said_first(case: Case) -> None:
    text = answered(case, **over_sets(-0.1, -0.5, 0.3, 0.6))
    assert (
        "less than one of those that arrive changes: −0.5 to +0.3 in nine draws of ten (0.1 fewer on average;"
        in text
    )
    assert "fewer in 38 of 64 draws" in text
    assert "cannot tell" not in text


def test_simulation_error_is_called_that_and_stands_last(case: Case) -> None:
    text = answered(case, **over_sets(-1.5, -2.5, -0.5, 1.0))
    assert "Simulation error of the average differences is ±0.09 at most" in text
    assert text.index("unknown numbers") < text.index("Simulation error")


def test_central_values_are_called_that(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    del comparison["sets"]
    comparison["differences"][0]["leakers"] = {"mean": -1.5, "se": 0.1, "ci95": [-1.7, -1.3]}
    text = " ".join(answer(replace(case, comparison=comparison).material))
    assert "1.5 fewer arrive on average with central values (simulation error alone: 1.3 to 1.7)" in text
    assert "nothing of how well the model knows the world" in text


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
    assert (
        "Allies fire 6.0 rounds in 3.0 engagements (about 24.0 million USD at list or estimated price, systems and crews not counted)"
        in text
    )
    assert "2.0 over Ukraine" in text
    assert "12 hours over another country" in text
    assert "the area where they stand or may fly comes within 512 km of Russia’s border." in text


def test_a_border_is_spoken_of_only_where_allies_do_something(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    acting = comparison["exposure"]["helped"] | {
        "allied_rounds": {"mean": 6.0},
        "nearest_approach_km": {"RUS": 0.0},
    }
    comparison["exposure"]["helped"] = acting
    assert "may fly reaches Russia’s border" in " ".join(
        answer(replace(case, comparison=comparison).material)
    )
    comparison["exposure"]["helped"] = acting | {"allied_rounds": {"mean": 0.0}, "aircraft_hours_abroad": 0.0}
    assert "border" not in " ".join(answer(replace(case, comparison=comparison).material))


def test_scores_count_outcomes_and_not_inputs(case: Case) -> None:
    text = " ".join(answer(case.material))
    assert "Of 2 reported counts" in text
    assert (
        "comes nearer than the plain rates of the record before that day for 2, and less near for 0." in text
    )


def test_where_there_is_no_record_it_is_said(case: Case) -> None:
    comparison = copy.deepcopy(case.comparison)
    for entry in comparison["reported"]:
        entry["baseline"] = None
    text = " ".join(answer(replace(case, comparison=comparison).material))
    assert "there is no public record of the time before" in text


def test_chance_and_ignorance_are_told_apart(case: Case) -> None:
    assert "33 % of that variance comes from unknown numbers, the rest from chance" in " ".join(
        answer(case.material)
    )


def test_nothing_is_called_best(case: Case, page: str) -> None:
    assert "best" not in " ".join(answer(case.material))
    said = ("calls no policy best", "No policy is called best", "best radar")
    assert page.count("best") == sum(page.count(one) for one in said)


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
