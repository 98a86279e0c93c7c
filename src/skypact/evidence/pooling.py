"""Joining the forecasts of several learners into one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from skypact.evidence.betabinomial import Numbers

ANYTHING = 1e-4
"""Weight of the belief that any number is as likely as another: no forecast rules out what is possible."""


def pool(forecasts: Sequence[Numbers], weights: Sequence[float]) -> Numbers:
    """The linear pool of distributions (Stone, Annals of Mathematical Statistics 32, 1961).

    The weights are fixed.  Weights learned from past scores did worse than equal ones in the time before
    July 2024, as they often do (Timmermann, Handbook of Economic Forecasting 1, 2006, chapter 4).
    """
    shares = np.array(weights) / sum(weights)
    joined = shares @ np.stack(forecasts)
    joined = (1 - ANYTHING) * joined / joined.sum() + ANYTHING / len(joined)
    return np.asarray(joined / joined.sum())


def summed(first: Numbers, rest: Sequence[Numbers]) -> Numbers:
    """The distribution of a sum a + b on 0 ... n: `first` of a, and `rest[m]` of b on 0 ... m where a is n - m."""
    n = len(first) - 1
    out = np.zeros(n + 1)
    for a, chance in enumerate(first):
        out[a:] += chance * rest[n - a]
    return out
