"""The posterior of a model that is known, against what it was made with and against a plain computation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from skypact.study.calibration.emulator import fit
from skypact.study.calibration.likelihood import GRID, Likelihood, log_chance
from skypact.study.calibration.posterior import effective_size, sample, systematic

SEEDS = 150


def test_the_chances_of_a_night_add_up_to_one() -> None:
    chances = np.exp(log_chance(np.arange(31.0), 30, np.array(0.2), 0.05))
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    variance = chances @ (np.arange(31) - 6.0) ** 2
    assert variance == pytest.approx(30 * 0.2 * 0.8 * (1 + 29 * 0.05))


def test_one_dimension_is_what_integration_gives() -> None:
    one = Likelihood(3, 40, 0.02, 0.5)
    found = sample(np.array([-1.0]), np.array([[0.8]]), [[one]], ["x"], 4000, 1)
    at = np.linspace(-6, 6, 2001)
    weights = np.exp(one.of(-1 + 0.8 * at) - at**2 / 2)
    mean = (weights @ at) / weights.sum()
    variance = (weights @ (at - mean) ** 2) / weights.sum()
    sampled = found.weights @ found.values[:, 0]
    assert effective_size(found.weights) > 3000
    assert sampled == pytest.approx(mean, abs=0.05)
    assert found.weights @ (found.values[:, 0] - sampled) ** 2 == pytest.approx(variance, rel=0.08)
    assert found.directions == pytest.approx(1 - variance, abs=0.1)


def test_intervals_cover_what_records_were_made_with_and_the_rest_stays_as_it_was() -> None:
    rng = np.random.default_rng(1)
    slopes = np.array([[0.9, 0.3, 0.0, 0.2], [0.8, 0.4, 0.0, 0.2], [0.1, -0.7, 0.0, 0.2]])
    level, launched = np.array([-1.0, -0.5, 0.3]), 60
    covered = np.zeros((SEEDS, 4))
    idle = []
    for seed in range(SEEDS):
        truth = rng.normal(size=4)
        shares = expit(level + slopes @ truth + rng.normal(0, 0.3, 3))
        records = [Likelihood(int(rng.binomial(launched, share)), launched, 1e-6, 0.3) for share in shares]
        found = sample(level, slopes, [records], ["a", "b", "idle", "c"], 400, seed)
        for column in range(4):
            order = np.argsort(found.values[:, column])
            low, high = np.interp((0.05, 0.95), np.cumsum(found.weights[order]), found.values[order, column])
            covered[seed, column] = low <= truth[column] <= high
        idle.append(found.weights @ found.values[:, 2] ** 2)
    # Of 150 intervals of 90 %, within three standard errors of a share.
    assert np.all(np.abs(covered.mean(axis=0) - 0.9) < 3 * np.sqrt(0.09 / SEEDS))
    assert np.mean(idle) == pytest.approx(1, abs=0.05)


def test_lines_are_found_and_what_does_nothing_is_shrunk_away() -> None:
    rng = np.random.default_rng(2)
    features = rng.normal(size=(60, 30))
    group = np.array([*range(6), *np.repeat(range(6, 12), 4)])
    slopes = np.zeros((2, 30))
    slopes[:, 1], slopes[:, 6:10] = 1.0, 0.4
    values = features @ slopes.T + rng.normal(0, 0.1, (60, 2)) - 0.7
    used = np.ones((2, 30), dtype=np.bool_)
    used[1, 29] = False
    found = fit(features, values, used, group, 6, ["drone", "drone"])
    assert found.slopes == pytest.approx(slopes, abs=0.12)
    assert found.intercept == pytest.approx([-0.7, -0.7], abs=0.1)
    assert found.slopes[1, 29] == 0
    assert found.residuals.std() < 0.25


def test_resampling_gives_every_draw_its_share() -> None:
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    assert np.bincount(systematic(weights, 100, 0.3)).tolist() == [10, 20, 30, 40]


def test_likelihoods_have_no_edges_within_the_grid() -> None:
    found = Likelihood(0, 5, 0.1, 1.0).of(GRID)
    assert np.all(np.isfinite(found))
    assert np.all(np.diff(found) <= 1e-9)


def test_a_large_night_is_integrated_as_a_fine_sum_is() -> None:
    deviation, at = 1.4, np.array([-3.0, -1.0, 0.5])
    found = Likelihood(19, 479, 0.001, deviation).of(at)
    fine = np.linspace(-12, 12, 40_001)
    normal = np.exp(-0.5 * (fine / deviation) ** 2)
    chances = np.exp(log_chance(19, 479, expit(at[:, None] + fine), 0.001))
    assert found == pytest.approx(np.log((chances * normal).sum(axis=1) / normal.sum()), abs=1e-3)
