"""What a calibration is asked: nights with what was recorded of them, how far model and record may differ, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from skypact.study.play import Progress, silent
from skypact.study.setup import Study

NIGHT = 1.4
"""Standard deviation of what a night has by itself, log odds, before the nights have been looked at.  Estimated from the record
to 8 May 2023: fitted to the share that got through, 66 reports of Shaheds and 23 of cruise missiles each differ by 1.4
from report to report beyond the binomial.  Other classes had too few reports, and get the same."""
SIZES = (0.25, 0.35, 0.5, 0.71, 1.0, 1.41)
"""What a night has by itself may be so many times that, each equally likely beforehand: the model explains part of what differs
from report to report, and nobody knows how much; the nights tell."""

if TYPE_CHECKING:
    from distributed import Client
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where claims may be too high, they are by so much of the most that is allowed for, each equally likely beforehand."""
COMMON = 0.7
"""Standard deviation of what all nights of a class have in common, log odds: half of a night's, a factor of two in the odds.
Notional: what one side claims always in the same way, and what the model gets wrong on every night."""
LONGER = 3
"""So many times as many sets in a long run.  Ten nights of some hundred weapons take two minutes on two cores, and then seven."""


@dataclass(frozen=True)
class Outcome:
    """What was recorded of the threats of one class in one night.

    Attributes
    ----------
    classes
        The classes of threats that are counted together: one, but where a report joins several.
    launched, through
        How many came, and how many of these got through.
    with_failed
        Whether those that fail by themselves are among those through: where only what was shot down was reported.
    """

    classes: tuple[str, ...]
    launched: int
    through: int
    with_failed: bool = False

    @property
    def kind(self) -> str:
        """What it is called: its classes."""
        return "+".join(self.classes)


@dataclass(frozen=True)
class Night:
    """A night that was recorded: the scenario, the policy in force, and the outcomes."""

    name: str
    study: Study
    policy: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Discrepancy:
    """How far the model with the right numbers may be from the record, log odds of getting through.

    Attributes
    ----------
    common
        Standard deviation of what all nights of a class have in common.
    night
        Standard deviation of what each night has besides, before it is learned how large that is (`SIZES`).
    """

    common: float = COMMON
    night: float = NIGHT


@dataclass(frozen=True)
class Reading:
    """A way to read the record.

    Attributes
    ----------
    size
        What a night has by itself, as a multiple of what is usual.
    level
        How much is claimed too much, as a share of the most that is allowed for.
    """

    size: float = 1.0
    level: float = 0.0

    def overclaimed(self, outcome: Outcome, most: Mapping[str, float]) -> float:
        """Of the threats of an outcome that got through, the share that is claimed as shot down or lost."""
        return self.level * max((most.get(one, 0.0) for one in outcome.classes), default=0.0)


@dataclass(frozen=True)
class CalibrationSettings:
    """How to calibrate.

    Attributes
    ----------
    prior, again, check
        Sets that are played on every night: drawn from the prior; drawn from a first posterior, to look again where it
        matters; and drawn from the posterior at the end.
    replications
        Of each set on each night.
    draws
        How many draws the sample has.
    least
        The effective size below which there is no answer: a share in a sample of 50 has a standard error of 0.07.
    discrepancies
        By kind of outcome, where it is not the usual one.
    overclaimed
        By class, the most that may be claimed too much: of the threats that got through, the share that was reported as shot
        down or lost.  The true share is anything from none to that.  Without it claims are taken as told.
    """

    prior: int = 64
    again: int = 32
    check: int = 16
    replications: int = 100
    draws: int = 500
    least: float = 50.0
    seed: int = 1
    threads: int | None = None
    discrepancies: Mapping[str, Discrepancy] = field(default_factory=dict)
    usual: Discrepancy = Discrepancy()
    overclaimed: Mapping[str, float] = field(default_factory=dict)
    progress: Progress = field(default=silent, compare=False)
    cluster: Client | None = field(default=None, compare=False)

    def discrepancy(self, kind: str) -> Discrepancy:
        """The discrepancy of a kind of outcome."""
        return self.discrepancies.get(kind, self.usual)

    def longer(self) -> CalibrationSettings:
        """The same with more sets."""
        return replace(self, prior=LONGER * self.prior, again=LONGER * self.again, check=LONGER * self.check)

    def readings(self) -> tuple[Reading, ...]:
        """The ways to read the record."""
        levels = LEVELS if any(self.overclaimed.values()) else (0.0,)
        return tuple(Reading(size, level) for size in SIZES for level in levels)
