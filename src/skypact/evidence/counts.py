"""Counts by month and class: what was claimed to be launched and stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import numpy as np

from skypact.evidence.reports import UNREPORTED, Reports
from skypact.evidence.weapons import STRIKE_NAMES

SEVERAL = "several"
CLASS_NAMES: Mapping[str, str] = {**STRIKE_NAMES, SEVERAL: "several classes together"}
"""Every class that is counted, in the order in which they are shown, with its name."""
LEFT_OUT: Mapping[str, str] = {
    "regional": "of regional commands and others, which tell what they shot down and not what was launched",
    "reconnaissance": "of reconnaissance aircraft",
    "front": "of short-range weapons at the front",
    "bomb": "of bombs",
    "unknown": "of weapons that the record does not name",
}
"""Why reports are not counted, and the end of a sentence that begins with a number of reports."""


@dataclass(frozen=True)
class Count:
    """Reports of a class in a month, or over all time (then ``month`` is empty).

    Attributes
    ----------
    strike
        The class; ``several`` for reports of several classes together.
    reports
        How many there are.
    incomplete
        How many of them lack a number launched or destroyed; they are not in the sums.
    launched, destroyed
        Sums.
    not_reached
        Sum over those that report it; None where none does.
    not_reached_in
        How many report it.
    through
        Launched and not claimed to be destroyed or not to have reached; where ``not_reached`` is
        unreported, those that did not reach are among them.
    """

    month: str
    strike: str
    reports: int
    incomplete: int
    launched: int
    destroyed: int
    not_reached: int | None
    not_reached_in: int
    through: int

    def to_dict(self) -> dict[str, object]:
        """As JSON has it."""
        found = asdict(self)
        return {"month": found.pop("month") or None, "class": found.pop("strike"), **found}


def counted(reports: Reports) -> Reports:
    """The national reports of strikes, which alone say how many were launched."""
    return reports.take((reports.level == "national") & np.isin(reports.kind, ("strike", SEVERAL)))


def left_out(reports: Reports) -> dict[str, int]:
    """How many reports are not counted, by reason (`LEFT_OUT`)."""
    national = reports.level == "national"
    by_kind = Counter(map(str, reports.kind[national & ~np.isin(reports.kind, ("strike", SEVERAL))]))
    found = {"regional": int((~national).sum()), **by_kind}
    return {name: found[name] for name in LEFT_OUT if found.get(name)}


def by_month(reports: Reports) -> tuple[Count, ...]:
    """Counts by month and class, without those that are zero; by month, then class."""
    found = counted(reports)
    months = found.month.astype(str)
    return tuple(
        _count(month, strike, found.take((months == month) & (_classes(found) == strike)))
        for month in sorted(set(months.tolist()))
        for strike in CLASS_NAMES
        if ((months == month) & (_classes(found) == strike)).any()
    )


def by_class(reports: Reports) -> tuple[Count, ...]:
    """Counts by class over all time."""
    found = counted(reports)
    return tuple(
        _count("", strike, found.take(_classes(found) == strike))
        for strike in CLASS_NAMES
        if (_classes(found) == strike).any()
    )


def pooled(counts: Iterable[Count], classes: Iterable[str], name: str) -> tuple[Count, ...]:
    """Counts of several classes added up by month."""
    wanted = set(classes)
    found: dict[str, list[Count]] = {}
    for one in counts:
        if one.strike in wanted:
            found.setdefault(one.month, []).append(one)
    return tuple(_sum(month, name, part) for month, part in sorted(found.items()))


def _classes(reports: Reports) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    return np.where(reports.strike == "", SEVERAL, reports.strike)


def _count(month: str, strike: str, part: Reports) -> Count:
    whole = part.take((part.launched != UNREPORTED) & (part.destroyed != UNREPORTED))
    given = whole.not_reached != UNREPORTED
    return Count(
        month,
        strike,
        len(part),
        len(part) - len(whole),
        int(whole.launched.sum()),
        int(whole.destroyed.sum()),
        int(whole.not_reached[given].sum()) if given.any() else None,
        int(given.sum()),
        int((whole.launched - whole.stopped).sum()),
    )


def _sum(month: str, name: str, part: list[Count]) -> Count:
    given = [one.not_reached for one in part if one.not_reached is not None]
    return Count(
        month,
        name,
        sum(one.reports for one in part),
        sum(one.incomplete for one in part),
        sum(one.launched for one in part),
        sum(one.destroyed for one in part),
        sum(given) if given else None,
        sum(one.not_reached_in for one in part),
        sum(one.through for one in part),
    )
