"""The filter: exact where the answer is known, and right about made series of known truth."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import betabinom

from skypact.evidence.betabinomial import log_chance, mixture
from skypact.evidence.filter import LEVELS, SPREADS, USUAL, Filter, Forgetting, Learner, Variants, _walk
from skypact.evidence.pooling import opened, pool, summed, within

PLAIN = Variants(growth=(0.4,), walks=(0.06,))


@pytest.mark.parametrize(
    ("n", "mu", "phi"), [(1, 0.5, 2.0), (7, 0.02, 0.5), (40, 0.9, 30.0), (500, 0.97, 300.0)]
)
def test_the_mixture_is_the_beta_binomial(n: int, mu: float, phi: float) -> None:
    made = mixture(n, np.array([mu]), np.array([phi]), np.ones(1))
    wanted = betabinom(n, mu * phi, (1 - mu) * phi).pmf(np.arange(n + 1))
    np.testing.assert_allclose(made, wanted, rtol=1e-7)
    y = n // 2
    whole = log_chance(y, n, np.array([mu]), np.array([phi]))[0] + math.log(math.comb(n, y))
    assert whole == pytest.approx(math.log(wanted[y]), rel=1e-6)


def test_a_mixture_of_two_is_their_weighted_sum() -> None:
    two = mixture(5, np.array([0.2, 0.7]), np.array([3.0, 9.0]), np.array([0.25, 0.75]))
    one, other = (mixture(5, np.array([m]), np.array([p]), np.ones(1)) for m, p in ((0.2, 3.0), (0.7, 9.0)))
    np.testing.assert_allclose(two, 0.25 * one + 0.75 * other)


def test_a_walk_keeps_the_mass_and_gains_its_variance() -> None:
    step = LEVELS[1] - LEVELS[0]
    for variance in (0.0, 0.001, 0.05, 1.0):  # the second moves less than a step
        kernel = _walk(len(LEVELS), step, variance)
        np.testing.assert_allclose(kernel.sum(axis=0), 1.0, atol=1e-12)
        middle = kernel[:, len(LEVELS) // 2]
        assert float(middle @ LEVELS**2) == pytest.approx(variance, abs=1e-6)
    once = _walk(len(LEVELS), step, 0.02)
    np.testing.assert_allclose(once @ once, _walk(len(LEVELS), step, 0.04), atol=1e-12)


@pytest.mark.parametrize(
    "learner", [Filter(Variants(walks=(0.0,), spread_walk=0.0)), Forgetting(Variants(), 1e9)]
)
def test_without_movement_it_is_the_rule_of_bayes(learner: Learner) -> None:
    given = [(0, 10, 7), (3, 25, 20), (4, 4, 4)]
    variants = Variants()
    level = np.exp(-0.5 * ((LEVELS - variants.level[0]) / variants.level[1]) ** 2)
    spread = np.exp(-0.5 * ((SPREADS - variants.spread[0]) / variants.spread[1]) ** 2)
    weights = np.outer(level, spread)
    share = 1 / (1 + np.exp(-LEVELS))[:, None]

    def chances(y: int, n: int) -> np.ndarray:
        phi = np.exp(SPREADS)[None, :] * (n / USUAL) ** 0.4
        return np.asarray(betabinom.pmf(y, n, share * phi, (1 - share) * phi))

    for day, n, y in given:
        learner.learn(day, n, y, False)
        weights = weights * chances(y, n)
    weights /= weights.sum()
    wanted = [float((weights * chances(y, 12)).sum()) for y in range(13)]
    np.testing.assert_allclose(learner.forecast(9, 12, False), wanted, atol=1e-4)


def test_forgetting_forgets() -> None:
    learner, fresh = (Forgetting(Variants(), 15) for _ in range(2))
    for day in range(20):
        learner.learn(day, 20, 20, False)
    for day in range(2000, 2020):
        learner.learn(day, 20, 2, False)
        fresh.learn(day, 20, 2, False)
    np.testing.assert_allclose(learner.forecast(2020, 9, False), fresh.forecast(2020, 9, False), atol=1e-9)


def test_no_evidence_is_lost_far_from_what_was_believed() -> None:
    learner = Filter(PLAIN)
    for day in range(60):
        learner.learn(day, 300, 299, False)
    learner.learn(60, 300, 0, False)
    made = learner.forecast(61, 300, False)
    assert np.isfinite(made).all()
    assert made.sum() == pytest.approx(1)


def test_the_capital_and_all_stopped_are_told_apart_from_the_level() -> None:
    learner = Filter(Variants(aims=(0.0, 3.0), sure=(0.0, 0.3), level=(-2.0, 2.0), walks=(0.0,)))
    random = np.random.default_rng(4)
    for day in range(120):
        aimed = day % 4 == 0
        learner.learn(day, 4, int(random.binomial(4, 0.7 if aimed else 0.1)), aimed)
    means = [float(learner.forecast(120, 4, aimed) @ np.arange(5)) / 4 for aimed in (True, False)]
    assert means == pytest.approx([0.7, 0.1], abs=0.1)


def test_a_pool_rules_nothing_out() -> None:
    certain = np.eye(4)[0]
    made = opened(pool([certain, np.eye(4)[1]], [1.0, 3.0]))
    assert made.sum() == pytest.approx(1)
    assert (made > 0).all()
    assert made[:2] == pytest.approx([0.25, 0.75], abs=1e-3)


def test_sums_and_parts() -> None:
    def binomial(n: int, p: float) -> np.ndarray:
        return np.array([math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])

    first = binomial(6, 0.3)
    np.testing.assert_allclose(summed(first, lambda n: binomial(n, 0.5)), binomial(6, 0.65), atol=1e-8)
    np.testing.assert_allclose(within(first, lambda n: binomial(n, 0.5)), binomial(6, 0.15), atol=1e-8)


def made_series(random: np.random.Generator, days: int, walk: float) -> list[tuple[int, int, int]]:
    """Nights with a level that wanders, a concentration of 12 at 10 launched, and 2 to 120 launched."""
    level, series = 1.0, []
    for day in range(days):
        level += walk * random.standard_normal()
        n = int(np.exp(random.uniform(np.log(2), np.log(120))))
        phi = 12 * (n / USUAL) ** 0.4
        mu = 1 / (1 + np.exp(-level))
        series.append((day, n, int(random.binomial(n, random.beta(mu * phi, (1 - mu) * phi)))))
    return series


@pytest.mark.parametrize("ahead", [1, 30], ids=["the night after", "a month ahead"])
def test_intervals_cover_made_series_as_often_as_they_say(ahead: int) -> None:
    """The expected randomised coverage, within three standard errors of blocks of one origin."""
    inside: dict[float, list[float]] = {0.5: [], 0.9: []}
    for seed in range(6):
        learner: Learner = Filter(PLAIN)
        series = made_series(np.random.default_rng(seed), 240, 0.06)
        for start in range(60, 240, ahead):
            for day, n, y in series[max(0, start - ahead) if start > 60 else 0 : start]:
                learner.learn(day, n, y, False)
            block: dict[float, list[float]] = {0.5: [], 0.9: []}
            for day, n, y in series[start : start + ahead]:
                cumulative = np.concatenate([[0.0], np.cumsum(learner.forecast(day, n, False))])
                low, high = cumulative[y], min(cumulative[y + 1], 1.0)
                for c in block:
                    least, most = (1 - c) / 2, (1 + c) / 2
                    block[c].append(max(0.0, min(high, most) - max(low, least)) / max(high - low, 1e-300))
            for c, found in block.items():
                inside[c].append(float(np.mean(found)))
    for c, means in inside.items():
        error = np.std(means) / np.sqrt(len(means))
        assert abs(np.mean(means) - c) < 3 * error, (c, np.mean(means), error)


def test_the_level_and_its_wandering_are_found_again() -> None:
    """Of variants side by side, the one that made the series is trusted most, and the level is found."""
    found = Filter(Variants(growth=(0.0, 0.4, 0.8), walks=(0.0, 0.1), memory=1.0))
    random = np.random.default_rng(7)
    level = 0.0
    for day in range(500):
        level += 0.1 * random.standard_normal()
        n = int(np.exp(random.uniform(np.log(3), np.log(300))))
        mu, phi = 1 / (1 + np.exp(-level)), 15 * (n / USUAL) ** 0.4
        found.learn(day, n, int(random.binomial(n, random.beta(mu * phi, (1 - mu) * phi))), False)
    shares = found._weights / found._weights.sum()
    assert shares[:, 1].sum() > 0.99  # it wanders
    assert shares.sum(axis=1).argmax() == 1  # and the concentration grows as it was made to
    density = np.einsum("sm,smlp->l", found._weights, found._state)
    mean = float(density @ LEVELS)
    deviation = math.sqrt(float(density @ (LEVELS - mean) ** 2))
    assert abs(mean - level) < 3 * deviation < 1.5


@pytest.mark.parametrize("begin", [lambda: Filter(PLAIN), lambda: Forgetting(PLAIN, 30.0)])
def test_what_has_moved_is_less_sure_of_the_level_and_leaves_the_other_alone(
    begin: Callable[[], Learner],
) -> None:
    learner = begin()
    for day in range(40):
        learner.learn(day, 30, 24, False)
    before = learner.forecast(40, 30, False)
    other = learner.moved()
    moved = other.forecast(40, 30, False)
    other.learn(40, 30, 2, False)
    np.testing.assert_array_equal(learner.forecast(40, 30, False), before)
    shares = np.arange(31) / 30
    assert before @ shares == pytest.approx(0.8, abs=0.03)
    assert np.sqrt(moved @ (shares - moved @ shares) ** 2) > 1.5 * np.sqrt(before @ (shares - 0.8) ** 2)
