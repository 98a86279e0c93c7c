"""What is said over sets, on a made model of which the truth is known.

Rates of error: tolerances of statistical tests are 4.5 standard errors, which a right program misses one time in 150,000;
for shares of covered intervals the bounds are those of the binomial distribution at 1e-6.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binom, norm

from skypact.study.estimates import Change
from skypact.study.measures.base import Key, Shown
from skypact.study.over_sets import Gathered, GatheredPairs, differences_over_sets, wilson
from skypact.study.tally import Tally

KEY: Key = ("leakers",)
SHOWN = {KEY: Shown("Arrive", "threats", spread="counts")}


def sums(means: NDArray[Any], runs: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    return means, runs.var(axis=1, ddof=1) / runs.shape[1]


def played(sets: int, each: int, middle: float, chance: float, ignorance: float, seed: int) -> Change:
    """A difference with known parts: normal between sets and within."""
    rng = np.random.default_rng(seed)
    centre = rng.normal(middle, np.sqrt(ignorance), sets)
    runs = rng.normal(centre[:, None], np.sqrt(chance), (sets, each))
    means, noise = sums(runs.mean(axis=1), runs)
    (found,) = differences_over_sets(means[:, None], noise[:, None], each)
    return found


@pytest.mark.parametrize(("chance", "ignorance"), [(4.0, 1.0), (9.0, 0.0), (1.0, 0.2)])
def test_the_variance_of_a_difference_is_taken_apart(chance: float, ignorance: float) -> None:
    found = played(4000, 50, -2.0, chance, ignorance, seed=1)
    assert found.variance is not None
    assert found.variance.chance == pytest.approx(chance, rel=0.02)
    assert found.variance.ignorance == pytest.approx(ignorance, rel=0.1, abs=0.02)


@pytest.mark.parametrize("ignorance", [1.0, 0.1])
def test_percentiles_of_a_difference_are_without_the_noise(ignorance: float) -> None:
    """With 20 replications of variance 4 the noise (0.2) widens the raw range of the means; the net one is the truth's."""
    found = played(6000, 20, -2.0, 4.0, ignorance, seed=2)
    for share, name in ((0.05, "p05"), (0.5, "p50"), (0.95, "p95")):
        assert getattr(found, name) == pytest.approx(norm.ppf(share, -2.0, ignorance**0.5), abs=0.07)


def test_the_standard_error_is_that_of_sets_and_replications_together() -> None:
    """Of 1,500 intervals mean ± 1.998 se (t with 63 degrees), the misses lie in the binomial range of 5 %."""
    missed = 0
    for seed in range(1500):
        found = played(64, 10, 1.0, 4.0, 0.5, seed)
        missed += abs(found.mean - 1.0) > 1.998 * found.se
    assert binom.ppf(1e-6, 1500, 0.05) <= missed <= binom.isf(1e-6, 1500, 0.05)


@pytest.mark.parametrize("truth", [0.6, 0.9, 0.99])
def test_the_interval_of_the_share_covers_the_truth(truth: float) -> None:
    """Wilson's interval is approximate: over 1,500 tries it covers at least 92 % of the time (nominal 95)."""
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(1500):
        found = wilson(int(rng.binomial(64, truth)), 64)
        covered += found.low <= truth <= found.high
    assert covered >= binom.ppf(1e-6, 1500, 0.92)


def test_noise_alone_is_not_a_sign_that_holds() -> None:
    """Nothing is there but chance: the range shrinks to a point, and the share does not go up for it."""
    found = played(64, 10, 0.0, 4.0, 0.0, seed=5)
    assert found.same_sign is not None
    assert found.same_sign.share < 0.75
    assert found.same_sign.low < 0.94


def test_a_set_without_a_difference_is_no_sign() -> None:
    means = np.array([[-1.0], [-2.0], [0.0], [0.0]])
    (found,) = differences_over_sets(means, np.zeros((4, 1)), 10)
    assert found.same_sign is not None
    assert found.same_sign.share == 0.5
    (none,) = differences_over_sets(np.zeros((4, 1)), np.zeros((4, 1)), 10)
    assert none.same_sign is not None
    assert (none.mean, none.p05, none.p95, none.same_sign.share) == (0.0, 0.0, 0.0, 0.0)


def tally_of(values: list[list[int]], spread: str = "counts") -> Tally:
    found = Tally([spread] * len(values[0]))  # type: ignore[list-item]
    found.add(np.array(values, dtype=float))
    return found


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=8),
    st.sampled_from(["counts", "whole", "amounts", "values"]),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_estimate_is_that_of_all_replications_and_all_sets(sets: list[list[int]], spread: str) -> None:
    shown = {KEY: replace(SHOWN[KEY], spread=spread)}  # type: ignore[arg-type]
    gathered = Gathered({KEY: 3.5}, shown)
    for runs in sets:
        gathered.add((KEY,), shown, tally_of([[run] for run in runs], spread), {})
    values = np.array(sets, dtype=float)
    found = gathered.estimates()[KEY]
    assert found.mean == pytest.approx(values.mean())
    assert found.central == 3.5
    for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        assert getattr(found, name) == np.quantile(values, share, method="inverted_cdf")
    assert found.variance is not None
    chance = values.var(axis=1, ddof=1).mean()
    between = values.mean(axis=1).var(ddof=1)
    assert found.variance.chance == pytest.approx(chance)
    assert found.variance.ignorance == pytest.approx(max(0.0, between - chance / 3), abs=1e-9)
    assert found.se == pytest.approx((between / len(sets)) ** 0.5)
    assert (found.histogram is not None) == (spread == "counts")


def test_what_a_set_does_not_have_is_nothing_there() -> None:
    """A unit that some sets have and others have not: it fires nothing where it is not."""
    other: Key = ("by_unit", "u1", "rounds")
    shown = {**SHOWN, other: Shown("Rounds fired", "rounds", spread="whole", paired=False)}
    gathered = Gathered({KEY: 1.0}, shown)
    gathered.add((KEY,), shown, tally_of([[1], [1]]), {("by_system", "s", "stock"): 4})
    gathered.add((other, KEY), shown, tally_of([[6, 1], [8, 1]]), {("by_system", "s", "stock"): 8})
    gathered.add((KEY, other), shown, tally_of([[1, 2], [1, 2]]), {})
    found = gathered.estimates()[other]
    assert found.mean == pytest.approx(3.0)
    assert (found.p05, found.p50, found.p95) == (0, 2, 8)
    assert found.central == 0.0
    assert gathered.facts["by_system", "s", "stock"] == 4.0


def test_pairs_meet_though_their_columns_move() -> None:
    other: Key = ("rounds",)
    pairs = GatheredPairs({KEY: -1.0})
    pairs.add((KEY,), tally_of([[2], [4]]), 0.1)
    pairs.add((other, KEY), tally_of([[10, 1], [10, 3]]), 0.3)
    changes = pairs.changes()
    assert changes[KEY].mean == pytest.approx(2.5)
    assert changes[KEY].central == -1.0
    assert changes[other].mean == pytest.approx(5.0)
    assert pairs.fate_changed_share == pytest.approx(0.2)
    assert pairs.of(other).mean.tolist() == [0.0, 10.0]
