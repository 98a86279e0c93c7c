"""What each decision changes: Shapley values over the sets of drawn numbers, with the same luck.

In every set that is played the values add up to the set's difference without rounding (`skypact.study.shapley`).
Where there are many sets a few of them are played, `SETS`, chosen evenly along the difference, and the values of
the others follow from the difference that is known in all of them: a straight line through the sets that were
played (double sampling with regression; Cochran, Sampling Techniques, 3rd edition, chapter 12).  The lines of all
acts add up to the difference itself, so that their means add up to the mean of all sets, up to the last bits of a
double.

Percentiles are over the sets, of the set's mean, net of the noise that replications and drawn orders leave in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from skypact.policy.acts import Act, after
from skypact.study.coalitions import Coalitions
from skypact.study.setup import Study
from skypact.study.shapley import EXACT, Plan, antithetic, every_order, of_orders

SETS = 8
"""So many sets are played for the values, at most."""
PAIRS = 2
"""Above `EXACT` acts: so many orders, each with its reverse, in every set."""
SPREAD = ndtri((np.arange(31) + 0.5) / 31)
"""The normal distribution in equal parts: what is left of a value beside its line."""
SHARES = (0.05, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ActValue:
    """What one act changes.

    Attributes
    ----------
    act
        The decisions that it adds and lifts.
    mean, se
        Its part of the difference, and the error of the sampled sets, orders and replications.
    p05, p95
        Over the sets, of the set's mean, net of noise.
    """

    act: Act
    mean: float
    se: float
    p05: float
    p95: float

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        named = {"adds": list(self.act.adds), "lifts": list(self.act.lifts)}
        return {"mean": self.mean, "se": self.se, "p05": self.p05, "p95": self.p95, **named}


@dataclass(frozen=True)
class SetValues:
    """The values of the acts in one set.

    Attributes
    ----------
    number
        Of the set.
    total
        Sums over the replications, times the plan's denominator: whole numbers that add up to the
        difference's.
    per
        By what a total is divided to be a mean.
    noise
        Covariance of the means between acts, of replications and orders.
    """

    number: int
    total: NDArray[np.int64]
    per: int
    noise: Floats

    @property
    def mean(self) -> Floats:
        """Mean values of the acts."""
        found: Floats = self.total / self.per
        return found


def chosen_sets(differences: Floats, seed: int, most: int = SETS) -> tuple[int, ...]:
    """Which sets are played: one by chance of each of `most` equal groups along the differences.

    Of several differences the groups are along what they have in common most, their first principal component,
    so that all are asked of the same sets.

    Parameters
    ----------
    differences
        Of each set, shape (sets, differences).

    Examples
    --------
    >>> len(chosen_sets(np.arange(64.0)[:, None], seed=1)), chosen_sets(np.arange(3.0)[:, None], seed=1)
    (8, (0, 1, 2))
    """
    sets = len(differences)
    if sets <= most:
        return tuple(range(sets))
    apart = differences - differences.mean(axis=0)
    spread = apart.std(axis=0)
    alike = np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)
    first = alike @ np.linalg.svd(alike, full_matrices=False)[2][0]
    groups = np.array_split(np.argsort(first, kind="stable"), most)
    rng = np.random.default_rng([seed, sets])
    return tuple(sorted(int(rng.choice(group)) for group in groups))


def plans_of(acts: int, seed: int, number: int) -> tuple[Plan, ...]:
    """How the values are found in a set: from every coalition, or from pairs of orders that differ by set."""
    if acts <= EXACT:
        return (every_order(acts),)
    return tuple(of_orders(antithetic(acts, seed, PAIRS * number + pair), acts) for pair in range(PAIRS))


def values_in_set(
    study: Study, acts: Sequence[Act], coalitions: Coalitions, number: int, seed: int
) -> SetValues:
    """The values of acts in one set.

    Parameters
    ----------
    acts
        What leads from the baseline to a policy (`skypact.policy.acts`).
    coalitions
        Plays sets of decisions with the numbers of the set.
    number, seed
        Of the set, and of the orders.
    """
    found = []
    for plan in plans_of(len(acts), seed, number):
        outcomes = np.column_stack([coalitions.arrivals(_decisions(study, acts, c)) for c in plan.coalitions])
        found.append((plan.scaled(outcomes), plan.denominator))
    per = int(np.lcm.reduce([denominator for _, denominator in found]))
    parts = [scaled * (per // denominator) for scaled, denominator in found]
    total = np.sum(parts, axis=0)
    runs, whole = len(total), per * len(parts)
    noise = np.zeros((len(acts), len(acts)))
    if runs > 1:
        noise += np.cov(total.T / whole).reshape(noise.shape) / runs
    if len(parts) > 1:
        means = np.array([part.mean(axis=0) for part in parts]) / per
        noise += np.cov(means.T).reshape(noise.shape) / len(parts)
    return SetValues(number, total.sum(axis=0), whole * runs, noise)


def _decisions(study: Study, acts: Sequence[Act], coalition: int) -> tuple[str, ...]:
    chosen = (act for place, act in enumerate(acts) if coalition >> place & 1)
    return after(study.scenario, study.baseline, chosen)


def act_values(
    acts: Sequence[Act], played: Sequence[SetValues], differences: Floats, noise: Floats
) -> tuple[ActValue, ...]:
    """What is known of the values over all sets.

    Parameters
    ----------
    played
        The sets that were played; all of them, or as `chosen_sets` has them.
    differences, noise
        Of every set the mean difference and the square of its standard error.
    """
    if not acts:  # the same decisions are in force
        return ()
    values = np.array([one.mean for one in played])
    covariance = np.mean([one.noise for one in played], axis=0)
    sets = len(differences)
    if len(played) == sets:
        spread = np.sqrt(_net(values.var(axis=0, ddof=1), np.diag(covariance)))
        error = np.sqrt(values.var(axis=0, ddof=1) / sets)
        means = values.mean(axis=0)
        low, high = np.quantile(_drawn_in(values, spread), SHARES, axis=0)
    else:
        means, error, low, high = _by_line(played, values, covariance, differences, noise)
    return tuple(
        ActValue(act, *(float(part[place]) for part in (means, error, low, high)))
        for place, act in enumerate(acts)
    )


def _by_line(
    played: Sequence[SetValues], values: Floats, covariance: Floats, differences: Floats, noise: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Means, errors and percentiles where some sets only were played: a line for each act along the difference."""
    here, sets = len(played), len(differences)
    own = values.sum(axis=1)
    apart = own - own.mean()
    square = float(apart @ apart)
    # Where nothing varies the difference is shared out alike; the lines add up to the difference all the same.
    slope = apart @ values / square if square > 0 else np.full(values.shape[1], 1 / values.shape[1])
    means = values.mean(axis=0) + slope * (differences.mean() - own.mean())
    beside = values - values.mean(axis=0) - np.outer(apart, slope)
    rest = (beside**2).sum(axis=0) / max(1, here - 2)
    raw = float(differences.var(ddof=1))
    error = np.sqrt(slope**2 * raw / sets + rest / here)
    # The noise of a value less its line's: both meet the same replications.
    both = covariance.sum(axis=0)
    of_rest = np.diag(covariance) - 2 * slope * both + slope**2 * covariance.sum()
    left = np.sqrt(_net(rest, of_rest))
    line = means + np.outer(
        _drawn_in(differences[:, None], np.sqrt(_net(np.array([raw]), np.array([noise.mean()]))))[:, 0]
        - differences.mean(),
        slope,
    )
    cloud = line[:, None, :] + SPREAD[:, None] * left
    low, high = np.quantile(cloud.reshape(-1, values.shape[1]), SHARES, axis=0)
    return means, error, low, high


def _net(raw: Floats, noise: Floats) -> Floats:
    found: Floats = np.maximum(0.0, raw - noise)
    return found


def _drawn_in(values: Floats, spread: Floats) -> Floats:
    """The values drawn towards their mean, so that their standard deviation is the one given."""
    middle, raw = values.mean(axis=0), values.std(axis=0, ddof=1)
    ratio = np.divide(spread, raw, out=np.zeros_like(raw), where=raw > 0)
    found: Floats = middle + (values - middle) * ratio
    return found
