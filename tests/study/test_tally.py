"""The sums of the study agree with NumPy's on the kept replications, however they are grouped."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.study.tally import Tally, pooled

COUNTED = np.array([True, False])


@given(
    rows=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 10**10)), min_size=2, max_size=60),
    cut=st.integers(0, 60),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_agrees_with_numpy_however_grouped(rows: list[tuple[int, int]], cut: int) -> None:
    values = np.array(rows, dtype=float)
    tally = Tally(2, COUNTED)
    tally.add(values[:cut])
    tally.add(values[cut:])
    for column in (0, 1):
        found = tally.statistics(column)
        assert found["mean"] == pytest.approx(values[:, column].mean(), rel=1e-12)
        assert found["sd"] == pytest.approx(values[:, column].std(ddof=1), rel=1e-9, abs=1e-6)
        assert found["se"] == pytest.approx(found["sd"] / np.sqrt(len(rows)))
    whole = tally.statistics(0)
    for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        assert whole[name] == np.quantile(values[:, 0], share, method="inverted_cdf")
    first, counts = whole["histogram"]["first"], whole["histogram"]["counts"]
    assert sum(counts) == len(rows)
    assert first == values[:, 0].min()


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Of 2,000 intervals of 95 %, the number that miss a known mean lies in its 1e-6 binomial range."""
    random = np.random.default_rng(20240826)
    missed = 0
    for _ in range(2_000):
        tally = Tally(1, np.array([False]))
        tally.add(random.poisson(7.0, size=(40, 1)).astype(float))
        low, high = tally.interval(0)["ci95"]
        missed += not low <= 7.0 <= high
    # Binomial(2000, 0.05): mean 100, sd 9.75; 4.9 sd each side, and the skew of Poisson(7) is small.
    assert 52 <= missed <= 152


def test_pooled_percentiles_are_those_of_all_replications() -> None:
    random = np.random.default_rng(3)
    parts = [random.poisson(5 + 3 * i, size=(200, 1)).astype(float) for i in range(4)]
    tallies = []
    for part in parts:
        tally = Tally(1, np.array([True]))
        tally.add(part)
        tallies.append(tally)
    found = pooled(tallies, 0)
    everything = np.concatenate(parts)[:, 0]
    assert found["p95"] == np.quantile(everything, 0.95, method="inverted_cdf")


def test_no_replications_is_no_division_by_zero() -> None:
    tally = Tally(1, np.array([True]))
    assert tally.statistics(0) == {"mean": 0.0, "sd": 0.0, "se": 0.0}
