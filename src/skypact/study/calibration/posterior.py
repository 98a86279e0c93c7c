"""Sampling the posterior: a normal proposal around its mode, then weights.

Weights on draws from the prior collapse: of a hundred thousand hardly one is near ten nights at once.  But given the
emulator the record depends on the features through one straight line an outcome.  So the posterior has a mode that a few Newton
steps find, and the normal around it (Laplace) differs from the prior only along these lines.  Draws from that
normal, made a little wider, are weighted by prior times likelihood over the proposal: what the normal gets wrong is
in the weights, and their effective size says how much that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.special import ndtri

from skypact.engine.randomness import identity, series
from skypact.study.calibration.likelihood import Likelihood

Floats = NDArray[np.float64]

SAMPLE = 17
"""The purpose of these draws in the generator's counter."""
STEPS = 100
WIDER = 0.8
"""The proposal is told this much of what the record tells, so that it is nowhere narrower than the posterior."""
LEAST_CURVE = 1e-4


def normals(seed: int, count: int, *ids: str) -> Floats:
    """Standard normal draws that belong to a name."""
    draws, _ = series(seed, 0, count, SAMPLE, identity(*ids))
    found: Floats = ndtri(np.clip(draws, 2.0**-54, 1 - 2.0**-53))
    return found


def effective_size(weights: Floats) -> float:
    """As how many independent draws weighted ones count (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


@dataclass(frozen=True)
class Posterior:
    """Weighted draws of what all outcomes depend on.

    Attributes
    ----------
    weights
        They add up to 1.
    values
        Shape (draws, dimensions); standard normal in the prior.
    directions
        How many directions the record informs: of each the share of its variance that is taken away, added up.
    """

    weights: Floats
    values: Floats
    directions: float

    def first(self, count: int) -> Posterior:
        """The first draws of it, which are a sample as well."""
        weights = self.weights[:count]
        return Posterior(weights / weights.sum(), self.values[:count], self.directions)

    def rounded(self, digits: int) -> Posterior:
        """The same with values of so many decimals."""
        return Posterior(self.weights, np.round(self.values, digits), self.directions)


def sample(
    intercept: Floats,
    slopes: Floats,
    likelihoods: Sequence[Likelihood],
    names: Sequence[str],
    draws: int,
    seed: int,
) -> Posterior:
    """Sample the posterior of standard normal dimensions on which outcomes depend linearly.

    Parameters
    ----------
    intercept, slopes
        Of each outcome the log odds: shapes (outcomes,) and (outcomes, dimensions).
    likelihoods
        Of each outcome.
    names
        Of each dimension: draws belong to names, not to places.
    """
    inner = slopes @ slopes.T
    mode = _mode(intercept, inner, likelihoods)
    middle = slopes.T @ mode
    at_mode = intercept + inner @ mode
    curves = _curves(likelihoods, at_mode)
    told = WIDER * curves
    solve = cho_factor(inner + np.diag(1 / told))
    prior = np.column_stack([normals(seed, draws, name) for name in names])
    noise = np.column_stack([normals(seed, draws, "outcome", str(number)) for number in range(len(told))])
    along = prior @ slopes.T
    values = middle + prior - cho_solve(solve, (along + noise / np.sqrt(told)).T).T @ slopes
    odds = intercept + values @ slopes.T
    away = values - middle
    logs = (
        sum(one.of(odds[:, place]) for place, one in enumerate(likelihoods))
        - 0.5 * (values**2).sum(axis=1)
        + 0.5 * (away**2).sum(axis=1)
        + 0.5 * ((odds - at_mode) ** 2 * told).sum(axis=1)
    )
    weights = np.exp(np.round(logs - logs.max(), 9))
    root = np.sqrt(curves)
    values_told = np.linalg.eigvalsh(root[:, None] * inner * root)
    found = np.clip(values_told, 0, None)
    return Posterior(weights / weights.sum(), np.round(values, 6), float((found / (1 + found)).sum()))


def _curves(likelihoods: Sequence[Likelihood], odds: Floats) -> Floats:
    """How sharply each likelihood bends, as a precision of the log odds."""
    bends = [-float(one.of(np.array(odds[place]), 2)) for place, one in enumerate(likelihoods)]
    found: Floats = np.maximum(np.array(bends), LEAST_CURVE)
    return found


def _mode(intercept: Floats, inner: Floats, likelihoods: Sequence[Likelihood]) -> Floats:
    """The mode, as weights of the outcomes' slopes; Newton's steps, halved while they do not lead upwards."""

    def height(at: Floats) -> float:
        odds = intercept + inner @ at
        told = sum(float(one.of(np.array(odds[place]))) for place, one in enumerate(likelihoods))
        return told - 0.5 * float(at @ inner @ at)

    at = np.zeros(len(intercept))
    best = height(at)
    for _ in range(STEPS):
        odds = intercept + inner @ at
        slope = np.array([float(one.of(np.array(odds[place]), 1)) for place, one in enumerate(likelihoods)])
        curves = np.maximum(_curves(likelihoods, odds), 1e-2)
        wanted = odds + slope / curves - intercept
        step = np.linalg.solve(inner + np.diag(1 / curves), wanted) - at
        size = 1.0
        while size > 1e-6 and height(at + size * step) < best:
            size /= 2
        higher = height(at + size * step)
        if higher - best < 1e-10:
            break
        at, best = at + size * step, higher
    return at


def systematic(weights: Floats, count: int, start: float) -> NDArray[np.int64]:
    """So many draws by systematic resampling: each as often as its weight says, but for a fraction.

    Examples
    --------
    >>> systematic(np.array([0.5, 0.0, 0.5]), 4, 0.5).tolist()
    [0, 0, 2, 2]
    """
    places = (np.arange(count) + start) / count
    found = np.searchsorted(np.cumsum(weights), places * weights.sum(), side="right")
    picked: NDArray[np.int64] = np.minimum(found, len(weights) - 1).astype(np.int64)
    return picked
