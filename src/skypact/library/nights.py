"""Recorded nights as scenarios."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from skypact.evidence import NO_ROW, UNREPORTED
from skypact.evidence.arrays import still_eligible
from skypact.evidence.load import load_entries
from skypact.evidence.night import NightScenario, RecordedFlight, claims, night_scenario
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problem, Problems
from skypact.reading.write import write_text
from skypact.study.results import Document
from skypact.version import __version__


@dataclass(frozen=True, repr=False)
class RecordedNight:
    """A recorded night as a scenario (`skypact.recorded_night`).

    Attributes
    ----------
    night
        The date of its morning, as ``2024-08-26``.
    store
        The record.
    text
        The scenario, YAML.
    flights
        What flew and what is claimed of it, with the ids of the waves.
    left_out
        What of the record is not in the scenario, a line each.
    """

    night: str
    store: str
    text: str = field(repr=False)
    flights: tuple[RecordedFlight, ...]
    left_out: tuple[str, ...]

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, ready for `skypact.run`."""
        return load(self.text)

    def to_dict(self) -> Document:
        """What ``skypact evidence raid --json`` gives."""
        return {
            "skypact": __version__,
            "night": self.night,
            "store": self.store,
            "flights": [_flight(flight) for flight in self.flights],
            "claims": claims(self.flights),
            "left_out": list(self.left_out),
        }

    def write(self, path: str | Path) -> Path:
        """Write the scenario.

        Raises
        ------
        skypact.Problems
            If the place cannot be written to.
        """
        write_text(path, self.text)
        return Path(path)

    def __repr__(self) -> str:
        launched = sum(flight.launched for flight in self.flights)
        return f"<RecordedNight {self.night}: {launched:,} launched, {len(self.left_out)} left out>"


def recorded_night(store: str | Path, night: str | date) -> RecordedNight:
    """Make a scenario of a night of the public record.

    What flew is the record's; how it flew, and Ukraine's defence of that date, are assumed and said in the text.

    Parameters
    ----------
    store
        A store that `skypact.import_record` made, or ``ukraine-to-2025-06``: the nightly counts in the
        package, which have no places and times.
    night
        The date of its morning, as ``2024-08-26``.

    Raises
    ------
    skypact.Problems
        One line, if there is no such store or night, or nothing that can be flown is recorded for it.

    Examples
    --------
    >>> import skypact
    >>> night = skypact.recorded_night("ukraine-to-2025-06", "2023-05-28")
    >>> night
    <RecordedNight 2023-05-28: 54 launched, 0 left out>
    >>> night.scenario.policies
    ('as-happened',)
    """
    return recorded_nights(store)(night)


def recorded_nights(store: str | Path) -> Callable[[str | date], RecordedNight]:
    """Read a record once, to make scenarios of many of its nights as `recorded_night` does of one."""
    entries, aside = load_entries(store)
    known = [*entries, *still_eligible(aside)]

    def make(night: str | date) -> RecordedNight:
        made: NightScenario = night_scenario(known, day_of(night, "night"), str(store))
        return RecordedNight(made.night.isoformat(), str(store), made.text, made.flights, made.left_out)

    return make


def _flight(flight: RecordedFlight) -> Document:
    """As JSON has it: null for what is not reported, and for the row of a report that the last import lacks."""
    numbers = {"row": flight.row, "destroyed": flight.destroyed, "not_reached": flight.not_reached}
    return {
        "report": flight.report,
        "model": flight.model,
        "class": flight.strike,
        "threat_class": flight.threat_class,
        "system": flight.system,
        "eligible": flight.eligible,
        "launched": flight.launched,
        **{name: None if number in (UNREPORTED, NO_ROW) else number for name, number in numbers.items()},
        "waves": list(flight.waves),
    }


def day_of(given: str | date, of: str) -> date:
    """A day that may be given as text; `of` is what it is, for the problem.

    Raises
    ------
    skypact.Problems
        If it is none.
    """
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Problems([Problem(of, 0, 0, "", f"{given!r} is no date", "as 2024-08-26")]) from None
