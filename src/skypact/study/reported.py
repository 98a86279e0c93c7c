"""What was reported beside what was simulated, and how well the simulation did as a forecast of it."""

from __future__ import annotations

from typing import Any

from skypact.scenario.model import Observed, Scenario
from skypact.study.over_sets import Gathered
from skypact.study.play import Played
from skypact.study.scores import plain, said, scored


def reported_beside(scenario: Scenario, played: Played | Gathered) -> tuple[dict[str, Any], ...]:
    """One entry a report, in the order of the scenario, with the simulated count beside it."""
    estimates = played.estimates()
    launched = {
        key[1]: int(str(number))
        for key, number in played.facts.items()
        if key[0] == "by_class" and key[2] == "launched"
    }
    found = []
    for number, report in enumerate(scenario.observed):
        simulated = estimates["reported", str(number)].to_dict()
        simulated.pop("histogram", None)
        entry = {**report.model_dump(mode="json"), "simulated": simulated, "place": None, "crps": None}
        counts = played.counted(("reported", str(number)))
        if not given(report) and counts is not None:
            entry |= scored(report, counts)
            entry["baseline"] = _baseline(report, launched, scenario)
        found.append(entry)
    return tuple(found)


def given(report: Observed) -> bool:
    """Whether a report went into the scenario, so that it says nothing about the model."""
    return report.input or report.what == "launched"


def _baseline(report: Observed, launched: dict[str, int], scenario: Scenario) -> dict[str, Any] | None:
    """What the record before the day says of the same count, and how well; None where there is no such record."""
    weights = plain(report, launched, scenario.record)
    return None if weights is None else {**said(weights), **scored(report, weights)}
