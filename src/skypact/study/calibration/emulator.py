"""A fast stand-in for the simulator: the log odds of getting through, linear in what numbers are drawn from.

Numbers are drawn from standard normal factors of families and own parts (`skypact.study.draw`); these are the
features.  Of each outcome the log odds of the mean share through are an intercept and a sum of features with coefficients,
which are normal with a variance for each group: the factor of a family, the own parts of a family's numbers.  The
variances are common to the nights of a class and are found by expectation maximisation, drawn towards the usual one
(MacKay, Neural Computation 4, 1992, on such groups), so that groups that do nothing are shrunk away.  A smooth
term over hundreds of features cannot be learned from some dozen sets; what a straight line misses is in the residual, which
the likelihood carries, and the second wave fits the line anew where the posterior lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]

ROUNDS, FEWER = 30, 6
"""Of the search for variances; and where it begins with those of nearly the same sets."""
STRENGTHS = (2.0, 10.0, 100.0)
"""As how many features the usual variance of groups may count beside a group's own: some dozen sets overfit without it.
Which is best is found by leaving out a part of the sets."""
PARTS = 4
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
        Of each set and outcome, what it was less what the sets of three other quarters predict.
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
        lines = Lines(features, used[of_kind], group, single)
        mine = values[:, of_kind]
        whole = {strength: lines.fitted(mine, np.arange(sets), strength) for strength in STRENGTHS}
        strength, residuals[:, of_kind] = _left_out(lines, mine, whole)
        intercept[of_kind], slopes[of_kind] = whole[strength].intercept, whole[strength].slopes
    return Emulator(*(np.round(one, DIGITS) for one in (intercept, slopes, residuals)))


def _left_out(lines: Lines, values: Floats, whole: Mapping[float, Fit]) -> tuple[float, Floats]:
    """The best strength, and the errors with it where a part of the sets is left out and predicted from the others."""
    part = np.arange(len(values)) % PARTS
    scale = np.maximum(values.std(axis=0), 1e-3)
    best = (np.inf, STRENGTHS[-1], np.zeros_like(values))
    for strength in STRENGTHS:
        errors = np.empty_like(values)
        for one in range(PARTS):
            out = part == one
            found = lines.fitted(values[~out], np.flatnonzero(~out), strength, whole[strength])
            errors[out] = values[out] - found.intercept - lines.features[out] @ found.slopes.T
        size = round(float(((errors / scale) ** 2).mean()), DIGITS)
        if size < best[0]:
            best = (size, strength, errors)
    return best[1], best[2]


@dataclass(frozen=True)
class Fit:
    """Lines as fitted, and the variances that go with them: of each group, and of what is left of each outcome."""

    intercept: Floats
    slopes: Floats
    variances: Floats
    rest: Floats


@dataclass(frozen=True)
class Lines:
    """The lines of one kind of outcome, to be fitted to some of the sets.

    `single` says of each group whether it is a factor.
    """

    features: Floats
    used: NDArray[np.bool_]
    group: NDArray[np.int64]
    single: NDArray[np.bool_]

    def fitted(
        self, values: Floats, rows: NDArray[np.int64], strength: float, near: Fit | None = None
    ) -> Fit:
        """Fit to the sets `rows`, whose values are given; `near` is a fit to begin with, which takes fewer rounds."""
        sets, outcomes = values.shape
        groups = len(self.single)
        middle = values.mean(axis=0)
        apart = values - middle
        whole = np.maximum(apart.var(axis=0), 1e-6)
        sizes = np.array([np.bincount(self.group[mask], minlength=groups) for mask in self.used])
        parts = [self.features[np.ix_(rows, mask)] for mask in self.used]
        if near is None:
            there = np.maximum(1, (sizes > 0).sum(axis=1, keepdims=True))
            # To begin with half of the variance is the groups', in equal parts, and half is nobody's.
            variances = (0.5 * whole[:, None] / (there * np.maximum(1, sizes))).mean(axis=0)
            rest = 0.5 * whole
        else:
            variances, rest = near.variances.copy(), near.rest.copy()
        for _ in range(ROUNDS if near is None else FEWER):
            squares = np.zeros(groups)
            for place, part in enumerate(parts):
                group = self.group[self.used[place]]
                each = variances[group]
                inverse, weights = _solved(part, each, rest[place], apart[:, place])
                known = (part.T @ weights) ** 2 - np.einsum("ij,ij->j", part, inverse @ part)
                squares += np.bincount(group, each**2 * known + each, minlength=groups)
                noise = rest[place] ** 2 * (weights @ weights - np.trace(inverse)) / sets + rest[place]
                rest[place] = max(noise, 1e-4 * whole[place])
            squares /= outcomes
            size = sizes.mean(axis=0)
            for kind in (self.single, ~self.single):
                usual = squares[kind].sum() / max(1.0, size[kind].sum())
                variances[kind] = (squares[kind] + strength * usual) / (size[kind] + strength)
        intercept, slopes = np.zeros(outcomes), np.zeros((outcomes, self.features.shape[1]))
        for place, part in enumerate(parts):
            each = variances[self.group[self.used[place]]]
            _, weights = _solved(part, each, rest[place], apart[:, place])
            intercept[place] = middle[place] + INTERCEPT * float(weights.sum())
            slopes[place, self.used[place]] = each * (part.T @ weights)
        return Fit(intercept, slopes, variances, rest)


def _solved(part: Floats, variances: Floats, rest: float, values: Floats) -> tuple[Floats, Floats]:
    """The inverse of the sets' covariance, and that times the values."""
    covariance = (part * variances) @ part.T + INTERCEPT
    covariance[np.diag_indices_from(covariance)] += rest
    inverse = cho_solve(cho_factor(covariance), np.eye(len(values)))
    return inverse, inverse @ values
