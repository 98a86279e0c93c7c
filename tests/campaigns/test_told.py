"""A campaign in sentences: nothing is said more surely than it is known."""

from __future__ import annotations

from typing import Any

import pytest

from skypact.report import told_campaign as told

TITLES = {"as-it-was": "As it was", "sooner": "Sooner"}
MONTH = {"month": "2024-10", "launched": 120}


def document(mean: float, low: float, high: float, share: float | None = 1.0) -> Any:
    leakers: dict[str, Any] = {"mean": mean, "p05": low, "p95": high}
    if share is not None:
        leakers["same_sign"] = {"share": share}
    return {
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
        (document(-5, -9.7, -1.6), "“Sooner”: 1.6 to 9.7 fewer arrive (fewer in 100 % of the sets)"),
        (document(0, 0, 0), "“Sooner”: the same arrive"),
        (
            document(-3.55, -3.55, -3.55),
            "“Sooner”: about 3.5 fewer arrive, with too few sets or replications for a range (fewer in 100 % of the sets)",
        ),
        (
            document(0.4, -1, 2, 0.6),
            "“Sooner”: −1.0 to +2.0 arrivals (not sure which way: more in 60 % of the sets)",
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
