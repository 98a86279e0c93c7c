"""Counts that were reported, asked of every replication too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.engine import FAILED, KILLED, LEAKED, Outcomes
from skypact.raid import Raid
from skypact.scenario.model import Observed
from skypact.study.measures.base import Column, MeasureSet, Shown
from skypact.study.setup import CompiledPolicy, Study

FATES = {"killed": (KILLED,), "leaked": (LEAKED,), "failed": (FAILED,), "launched": (LEAKED, FAILED, KILLED)}


@dataclass(frozen=True)
class ReportedMeasures(MeasureSet):
    """One measure for each report, under the key ``("reported", its number)``."""

    raid: Raid
    reports: tuple[Observed, ...]

    shown = {"reported": Shown("As reported", "number", spread="counts", hidden=True, paired=False)}

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> ReportedMeasures | None:
        """The reports of the study's scenario; None if it has none."""
        reports = study.scenario.observed
        return cls(compiled.raid, reports) if reports else None

    def measure(self, outcomes: Outcomes) -> Iterator[Column]:
        """Count what each report counts."""
        for number, (report, of) in enumerate(zip(self.reports, self._meant, strict=True)):
            yield ("reported", str(number)), of.count(report.what, outcomes)

    @cached_property
    def _meant(self) -> tuple[_Meant, ...]:
        return tuple(_Meant.by(report, self.raid) for report in self.reports)


@dataclass(frozen=True)
class _Meant:
    """What a report is about: rows of the raid's units and threats, and of its classes."""

    units: NDArray[np.bool_]
    threats: NDArray[np.bool_]
    classes: list[int]

    @classmethod
    def by(cls, report: Observed, raid: Raid) -> _Meant:
        names = sorted({threat.class_ for threat in raid.threats})
        wanted = [name for name in names if report.classes is None or name in report.classes]
        return cls(
            np.array([report.owner in (None, unit.owner) for unit in raid.units], dtype=np.bool_),
            np.array([threat.class_ in wanted for threat in raid.threats], dtype=np.bool_),
            [names.index(name) for name in wanted],
        )

    def count(self, what: str, outcomes: Outcomes) -> NDArray[np.int64]:
        """Rounds fired, or threats with a fate, of the classes and by the owner that the report names."""
        if what == "rounds":
            rounds = outcomes.rounds[:, self.units][:, :, self.classes]
            return np.asarray(rounds.sum(axis=(1, 2)), dtype=np.int64)
        fate = outcomes.fate[:, self.threats]
        first, *more = FATES[what]
        counted = fate == first
        for one in more:
            counted |= fate == one
        if what == "killed" and not self.units.all():
            counted &= np.append(self.units, False)[outcomes.killer[:, self.threats]]
        return np.asarray(counted.sum(axis=1), dtype=np.int64)
