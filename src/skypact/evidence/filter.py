"""Learning how many of n weapons are stopped from one report after another, exactly, on a grid.

What is unknown is the level (logit of the mean share) and the spread (log of the concentration) of a
beta-binomial.  Both wander from day to day; the level may jump.  Their joint distribution is kept as weights on a
grid, so that prediction and Bayes' rule are sums, without approximation by chance (the point-mass filter of Bucy and
Senne, Automatica 7, 1971; Kitagawa, Journal of the American Statistical Association 82, 1987).

Several variants of the model run side by side, and each counts by how well it has predicted, where what is long past
counts less (dynamic model averaging: Raftery, Karny, Ettler, Technometrics 52, 2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Protocol

import numpy as np
import numpy.typing as npt

from skypact.evidence.betabinomial import Numbers, log_chance, mixture

STEP = 0.125
LEVELS: Numbers = np.arange(-6.5, 6.5 + STEP / 2, STEP)
"""Logits of the mean share."""
SPREADS: Numbers = np.linspace(np.log(0.3), np.log(400.0), 15)
"""Logs of the concentration in a report on `USUAL` weapons."""
USUAL = 10.0
LEAST = 1e-7
"""Grid points with less weight than this are left out of a prediction."""
EXTREME = 1e-5
"""No mean share is nearer to 0 or 1 than this."""


@dataclass(frozen=True)
class Variants:
    """The variants of the model that run side by side: every combination.

    Attributes
    ----------
    growth
        Exponents: the concentration in a report on n weapons is that of a usual one times (n / `USUAL`)^growth.
    sizes
        What is added to the level for each unit of log(n / `USUAL`).
    aims
        What is added to the level where the report names the capital as target.
    sure
        Chances that a report has all stopped, whatever its level.
    walks
        Standard deviations of the level's wandering in one day.
    jumps
        Chances of a jump in one day.
    jump
        Standard deviation of a jump of the level.
    spread_walk
        Standard deviation of the wandering of the spread in one day.
    level, spread
        Mean and standard deviation of what is believed before the first report.
    memory
        What is left of a variant's weight of evidence after each further report.
    """

    growth: tuple[float, ...] = (0.4,)
    sizes: tuple[float, ...] = (0.0,)
    aims: tuple[float, ...] = (0.0,)
    sure: tuple[float, ...] = (0.0,)
    walks: tuple[float, ...] = (0.08,)
    jumps: tuple[float, ...] = (0.0,)
    jump: float = 1.0
    spread_walk: float = 0.02
    level: tuple[float, float] = (0.0, 2.0)
    spread: tuple[float, float] = (1.6, 1.1)
    memory: float = 0.99


class Learner(Protocol):
    """What can learn from reports and forecast: a filter, or a likelihood that forgets."""

    def forecast(self, day: int, n: int, aimed: bool) -> Numbers:
        """The probabilities of 0 ... `n` stopped on a day that is not before what was learned."""
        ...

    def learn(self, day: int, n: int, y: int, aimed: bool) -> None:
        """Learn that `y` of `n` were stopped."""
        ...

    def moved(self) -> Learner:
        """Another that knows the same, but for the level, which has jumped just now."""
        ...


@dataclass(frozen=True)
class Short:
    """What is believed, without the points that hardly count.

    Attributes
    ----------
    points
        For each shape: places in `LEVELS` and in `SPREADS`, and weights.
    sure
        The chance that all are stopped whatever the level.
    """

    points: tuple[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Numbers], ...]
    sure: float


class Shapes:
    """The shapes of the likelihood among the variants, and what is believed at the start."""

    def __init__(self, variants: Variants) -> None:
        self.bare = tuple(product(variants.growth, variants.sizes, variants.aims))
        self.sure = np.array(variants.sure)
        self.count = len(self.bare) * len(self.sure)
        level = np.exp(-0.5 * ((LEVELS - variants.level[0]) / variants.level[1]) ** 2)
        spread = np.exp(-0.5 * ((SPREADS - variants.spread[0]) / variants.spread[1]) ** 2)
        self.start: Numbers = np.outer(level / level.sum(), spread / spread.sum())

    def means(self, n: int, aimed: bool) -> Iterator[tuple[Numbers, Numbers]]:
        """For each of `bare`: mean shares at `LEVELS` and concentrations at `SPREADS`."""
        for growth, size, aim in self.bare:
            moved = LEVELS + size * np.log(n / USUAL) + (aim if aimed else 0.0)
            share = np.clip(1 / (1 + np.exp(-moved)), EXTREME, 1 - EXTREME)
            yield share, np.exp(SPREADS) * (n / USUAL) ** growth

    def shorten(self, weights: Numbers) -> Short:
        """The points that matter; `weights` [shape, level, spread] sum to 1."""
        split = weights.reshape(len(self.bare), len(self.sure), *self.start.shape)
        bare = np.einsum("s,bslp->blp", 1 - self.sure, split)
        kept = tuple(np.nonzero(one > LEAST) for one in bare)
        points = tuple((i, j, one[i, j]) for one, (i, j) in zip(bare, kept, strict=True))
        return Short(points, float(np.einsum("s,bslp->", self.sure, split)))

    def forecast(self, n: int, aimed: bool, short: Short) -> Numbers:
        """The probabilities of 0 ... `n`."""
        out = np.zeros(n + 1)
        for (share, phi), (i, j, weights) in zip(self.means(n, aimed), short.points, strict=True):
            out += mixture(n, share[i], phi[j], weights)
        out[n] += short.sure
        return np.asarray(out / out.sum())

    def likelihood(self, n: int, y: int, aimed: bool) -> Numbers:
        """The probability of what was reported, for [shape, level, spread], up to a common factor."""
        logs = np.empty((len(self.bare), len(self.sure), *self.start.shape))
        for i, (share, phi) in enumerate(self.means(n, aimed)):
            logs[i] = log_chance(
                y, n, share[:, None], phi[None, :]
            )  # where all are stopped the binomial coefficient is 1
        for i, sure in enumerate(self.sure):
            if sure:
                logs[:, i] += np.log1p(-sure)
                if y == n:
                    logs[:, i] = np.logaddexp(logs[:, i], np.log(sure))
        return np.asarray(np.exp(logs - logs.max())).reshape(-1, *self.start.shape)


class Filter:
    """The point-mass filter, for all variants at once."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._shapes = Shapes(variants)
        self._motions = tuple(product(variants.walks, variants.jumps))
        ways = (self._shapes.count, len(self._motions))
        self._state = np.broadcast_to(self._shapes.start, (*ways, *self._shapes.start.shape)).copy()
        self._weights = np.full(ways, 1 / (ways[0] * ways[1]))
        self._day: int | None = None
        self._seen: tuple[int, Short] | None = None

    def forecast(self, day: int, n: int, aimed: bool) -> Numbers:
        """As of `Learner`."""
        if self._seen is None or self._seen[0] != day:
            weights = np.einsum("sm,smlp->slp", self._weights, self._ahead(day))
            self._seen = day, self._shapes.shorten(weights)
        return self._shapes.forecast(n, aimed, self._seen[1])

    def learn(self, day: int, n: int, y: int, aimed: bool) -> None:
        """As of `Learner`."""
        state = self._ahead(day) * self._shapes.likelihood(n, y, aimed)[:, None]
        evidence = state.sum(axis=(2, 3))
        self._state = state / np.maximum(evidence, 1e-300)[:, :, None, None]
        weights = self._weights**self._variants.memory
        weights = np.maximum(weights / weights.sum() * evidence, 1e-300)
        self._weights = weights / weights.sum()
        self._day = day
        self._seen = None

    def moved(self) -> Filter:
        """As of `Learner`."""
        other = copy(self)
        other._state = np.maximum(_jumped(self._variants) @ self._state, 0)
        other._seen = None
        return other

    def _ahead(self, day: int) -> Numbers:
        """The state as it is believed to be on a day, before its reports."""
        passed = 0 if self._day is None else day - self._day
        if passed == 0:
            return self._state
        spread = _walk(len(SPREADS), SPREADS[1] - SPREADS[0], self._variants.spread_walk**2 * passed)
        jumped = _jumped(self._variants)
        out = np.empty_like(self._state)
        for i, (walk, jump) in enumerate(self._motions):
            moved = _walk(len(LEVELS), STEP, walk**2 * passed) @ self._state[:, i] @ spread
            chance = -np.expm1(-jump * passed)
            out[:, i] = moved if chance == 0 else (1 - chance) * moved + chance * (jumped @ moved)
        return np.maximum(out, 0)


