"""When a report agrees with what was simulated."""

from typing import Any

import pytest

from skypact.scenario.model import Observed
from skypact.study.reported import agrees

SIMULATED = {"mean": 91.0, "p05": 81, "p95": 102}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"value": 81}, True),
        ({"value": 80}, False),
        ({"value": 103}, False),
        ({"value": 70, "low": 60, "high": 81}, True),
        ({"value": 70, "low": 60, "high": 80}, False),
        ({"value": 110, "low": 103, "high": 120}, False),
        ({"value": 70, "low": 71}, True),  # "more than 70": 81 to 102 is
        ({"value": 103, "low": 103}, False),
        ({"value": 200, "high": 200}, True),  # "at most 200"
        ({"value": 80, "high": 80}, False),
    ],
)
def test_a_range_with_one_end_is_open_at_the_other(given: dict[str, Any], expected: bool) -> None:
    numbers = {name: float(number) for name, number in given.items()}
    report = Observed(what="killed", by="The Newspaper", sources=("newspaper",), **numbers)
    assert agrees(report, SIMULATED) is expected
