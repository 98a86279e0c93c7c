"""Reports to work with: from a store, or from the small record in the package."""

from __future__ import annotations

import csv
from pathlib import Path

from skypact.evidence.arrays import Entry, reports_of
from skypact.evidence.read import Aside
from skypact.evidence.reports import Reports
from skypact.evidence.rows import report_of
from skypact.evidence.store import read_store
from skypact.reading import Problem, Problems, nearest

SHIPPED = Path(__file__).parent / "data"


def shipped() -> tuple[str, ...]:
    """The names of the small records in the package."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.csv")))


def is_shipped(store: str | Path) -> bool:
    """Whether this is the name of a small record, whose reports are nightly sums."""
    return str(store) in shipped() and not Path(store).exists()


def load_reports(store: str | Path) -> Reports:
    """The reports of a store, or of a small record in the package by its name.

    With those set aside that the scores count all the same (``set_aside``), so that none to be forecast
    is missing.

    Raises
    ------
    Problems
        If there is no such store, or it is something else.

    Examples
    --------
    >>> reports = load_reports("ukraine-to-2025-06")
    >>> str(reports.night[0]), str(reports.strike[0]), int(reports.launched[0])
    ('2022-09-28', 'airguided', 5)
    """
    return reports_of(*load_entries(store))


def load_entries(store: str | Path) -> tuple[list[Entry], tuple[Aside, ...]]:
    """The same, each with the fields as written, and the rows that were set aside.

    Raises
    ------
    Problems
        As `load_reports`.
    """
    if is_shipped(store):
        return _nightly(SHIPPED / f"{store}.csv"), ()
    if (meant := nearest(str(store), shipped())) and not Path(store).exists():
        raise Problems([Problem(str(store), 0, 0, "", "there is no such record", f"did you mean {meant}?")])
    held = read_store(store)
    return [(one.row, one.fields, report_of(one.fields)) for one in held.kept], held.aside


def _nightly(file: Path) -> list[Entry]:
    """Nightly counts as if each were a report."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    entries: list[Entry] = []
    for row, given in enumerate(csv.DictReader(lines)):
        fields = {
            "time_start": f"{given['night']} 00:00",
            "time_end": f"{given['night']} 12:00",
            "model": given["weapons"],
            "launch_place": "",
            "target": "Ukraine",
            "launched": given["launched"],
            "destroyed": given["destroyed"],
            "not_reach_goal": given["not_reached"],
            "still_attacking": given["still_attacking"],
            "border_crossing": "{}",
            "source": given["source"],
        }
        entries.append((row, fields, report_of(fields)))
    return entries