def _jumped(variants: Variants) -> Numbers:
    return _walk(len(LEVELS), STEP, variants.jump**2)


@cache
def _walk(points: int, step: float, variance: float) -> Numbers:
    """What a random walk on a grid, reflected at its ends, does in a time in which it gains a variance.

    The walk in continuous time has the cosines as eigenvectors (Strang, SIAM Review 41, 1999), so that any time is
    exact, also one in which it moves by less than a step.
    """
    k = np.arange(points)
    basis = np.cos(np.pi * np.outer(k + 0.5, k) / points)
    basis /= np.sqrt((basis**2).sum(axis=0))
    decay = np.exp(-(1 - np.cos(np.pi * k / points)) * variance / step**2)
    return np.asarray((basis * decay) @ basis.T)


class Forgetting:
    """A fixed level and spread, in whose likelihood a report counts exp(-age / days), seen from the last report.

    That is the exponential forgetting of West and Harrison, Bayesian Forecasting and Dynamic Models, 2nd ed. 1997,
    section 6.3, as weights of the likelihood.
    """

    def __init__(self, variants: Variants, days: float) -> None:
        self._variants = variants
        self._shapes = Shapes(variants)
        self._days = days
        self._start: Numbers = self._shapes.start[None]
        self._logs = np.zeros((self._shapes.count, *self._shapes.start.shape))
        self._day: int | None = None
        self._seen: Short | None = None

    def forecast(self, day: int, n: int, aimed: bool) -> Numbers:
        """As of `Learner`."""
        if self._seen is None:
            self._seen = self._shapes.shorten(self._weights())
        return self._shapes.forecast(n, aimed, self._seen)

    def _weights(self) -> Numbers:
        weights = np.exp(self._logs - self._logs.max()) * self._start
        return np.asarray(weights / weights.sum())

    def moved(self) -> Forgetting:
        """As of `Learner`; what was known until then becomes what is believed at the start."""
        other = copy(self)
        other._start = np.maximum(_jumped(self._variants) @ self._weights(), 0)
        other._logs = np.zeros_like(self._logs)
        other._day = None
        other._seen = None
        return other

    def learn(self, day: int, n: int, y: int, aimed: bool) -> None:
        """As of `Learner`."""
        kept = 1.0 if self._day is None else np.exp(-(day - self._day) / self._days)
        self._logs = kept * self._logs + np.log(self._shapes.likelihood(n, y, aimed) + 1e-300)
        self._day = day
        self._seen = None
