"""Counts that were reported, asked of every replication too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
        for number, report in enumerate(self.reports):
            yield ("reported", str(number)), self._count(report, outcomes)

    def _count(self, report: Observed, outcomes: Outcomes) -> NDArray[np.int64]:
        """Rounds fired, or threats with a fate, of the classes and by the owner that the report names."""
        names = sorted({threat.class_ for threat in self.raid.threats})
        wanted = [name for name in names if report.classes is None or name in report.classes]
        ours = np.array([report.owner in (None, unit.owner) for unit in self.raid.units], dtype=np.bool_)
        if report.what == "rounds":
            rounds = outcomes.rounds[:, ours][:, :, [names.index(name) for name in wanted]]
            return np.asarray(rounds.sum(axis=(1, 2)), dtype=np.int64)
        threats = np.array([threat.class_ in wanted for threat in self.raid.threats], dtype=np.bool_)
        fate = outcomes.fate[:, threats]
        counted = np.isin(fate, FATES[report.what])
        if report.what == "killed" and not ours.all():
            killer = outcomes.killer[:, threats]
            counted &= np.append(ours, False)[killer]
        return np.asarray(counted.sum(axis=1), dtype=np.int64)
