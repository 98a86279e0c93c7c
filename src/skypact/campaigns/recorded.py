"""What the record claims of the nights, beside what the model gives: by month and class, claims of one side."""

from __future__ import annotations

from collections.abc import Sequence

from skypact.campaigns.nights import Night
from skypact.evidence.reports import UNREPORTED
from skypact.study.results import Document


def recorded_by_month(nights: Sequence[Night]) -> list[Document]:
    """Launched, destroyed and not reached by month and class, as claimed; null where no report gives a number.

    A report that joins several classes counts with the first.  Where several say different things of a night, ``versions``
    has who says what.
    """
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    versions: dict[tuple[str, str], list[Document]] = {}
    for night in nights:
        for flight in night.flights:
            row = found.setdefault(
                (night.month, flight.threat_class), {"launched": 0, "destroyed": None, "not_reached": None}
            )
            row["launched"] = (row["launched"] or 0) + flight.launched
            for name, number in (("destroyed", flight.destroyed), ("not_reached", flight.not_reached)):
                if number != UNREPORTED:
                    row[name] = (row[name] or 0) + number
        for one in night.versions:
            versions.setdefault((night.month, str(one["class"])), []).append(
                {name: value for name, value in one.items() if name != "class"}
            )
    return [
        {
            "month": month,
            "class": class_,
            **row,
            **({"versions": versions[month, class_]} if (month, class_) in versions else {}),
        }
        for (month, class_), row in sorted(found.items())
    ]
