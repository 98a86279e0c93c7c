"""Looks and tracks: who finds a threat, when, and how long the track of it is kept.

A *look* is one passage of a threat through the sight of one sensor, a fire unit's own radar included.  If it
finds the threat, the sensor gives a track at first sight and its delay, follows the threat until the passage
ends, and keeps the track for `coast_s` more; then somebody else has to have found it.  A sensor that has
missed a threat does not follow it, even if others do: the one chance of the passage says whether this sensor
sees the threat at all.

A group has the tracks of all sensors whose owners share them with it: its *picture*.  So the group has the
threat at a moment t if some sensor of the picture has found it before t and keeps its track until t or
later.  What can hold a threat changes only where a track ends.  Between two such ends stands one `Track`,
with the looks that began before the later end and last until it: from the moment at which the earliest of
them that finds gives its track, the group has the threat up to that end, and not before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skypact.geometry.flight import Flight
from skypact.geometry.sight import Passages
from skypact.policy.situation import FireUnit, Site, Situation
from skypact.world.earth import Floats

Indices = NDArray[np.int64]

ALWAYS = ((-np.inf, np.inf),)
"""On station all the time."""


@dataclass(frozen=True)
class Looks:
    """Every look at every threat, by threat, sensor and time; times at the raid's clock.

    Attributes
    ----------
    sensors
        What looks: the sensors of the situation, then the fire units' own radars.
    sensor, threat
        Indices, of the sensor and of the incoming threat.
    number
        Which passage of this threat through the sight of this sensor it is, from 1.
    sight_s, leaves_s
        First and last sight.
    usable_s
        When the track stands if the delay is the middle of its interval.
    held_s
        Until when the track is kept: its coast after the last sight, but no longer than to the impact.
    """

    sensors: tuple[Site, ...]
    sensor: Indices
    threat: Indices
    number: Indices
    sight_s: Floats
    leaves_s: Floats
    usable_s: Floats
    held_s: Floats

    def __len__(self) -> int:
        return len(self.sensor)


@dataclass(frozen=True)
class Tracks:
    """What can hold a threat for a picture between two ends of tracks.

    Attributes
    ----------
    picture, threat
        Whose track of what, indices.
    after_s, until_s
        The end before it (minus infinite: none) and its own.
    first
        Row of the first look of each in `look`, and one more for the end.
    look
        Indices of looks, rising within a track.
    usable_s
        When the first of its looks gives a track, delays at the middle of their intervals.
    """

    picture: Indices
    threat: Indices
    after_s: Floats
    until_s: Floats
    first: Indices
    look: Indices
    usable_s: Floats

    def __len__(self) -> int:
        return len(self.threat)


def firing(situation: Situation, units: Collection[str]) -> Situation:
    """The situation with some units firing alone; the others keep their radars."""
    return replace(
        situation,
        units=tuple(unit if unit.id in units else replace(unit, engages={}) for unit in situation.units),
    )


def sensors_of(situation: Situation) -> tuple[Site, ...]:
    """All sensors: those of the situation, and the own radars of its fire units.

    The radar of an aircraft looks from the middle of its patrol area, at the height of its patrol.
    """
    return situation.sites + tuple(own_radar(unit) for unit in _with_radar(situation.units))


def own_radar(unit: FireUnit) -> Site:
    """The unit's own radar where the unit is."""
    assert unit.site is not None
    if unit.aircraft is None:
        return unit.site
    return replace(unit.site, antenna=replace(unit.site.antenna, height_m=unit.aircraft.altitude_m))


def looks_at(
    situation: Situation, sensors: tuple[Site, ...], passed: Passages, flights: Sequence[Flight]
) -> Looks:
    """The looks at every threat.

    Parameters
    ----------
    situation
        Its units' own radars look while the units are on station.
    sensors
        As of `sensors_of`.
    passed
        Passages of the paths through the sight of these sensors.
    flights
        The paths' flights.
    """
    path = np.array([threat.path for threat in situation.incoming], np.int64)
    launch = np.array([threat.launch_s for threat in situation.incoming])
    bounds = np.searchsorted(passed.path, np.arange(len(flights) + 1))
    threat, row = spread(bounds[path], bounds[path + 1])
    sensor, sight, leaves = passed.sensor[row], passed.enters_s[row], passed.leaves_s[row]
    sight, leaves = sight + launch[threat], leaves + launch[threat]
    sensor, threat, sight, leaves = _on_station(situation, sensor, threat, sight, leaves)
    impact = launch + np.array([flights[number].duration_s for number in path])
    delay = np.array([sum(one.delay_s) / 2 for one in sensors])
    coast = np.array([one.coast_s for one in sensors])
    new = np.ones(len(sensor), np.bool_)
    new[1:] = (sensor[1:] != sensor[:-1]) | (threat[1:] != threat[:-1])
    start = np.maximum.accumulate(np.where(new, np.arange(len(sensor)), 0))
    return Looks(
        sensors,
        sensor,
        threat,
        np.arange(len(sensor)) - start + 1,
        sight,
        leaves,
        sight + delay[sensor],
        np.minimum(leaves + coast[sensor], impact[threat]),
    )


