"""How likely a record is, given the log odds that a set stands for.

The number through is beta-binomial around the share: replications of one set differ by more than independent threats
would (a battery that is not there misses all of them).  Around it lie the discrepancy of the night and what the
emulator does not know, together a normal in the log odds, over which the likelihood is integrated on a grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import expit, gammaln, logsumexp

Floats = NDArray[np.float64]

STEP, FARTHEST = 0.05, 16.0
GRID = np.arange(-FARTHEST, FARTHEST + STEP / 2, STEP)
"""Log odds at which likelihoods are tabulated: finer than what a night of two thousand weapons can tell apart."""
TAILS = 6.0
"""So many standard deviations around are integrated over."""
BINOMIAL = 1e-6
"""A correlation of threats within a night that is as good as none."""


def correlation_within(share: Floats, spread: Floats, came: int) -> float:
    """How alike the fates of a night's threats are in the simulation: of sets with these shares and variances.

    Of n threats with a share p the variance is n p (1 - p) (1 + (n - 1) r).
    """
    alone = came * share * (1 - share)
    if came < 2 or not alone.sum():
        return BINOMIAL
    ratio = float(spread.sum() / alone.sum())
    return float(np.clip((ratio - 1) / (came - 1), BINOMIAL, 0.5))


def log_chance(through: int | Floats, launched: int, share: Floats, correlation: float) -> Floats:
    """The log of the beta-binomial probability."""
    both = 1 / correlation - 1
    share = np.clip(share, 1e-9, 1 - 1e-9)
    first, second = share * both, (1 - share) * both
    found: Floats = (
        gammaln(launched + 1)
        - gammaln(np.add(through, 1))
        - gammaln(np.subtract(launched, through) + 1)
        + gammaln(through + first)
        - gammaln(first)
        + gammaln(launched - through + second)
        - gammaln(second)
        - gammaln(launched + both)
        + gammaln(both)
    )
    return found


@dataclass(frozen=True)
class Likelihood:
    """Of one outcome: how likely it is for any log odds.

    Attributes
    ----------
    through, launched
        The record.
    correlation
        Of the fates within a night, by chance.
    deviation
        Standard deviation of what lies between the log odds of the model and those of the night.
    overclaimed
        The share of those that got through which was claimed as destroyed.
    """

    through: int
    launched: int
    correlation: float
    deviation: float
    overclaimed: float = 0.0

    @cached_property
    def curve(self) -> CubicSpline:
        """The log likelihood over the log odds."""
        reach = int(np.ceil(TAILS * self.deviation / STEP))
        wide = STEP * np.arange(-reach, len(GRID) + reach) - FARTHEST
        logs = log_chance(self.through, self.launched, expit(wide) * (1 - self.overclaimed), self.correlation)
        around = -0.5 * (STEP * np.arange(-reach, reach + 1) / self.deviation) ** 2
        around -= logsumexp(around)
        windows = np.lib.stride_tricks.sliding_window_view(logs, 2 * reach + 1)
        return CubicSpline(GRID, logsumexp(windows + around, axis=1))

    def of(self, odds: Floats, derivative: int = 0) -> Floats:
        """The log likelihood at some log odds, or a derivative of it."""
        found: Floats = self.curve(np.clip(odds, GRID[0], GRID[-1]), derivative)
        return found


def place_among(through: int, launched: int, shares: Floats, correlation: float) -> tuple[float, float]:
    """Where the record lies among what sets give with chance, and the share of sets in whose middle 95 % it lies.

    The place counts half of what is tied with the record as below.
    """
    numbers = np.arange(launched + 1, dtype=np.float64)
    chances = np.exp(log_chance(numbers, launched, shares[:, None], correlation))
    chances /= chances.sum(axis=1, keepdims=True)
    below = chances[:, :through].sum(axis=1)
    up_to = below + chances[:, through]
    agree = (up_to >= 0.025) & (1 - below >= 0.025)
    return float((below + up_to).mean() / 2), float(agree.mean())
