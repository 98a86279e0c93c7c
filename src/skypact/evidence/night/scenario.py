"""The scenario of a recorded night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from skypact.catalog.load import load_catalog
from skypact.evidence.arrays import Entry
from skypact.evidence.night.claims import RecordedFlight
from skypact.evidence.night.defence import defence_on, frame, has_defence
from skypact.evidence.night.flights import flown
from skypact.evidence.night.places import places
from skypact.evidence.night.text import written
from skypact.evidence.night.waves import Waves, waves_of
from skypact.reading import Problem, Problems
from skypact.scenario.forces import Place

SOURCE = "air-force-record"
NEAR = 3
"""So many of the nights before and after are named where nothing is recorded for one."""


@dataclass(frozen=True)
class NightScenario:
    """A recorded night as a scenario.

    Attributes
    ----------
    night
        The date of its morning.
    id
        The scenario's id.
    text
        The scenario, YAML.
    flights
        What flew and what is claimed of it.
    left_out
        What of the record is left out, a line each.
    """

    night: date
    id: str
    text: str
    flights: tuple[RecordedFlight, ...]
    left_out: tuple[str, ...]


def night_scenario(entries: Iterable[Entry], night: date, store: str = "the record") -> NightScenario:
    """Make the scenario of a night from understood reports.

    Parameters
    ----------
    entries
        Reports as `skypact.evidence.load.load_entries` gives them.
    night
        The date of its morning: of the start of a report plus 12 hours.
    store
        What the record is called in problems and in the scenario.

    Raises
    ------
    Problems
        One line, if the record has no strike in that night that can be flown.

    Examples
    --------
    >>> from skypact.evidence.load import load_entries
    >>> made = night_scenario(load_entries("ukraine-to-2025-06")[0], date(2023, 5, 28))
    >>> made.id, made.flights[0].launched, made.flights[0].destroyed
    ('ukraine-night-2023-05-28', 54, 52)
    """
    entries = list(entries)
    nights = sorted({one.night.date() for _, _, one in entries if one.eligible})
    if not nights or not nights[0] <= night <= nights[-1]:
        raise Problems([_not_of_it(nights, night, store)])
    defence = defence_on(night)
    made = night_waves(entries, night)
    if made.zero is None:
        raise Problems([_nothing(nights, night, made.left_out, store)])
    name = f"ukraine-night-{night.isoformat()}"
    text = written(
        name,
        night,
        made.zero,
        store,
        defence,
        made.at,
        made.waves,
        made.flights,
        made.left_out,
        SOURCE,
    )
    return NightScenario(night, name, text, made.flights, made.left_out)


@dataclass(frozen=True)
class NightWaves:
    """What flew in a night, and how.

    Attributes
    ----------
    zero
        The raid's zero time; None where nothing that can be flown is recorded.
    waves
        Those of each flight.
    flights, left_out
        As in `NightScenario`.
    at
        Where launch areas, waypoints and cities are.
    """

    zero: datetime | None
    waves: tuple[Waves, ...]
    flights: tuple[RecordedFlight, ...]
    left_out: tuple[str, ...]
    at: Mapping[str, Place]


def night_waves(entries: Iterable[Entry], night: date) -> NightWaves:
    """The waves of a night, from understood reports of it and perhaps of others."""
    found = flown(entries, night)
    at, weights = _cities()
    if not found.flights:
        return NightWaves(None, (), (), found.left_out, at)
    catalog = load_catalog()
    zero = min(flight.starts for flight in found.flights)
    waves = tuple(
        waves_of(flight, number, catalog.threats[flight.system], zero, weights, at, SOURCE)
        for number, flight in enumerate(found.flights)
    )
    flights = tuple(
        RecordedFlight(
            flight.report,
            flight.row,
            flight.model,
            flight.strike,
            catalog.threats[flight.system].threat_class,
            flight.system,
            flight.eligible,
            flight.launched,
            flight.destroyed,
            flight.not_reached,
            tuple(wave["id"] for wave in made.waves),
        )
        for flight, made in zip(found.flights, waves, strict=True)
    )
    return NightWaves(zero.replace(tzinfo=_kyiv(night)), waves, flights, found.left_out, at)


@cache
def _cities() -> tuple[dict[str, Place], dict[str, float]]:
    """Every place by name, a city that is an asset by the asset's name as well; and the population of the cities."""
    known_places, assets = frame()["places"], frame()["assets"]
    known = {name: Place.model_validate(one) for name, one in known_places.items()}
    at = {
        **known,
        **{name: Place(**one.model_dump(exclude={"area"})) for name, one in places().places.items()},
    }
    weights = {name: float(one["weight"]) for name, one in assets.items()}
    return {**at, **{name: at[one["place"]] for name, one in assets.items()}}, weights


def _not_of_it(nights: Sequence[date], night: date, store: str) -> Problem:
    """A night before or after the record."""
    if not nights:
        return Problem(store, 0, 0, "night", "the record has no strike that is counted", "another store")
    what = f"the record has nothing for {night}: it goes from {nights[0]} to {nights[-1]}"
    return Problem(store, 0, 0, "night", what, "a night in it")


def _nothing(nights: Sequence[date], night: date, left_out: Sequence[str], store: str) -> Problem:
    """A night in which nothing that could be flown is recorded, and those near it."""
    what = f"no strike is recorded for {night} that can be flown"
    if left_out:
        what += f" ({'; '.join(left_out)})"
    made = [one for one in nights if has_defence(one)]
    before = [one for one in made if one < night][-NEAR:]
    after = [one for one in made if one > night][:NEAR]
    near = ", ".join(str(one) for one in (*before, *after))
    return Problem(store, 0, 0, "night", what, f"a night near it: {near}")


def _kyiv(day: date) -> timezone:
    """The offset of Kyiv's time, by the rule of the European Union: no table of time zones is needed."""

    def last_sunday(month: int) -> date:
        end = date(day.year, month, 31)
        return end - timedelta(days=(end.weekday() + 1) % 7)

    return timezone(timedelta(hours=3 if last_sunday(3) < day <= last_sunday(10) else 2))
