"""What is known of one measure: an estimate under a policy, and the change from another policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skypact.study.by_decision import ActValue
    from skypact.study.by_number import AtBothEnds
    from skypact.study.shares import Share


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

    @property
    def share(self) -> float:
        """Share of the whole that ignorance has; 0 where nothing varies."""
        whole = self.chance + self.ignorance
        return self.ignorance / whole if whole else 0.0

    def to_dict(self) -> dict[str, float]:
        """As JSON has it."""
        return {"chance": self.chance, "ignorance": self.ignorance}


@dataclass(frozen=True)
class SameSign:
    """In which share of the sets a difference has the sign of its mean, with an approximate 95 % interval."""

    share: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """As JSON has it."""
        return {"share": self.share, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Estimate:
    """One measure under one policy.

    Attributes
    ----------
    mean
        Over the replications; with drawn numbers over the replications of all sets.
    sd, se
        Standard deviation of one replication (with drawn numbers from chance and ignorance together), and standard error of
        the mean (of the sampled sets and the replications together); None where only means are known.
    p05, p50, p95
        Percentiles of the replications, of all sets; None where nothing was played.
    central
        The mean with central values; with drawn numbers only.
    variance
        By origin; with drawn numbers only.
    histogram
        Of what people read first.

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
    central: float | None = None
    variance: Variance | None = None
    histogram: Histogram | None = None

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
        Of the paired differences, and the standard error of the mean (of the sampled sets and the replications
        together).
    ci95
        95 % interval of the mean (Student's t); with central values only.
    p05, p50, p95
        Over the sets, percentiles of the set's mean, net of the noise of its replications.
    central
        The mean with central values.
    variance
        Of a replication's difference, by origin.
    same_sign
        How often the sign of the mean holds.
    parts
        What else is known of it, by name: `by_decision`, `rests_on`, `by_number` (`skypact.study.rests`).

    Examples
    --------
    >>> Change(-4.2, 0.1, ci95=(-4.4, -4.0))
    -4.2 (-4.4 to -4)
    >>> Change(-4.2, 0.1, p05=-8.0, p50=-4.0, p95=-1.0, same_sign=SameSign(1.0, 0.94, 1.0))
    -4.2 (-8 to -1), same sign in 100 % of the sets
    """

    mean: float
    se: float
    ci95: tuple[float, float] | None = None
    p05: float | None = None
    p50: float | None = None
    p95: float | None = None
    central: float | None = None
    variance: Variance | None = None
    same_sign: SameSign | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def interval(self) -> tuple[float, float]:
        """What is shown beside the mean: the range over the sets, or with central values the simulation error."""
        if self.p05 is not None and self.p95 is not None:
            return self.p05, self.p95
        return (self.mean, self.mean) if self.ci95 is None else self.ci95

    @property
    def by_decision(self) -> Mapping[str, ActValue]:
        """What each decision changes, by its name; empty where that was not asked."""
        found: Mapping[str, ActValue] = self.parts.get("by_decision", {})
        return found

    @property
    def rests_on(self) -> Sequence[Share]:
        """Shares of the families in the variance between sets, then the unexplained rest."""
        found: Sequence[Share] = self.parts.get("rests_on", ())
        return found

    @property
    def by_number(self) -> Sequence[AtBothEnds]:
        """The numbers that matter most, with the answer at both ends."""
        found: Sequence[AtBothEnds] = self.parts.get("by_number", ())
        return found

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: what is not known is left out."""
        found = _given(self)
        parts = _plain(found.pop("parts"))
        return {**found, **parts}

    def __repr__(self) -> str:
        low, high = self.interval
        said = f"{self.mean:+.4g} ({low:+.4g} to {high:+.4g})"
        sign = self.same_sign
        return said if sign is None else f"{said}, same sign in {100 * sign.share:.0f} % of the sets"


def _plain(value: Any) -> Any:
    """As JSON has it, however deep."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _given(value: Any) -> dict[str, Any]:
    found = {}
    for name in _names(value.__class__):
        item = getattr(value, name)
        if item is None:
            continue
        if not isinstance(item, float | int):  # most are numbers, and there are thousands
            item = (
                item.to_dict()
                if hasattr(item, "to_dict")
                else list(item)
                if isinstance(item, tuple)
                else item
            )
        found[name] = item
    return found


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
