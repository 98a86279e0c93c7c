"""Looks and tracks: who finds a threat, when, and how long the track of it is kept.

A *look* is one passage of a threat through the sight of one sensor, a fire unit's own radar included.  If it
finds the threat, the sensor gives a track at first sight and its delay, follows the threat until the passage
ends, and keeps the track for `coast_s` more; then somebody else has to have it.  The one chance of the passage
says whether this sensor has it.

A group has the tracks of all sensors whose owners share them with it: its *picture*.  So the group has the
threat at a moment if some sensor of the picture has found it before and keeps its track until then.  What can
hold a threat changes only where a track ends.  Most such ends do not matter, because others are looking: the
group loses the threat there only if all of them have missed it.  Where the chance of that is below `RARELY`,
the track is taken to be handed over.  The other ends cut time into pieces, and each piece has one `Track`,
with the looks that begin before its end and last beyond its beginning: from the moment at which the earliest
of them that finds gives its track, the group has the threat, up to the end of the piece.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skypact.geometry.flight import Flight
from skypact.geometry.flown import Indices
from skypact.geometry.sight import Passages
from skypact.policy.situation import FireUnit, Site, Situation
from skypact.world.earth import Floats

ALWAYS = ((-np.inf, np.inf),)
"""On station all the time."""
RARELY = 0.05
"""Where a track ends and the others that look have all missed with less than this chance, it goes on."""


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
    misses
        Chance that it does not find; no less than a thousandth, so that it has a logarithm.
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
    misses: Floats
    held_s: Floats

    def __len__(self) -> int:
        return len(self.sensor)


@dataclass(frozen=True)
class Tracks:
    """What can hold a threat for a picture between two ends, by picture, threat and time.

    Attributes
    ----------
    picture, threat
        Whose track of what, indices.
    after_s, until_s
        The end before it (minus infinite: none) and its own.
    usable_s
        When the first of its looks gives a track, delays at the middle of their intervals.
    first
        Row of the first look of each in `look`, and one more for the end.
    look
        Indices of looks, rising within a track.
    """

    picture: Indices
    threat: Indices
    after_s: Floats
    until_s: Floats
    usable_s: Floats
    first: Indices
    look: Indices

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
        _misses(situation, sensors)[path[threat], sensor],
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
    held, sight = looks.held_s[look], looks.sight_s[look]
    last = np.ones(len(key), np.bool_)
    last[:-1] = (key[1:] != key[:-1]) | (held[1:] != held[:-1])
    ends = np.flatnonzero(last)  # the last look of each end
    beyond = np.searchsorted(key, key[ends], side="right")
    end, row = spread(ends + 1, beyond)
    looking = sight[row] <= held[ends][end]
    missed = np.bincount(end[looking], np.log(looks.misses[look[row[looking]]]), len(ends))
    cuts = missed > np.log(RARELY)  # where nobody looks it is 0
    ends, beyond = ends[cuts], beyond[cuts]
    after = np.full(len(ends), -np.inf)
    start = np.searchsorted(key, key[ends], side="left")
    same = key[ends][1:] == key[ends][:-1]
    after[1:][same], start[1:][same] = held[ends][:-1][same], ends[:-1][same] + 1
    track, row = spread(start, beyond)
    begun = sight[row] <= held[ends][track]
    track, found = track[begun], look[row[begun]]
    found = found[np.lexsort((found, track))]
    first = np.searchsorted(track, np.arange(len(ends) + 1))
    return Tracks(
        key[ends] // max(threats, 1),
        key[ends] % max(threats, 1),
        after,
        held[ends],
        np.minimum.reduceat(looks.usable_s[found], first[:-1]) if len(ends) else np.empty(0),
        first,
        found,
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


def _misses(situation: Situation, sensors: Sequence[Site]) -> Floats:
    """The chance that a look does not find (a thousandth at least), shape (paths, sensors)."""
    classes = [path.threat_class for path in situation.paths]
    rows = {
        name: np.array([max(1.0 - sensor.p_detect.get(name, 0.0), 1e-3) for sensor in sensors])
        for name in set(classes)
    }
    return np.array([rows[name] for name in classes]).reshape(len(classes), len(sensors))


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
