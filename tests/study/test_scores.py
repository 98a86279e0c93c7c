"""Places and scores of forecasts of counts: closed forms, and the brute force of their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.scenario.model import Observed, RecordedRate
from skypact.study.scores import crps, place, plain, scored

counts = st.lists(st.integers(0, 20), min_size=1, max_size=30).filter(any)


def report(**given: object) -> Observed:
    return Observed(
        **{"what": "killed", "value": 1.0, "by": "The Newspaper", "sources": ("newspaper",), **given}
    )


def rate(launched: int, killed: int, between: float) -> RecordedRate:
    parts = {
        "since": "2023",
        "until": "2024-08-01",
        "reports": 10,
        "kind": "reported",
        "sources": ("record",),
    }
    return RecordedRate(launched=launched, killed=killed, between=between, **parts)


@given(counts, st.floats(0, 40))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_score_is_the_expected_distance_less_half_the_spread(weights: list[int], value: float) -> None:
    """CRPS = E|X − y| − E|X − X'| / 2, another form of the same integral."""
    found = np.repeat(np.arange(len(weights)), weights).astype(float)
    expected = np.abs(found - value).mean() - np.abs(found[:, None] - found).mean() / 2
    assert crps(np.array(weights), value) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 30), st.floats(0, 40))
def test_of_a_single_number_the_score_is_the_absolute_error(number: int, value: float) -> None:
    weights = np.zeros(number + 1)
    weights[-1] = 7
    assert crps(weights, value) == pytest.approx(abs(number - value))


def test_a_wide_forecast_earns_no_praise() -> None:
    narrow, wide = np.zeros(201), np.ones(201)
    narrow[95:106] = 1
    assert place(wide, 100, 100).middle == pytest.approx(place(narrow, 100, 100).middle, abs=0.01)
    assert crps(wide, 100) > 10 * crps(narrow, 100)


@given(counts, st.integers(0, 35))
def test_the_place_has_what_is_tied_between_its_ends(weights: list[int], value: int) -> None:
    found = place(np.array(weights), value, value)
    tied = weights[value] / sum(weights) if value < len(weights) else 0.0
    assert found.high - found.low == pytest.approx(tied)
    assert found.low <= found.middle <= found.high


def test_places_of_a_right_forecast_are_even() -> None:
    """Of 20,000 counts that come as foreseen, the middle places average one half (4.5 standard errors)."""
    rng = np.random.default_rng(1)
    weights = np.bincount(rng.poisson(3.0, 400_000))
    middles = [place(weights, x, x).middle for x in rng.poisson(3.0, 20_000)]
    assert np.mean(middles) == pytest.approx(0.5, abs=4.5 * 0.29 / 20_000**0.5)


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ({"value": 2.0}, 0.25, 0.75),
        ({"value": 2.0, "low": 2.0}, 0.25, 1.0),  # "2 or more"
        ({"value": 2.0, "high": 2.0}, 0.0, 0.75),  # "at most 2"
        ({"value": 2.0, "low": 1.0, "high": 2.0}, 0.0, 0.75),
    ],
)
def test_a_range_with_one_end_is_open_at_the_other(given: dict[str, float], low: float, high: float) -> None:
    found = scored(report(**given), np.array([0, 1, 2, 1]))["place"]
    assert (found["low"], found["high"]) == (low, high)


def test_the_plain_forecast_is_the_records_rate_with_its_spread() -> None:
    record = {"drone": rate(1000, 900, 0.0), "cruise": rate(100, 50, 0.2)}
    launched = {"drone": 10, "cruise": 8}
    of_drones = plain(report(classes=("drone",)), launched, record)
    assert of_drones is not None
    assert (np.arange(11) * of_drones).sum() == pytest.approx(9.0)
    everything = plain(report(), launched, record)
    assert everything is not None
    numbers = np.arange(len(everything))
    mean = (numbers * everything).sum()
    assert mean == pytest.approx(9.0 + 4.0)
    # Binomial 10 × 0.9 × 0.1, and beta-binomial n p q + n (n − 1) τ².
    assert ((numbers - mean) ** 2 * everything).sum() == pytest.approx(0.9 + 2.0 + 56 * 0.04)
    arrived = plain(report(what="leaked"), launched, record)
    assert arrived is not None
    assert np.allclose(arrived, everything[::-1])


@pytest.mark.parametrize("given", [{"owner": "UKR"}, {"what": "rounds"}, {"classes": ("ballistic-short",)}])
def test_where_the_record_says_nothing_there_is_no_plain_forecast(given: dict[str, object]) -> None:
    launched = {"drone": 10, "ballistic-short": 2}
    assert plain(report(**given), launched, {"drone": rate(10, 9, 0.1)}) is None
