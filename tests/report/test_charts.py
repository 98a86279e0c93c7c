"""Charts start and end their axes where the numbers are."""

from __future__ import annotations

import copy
import doctest
import re
from dataclasses import replace

import pytest

from skypact.report import charts
from skypact.report.charts import differences, domain_of
from tests.report.conftest import Case


def test_examples_hold() -> None:
    assert doctest.testmod(charts).failed == 0


@pytest.mark.parametrize("values", [[-3.0, -1.0], [1.0, 3.0], [-1.0, 2.0], [0.0], [-1e-9, 0.0]])
def test_an_axis_shows_all_values_and_zero_with_room_for_the_marks(values: list[float]) -> None:
    low, high = domain_of(values)
    assert low < min(0.0, *values, 0.0)
    assert high > max(0.0, *values, 0.0)


@pytest.mark.parametrize(("mean", "low", "high"), [(-4.0, -5.0, -3.0), (0.0, 0.0, 0.0), (4.0, 3.0, 5.0)])
def test_zero_and_every_interval_stand_inside_the_chart(
    case: Case, mean: float, low: float, high: float
) -> None:
    comparison = copy.deepcopy(case.comparison)
    for record in comparison["differences"]:
        record["leakers"] = {"mean": mean, "se": 0.5, "p05": low, "p95": high}
    drawn = str(differences(replace(case, comparison=comparison).material))
    for svg in re.findall(r"<svg .*?</svg>", drawn, re.S):
        width = float(re.search(r'width="([\d.]+)"', svg)[1])
        rule = re.search(r'layer_0_marks"><line transform="translate\(([-\d.]+),', svg)
        bar = re.search(r'layer_1_marks"><line transform="translate\(([-\d.]+),[^)]*\)" x2="([-\d.]+)"', svg)
        zero, start, long = float(rule[1]), float(bar[1]), float(bar[2])
        for at in (zero, start, start + long):
            assert 5 < at < width - 8, "no mark stands on the edge, where half of it would be cut"
        assert (start + long < zero) == (mean < 0)
        assert (start > zero) == (mean > 0)
