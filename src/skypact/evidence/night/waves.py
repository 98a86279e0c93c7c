"""The waves of a recorded night: who flies from where, which way and when.

The record gives a span of time for each report, often the whole night, and never a route.  The rule, notional:
each area launches its drones evenly from the beginning of the span on, those with the longest way first, so that the
last would arrive by its end, or over half of it where it is shorter than two flights.  Missiles arrive from the middle
of the span on, launched one after the other as in the shipped scenario of 26 August 2024.  Ways are those of that raid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from skypact.catalog.model import Threat
from skypact.evidence.night.aims import aimed
from skypact.evidence.night.flights import Flight
from skypact.evidence.night.places import launches, length_km, places, way
from skypact.scenario.forces import Place

SPACING_S = {"cruise": 30, "fast-cruise": 120, "ballistic-short": 120, "aeroballistic": 60}
"""Seconds between launches of a wave of missiles, as in the shipped scenario."""
TACTICAL_S = 60
"""The same for cruise missiles of short reach, dropped by tactical aircraft."""
TACTICAL_KM = 600.0
"""Cruise missiles of no more reach fly straight."""
LEAST_S, MOST_S = 30, 1800
"""Between two drones of an area."""
OFFSET_MIN = {"drone": 30, "cruise": 15, "fast-cruise": 10, "ballistic-short": 20, "aeroballistic": 10}
ABREAST_KM = {"drone": 40, "cruise": 20}
BALLISTIC_MIN = 5
"""About how long a ballistic missile flies."""


_Way: TypeAlias = tuple[float, str, tuple[str, ...], dict[str, int]]
"""Length (km) of the way to the first city, launch area, waypoints, and how many to each city."""


@dataclass(frozen=True)
class Waves:
    """Waves of a flight, as the scenario has them, and what to say above them.

    Attributes
    ----------
    waves
        Each as a mapping in the form of the scenario.
    comment
        What the record says and what is assumed, a line each.
    """

    waves: tuple[dict[str, Any], ...]
    comment: tuple[str, ...]


def waves_of(
    flight: Flight,
    number: int,
    threat: Threat,
    zero: datetime,
    weights: Mapping[str, float],
    at: Mapping[str, Place],
    source: str,
) -> Waves:
    """The waves of a flight.

    Parameters
    ----------
    flight, number
        The flight and its number in the night, which names the waves.
    threat
        Its system in the catalogue.
    zero
        The raid's zero time, in the time of the record.
    weights, at
        Population by city; where areas, waypoints and cities are.
    source
        The scenario's name of the record.
    """
    began = launches(flight.weapon, flight.places)
    found = aimed(flight, began.areas, weights, at, threat.reach_km.value)
    straight = threat.threat_class not in ("drone", "cruise") or threat.reach_km.value <= TACTICAL_KM
    by_way: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
    for (area, city), count in found.pairs.items():
        via = () if straight else way(area, city, at, at[city])
        by_way.setdefault((area, via), {})[city] = count
    span = tuple((time - zero).total_seconds() / 60 for time in (flight.starts, flight.ends))
    ways: list[_Way] = [
        (length_km([at[name] for name in (area, *via, next(iter(aims)))]), area, via, aims)
        for (area, via), aims in by_way.items()
    ]
    ways.sort(key=lambda one: one[:3])
    times = _drones(ways, threat, span) if threat.threat_class == "drone" else _missiles(ways, threat, span)
    offset = OFFSET_MIN.get(threat.threat_class, 15)
    waves = [
        {
            "id": f"{flight.weapon}-{number + 1}-{index + 1}",
            "threat": flight.system,
            "launch": area,
            **({"via": list(via)} if via else {}),
            "aims": aims,
            "start_min": start,
            "spacing_s": spacing,
            "offset_min": [-offset, offset],
            **({"abreast_km": ABREAST_KM[threat.threat_class]} if threat.threat_class in ABREAST_KM else {}),
            "kind": "notional",
            "sources": [source],
            "note": _note(began.assumed, found.said),
        }
        for index, ((_, area, via, aims), (start, spacing)) in enumerate(zip(ways, times, strict=True))
    ]
    return Waves(tuple(waves), _comment(flight, began.unknown, began.assumed, found.said))


def _drones(ways: Sequence[_Way], threat: Threat, span: Sequence[float]) -> list[tuple[int, int]]:
    """Start (minutes) and time between launches (s) of each wave, in the order of `ways`."""
    first, last = span
    times = {}
    for area in dict.fromkeys(one[1] for one in ways):
        mine = [index for index, one in enumerate(ways) if one[1] == area][::-1]
        flight_min = _minutes(threat, ways[mine[0]][0])
        lasts = max(last - first - flight_min, (last - first) / 2)
        launched = sum(sum(ways[index][3].values()) for index in mine)
        spacing = min(MOST_S, max(LEAST_S, round(60 * lasts / launched)))
        before = 0
        for index in mine:
            times[index] = (round(first + before * spacing / 60), spacing)
            before += sum(ways[index][3].values())
    return [times[index] for index in range(len(ways))]


def _missiles(ways: Sequence[_Way], threat: Threat, span: Sequence[float]) -> list[tuple[int, int]]:
    """The same for missiles."""
    tactical = threat.threat_class == "cruise" and threat.reach_km.value <= TACTICAL_KM
    spacing = TACTICAL_S if tactical else SPACING_S.get(threat.threat_class, 60)
    return [(round(sum(span) / 2 - _minutes(threat, length)), spacing) for length, *_ in ways]


def _minutes(threat: Threat, way_km: float) -> float:
    if threat.speed_m_s is None:
        return BALLISTIC_MIN
    return 1000 * way_km / threat.speed_m_s.value / 60


def _note(assumed: bool, said: str) -> str:
    launch = (
        "The report names no launch place; the usual one of this weapon."
        if assumed
        else "Launch area as reported."
    )
    return f"{launch} {said[:1].upper()}{said[1:]}. City, number, way and time by rule."


def _comment(flight: Flight, unknown: Sequence[str], assumed: bool, said: str) -> tuple[str, ...]:
    lines = [
        f"Row {flight.row}: {flight.launched} {flight.model}, {_time(flight.starts)} to {_time(flight.ends)}, "
        f"from {' and '.join(flight.places) or 'a place not named'}; {said}."
    ]
    if unknown:
        lines.append(f"Not in the table of places: {', '.join(unknown)}.")
    if assumed:
        named = ", ".join(places().places[area].name for area in launches(flight.weapon, ()).areas)
        lines.append(f"Launch area assumed: {named}.")
    return (*lines, *(f"{note[:1].upper()}{note[1:]}." for note in flight.notes))


def _time(time: datetime) -> str:
    return f"{time:%d %B %H:%M}"
