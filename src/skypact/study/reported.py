"""What was reported beside what was simulated."""

from __future__ import annotations

from typing import Any

from skypact.scenario.model import Observed, Scenario
from skypact.study.documents import Document
from skypact.study.measures import ReportedCount
from skypact.study.play import PlayedPolicy


def asked_of(scenario: Scenario) -> tuple[ReportedCount, ...]:
    """What each report of the scenario counts, to be counted in every replication too."""
    return tuple(ReportedCount(report.what, report.classes, report.owner) for report in scenario.observed)


def reported_beside(scenario: Scenario, played: PlayedPolicy) -> list[Document]:
    """One entry a report, in the order of the scenario, with the simulated count beside it.

    `agrees` is the word of `agrees`.
    """
    return [_entry(report, statistics_of(played, number)) for number, report in enumerate(scenario.observed)]


def statistics_of(played: PlayedPolicy, number: int) -> dict[str, Any]:
    """Statistics of the count that was asked for under this number."""
    statistics = played.tally.statistics(played.measures.keys.index(("asked", str(number))))
    statistics.pop("histogram", None)
    return statistics


def agrees(report: Observed, simulated: dict[str, Any]) -> bool:
    """Whether the reported number, or part of its range, lies between the simulated 5th and 95th percentile.

    A range with one end ("over 80": low 81) is open at the other.
    """
    if report.low is None and report.high is None:
        return bool(simulated["p05"] <= report.value <= simulated["p95"])
    above = report.low is None or report.low <= simulated["p95"]
    below = report.high is None or report.high >= simulated["p05"]
    return bool(above and below)


def _entry(report: Observed, simulated: dict[str, Any]) -> Document:
    entry = report.model_dump(mode="json")
    entry["simulated"] = simulated
    entry["agrees"] = agrees(report, simulated)
    return entry
