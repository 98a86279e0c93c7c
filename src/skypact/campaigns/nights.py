"""The nights of a campaign: what flew, and under which date it is played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from skypact.campaigns.model import Nights
from skypact.campaigns.tabled import flown, tables
from skypact.evidence.arrays import Entry, still_eligible
from skypact.evidence.load import load_entries
from skypact.evidence.night.claims import RecordedFlight
from skypact.evidence.night.scenario import night_waves
from skypact.scenario.forces import Place
from skypact.scenario.model import Wave


@dataclass(frozen=True)
class Night:
    """A recorded night.

    Attributes
    ----------
    day
        The date of the morning under which it is played.
    recorded
        That of the record; another where a month is played again.
    waves, places
        What flew, and the places that it names.
    flights
        What is claimed of it.
    versions
        Where several say different things of it: who says what, by class.
    """

    day: date
    recorded: date
    waves: tuple[Wave, ...]
    places: Mapping[str, Place]
    flights: tuple[RecordedFlight, ...]
    versions: tuple[Mapping[str, Any], ...] = ()

    @property
    def month(self) -> str:
        """The month under which it is played."""
        return f"{self.day:%Y-%m}"

    @property
    def launched(self) -> int:
        """How many weapons."""
        return sum(flight.launched for flight in self.flights)


@dataclass(frozen=True)
class Recorded:
    """The nights of a record between two days, and in words what of them is left out."""

    nights: tuple[Night, ...]
    left_out: tuple[str, ...]
    known: frozenset[date]


def nights_of(nights: Nights, since: date, until: date) -> Recorded:
    """The nights that are played, by date.

    A night of the record stands under its own date, or under that of the month as which its month is played again.

    Raises
    ------
    Problems
        If there is no such record.
    """
    without = set(nights.leave_out)
    again = {one.as_: one.month for one in nights.repeat}

    def played(recorded: date) -> list[date]:
        days = _played(recorded, again)
        return [day for day in days if since <= day <= until and day.isoformat() not in without]

    if nights.record in tables():
        made = flown(nights.record)
        return Recorded(
            tuple(
                sorted(
                    (
                        Night(day, recorded, one.waves, one.places, one.flights, one.versions)
                        for recorded, one in made.items()
                        for day in played(recorded)
                    ),
                    key=lambda night: night.day,
                )
            ),
            (),
            frozenset(made),
        )
    return _of_record(nights.record, played)


def _of_record(record: str, played: Callable[[date], list[date]]) -> Recorded:
    """The nights of a store or of nightly counts; `played` tells under which days each is played."""
    entries, aside = load_entries(record)
    by_night: dict[date, list[Entry]] = defaultdict(list)
    for entry in (*entries, *still_eligible(aside)):
        by_night[entry[2].night.date()].append(entry)
    found, left_out = [], []
    for recorded in sorted(by_night):
        for day in played(recorded):
            made = night_waves(by_night[recorded], recorded)
            left_out += [f"{recorded}: {line}" for line in made.left_out]
            waves = tuple(Wave.model_validate(wave) for one in made.waves for wave in one.waves)
            if not waves:
                continue
            named = {name for wave in waves for name in (wave.launch, *wave.via)}
            places = {name: made.at[name] for name in sorted(named)}
            found.append(Night(day, recorded, waves, places, made.flights))
    found.sort(key=lambda night: night.day)
    return Recorded(tuple(found), tuple(dict.fromkeys(left_out)), frozenset(by_night))


def _played(recorded: date, again: Mapping[str, str]) -> list[date]:
    """Under which days a night of the record is played."""
    month = f"{recorded:%Y-%m}"
    days = [] if month in again else [recorded]
    for played, source in again.items():
        if source == month:
            try:
                days.append(date.fromisoformat(f"{played}-{recorded.day:02d}"))
            except ValueError:  # a day that the other month lacks
                continue
    return days
