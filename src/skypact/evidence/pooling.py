"""Joining the forecasts of several learners into one, and numbers that are parts of one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from skypact.evidence.betabinomial import Numbers

ANYTHING = 1e-4
"""Weight of the belief that any number is as likely as another: no forecast rules out what is possible."""
LEAST = 1e-9
"""Numbers less likely than this are left out of a sum over two numbers."""


def pool(forecasts: Sequence[Numbers], weights: Sequence[float]) -> Numbers:
    """The linear pool of distributions (Stone, Annals of Mathematical Statistics 32, 1961).

    Weights learned from past scores did worse than fixed ones for D in the time before July 2024, as they often
    do (Timmermann, Handbook of Economic Forecasting 1, 2006, chapter 4).
    """
    shares = np.asarray(weights) / np.sum(weights)
    return np.asarray(shares @ np.stack(forecasts))


def opened(forecast: Numbers) -> Numbers:
    """A forecast that has a little weight on every number, and sums to 1."""
    made = (1 - ANYTHING) * forecast / forecast.sum() + ANYTHING / len(forecast)
    return np.asarray(made / made.sum())


def summed(first: Numbers, rest: Callable[[int], Numbers]) -> Numbers:
    """The distribution of a + b on 0 ... n: `first` of a, and ``rest(n - a)`` of b on 0 ... n - a."""
    n = len(first) - 1
    out = np.zeros(n + 1)
    for a in np.flatnonzero(first > LEAST).tolist():
        out[a:] += first[a] * rest(n - a)
    return out


def within(first: Numbers, part: Callable[[int], Numbers]) -> Numbers:
    """The distribution of b, where `first` is that of a on 0 ... n, and ``part(a)`` that of b on 0 ... a."""
    out = np.zeros(len(first))
    for a in np.flatnonzero(first > LEAST).tolist():
        out[: a + 1] += first[a] * part(a)
    return out
