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
