"""Numbers in words; the examples in the docstrings hold."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact import formatting
from skypact.formatting import brief, decimals_for, fixed, percent, unit_of
from skypact.report import table
from skypact.report.table import Format, Number, lines_of, numbers
from skypact.report.verdict import verdict


def test_examples_hold() -> None:
    assert doctest.testmod(formatting).failed == 0
    assert doctest.testmod(table).failed == 0


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


DIGITS = re.compile(r"\d+(?:\.(\d+))?")


@given(
    st.floats(-300, 300),
    st.floats(0, 300),
    st.floats(0, 300),
    st.sampled_from([Format.CHANGE, Format.CHANGE_MILLIONS, Format.SHARE, Format.CORRELATION]),
)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_a_number_and_its_interval_have_the_same_digits(
    value: float, below: float, above: float, form: Format
) -> None:
    scale = {Format.CHANGE_MILLIONS: 1e6, Format.SHARE: 0.01}.get(form, 1.0)
    cell = Number(scale * value, scale * (value - below), scale * (value + above))
    texts = lines_of(cell, numbers("x", "threats", form))
    if texts[1]:
        found = {len(digits) for text in texts for digits in DIGITS.findall(text.replace(",", ""))}
        assert len(found) == 1, texts


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Number(-12.5, -24.5, -4.6), ("−12.5", "−24.5 to −4.6")),
        (Number(0.0, -0.5, 0.4), ("0.0", "−0.5 to +0.4")),
        (Number(0.5, 0.0, 0.6), ("+0.5", "0.0 to +0.6")),
        (Number(0.001, -0.002, 0.003), ("under 0.01", "")),
        (Number(0.0, 0.0, 0.0), ("0", "")),
        (Number(26.0, 1.0, 72.0), ("+26", "+1 to +72")),
    ],
)
def test_a_change_is_written_with_the_digits_of_its_interval(cell: Number, shown: tuple[str, str]) -> None:
    assert lines_of(cell, numbers("x", "threats", Format.CHANGE)) == shown


def test_a_sentence_has_the_digits_of_the_table() -> None:
    sign = {"share": 1.0, "low": 0.95, "high": 1.0}
    change = {"mean": -12.46, "p05": -24.52, "p95": -4.61, "same_sign": sign}
    said = verdict(change, 64).said
    first, interval = lines_of(Number(-12.46, -24.52, -4.61), numbers("x", "threats", Format.CHANGE))
    assert f"{first.lstrip('−')} fewer on average" in said
    assert interval.replace("−", "").split(" to ")[::-1] == ["4.6", "24.5"]
    assert "4.6 to 24.5 fewer" in said
