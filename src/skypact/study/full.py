"""What takes minutes to know: Sobol indices by family, other correlations, other placements of what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from skypact.policy.otherwise import giving, placed_otherwise
from skypact.study.compare import compare
from skypact.study.draw import Sets
from skypact.study.estimates import Change
from skypact.study.pick_freeze import SAMPLES, Indices, pick_freeze
from skypact.study.play import RunSettings
from skypact.study.results import Comparison
from skypact.study.setup import Study

CORRELATIONS = (0.0, 0.9)
"""Of two numbers of a family: each drawn by itself, and nearly as one."""
STATED = "stated rule"

Changes = Mapping[str, Change]


@dataclass(frozen=True)
class Full:
    """What was asked besides, of a raid.

    Attributes
    ----------
    sobol
        By policy the indices of the families, largest first.
    samples
        Sets in each of the two samples behind them.
    correlations
        By correlation within families, the stated one among them, what each policy changes.
    placements
        By placement of what is given, the scenario's own rule first, what each policy changes; empty where nothing is
        given or the scenario names no other placement.
    """

    sobol: Mapping[str, tuple[Indices, ...]]
    samples: int
    correlations: Mapping[float, Changes]
    placements: Mapping[str, Changes]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "sobol": {
                "samples": self.samples,
                "policies": {name: [one.to_dict() for one in found] for name, found in self.sobol.items()},
            },
            "correlations": [
                {"correlation": correlation, "leakers": _plain(found)}
                for correlation, found in self.correlations.items()
            ],
            "placements": [
                {"placement": name, "order": order(found), "leakers": _plain(found)}
                for name, found in self.placements.items()
            ],
        }


def order(changes: Changes) -> list[str]:
    """The policies by what they change, those first under which the fewest arrive."""
    return sorted(changes, key=lambda name: changes[name].mean)


def _plain(changes: Changes) -> dict[str, Any]:
    return {name: replace(change, parts={}).to_dict() for name, change in changes.items()}


def in_full(comparison: Comparison, settings: RunSettings, samples: int = SAMPLES) -> Full | None:
    """Ask of a comparison what takes minutes; None of an incident, or with central values alone.

    Parameters
    ----------
    settings
        As the comparison was played.
    samples
        Sets in each of the two samples of the Sobol indices, a power of two.
    """
    study, drawn = comparison.study, comparison.drawn
    if drawn is None or study.scenario.incident is not None or len(study.policies) < 2:
        return None
    own = {one.policy: one.leakers for one in comparison.differences}
    correlations = {drawn.sets.correlation: own}
    for other in CORRELATIONS:
        correlations[other] = _changes(study, settings, replace(drawn.sets, correlation=other))
    return Full(
        pick_freeze(study, settings, drawn.sets, _families(own), samples),
        samples,
        dict(sorted(correlations.items())),
        _placements(study, settings, drawn.sets, own),
    )


def _changes(study: Study, settings: RunSettings, sets: Sets) -> dict[str, Change]:
    found = compare(study, settings, sets, besides=False)
    return {one.policy: one.leakers for one in found.differences}


def _families(changes: Changes) -> list[str]:
    """The families that matter for any difference, by their largest share."""
    largest: dict[str, float] = {}
    for change in changes.values():
        for share in change.rests_on:
            if share.family is not None:
                largest[share.family] = max(largest.get(share.family, 0.0), share.share)
    return sorted(largest, key=lambda family: -largest[family])


def _placements(study: Study, settings: RunSettings, sets: Sets, own: Changes) -> dict[str, Changes]:
    scenario = study.scenario
    moved = tuple(name for name in study.policies if name in giving(scenario) and name != study.baseline)
    if not moved or not scenario.placements:
        return {}
    found: dict[str, Changes] = {STATED: own}
    for name, placement in scenario.placements.items():
        other = placed_otherwise(scenario, placement.over)
        # A baseline that gives something is moved too, and with it every difference.
        asked = study.policies if study.baseline in giving(scenario) else (study.baseline, *moved)
        there = Study.of(other, asked, baseline=study.baseline)
        found[name] = {**own, **_changes(there, settings, sets)}
    return found
