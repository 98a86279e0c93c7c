"""What is counted in every replication.  To add measures: a file beside these, and a line in `MEASURE_SETS`."""

from __future__ import annotations

from collections.abc import Callable

from skypact.study.measures.base import Column, Key, MeasureSet, Shown
from skypact.study.measures.incident import IncidentMeasures
from skypact.study.measures.no_window import NoWindowMeasures
from skypact.study.measures.raid import RaidMeasures
from skypact.study.measures.reported import ReportedMeasures
from skypact.study.setup import CompiledPolicy, Study

MEASURE_SETS: tuple[Callable[[Study, CompiledPolicy], MeasureSet | None], ...] = (
    RaidMeasures.of,
    NoWindowMeasures.of,
    IncidentMeasures.of,
    ReportedMeasures.of,
)


def measures_of(study: Study, compiled: CompiledPolicy) -> tuple[MeasureSet, ...]:
    """Every set of measures that a compiled policy has."""
    made = (make(study, compiled) for make in MEASURE_SETS)
    return tuple(found for found in made if found is not None)


__all__ = [
    "MEASURE_SETS",
    "Column",
    "IncidentMeasures",
    "Key",
    "MeasureSet",
    "NoWindowMeasures",
    "RaidMeasures",
    "ReportedMeasures",
    "Shown",
    "measures_of",
]
