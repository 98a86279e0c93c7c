"""Comparing policies with numbers that a calibration narrowed, and with the ranges as they were.

Both are played: a calibration is of numbers, and not of policies, so its file cannot have the answer before; and with
the same seed that is what a comparison without it gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from skypact.policy.families import family_of
from skypact.study.calibration.calibration import Calibration
from skypact.study.calibration.fingerprint import fingerprints
from skypact.study.compare import compare
from skypact.study.draw import Sets
from skypact.study.play import RunSettings
from skypact.study.results import Comparison
from skypact.study.setup import Study


@dataclass(frozen=True)
class Narrowed:
    """What stands beside an answer with narrowed numbers.

    Attributes
    ----------
    calibration
        What narrowed them.
    before
        The answer with the ranges as they were.
    as_told
        Where claims may be too high: the answer if they are taken as told.  None otherwise.
    effective
        As how many independent sets those that were played count.
    lacking
        Numbers that the calibration lacks, drawn from their ranges.
    changed
        What is another one than when it was made: the scenario, the catalogue.
    """

    calibration: Calibration
    before: Comparison
    as_told: Comparison | None
    effective: float
    lacking: tuple[str, ...]
    changed: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            **self.calibration.to_dict(),
            "effective_sets": self.effective,
            "lacking": list(self.lacking),
            "changed": list(self.changed),
            "before": _answer(self.before),
            "answer_as_told": None if self.as_told is None else _answer(self.as_told),
        }


def _answer(comparison: Comparison) -> dict[str, Any]:
    """What arrives under each policy, and by how much it differs."""
    return {
        "policies": {name: {"leakers": one.leakers.to_dict()} for name, one in comparison.policies.items()},
        "differences": {
            one.policy: {"leakers": replace(one.leakers, parts={}).to_dict()}
            for one in comparison.differences
        },
    }


def compare_narrowed(
    study: Study, settings: RunSettings, calibration: Calibration, count: int, besides: bool = True
) -> Comparison:
    """Compare policies with so many sets of a calibration, and beside it with as many of the prior."""
    before = compare(study, settings, Sets(count, settings.seed), besides=False)
    as_told = None
    if calibration.as_told is not None:
        told = calibration.as_told.sets(count, settings.seed, calibration.correlation)
        as_told = compare(study, settings, told, besides=False)
    sets = calibration.sets(count, settings.seed)
    found = compare(study, settings, sets, besides)
    assert found.drawn is not None
    asked = {
        name for one in found.drawn.draws for name in one.values if family_of(name, study.catalog) != "cost"
    }
    now = fingerprints(study, ())
    # Another scenario than the one it was made for is no mistake: numbers are of systems.
    of = ("catalogue", "scenario") if study.scenario.id == calibration.scenario else ("catalogue",)
    changed = tuple(name for name in of if now[name] != calibration.fingerprints.get(name))
    return replace(
        found,
        narrowed=Narrowed(calibration, before, as_told, sets.effective, calibration.missing(asked), changed),
    )
