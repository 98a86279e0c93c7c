"""What the places in the record are taken for: launch areas, cities, and the ways between them.

All of it is data, in ``data/ukraine-places.yaml``, and all of it is notional but the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from pyproj import Geod

from skypact.reading import Strict, read_document, validate
from skypact.scenario.forces import Place

DATA = Path(__file__).parents[1] / "data" / "ukraine-places.yaml"
_EARTH = Geod(ellps="WGS84")


class LaunchArea(Place):
    """A launch area; `area` is where its ways are looked up."""

    area: str


class OverSea(Strict):
    """For weapons dropped by aircraft, the part of the sea from which they are in reach."""

    weapons: tuple[str, ...]
    instead: dict[str, str]


class Places(Strict):
    """What the file has; its fields are explained there."""

    places: dict[str, LaunchArea]
    launch: dict[str, str]
    over_sea: OverSea
    usual: dict[str, tuple[str, ...]]
    targets: dict[str, tuple[str, ...]]
    areas: dict[str, tuple[str, ...]]
    ways: dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Launches:
    """From where weapons come.

    Attributes
    ----------
    areas
        Names of launch areas.
    unknown
        Names of the record that are not in the table.
    assumed
        Whether nothing that the record names is known, so that the usual areas are taken.
    """

    areas: tuple[str, ...]
    unknown: tuple[str, ...]
    assumed: bool


@cache
def places() -> Places:
    """The table of places."""
    return validate(Places, read_document(DATA))


def launches(weapon: str, named: Iterable[str]) -> Launches:
    """The areas from which a weapon is taken to come.

    Parameters
    ----------
    weapon
        Its name in `skypact.evidence.weapons`.
    named
        The places that a report names.

    Examples
    --------
    >>> launches("kalibr", ["Black Sea", "Volgodonsk"]).areas
    ('black-sea', 'volgodonsk')
    >>> launches("kinzhal", []).assumed
    True
    """
    table = places()
    found: list[str] = []
    unknown: list[str] = []
    for name in named:
        area = table.launch.get(name) or table.launch.get(name.split(",")[0].strip())
        if area is None:
            unknown.append(name)
        else:
            by_air = weapon in table.over_sea.weapons
            found.append(table.over_sea.instead.get(area, area) if by_air else area)
    areas = tuple(dict.fromkeys(found))
    return Launches(areas or table.usual[weapon], tuple(unknown), not areas)


def cities(name: str) -> tuple[str, ...]:
    """The cities that a place or direction in the record is taken for; none for the whole country or unknown ones.

    >>> cities("Dnipropetrovsk oblast, Kryvyi Rih Raion"), cities("Lviv oblast"), cities("Ukraine")
    (('kryvyi-rih',), ('lviv', 'stryi'), ())
    """
    table = places()
    parts = [part.strip() for part in name.split(" and ")]
    found: list[str] = []
    for part in parts:
        short = part.split(",")[0].split("(")[0].strip()
        found += table.targets.get(part) or table.targets.get(short) or table.areas.get(part) or ()
    return tuple(dict.fromkeys(found))


def way(launch: str, city: str, points: Mapping[str, Place], at: Place) -> tuple[str, ...]:
    """The waypoints from a launch area to a city: those of the table that bring the flight nearer to it.

    Parameters
    ----------
    launch, city
        Names of the area and of the city.
    points
        Places by name.
    at
        Where the city is.
    """
    table = places()
    side = next((name for name, among in table.areas.items() if city in among), "")
    before, kept = points[launch], list[str]()
    for name in table.ways.get(table.places[launch].area, {}).get(side, ()):
        if 0 < km(points[name], at) < km(before, at) and km(points[name], before) > 0:
            kept.append(name)
            before = points[name]
    return tuple(kept)


def km(one: Place, other: Place) -> float:
    """Distance over the ground."""
    return float(_EARTH.inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000


def length_km(stops: Sequence[Place]) -> float:
    """Length of a way."""
    return sum(km(one, other) for one, other in pairwise(stops))
