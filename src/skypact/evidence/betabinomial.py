"""The beta-binomial distribution and mixtures of it: how many of n weapons are stopped.

The chance of the single weapon differs from report to report as a beta distribution with mean `mu` and
concentration `phi` (alpha = mu phi, beta = (1 - mu) phi) does (Skellam, Journal of the Royal Statistical Society B
10, 1948).  A small concentration means that reports differ much; a large one, that it is nearly a binomial.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from skypact.compiled import njit

Numbers = npt.NDArray[np.float64]


def log_chance(y: int, n: int, mu: Numbers, phi: Numbers) -> Numbers:
    """The log of the probability of `y` out of `n`, without the binomial coefficient."""
    alpha, beta = mu * phi, (1 - mu) * phi
    return np.asarray(
        gammaln(y + alpha)
        - gammaln(alpha)
        + gammaln(n - y + beta)
        - gammaln(beta)
        - gammaln(n + phi)
        + gammaln(phi)
    )


def mixture(n: int, mu: Numbers, phi: Numbers, weights: Numbers) -> Numbers:
    """The probabilities of 0 ... `n` under a weighted mixture; they sum to the sum of the weights."""
    out = np.zeros(n + 1)
    _add(n, mu * phi, (1 - mu) * phi, weights, out)
    return out


@njit(nogil=True)
def _add(n: Any, alpha: Any, beta: Any, weights: Any, out: Any) -> None:
    """From the mean outwards by the ratio of neighbours, so that nothing near the mean is lost by underflow."""
    choose = math.lgamma(n + 1.0)
    for i in range(len(weights)):
        w, a, b = weights[i], alpha[i], beta[i]
        start = min(n, int(n * a / (a + b) + 0.5))
        p = w * math.exp(
            choose
            - math.lgamma(start + 1.0)
            - math.lgamma(n - start + 1.0)
            + math.lgamma(start + a)
            - math.lgamma(a)
            + math.lgamma(n - start + b)
            - math.lgamma(b)
            - math.lgamma(n + a + b)
            + math.lgamma(a + b)
        )
        out[start] += p
        up = p
        for y in range(start, n):
            up *= (n - y) * (y + a) / ((y + 1.0) * (n - y - 1.0 + b))
            out[y + 1] += up
        down = p
        for y in range(start, 0, -1):
            down *= y * (n - y + b) / ((n - y + 1.0) * (y - 1.0 + a))
            out[y - 1] += down