def pictures(situation: Situation, sensors: Sequence[Site]) -> tuple[NDArray[np.bool_], Mapping[str, int]]:
    """Which sensors belong to which picture, shape (pictures, sensors), and the picture of each group.

    Groups with the tracks of the same owners have the same picture.
    """
    rows: dict[bytes, tuple[int, NDArray[np.bool_]]] = {}
    of_group = {}
    for group, owners in situation.tracks.items():
        own = np.array([sensor.owner in owners for sensor in sensors], np.bool_)
        of_group[group] = rows.setdefault(own.tobytes(), (len(rows), own))[0]
    seen = np.array([own for _, own in rows.values()], np.bool_).reshape(len(rows), len(sensors))
    return seen, of_group


def tracks_of(looks: Looks, seen: NDArray[np.bool_], threats: int) -> Tracks:
    """The tracks of every picture, by picture, threat and time.

    Parameters
    ----------
    looks
        All looks.
    seen
        Which sensors belong to which picture.
    threats
        How many threats there are.
    """
    picture, look = np.nonzero(seen[:, looks.sensor])
    key = picture * threats + looks.threat[look]
    order = np.lexsort((looks.held_s[look], key))
    key, look = key[order], look[order]
    held = looks.held_s[look]
    new = np.ones(len(key), np.bool_)
    new[1:] = (key[1:] != key[:-1]) | (held[1:] != held[:-1])
    ends = np.flatnonzero(new)  # the first look of each end
    block = np.searchsorted(key, key[ends], side="right")
    # Looks that end no sooner stand from there to the end of the block.
    track, row = spread(ends, block)
    active = looks.sight_s[look[row]] <= held[ends][track]
    track, row = track[active], row[active]
    order = np.lexsort((look[row], track))
    found = look[row][order]
    first = np.searchsorted(track, np.arange(len(ends) + 1))
    after = np.full(len(ends), -np.inf)
    same = key[ends][1:] == key[ends][:-1]
    after[1:][same] = held[ends][:-1][same]
    usable = np.minimum.reduceat(looks.usable_s[found], first[:-1]) if len(ends) else np.empty(0)
    return Tracks(
        key[ends] // max(threats, 1),
        key[ends] % max(threats, 1),
        after,
        held[ends],
        first,
        found,
        usable,
    )


def spread(start: Indices, end: Indices) -> tuple[Indices, Indices]:
    """For intervals of rows: the number of the interval and the row, one below the other.

    Examples
    --------
    >>> [column.tolist() for column in spread(np.array([4, 0]), np.array([6, 1]))]
    [[0, 0, 1], [4, 5, 0]]
    """
    counts = np.maximum(end - start, 0)
    number = np.repeat(np.arange(len(counts)), counts)
    return number, np.arange(len(number)) - (np.cumsum(counts) - counts)[number] + start[number]


def _with_radar(units: Sequence[FireUnit]) -> tuple[FireUnit, ...]:
    return tuple(unit for unit in units if unit.site is not None)


def _on_station(
    situation: Situation, sensor: Indices, threat: Indices, sight: Floats, leaves: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    """Cut the passages through the sight of own radars to the times at which their units are there."""
    there = [ALWAYS] * len(situation.sites) + [unit.on_station_s for unit in _with_radar(situation.units)]
    if all(own == ALWAYS for own in there):
        return sensor, threat, sight, leaves
    counts = np.array([len(own) for own in there], np.int64)
    ends = np.cumsum(counts)
    times = np.array([interval for own in there for interval in own], dtype=float).reshape(-1, 2)
    row, interval = spread((ends - counts)[sensor], ends[sensor])
    low, high = np.maximum(sight[row], times[interval, 0]), np.minimum(leaves[row], times[interval, 1])
    row, low, high = row[low <= high], low[low <= high], high[low <= high]
    order = np.lexsort((low, sensor[row], threat[row]))
    row = row[order]
    return sensor[row], threat[row], low[order], high[order]
