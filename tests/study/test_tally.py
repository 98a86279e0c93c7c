"""The sums of the study agree with NumPy's on the kept replications, however they are grouped."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.study.tally import Tally

SPREADS = ("counts", "amounts", "values")


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 10**10), st.floats(0, 1e4)), min_size=2, max_size=60
    ),
    cut=st.integers(0, 60),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_agrees_with_numpy_however_grouped(rows: list[tuple[int, int]], cut: int) -> None:
    values = np.array(rows, dtype=float)
    tally = Tally(SPREADS)
    tally.add(values[:cut])
    tally.add(values[cut:])
    for column in (0, 1, 2):
        found = tally.estimate(column)
        assert found.mean == pytest.approx(values[:, column].mean(), rel=1e-12)
        assert found.sd == pytest.approx(values[:, column].std(ddof=1), rel=1e-9, abs=1e-6)
        assert found.se == pytest.approx(found.sd / np.sqrt(len(rows)))
    for column in (0, 1, 2):
        whole = tally.estimate(column)
        for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
            assert getattr(whole, name) == np.quantile(values[:, column], share, method="inverted_cdf")
    histogram = tally.estimate(0).histogram
    assert sum(histogram.counts) == len(rows)
    assert histogram.first == values[:, 0].min()


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Of 2,000 intervals of 95 %, the number that miss a known mean lies in its 1e-6 binomial range."""
    random = np.random.default_rng(20240826)
    missed = 0
    for _ in range(2_000):
        tally = Tally(["sums"])
        tally.add(random.poisson(7.0, size=(40, 1)).astype(float))
        low, high = tally.change(0).ci95
        missed += not low <= 7.0 <= high
    # Binomial(2000, 0.05): mean 100, sd 9.75; 4.9 sd each side, and the skew of Poisson(7) is small.
    assert 52 <= missed <= 152


def test_of_large_amounts_the_first_are_kept_and_the_rest_counts_in_the_mean() -> None:
    values = np.arange(100.0)[:, None]
    tally = Tally(["amounts"], kept=40)
    for part in np.array_split(values, 7):
        tally.add(part)
    found = tally.estimate(0)
    assert found.mean == 49.5
    assert found.p95 == np.quantile(np.arange(40.0), 0.95, method="inverted_cdf")


def test_no_replications_is_no_division_by_zero() -> None:
    tally = Tally(["counts"])
    assert tally.estimate(0).to_dict() == {"mean": 0.0, "sd": 0.0, "se": 0.0}
