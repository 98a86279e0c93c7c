"""A fast stand-in for the simulator: the log odds of getting through, linear in what numbers are drawn from.

Numbers are drawn from standard normal factors of families and own parts (`skypact.study.draw`); these are the
features.  Of each outcome the log odds of the mean share through are an intercept and a sum of features with coefficients,
which are normal with a variance for each group: the factor of a family, the own parts of a family's numbers.  The
variances are common to the nights of a class and are found by maximum likelihood (expectation maximisation for variance
components; MacKay, Neural Computation 4, 1992, on such groups), so that groups that do nothing are shrunk away.  A smooth
term over hundreds of features cannot be learned from some dozen sets; what a straight line misses is in the residual, which
the likelihood carries, and the second wave fits the line anew where the posterior lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]

ROUNDS = 60
"""Of the search for variances."""
USUAL = 2.0
"""As how many features the usual variance of groups counts beside a group's own; without it some dozen sets overfit."""
INTERCEPT = 25.0
"""Variance of the intercept: log odds of -10 to 10 are all possible."""
MOST = 5.0
"""Log odds beyond this, less than one in a hundred and fifty, are counted as this: no record of a night tells them apart."""
DIGITS = 9
"""Results are rounded to so many decimals, so that how a machine's libraries add up leaves no trace."""


def log_odds(share: Floats, trials: Floats) -> Floats:
    """The log odds of shares of some trials, half a success and half a failure added."""
    odds = (share * trials + 0.5) / ((1 - share) * trials + 0.5)
    return np.clip(np.log(odds), -MOST, MOST)


@dataclass(frozen=True)
class Emulator:
    """Straight lines for all outcomes.

    Attributes
    ----------
    intercept, slopes
        Shapes (outcomes,) and (outcomes, features).
    residuals
        Of each set and outcome, what it was less what is predicted of it from all other sets.
    """

    intercept: Floats
    slopes: Floats
    residuals: Floats

    def predict(self, features: Floats) -> Floats:
        """The log odds for some sets; shape (sets, outcomes)."""
        found: Floats = np.round(self.intercept + features @ self.slopes.T, DIGITS)
        return found


def fit(
    features: Floats,
    values: Floats,
    used: NDArray[np.bool_],
    group: NDArray[np.int64],
    factors: int,
    kinds: Sequence[str],
) -> Emulator:
    """Fit the lines.

    Parameters
    ----------
    features, values
        Shapes (sets, features) and (sets, outcomes); values are log odds.
    used
        Which features each outcome can depend on; shape (outcomes, features).
    group, factors
        Of each feature its group; so many of the groups, the first, are a factor each.
    kinds
        Of each outcome its class: nights of a class share the variances of groups.
    """
    sets, outcomes = values.shape
    single = np.arange(int(group.max()) + 1) < factors
    intercept, residuals = np.zeros(outcomes), np.zeros((sets, outcomes))
    slopes = np.zeros((outcomes, features.shape[1]))
    for kind in dict.fromkeys(kinds):
        of_kind = [place for place, one in enumerate(kinds) if one == kind]
        found = _fit_kind(features, values[:, of_kind], used[of_kind], group, single)
        for place, one in zip(of_kind, found, strict=True):
            intercept[place], slopes[place], residuals[:, place] = one
    return Emulator(
        *(np.round(one, DIGITS) for one in (intercept, slopes)), residuals=np.round(residuals, DIGITS)
    )


def _fit_kind(
    features: Floats, values: Floats, used: NDArray[np.bool_], group: NDArray[np.int64], single: NDArray[np.bool_]
) -> list[tuple[float, Floats, Floats]]:
    sets, outcomes = values.shape
    groups = len(single)
    middle = values.mean(axis=0)
    apart = values - middle
    whole = np.maximum(apart.var(axis=0), 1e-6)
    sizes = np.array([np.bincount(group[mask], minlength=groups) for mask in used])
    there = np.maximum(1, (sizes > 0).sum(axis=1, keepdims=True))
    # To begin with half of the variance is the groups', in equal parts, and half is nobody's.
    variances = (0.5 * whole[:, None] / (there * np.maximum(1, sizes))).mean(axis=0)
    rest = 0.5 * whole
    alike = [_alike(features, mask, group, groups) for mask in used]
    for _ in range(ROUNDS):
        squares = np.zeros(groups)
        for place in range(outcomes):
            inverse, weights = _solved(alike[place], variances, rest[place], apart[:, place])
            told = np.einsum("gij,ij->g", alike[place], np.outer(weights, weights) - inverse)
            squares += np.where(sizes[place] > 0, variances**2 * told + variances * sizes[place], 0.0)
            noise = rest[place] ** 2 * (weights @ weights - np.trace(inverse)) / sets + rest[place]
            rest[place] = max(noise, 1e-4 * whole[place])
        squares /= outcomes
        size = sizes.mean(axis=0)
        for kind in (single, ~single):
            usual = squares[kind].sum() / max(1.0, size[kind].sum())
            variances[kind] = (squares[kind] + USUAL * usual) / (size[kind] + USUAL)
    found = []
    for place in range(outcomes):
        inverse, weights = _solved(alike[place], variances, rest[place], apart[:, place])
        level = middle[place] + INTERCEPT * float(weights.sum())
        scale = np.where(used[place], variances[group], 0.0)
        found.append((level, scale * (features.T @ weights), weights / np.diag(inverse)))
    return found


def _alike(features: Floats, mask: NDArray[np.bool_], group: NDArray[np.int64], groups: int) -> Floats:
    """For each group how alike the sets are in it: products of its features."""
    found = np.zeros((groups, len(features), len(features)))
    for one in range(groups):
        part = features[:, mask & (group == one)]
        found[one] = part @ part.T
    return found


def _solved(alike: Floats, variances: Floats, rest: float, values: Floats) -> tuple[Floats, Floats]:
    """The inverse of the sets' covariance, and that times the values."""
    covariance = np.einsum("g,gij->ij", variances, alike) + INTERCEPT
    covariance[np.diag_indices_from(covariance)] += rest
    inverse = cho_solve(cho_factor(covariance), np.eye(len(values)))
    return inverse, inverse @ values
