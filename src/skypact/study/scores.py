"""How well a forecast of counts did, once it is known what came: its place, and how far off it was.

The *place* of what came in the predicted distribution (probability integral transform): of a good forecast it is as
often in each tenth.  Where the prediction is of whole numbers, part of it may be tied with what came; the place
is then an interval, and its middle stands for it (the tie rule).  A wide prediction puts everything near the middle, and so
the place alone is no praise.

The *continuous ranked probability score* is the sum over x of (F(x) − [x ≥ y])², in the unit of the count: how far off the
whole distribution was; for a single number it is the absolute error (Gneiting and Raftery, Journal of the American
Statistical Association 102, 2007).  A prediction that is too wide pays for it.  Less is better, and what it means shows
beside that of a plain forecast: the rates of the public record before the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.scenario.model import Observed, RecordedRate
from skypact.study.counts import percentiles_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """The share of the predictions below what came, and the share not above it; `middle` stands for both."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half of what is tied with it counts as below."""
        return (self.low + self.high) / 2

    def to_dict(self) -> dict[str, float]:
        """As JSON has it."""
        return {"low": self.low, "middle": self.middle, "high": self.high}


def place(weights: Floats | NDArray[np.int64], low: float, high: float) -> Place:
    """The place of what came, which lies from `low` to `high`, among counts 0, 1, 2, ... with some weights.

    Examples
    --------
    >>> place(np.array([1, 2, 1]), 1, 1).to_dict()
    {'low': 0.25, 'middle': 0.5, 'high': 0.75}
    """
    numbers, whole = np.arange(len(weights)), float(weights.sum())
    below = float(weights[numbers < low].sum()) / whole
    return Place(below, float(weights[numbers <= high].sum()) / whole)


def crps(weights: Floats | NDArray[np.int64], value: float) -> float:
    """The continuous ranked probability score of counts 0, 1, 2, ... with some weights; exact.

    Examples
    --------
    >>> crps(np.array([0, 0, 1]), 5.0), crps(np.array([1, 0, 1]), 1.0)
    (3.0, 0.5)
    """
    below = np.cumsum(weights) / float(weights.sum())
    # F is flat between whole numbers; what came may lie between them, or beyond what was ever predicted.
    edges = np.arange(len(below) + 1, dtype=np.float64)
    lengths = np.clip(value - edges[:-1], 0.0, 1.0)  # of each step, what lies below what came
    inside = float((below**2 * lengths + (1 - below) ** 2 * (1 - lengths)).sum())
    beyond = max(0.0, value - edges[-1])  # F is 1 there
    return float(inside + beyond)


def plain(report: Observed, launched: Mapping[str, int], record: Mapping[Any, RecordedRate]) -> Floats | None:
    """What the record's rates say of a count, as weights of 0, 1, 2, ...; None where the record has no such rate.

    Of each class a beta-binomial count with the record's mean and its spread from report to report; classes are
    independent.
    """
    if report.what not in ("killed", "leaked") or report.owner is not None:
        return None
    classes = [name for name in launched if report.classes is None or name in report.classes]
    if not classes or any(name not in record for name in classes):
        return None
    whole = np.ones(1)
    for name in classes:
        one = _of_class(launched[name], record[name])
        whole = np.convolve(whole, one if report.what == "killed" else one[::-1])
    return whole


def _of_class(launched: int, rate: RecordedRate) -> Floats:
    from scipy.stats import betabinom, binom  # takes half a second to import

    share, spread, numbers = rate.killed / rate.launched, rate.between, np.arange(launched + 1)
    most = share * (1 - share)
    if most == 0 or spread == 0:
        found = binom.pmf(numbers, launched, share)
    else:
        both = max(1e-6, most / spread**2 - 1)
        found = betabinom.pmf(numbers, launched, share * both, (1 - share) * both)
    return np.asarray(found, dtype=np.float64)


def scored(report: Observed, weights: NDArray[np.int64] | Floats) -> dict[str, Any]:
    """The place and score of a prediction, as JSON has them."""
    low = report.value if report.low is None else report.low
    high = report.value if report.high is None else report.high
    if report.low is not None and report.high is None:
        high = float("inf")
    if report.high is not None and report.low is None:
        low = 0.0
    return {"place": place(weights, low, high).to_dict(), "crps": crps(weights, report.value)}


def said(weights: Floats) -> dict[str, float]:
    """Mean and percentiles of a prediction, as JSON has them."""
    mean = float((np.arange(len(weights)) * weights).sum() / weights.sum())
    low, middle, high = percentiles_of(weights, (0.05, 0.5, 0.95))
    return {"mean": mean, "p05": low, "p50": middle, "p95": high}
