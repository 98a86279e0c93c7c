"""From understood rows to arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime

import numpy as np

from skypact.evidence.read import Aside, Table
from skypact.evidence.reports import Days, Reports
from skypact.evidence.rows import BadRow, Report, report_of

Entry = tuple[int, Mapping[str, str], Report]
"""Row, fields as written, and as understood."""


def understand(table: Table) -> tuple[list[Entry], list[Aside]]:
    """Each row of a file with its number, or set aside with the reason; both by number.

    A row that says the same as an earlier one of the file is set aside as well.
    """
    good: list[Entry] = []
    aside = list(table.aside)
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        first = seen.setdefault(tuple(row.fields.values()), row.number)
        if first != row.number:
            aside.append(
                Aside(row.number, row.line, "", f"the same as data row {first}", row.text, row.fields)
            )
            continue
        try:
            good.append((row.number, row.fields, report_of(row.fields)))
        except BadRow as bad:
            aside.append(Aside(row.number, row.line, bad.column, bad.reason, row.text, row.fields))
    return good, sorted(aside, key=lambda one: one.number)


def still_eligible(aside: Iterable[Aside]) -> list[Entry]:
    """The rows set aside that the definition of the scores counts all the same."""
    found = []
    for one in aside:
        with suppress(BadRow):
            if one.fields and (report := report_of(one.fields, as_scored=True)).eligible:
                found.append((one.number, one.fields, report))
    return found


def reports_of(entries: Iterable[Entry], aside: Iterable[Aside] = ()) -> Reports:
    """Arrays of understood rows, by night and row, with the rows set aside that the scores count."""
    given = [(*one, False) for one in entries] + [(*one, True) for one in still_eligible(aside)]
    ordered = sorted(given, key=lambda entry: (entry[2].night, entry[0]))
    fields = [fields for _, fields, _, _ in ordered]
    found = [report for _, _, report, _ in ordered]

    def whole(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.fromiter(values, dtype=np.int64)

    def words(values: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
        return np.array(list(values), dtype=np.str_)

    return Reports(
        row=whole(row for row, _, _, _ in ordered),
        night=_times((one.night for one in found), "D"),
        starts=_times((one.starts for one in found), "m"),
        ends=_times((one.ends for one in found), "m"),
        model=words(one["model"] for one in fields),
        weapons=words(" ".join(one.named.weapons) for one in found),
        kind=words(one.named.kind for one in found),
        strike=words(one.named.strike for one in found),
        threat_class=words(one.named.threat_class for one in found),
        systems=words(" ".join(one.named.systems) for one in found),
        launched=whole(one.launched for one in found),
        destroyed=whole(one.destroyed for one in found),
        not_reached=whole(one.not_reached for one in found),
        still_attacking=whole(one.still_attacking for one in found),
        target=words(one["target"] for one in fields),
        launch_place=words(one["launch_place"] for one in fields),
        regions=words(", ".join(one.regions) for one in found),
        crossed=whole(sum(one.crossings.values()) for one in found),
        source=words(one["source"] for one in fields),
        publisher=words(one.publisher for one in found),
        level=words(one.level for one in found),
        eligible=np.fromiter((one.eligible for one in found), dtype=np.bool_),
        set_aside=np.fromiter((aside for _, _, _, aside in ordered), dtype=np.bool_),
    )


def _times(values: Iterable[datetime], unit: str) -> Days:
    return np.array(list(values), dtype=f"datetime64[{unit}]")
