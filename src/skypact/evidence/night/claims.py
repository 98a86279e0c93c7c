"""What the record claims of a night, by flight and by class of threats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skypact.catalog.model import ThreatClass
from skypact.evidence.reports import UNREPORTED


@dataclass(frozen=True)
class RecordedFlight:
    """What the record says of the weapons of one report that fly as one system, and the waves they fly in.

    Attributes
    ----------
    report
        Which of the night's reports it is of, counted from 0.
    row, model
        The report's data row in the file imported last (`NO_ROW` if that lacks it), and its weapon as written.
    strike, threat_class, system
        Class in which reports are scored, class of threats, and system of the catalogue that is flown.
    eligible
        Whether the report is one of those that are scored.
    launched, destroyed, not_reached
        Numbers claimed.  Where a report is about several weapons together the last two stand for all of them
        and with the first; `UNREPORTED` where the report gives none, and with its other weapons.
    waves
        Ids of the waves; threats are ``WAVE-001`` and so on.
    """

    report: int
    row: int
    model: str
    strike: str
    threat_class: ThreatClass
    system: str
    eligible: bool
    launched: int
    destroyed: int
    not_reached: int
    waves: tuple[str, ...]


def joined(flights: Iterable[RecordedFlight]) -> list[list[RecordedFlight]]:
    """Flights by class of threats, in the order that they have; classes that a report joins stand together."""
    flights = list(flights)
    groups: list[set[ThreatClass]] = []
    for report in dict.fromkeys(flight.report for flight in flights):
        classes = {flight.threat_class for flight in flights if flight.report == report}
        for group in [group for group in groups if group & classes]:
            classes |= group
            groups.remove(group)
        groups.append(classes)
    return [[flight for flight in flights if flight.threat_class in group] for group in groups]


def claims(flights: Iterable[RecordedFlight]) -> list[dict[str, Any]]:
    """What is claimed by class of threats; classes that a report joins stand together.

    Each with ``classes``, ``launched``, ``destroyed``, ``not_reached`` (None where no report gives it) and ``rows``.
    """
    found = []
    for part in joined(flights):
        lost = [flight.not_reached for flight in part if flight.not_reached != UNREPORTED]
        found.append(
            {
                "classes": sorted({flight.threat_class for flight in part}),
                "launched": sum(flight.launched for flight in part),
                "destroyed": sum(flight.destroyed for flight in part if flight.destroyed != UNREPORTED),
                "not_reached": sum(lost) if lost else None,
                "rows": list(dict.fromkeys(flight.row for flight in part)),
            }
        )
    return found
