"""Numbers in words; the examples in the docstrings hold."""

from __future__ import annotations

import doctest

import pytest

from skypact import formatting
from skypact.formatting import brief, decimals_for, fixed, percent, unit_of


def test_examples_hold() -> None:
    assert doctest.testmod(formatting).failed == 0


@pytest.mark.parametrize(
    ("field", "unit"),
    [("range_km", "km"), ("rcs_m2", "m²"), ("dash_m_s", "m/s"), ("max_altitude_m", "m"), ("reload_s", "s")],
)
def test_units_come_from_the_name(field: str, unit: str) -> None:
    assert unit_of(field) == unit


def test_no_minus_zero_and_no_false_precision() -> None:
    assert fixed(-0.0001, 2) == "0.00"
    assert brief(0.000123) == "0.000123"
    assert brief(1e9) == "1,000,000,000"
    assert fixed(float("nan")) == "–"
    assert percent(0.00001) == "under 0.1"
    assert [decimals_for(width) for width in (0.01, 0.3, 50)] == [2, 1, 0]
