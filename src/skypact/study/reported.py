"""What was reported beside what was simulated."""

from __future__ import annotations

from typing import Any

from skypact.scenario.model import Observed, Scenario
from skypact.study.estimates import Estimate
from skypact.study.over_sets import Gathered
from skypact.study.play import Played


def reported_beside(scenario: Scenario, played: Played | Gathered) -> tuple[dict[str, Any], ...]:
    """One entry a report, in the order of the scenario, with the simulated count beside it.

    `agrees` is the word of `agrees`.
    """
    estimates = played.estimates()
    return tuple(
        beside(report, estimates["reported", str(number)]) for number, report in enumerate(scenario.observed)
    )


def agrees(report: Observed, simulated: dict[str, Any]) -> bool:
    """Whether the reported number, or part of its range, lies between the simulated 5th and 95th percentile.

    A range with one end ("over 80": low 81) is open at the other.
    """
    if report.low is None and report.high is None:
        return bool(simulated["p05"] <= report.value <= simulated["p95"])
    above = report.low is None or report.low <= simulated["p95"]
    below = report.high is None or report.high >= simulated["p05"]
    return bool(above and below)


def beside(report: Observed, estimate: Estimate) -> dict[str, Any]:
    """A report with what was simulated."""
    simulated = estimate.to_dict()
    simulated.pop("histogram", None)
    return {
        **report.model_dump(mode="json"),
        "simulated": simulated,
        "agrees": agrees(report, simulated),
    }
