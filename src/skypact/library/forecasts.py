"""Forecasts of how many of a report's weapons are stopped, from the reports before."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from skypact.evidence.forecast import Forecast
from skypact.evidence.forecast import forecast as from_before
from skypact.evidence.load import is_shipped, load_reports
from skypact.evidence.months import months
from skypact.evidence.score import ORIGINS, TARGETS
from skypact.library.results import Listing
from skypact.library.show import notebook
from skypact.reading import Problem, Problems, suggest
from skypact.reading.write import write_text
from skypact.report.table import Table
from skypact.report.tables import forecasts as tables
from skypact.study.results import Document
from skypact.version import __version__

SHOWN = {"p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
"""Quantiles of a forecast that are shown."""


@dataclass(frozen=True, repr=False)
class Forecasts(Listing):
    """Forecasts of a record (`skypact.forecast`): a row for each report, by night.

    Attributes
    ----------
    document
        What ``skypact evidence forecast --json`` gives.
    csv
        The predictions as they are scored (`skypact.score`).
    """

    document: Document = field(repr=False)
    csv: str = field(repr=False)

    def to_dict(self) -> Document:
        """What ``skypact evidence forecast --json`` gives."""
        return self.document

    def write(self, path: str | Path) -> Path:
        """Write the predictions, with the columns row, target, origin, trained_to, pmf.

        Raises
        ------
        skypact.Problems
            If the place cannot be written to.
        """
        write_text(path, self.csv)
        return Path(path)

    def table(self) -> Table:
        """What is expected, by class."""
        return tables.expected(self.document)

    def __repr__(self) -> str:
        return (
            f"<Forecasts: {len(self)} reports, {self.document['from']} to {self.document['until']}, "
            f"{TARGETS[self.document['target']]}, {ORIGINS[self.document['origin']]}>"
        )

    def _repr_html_(self) -> str:
        return notebook([self.table()])


def forecast(
    store: str | Path,
    *,
    since: str,
    until: str | None = None,
    target: str = "D",
    origin: str = "month",
) -> Forecasts:
    """Forecast how many of each report's weapons are stopped, from the reports before its origin alone.

    Parameters
    ----------
    store
        As for `skypact.record`.
    since, until
        First and last month, as ``2024-07``; None: the last month of the record.
    target
        ``"D"`` destroyed, ``"S"`` stopped: destroyed or did not reach.
    origin
        ``"month"``: made before the month began; ``"day"``: made before the night.

    Raises
    ------
    skypact.Problems
        If there is no such store, month, target or origin, or no report in these months.

    Examples
    --------
    >>> import skypact
    >>> found = skypact.forecast("ukraine-to-2025-06", since="2023-01", until="2023-01")
    >>> len(found), found.rows[0]["class"], sum(found.rows[0]["pmf"]) - 1 < 1e-9
    (12, 'shahed', True)
    """
    wrong = [
        Problem(name, 0, 0, "", f"{given!r} is no {name}", suggest(given, known))
        for name, given, known in (("target", target, TARGETS), ("origin", origin, ORIGINS))
        if given not in known
    ]
    if wrong:
        raise Problems(wrong)
    months(since, until)
    reports = load_reports(store)
    there = reports.forecastable().month
    first = np.datetime64(since, "M")
    last = np.datetime64(until, "M") if until is not None else np.max([first, *there])
    if not ((there >= first) & (there <= last)).any():
        raise Problems([Problem(str(store), 0, 0, "", "no report to forecast in these months", "")])
    made = from_before(reports, first, last, target=target, origin=origin)
    rows = tuple(map(_row, made.each))
    document: Document = {
        "skypact": __version__,
        "store": str(store),
        "nightly": is_shipped(store),
        "from": since,
        "until": str(last),
        "target": target,
        "origin": origin,
        "forecasts": list(rows),
    }
    return Forecasts(rows, document, made.to_csv())


def _row(one: Forecast) -> Document:
    cumulative = np.cumsum(one.pmf)
    return {
        "row": one.row,
        "night": str(one.night),
        "class": one.strike,
        "launched": len(one.pmf) - 1,
        "trained_to": str(one.trained_to),
        "mean": float(one.pmf @ np.arange(len(one.pmf))),
        **{name: min(int(np.searchsorted(cumulative, q)), len(one.pmf) - 1) for name, q in SHOWN.items()},
        "pmf": one.pmf.tolist(),
    }
