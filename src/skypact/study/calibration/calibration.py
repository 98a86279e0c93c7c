"""What a calibration found: sets of numbers that go with the record, and what the record does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.engine.randomness import identity, series
from skypact.study.calibration.nights import Discrepancy
from skypact.study.calibration.posterior import SAMPLE, effective_size, systematic
from skypact.study.draw import CORRELATION, GivenSets

Floats = NDArray[np.float64]

SHIFTED, SHRUNK = 0.1, 0.05
"""A family about which the record says next to nothing: its factor moves by less than a tenth of its standard deviation,
and loses less than a twentieth of its variance."""
FEW = 0.05
"""Sets that agree with a record in fewer than this share do not agree."""


@dataclass(frozen=True)
class FamilyChange:
    """How far prior and posterior of a family's common factor are apart; the prior is standard normal.

    Attributes
    ----------
    shift
        The mean of the posterior.
    shrink
        Which share of the variance is gone; below 0 the posterior is the wider one.
    low, high
        The 5th and 95th percentile of the posterior; of the prior they are -1.64 and 1.64.
    """

    family: str
    shift: float
    shrink: float
    low: float
    high: float

    @property
    def informed(self) -> bool:
        """Whether the record says anything about it."""
        return abs(self.shift) >= SHIFTED or self.shrink >= SHRUNK


@dataclass(frozen=True)
class Prediction:
    """What sets give of an outcome, with chance and without discrepancy.

    Attributes
    ----------
    mean, low, high
        Of the number through: the mean of the sets' means, and the 5th and 95th percentile of these.
    place
        Which share of what sets give with chance is below the record; half of what is tied with it counts.
    agree
        The share of sets in whose middle 95 % of chance the record lies.
    """

    mean: float
    low: float
    high: float
    place: float
    agree: float


@dataclass(frozen=True)
class Judged:
    """An outcome beside what was played before and after.

    Attributes
    ----------
    prior, posterior
        What the sets of the prior gave, and those drawn from the posterior.
    error
        By how much the emulator is off in the log odds, root of the mean square over the last sets.
    """

    night: str
    kind: str
    launched: int
    through: int
    prior: Prediction
    posterior: Prediction
    error: float


@dataclass(frozen=True)
class Calibration:
    """A weighted sample of numbers, by what they are drawn from.

    Attributes
    ----------
    scenario
        The scenario for which it was made.
    nights
        The recorded nights, by date.
    until
        The last day of which anything was used.
    store
        The record.
    seed
        Same seed, same sample.
    played
        How many sets were played on every night: from the prior, from the first posterior, at the end; and the replications of each.
    discrepancies
        By kind of outcome, how far model and record were allowed to differ.
    correlation
        Of two numbers of one family.
    weights
        Of each draw; they add up to 1.
    factors
        By family its common factor in each draw.
    owns
        By name a number's own part in each draw.
    families
        By how much each family's factor changed, most first.
    outcomes
        What was recorded, beside what is predicted.
    directions
        How many directions of all that are unknown the record informs.
    emulator
        How far the emulator is off at the end, in its own standard deviations: root of the mean square, about 1 if
        it says rightly how good it is.
    lacking
        Numbers of the scenario that no night has.
    fingerprints
        Of the catalogue, the scenario and the nights: a change of any would change the sample.
    """

    scenario: str
    nights: tuple[str, ...]
    until: str
    store: str
    seed: int
    played: Mapping[str, int]
    discrepancies: Mapping[str, Discrepancy]
    correlation: float
    weights: Floats = field(repr=False)
    factors: Mapping[str, Floats] = field(repr=False)
    owns: Mapping[str, Floats] = field(repr=False)
    families: tuple[FamilyChange, ...]
    outcomes: tuple[Judged, ...]
    directions: float
    emulator: float
    lacking: tuple[str, ...] = field(repr=False)
    fingerprints: Mapping[str, str]

    @property
    def effective(self) -> float:
        """As how many independent draws the sample counts."""
        return effective_size(self.weights)

    @property
    def uninformed(self) -> tuple[str, ...]:
        """The families about which the record says nothing."""
        return tuple(one.family for one in self.families if not one.informed)

    @property
    def unmatched(self) -> tuple[Judged, ...]:
        """The outcomes with which hardly any set agrees, neither of the prior nor of the posterior."""
        return tuple(one for one in self.outcomes if max(one.prior.agree, one.posterior.agree) < FEW)

    def sets(self, count: int, seed: int = 1) -> GivenSets:
        """So many sets by systematic resampling; numbers that the sample lacks are drawn from the prior."""
        return resampled(self.weights, self.factors, self.owns, count, seed, self.correlation, self.effective)

    def to_dict(self) -> dict[str, Any]:
        """What it says, as JSON has it; the draws are in its file alone."""
        return {
            "scenario": self.scenario,
            "nights": list(self.nights),
            "until": self.until,
            "store": self.store,
            "seed": self.seed,
            "played": dict(self.played),
            "discrepancies": {kind: asdict(one) for kind, one in self.discrepancies.items()},
            "correlation": self.correlation,
            "draws": len(self.weights),
            "effective_size": self.effective,
            "directions": self.directions,
            "emulator": self.emulator,
            "families": [{**asdict(one), "informed": one.informed} for one in self.families],
            "outcomes": [asdict(one) for one in self.outcomes],
            "unmatched": [[one.night, one.kind] for one in self.unmatched],
            "lacking": list(self.lacking),
            "fingerprints": dict(self.fingerprints),
        }

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of some numbers it lacks."""
        return tuple(sorted({*names} - {*self.owns}))


def resampled(
    weights: Floats,
    factors: Mapping[str, Floats],
    owns: Mapping[str, Floats],
    count: int,
    seed: int,
    correlation: float = CORRELATION,
    effective: float | None = None,
) -> GivenSets:
    """Sets taken from a weighted sample; each draw as often as its weight says, but for a fraction."""
    start, _ = series(seed, 0, 1, SAMPLE, identity("resample", str(count)))
    picked = systematic(weights, count, float(start[0]))
    return GivenSets(
        count,
        seed,
        correlation,
        {name: found[picked] for name, found in factors.items()},
        {name: found[picked] for name, found in owns.items()},
        effective,
    )


def family_changes(weights: Floats, factors: Mapping[str, Floats]) -> tuple[FamilyChange, ...]:
    """How far prior and posterior of each family are apart, most first."""
    found = []
    for family, values in factors.items():
        mean = float(weights @ values)
        variance = float(weights @ (values - mean) ** 2)
        order = np.argsort(values, kind="stable")
        low, high = np.interp((0.05, 0.95), np.cumsum(weights[order]), values[order])
        found.append(FamilyChange(family, mean, 1 - variance, float(low), float(high)))
    return tuple(sorted(found, key=lambda one: -(abs(one.shift) + max(0.0, one.shrink))))
