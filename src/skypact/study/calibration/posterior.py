"""Sampling the posterior: a normal proposal around its mode, then weights.

Weights on draws from the prior collapse: of a hundred thousand hardly one is near ten nights at once.  But given the
emulator the record depends on the features through one straight line an outcome.  So the posterior has a mode that a few Newton
steps find, and the normal around it (Laplace) differs from the prior only along these lines.  Draws from that
normal, made a little wider, are weighted by prior times likelihood over the proposal: what the normal gets wrong is
in the weights, and their effective size says how much that is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.special import logsumexp, ndtri

from skypact.engine.randomness import identity, series
from skypact.study.calibration.likelihood import Likelihood

Floats = NDArray[np.float64]

SAMPLE = 17
"""The purpose of these draws in the generator's counter."""
STEPS = 100
WIDER = 0.8
"""The proposal is told this much of what the record tells, so that it is nowhere narrower than the posterior."""
LEAST_CURVE = 1e-4
ENOUGH = 2000
"""Draws that tell how likely the record is under a reading."""


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
    which
        Of each draw, which of the readings of the record it goes with.
    chances
        Of each reading.
    directions
        How many directions the record informs: of each the share of its variance that is taken away, added up.
    """

    weights: Floats
    values: Floats
    which: NDArray[np.int64]
    chances: Floats
    directions: float

    def first(self, count: int) -> Posterior:
        """The first draws of it, which are a sample as well."""
        weights = self.weights[:count]
        return replace(
            self, weights=weights / weights.sum(), values=self.values[:count], which=self.which[:count]
        )

    def rounded(self, digits: int) -> Posterior:
        """The same with values of so many decimals."""
        return replace(self, values=np.round(self.values, digits))


def sample(
    intercept: Floats,
    slopes: Floats,
    readings: Sequence[Sequence[Likelihood]],
    names: Sequence[str],
    draws: int,
    seed: int,
) -> Posterior:
    """Sample the posterior of standard normal dimensions on which outcomes depend linearly.

    Parameters
    ----------
    intercept, slopes
        Of each outcome the log odds: shapes (outcomes,) and (outcomes, dimensions).
    readings
        Ways to read the record, equally likely beforehand: of each the likelihoods of all outcomes.  How likely the
        record is under each is estimated by the mean of its weights, and each draw goes with one of them.
    names
        Of each dimension: draws belong to names, not to places.
    """
    prior = np.column_stack([normals(seed, draws, name) for name in names])
    noise = np.column_stack(
        [normals(seed, draws, "outcome", str(number)) for number in range(len(intercept))]
    )
    proposals = [Proposal.of(intercept, slopes, likelihoods) for likelihoods in readings]
    few = min(draws, ENOUGH)
    told = np.array([one.log_evidence(prior[:few], noise[:few]) for one in proposals])
    chances = np.round(np.exp(told - told.max()), 9)
    chances /= chances.sum()
    order, _ = series(seed, 0, draws, SAMPLE, identity("reading"))
    which = np.empty(draws, dtype=np.int64)
    which[np.argsort(order, kind="stable")] = systematic(chances, draws, 0.5)
    values, logs = np.empty_like(prior), np.empty(draws)
    for place, one in enumerate(proposals):
        rows = which == place
        values[rows] = one.draws(prior[rows], noise[rows])
        logs[rows] = one.log_weights(values[rows]) - told[place]
    weights = np.exp(np.round(logs - logs.max(), 9))
    directions = float(chances @ np.array([one.directions for one in proposals]))
    return Posterior(weights / weights.sum(), np.round(values, 6), which, chances, directions)


@dataclass(frozen=True)
class Proposal:
    """A normal around the mode, from which is drawn.

    Attributes
    ----------
    mode, at_mode
        The mode, and the log odds of outcomes there.
    told
        What each outcome tells, as a precision of its log odds.
    """

    intercept: Floats
    slopes: Floats
    likelihoods: tuple[Likelihood, ...]
    mode: Floats
    at_mode: Floats
    told: Floats

    @classmethod
    def of(cls, intercept: Floats, slopes: Floats, likelihoods: Sequence[Likelihood]) -> Proposal:
        """Find the mode, and how sharply the likelihoods bend there."""
        inner = slopes @ slopes.T
        along = _mode(intercept, inner, likelihoods)
        at_mode = intercept + inner @ along
        told = WIDER * _curves(likelihoods, at_mode)
        return cls(intercept, slopes, tuple(likelihoods), slopes.T @ along, at_mode, told)

    @cached_property
    def inner(self) -> Floats:
        """How alike outcomes are in what they depend on."""
        found: Floats = self.slopes @ self.slopes.T
        return found

    @property
    def gains(self) -> Floats:
        """By how much each direction is known better, as precisions with the prior's as 1 (the proposal's)."""
        root = np.sqrt(self.told)
        found: Floats = np.clip(np.linalg.eigvalsh(root[:, None] * self.inner * root), 0, None)
        return found

    @property
    def directions(self) -> float:
        """How many directions the record informs."""
        told = self.gains / WIDER
        return float((told / (1 + told)).sum())

    def draws(self, prior: Floats, noise: Floats) -> Floats:
        """Draws of it, made from draws of the prior and noise of the outcomes, both standard normal."""
        solve = cho_factor(self.inner + np.diag(1 / self.told))
        off = prior @ self.slopes.T + noise / np.sqrt(self.told)
        found: Floats = self.mode + prior - cho_solve(solve, off.T).T @ self.slopes
        return found

    def log_weights(self, values: Floats) -> Floats:
        """The log of prior times likelihood over the proposal."""
        odds = self.intercept + values @ self.slopes.T
        found: Floats = (
            sum(one.of(odds[:, place]) for place, one in enumerate(self.likelihoods))
            - 0.5 * (values**2).sum(axis=1)
            + 0.5 * ((values - self.mode) ** 2).sum(axis=1)
            + 0.5 * ((odds - self.at_mode) ** 2 * self.told).sum(axis=1)
            - 0.5 * np.log1p(self.gains).sum()
        )
        return found

    def log_evidence(self, prior: Floats, noise: Floats) -> float:
        """How likely the record is, in the mean over the prior (log)."""
        logs = self.log_weights(self.draws(prior, noise))
        return round(float(logsumexp(logs)) - math.log(len(logs)), 9)


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
