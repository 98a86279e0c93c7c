"""A new set of measures is a class and a line: the rest of the program shows it without knowing its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

import skypact
from skypact.engine import Outcomes
from skypact.raid import Raid
from skypact.report.material import Material
from skypact.report.printed import comparison_tables
from skypact.report.sections import sections
from skypact.study import measures
from skypact.study.measures import Column, MeasureSet, Shown
from skypact.study.setup import CompiledPolicy, Study
from tests.library.test_calls import SMALL

WITHOUT_LISTED = (measures.RaidMeasures.of, measures.IncidentMeasures.of, measures.ReportedMeasures.of)


@dataclass(frozen=True)
class Efficiency(MeasureSet):
    """Rounds fired for each kill, by replication."""

    raid: Raid

    shown = {"rounds_per_kill": Shown("Rounds per kill", "rounds", spread="values", listed=True)}

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> Efficiency:
        return cls(compiled.raid)

    def measure(self, outcomes: Outcomes) -> Iterator[Column]:
        kills = (outcomes.fate == 2).sum(axis=1)
        yield ("rounds_per_kill",), outcomes.rounds.sum(axis=(1, 2)) / np.maximum(kills, 1)


@pytest.fixture
def comparison(monkeypatch: pytest.MonkeyPatch) -> skypact.Comparison:
    monkeypatch.setattr(measures, "MEASURE_SETS", (*WITHOUT_LISTED, Efficiency.of))
    return skypact.compare(SMALL, sets=3, replications=20)


def test_it_is_in_results_and_documents(comparison: skypact.Comparison) -> None:
    result = comparison.policies["alone"]
    assert result.rounds_per_kill.p05 <= result.rounds_per_kill.mean
    assert comparison.to_dict()["differences"][0]["rounds_per_kill"]["mean"] == pytest.approx(
        comparison.policies["helped"].rounds_per_kill.mean - result.rounds_per_kill.mean
    )
    frame = comparison.to_frame()
    assert set(frame[frame.measure == "rounds_per_kill"].unit) == {"rounds"}


def test_it_is_in_tables_and_in_the_report(comparison: skypact.Comparison) -> None:
    material = Material.of(comparison)
    (table,) = (one for one in comparison_tables(material) if one is not None and one.id == "further")
    assert [column.head for column in table.columns] == ["Policy", "Rounds per kill"]
    assert any(section.id == "further-measures" for section in sections(material))


def test_without_a_listed_measure_there_is_no_such_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "MEASURE_SETS", WITHOUT_LISTED)
    material = Material.of(skypact.compare(SMALL, central=True, replications=20))
    assert all(one is None or one.id != "further" for one in comparison_tables(material))
