"""What is known of one measure: an estimate under a policy, and the change from another policy."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Histogram:
    """How many replications had `first`, `first` + 1, ... of what is counted."""

    first: int
    counts: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"first": self.first, "counts": list(self.counts)}


@dataclass(frozen=True)
class Variance:
    """A variance by origin: *chance* between replications, *ignorance* between sets of drawn numbers."""

    chance: float
    ignorance: float

    def to_dict(self) -> dict[str, float]:
        """As JSON has it."""
        return {"chance": self.chance, "ignorance": self.ignorance}


@dataclass(frozen=True)
class Estimate:
    """One measure under one policy.

    Attributes
    ----------
    mean
        Over the replications.
    sd, se
        Standard deviation of one replication, and standard error of the mean; None where only means are kept.
    p05, p50, p95
        Percentiles; None where the distribution is not kept.
    histogram
        Of what is counted in whole numbers.
    variance
        By origin; with drawn numbers only.

    Examples
    --------
    >>> Estimate(18.2, 2.5, 0.05, 14, 18, 22)
    18.2 (14 to 22)
    """

    mean: float
    sd: float | None = None
    se: float | None = None
    p05: float | None = None
    p50: float | None = None
    p95: float | None = None
    histogram: Histogram | None = None
    variance: Variance | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: what is not known is left out."""
        return _given(self)

    def __repr__(self) -> str:
        if self.p05 is not None and self.p95 is not None:
            return f"{self.mean:.4g} ({self.p05:.4g} to {self.p95:.4g})"
        return f"{self.mean:.4g}" if self.sd is None else f"{self.mean:.4g} (sd {self.sd:.3g})"


@dataclass(frozen=True)
class Change:
    """The paired difference of one measure: under a policy less under the baseline.

    Attributes
    ----------
    mean, se
        Of the paired differences, and the standard error of the mean.
    ci95
        95 % interval of the mean (Student's t).

    Examples
    --------
    >>> Change(-4.2, 0.1, (-4.4, -4.0))
    -4.2 (-4.4 to -4)
    """

    mean: float
    se: float
    ci95: tuple[float, float]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"mean": self.mean, "se": self.se, "ci95": list(self.ci95)}

    def __repr__(self) -> str:
        return f"{self.mean:+.4g} ({self.ci95[0]:+.4g} to {self.ci95[1]:+.4g})"


def _given(value: Any) -> dict[str, Any]:
    found = {one.name: getattr(value, one.name) for one in fields(value)}
    return {
        name: item.to_dict() if hasattr(item, "to_dict") else item
        for name, item in found.items()
        if item is not None
    }
