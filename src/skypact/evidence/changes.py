"""Where the record changes its ways: a column comes into use or falls out of it, a share jumps.

What a number means can change overnight when those who report change what they count.  Such a step looks like
a change in what happened, so it is pointed out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skypact.evidence.columns import is_blank
from skypact.evidence.rows import Report

MONTHS = 3
"""So many months before and after are put side by side."""
FEWEST = 5
"""Fewer reports on a side say nothing."""
FILL_STEP, SHARE_STEP = 0.5, 0.2
"""A step in how many reports fill a column, and in the share of those launched, that is pointed out."""
EMPTY = "{}"
"""How the record writes that no border was crossed."""
GROUPS: Mapping[str, str] = {"shahed": "Shahed drones", "missiles": "missiles"}


@dataclass(frozen=True)
class DefinitionChange:
    """A step in the use of a column.

    Attributes
    ----------
    column, group
        The column, and whether in reports of Shahed drones or of missiles.
    month
        From when on, as ``2024-09``.
    what
        ``filled`` (share of reports that fill it) or ``share`` (sum as a share of those launched).
    before, after
        In up to three months before and from then on.
    first
        The month in which the column is filled for the first time; empty for a share.
    """

    column: str
    group: str
    month: str
    what: str
    before: float
    after: float
    first: str = ""

    def __str__(self) -> str:
        before, after = f"{100 * self.before:.0f} %", f"{100 * self.after:.0f} %"
        if self.what == "filled":
            return (
                f"{self.column} of {GROUPS[self.group]} is filled in {after} of the reports from {self.month} on, "
                f"in {before} before{self._since}"
            )
        return f"{self.column} of {GROUPS[self.group]} is {after} of launched from {self.month} on, {before} before"

    @property
    def _since(self) -> str:
        return f"; the first in {self.first}" if self.after > self.before and self.first else ""


def definition_changes(entries: Sequence[tuple[Mapping[str, str], Report]]) -> tuple[DefinitionChange, ...]:
    """Every step in national reports of strikes, by month.

    Parameters
    ----------
    entries
        Fields as written and as understood, one a report.
    """
    found: list[DefinitionChange] = []
    for group in GROUPS:
        part = [
            (fields, report)
            for fields, report in entries
            if report.level == "national"
            and report.named.kind in ("strike", "several")
            and (report.named.strike == "shahed") == (group == "shahed")
        ]
        found += _in_group(group, part)
    return tuple(sorted(found, key=lambda one: (one.month, one.column, one.group)))


def _in_group(group: str, part: Sequence[tuple[Mapping[str, str], Report]]) -> Iterable[DefinitionChange]:
    if not part:
        return
    months = np.array([report.night for _, report in part], dtype="datetime64[M]").astype(np.int64)
    names = dict.fromkeys(name for fields, _ in part for name in fields)
    for name in names:
        filled = np.array([_is_filled(fields.get(name, "")) for fields, _ in part], dtype=np.float64)
        steps = list(_steps(months, filled, np.ones(len(part)), FILL_STEP))
        first = str(np.datetime64(int(months[filled > 0].min()), "M")) if steps else ""
        for month, before, after in steps:
            yield DefinitionChange(name, group, month, "filled", before, after, first)
    if group == "missiles":
        return  # their make-up changes from month to month, and with it every share
    launched = np.array([max(report.launched, 0) for _, report in part], dtype=np.float64)
    shares: Mapping[str, Callable[[Report], int]] = {
        "destroyed": lambda report: report.destroyed,
        "not_reach_goal": lambda report: report.not_reached,
    }
    for name, number in shares.items():
        counted = np.array([max(number(report), 0) for _, report in part], dtype=np.float64)
        for month, before, after in _steps(months, counted, launched, SHARE_STEP):
            yield DefinitionChange(name, group, month, "share", before, after)


def _is_filled(text: str) -> bool:
    return not is_blank(text) and text.strip() != EMPTY


def _steps(
    months: npt.NDArray[np.int64],
    part: npt.NDArray[np.float64],
    whole: npt.NDArray[np.float64],
    least: float,
) -> Iterable[tuple[str, float, float]]:
    """Months at which the share jumps, with the share before and after; the greatest of neighbours."""
    candidates = []
    for month in range(int(months.min()) + 1, int(months.max()) + 1):
        before = (months >= month - MONTHS) & (months < month)
        after = (months >= month) & (months < month + MONTHS)
        if min(before.sum(), after.sum()) < FEWEST or not whole[before].sum() or not whole[after].sum():
            continue
        shares = part[before].sum() / whole[before].sum(), part[after].sum() / whole[after].sum()
        if abs(shares[1] - shares[0]) >= least:
            candidates.append((month, *shares))
    chosen: list[int] = []
    for month, earlier, later in sorted(candidates, key=lambda one: (-abs(one[2] - one[1]), one[0])):
        if all(abs(month - other) > MONTHS for other in chosen):
            chosen.append(month)
            yield str(np.datetime64(month, "M")), float(earlier), float(later)
