"""Making a report again: a report carries what it was made from, and one call plays it anew.

What a report carries is a JSON record in the page: the scenario's text, policies, seed, replications, the
versions of what computed it, a fingerprint of the shipped catalogue, and the means that it shows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skypact.library.calibration import Calibrated, calibration_of
from skypact.library.calls import compare, landscapes
from skypact.library.playing import Progress
from skypact.library.record import RECORD_ID, Record, fingerprint_of, record_of
from skypact.library.results import Comparison, Landscapes
from skypact.library.scenarios import load
from skypact.reading import Problem, Problems, read_text

if TYPE_CHECKING:
    from distributed import Client

MAX_BYTES = 64 * 2**20
ALIKE = 1e-9
"""Relative difference below which two means are the same number."""


@dataclass(frozen=True, repr=False)
class Rerun:
    """A report made again (`skypact.rerun`).

    Attributes
    ----------
    comparison
        What was played now.
    beside
        The two landscapes, where the report shows them.
    changed
        What no longer agrees: what it is, what the report has, what there is now. Empty if everything agrees.
    """

    comparison: Comparison
    beside: Landscapes | None
    changed: tuple[tuple[str, Any, Any], ...] = field(default=())

    @property
    def agrees(self) -> bool:
        """Whether every number of the report came out again."""
        return not any(what.startswith(NUMBER) for what, _, _ in self.changed)

    def __repr__(self) -> str:
        said = "every number came out again" if self.agrees else "some numbers did not come out again"
        return f"<Rerun of {self.comparison.of.id}: {said}, {len(self.changed)} changes>"

    def report(self, path: str | Path) -> Path:
        """Write the report again (`Comparison.report`)."""
        return self.comparison.report(path, self.beside)


NUMBER = "number: "


def rerun(
    report: str | Path,
    *,
    calibrated: Calibrated | None = None,
    threads: int | None = None,
    cluster: Client | None = None,
    progress: Progress | None = None,
) -> Rerun:
    """Play again what a report was made from.

    Parameters
    ----------
    report
        An HTML file that `Comparison.report` or ``skypact report`` wrote.
    calibrated
        The calibration that it was made with, which it does not carry.
    threads, cluster, progress
        As for `skypact.compare`.

    Raises
    ------
    skypact.Problems
        If the file carries no record, or its scenario has errors for this version, or another calibration is given
        than it was made with.
    """
    record = record_of_report(report)
    calibration = calibration_of(calibrated)
    made_with = record.get("calibrated")
    if made_with != (None if calibration is None else fingerprint_of(calibration)):
        if made_with is None:
            how, right = "without a", "leave out --calibrated"
        else:
            how, right = (
                "with a" if calibration is None else "with another",
                "give the file with --calibrated",
            )
        raise Problems([Problem(str(report), 0, 0, "", f"it was made {how} calibration", right)])
    options: dict[str, Any] = {
        "seed": record["seed"],
        "threads": threads,
        "cluster": cluster,
        "progress": progress,
    }
    scenario = load(record["text"])
    for name, decisions in record.get("added", {}).items():
        scenario = scenario.with_decisions(decisions, name)
    comparison = compare(
        scenario,
        record["policies"],
        record["baseline"],
        replications=record["replications"],
        **({"central": True} if record["sets"] is None else {"sets": record["sets"]}),
        calibrated=calibration,
        **options,
    )
    beside = None
    if record["beside"]:
        first, second = record["beside"]["texts"]
        beside = landscapes(first, second, replications=record["beside"]["replications"], **options)
    return Rerun(comparison, beside, tuple(_changes(record, record_of(comparison, beside))))


def record_of_report(report: str | Path) -> Record:
    """The record that a report carries.

    Raises
    ------
    skypact.Problems
        If there is none.
    """
    found = _Finder()
    found.feed(read_text(report, MAX_BYTES))
    try:
        record: Record = json.loads(found.text)
        return record
    except ValueError:
        what = "carries no record of how it was made"
        raise Problems(
            [Problem(str(report), 0, 0, "", what, "a report of this program, version 0.2 or later")]
        ) from None


def _changes(then: Record, now: Record) -> Iterator[tuple[str, Any, Any]]:
    """What no longer agrees: versions, the catalogue, then every mean that differs."""
    for name, was in [("skypact", then["skypact"]), *then["versions"].items()]:
        current = now["skypact"] if name == "skypact" else now["versions"].get(name)
        if was != current:
            yield f"version of {name}", was, current
    if then["catalogue"] != now["catalogue"]:
        yield "shipped catalogue", then["catalogue"], now["catalogue"]
    for policy, means in then["means"].items():
        for name, was in means.items():
            mean = now["means"].get(policy, {}).get(name)
            if mean is None or not math.isclose(was, mean, rel_tol=ALIKE, abs_tol=ALIKE):
                yield f"{NUMBER}{policy}: {name}", was, mean


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self._here = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._here = tag == "script" and ("id", RECORD_ID) in attrs

    def handle_endtag(self, tag: str) -> None:
        self._here = False

    def handle_data(self, data: str) -> None:
        if self._here:
            self.text += data
