"""What a calibration found: sets of numbers that go with the record, and what the record does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import FiniteFloat, GetPydanticSchema
from pydantic_core.core_schema import no_info_after_validator_function

from skypact.engine.randomness import identity, series
from skypact.study.calibration.nights import Discrepancy
from skypact.study.calibration.posterior import SAMPLE, effective_size, systematic
from skypact.study.draw import CORRELATION, GivenSets

Floats = Annotated[
    NDArray[np.float64],
    GetPydanticSchema(
        lambda _, handler: no_info_after_validator_function(
            lambda values: np.array(values, dtype=np.float64), handler(list[FiniteFloat])
        )
    ),
]
"""An array; in a file a list of finite numbers."""

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
class Sample:
    """A weighted sample of numbers, by what they are drawn from.

    Attributes
    ----------
    weights
        Of each draw; they add up to 1.
    factors
        By family its common factor in each draw.
    owns
        By name a number's own part in each draw.
    terms
        By kind of outcome, what all its nights have in common beyond the model in each draw, log odds.
    sizes
        What a night has by itself in each draw, as a multiple of what is usual.
    levels
        How much is claimed too much in each draw, as a share of the most that is allowed for.
    families
        By how much each family's factor changed, most first.
    directions
        How many directions of all that are unknown the record informs.
    """

    weights: Floats = field(repr=False)
    factors: Mapping[str, Floats] = field(repr=False)
    owns: Mapping[str, Floats] = field(repr=False)
    terms: Mapping[str, Floats] = field(repr=False)
    sizes: Floats = field(repr=False)
    levels: Floats = field(repr=False)
    families: tuple[FamilyChange, ...]
    directions: float

    @property
    def effective(self) -> float:
        """As how many independent draws the sample counts."""
        return effective_size(self.weights)

    @property
    def uninformed(self) -> tuple[str, ...]:
        """The families about which the record says nothing."""
        return tuple(one.family for one in self.families if not one.informed)

    def picked(self, count: int, seed: int) -> NDArray[np.int64]:
        """So many draws by systematic resampling: each as often as its weight says, but for a fraction."""
        start, _ = series(seed, 0, 1, SAMPLE, identity("resample", str(count)))
        return systematic(self.weights, count, float(start[0]))

    def sets(self, count: int, seed: int = 1, correlation: float = CORRELATION) -> GivenSets:
        """So many sets by systematic resampling; numbers that the sample lacks are drawn from the prior."""
        picked = self.picked(count, seed)
        return GivenSets(
            count,
            seed,
            correlation,
            {name: found[picked] for name, found in self.factors.items()},
            {name: found[picked] for name, found in self.owns.items()},
            self.effective,
        )

    def mean_of(self, values: Floats) -> float:
        """The mean of something that each draw has."""
        return float(self.weights @ values)

    def to_dict(self) -> dict[str, Any]:
        """What it says, as JSON has it."""
        return {
            "draws": len(self.weights),
            "effective_size": self.effective,
            "directions": self.directions,
            "night_size": self.mean_of(self.sizes),
            "overclaimed_level": self.mean_of(self.levels),
            "families": [{**asdict(one), "informed": one.informed} for one in self.families],
        }


@dataclass(frozen=True)
class Played:
    """What was played on every night.

    Attributes
    ----------
    prior, again, check
        Sets of the prior, of a first posterior, and of the posterior at the end.
    replications
        Of each set.
    numbers
        How many numbers the nights depend on.
    """

    prior: int
    again: int
    check: int
    replications: int
    numbers: int


@dataclass(frozen=True)
class Calibration:
    """A sample of numbers that go with the record, and what is known of it.

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
        How much was played.
    discrepancies
        By kind of outcome, how far model and record were allowed to differ.
    correlation
        Of two numbers of one family.
    overclaimed
        By class, the most that may be claimed too much; empty: claims are taken as told.
    sample
        The sample.
    as_told
        Where claims may be too high: the sample if none is.  None otherwise.
    outcomes
        What was recorded, beside what is predicted.
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
    played: Played
    discrepancies: Mapping[str, Discrepancy]
    correlation: float
    overclaimed: Mapping[str, float]
    sample: Sample
    as_told: Sample | None
    outcomes: tuple[Judged, ...]
    emulator: float
    lacking: tuple[str, ...] = field(repr=False)
    fingerprints: Mapping[str, str]

    @property
    def unmatched(self) -> tuple[Judged, ...]:
        """The outcomes with which hardly any set agrees, neither of the prior nor of the posterior."""
        return tuple(one for one in self.outcomes if max(one.prior.agree, one.posterior.agree) < FEW)

    def sets(self, count: int, seed: int = 1) -> GivenSets:
        """So many sets of the sample; numbers that it lacks are drawn from the prior."""
        return self.sample.sets(count, seed, self.correlation)

    def to_dict(self) -> dict[str, Any]:
        """What it says, as JSON has it; the draws are in its file alone."""
        return {
            "scenario": self.scenario,
            "nights": list(self.nights),
            "until": self.until,
            "store": self.store,
            "seed": self.seed,
            "played": asdict(self.played),
            "discrepancies": {kind: asdict(one) for kind, one in self.discrepancies.items()},
            "correlation": self.correlation,
            "overclaimed": dict(self.overclaimed),
            **self.sample.to_dict(),
            "as_told": None if self.as_told is None else self.as_told.to_dict(),
            "emulator": self.emulator,
            "outcomes": [asdict(one) for one in self.outcomes],
            "unmatched": [[one.night, one.kind] for one in self.unmatched],
            "lacking": list(self.lacking),
            "fingerprints": dict(self.fingerprints),
        }

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of some numbers it lacks."""
        return tuple(sorted({*names} - {*self.sample.owns}))


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
