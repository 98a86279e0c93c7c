"""A raid: the compiled problem that the engine plays.

Everything is in the units its name says: `_s` are seconds from the raid's zero time.  The fields are
those of the raid file (format ``skypact-raid/2``); only ``class`` is called `class_` here, because
Python keeps the word for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from skypact.raid.columns import Columns

FORMAT = "skypact-raid/2"

Interval = tuple[float, float]
Info = Mapping[str, Any]
NOTHING: Info = MappingProxyType({})
Limits = Mapping[str, int | Mapping[str, int]]


class Threat(NamedTuple):
    """One incoming object.

    Attributes
    ----------
    id
        Its name, unique in the raid; the threat's draws belong to it.
    class_
        The class of threat (drone, cruise, ballistic, ...); decides the allowed concurrency.
    impact_s
        When it arrives if nothing stops it.
    priority
        Of two threats the one with the higher priority is engaged first.
    reliability
        The probability that it works.
    fails_s
        When it fails if it does not work; None: it never appears.
    offset_s
        Its whole history shifts by a time drawn uniformly from this interval.
    wave
        Threats of one wave share one offset; None: it has its own.
    info
        Whatever describes without acting.
    """

    id: str
    class_: str
    impact_s: float
    priority: float = 0.0
    reliability: float = 1.0
    fails_s: float | None = None
    offset_s: Interval = (0.0, 0.0)
    wave: str | None = None
    info: Info = NOTHING


class Unit(NamedTuple):
    """One fire unit.

    Attributes
    ----------
    id, owner
        Its name, unique in the raid, and who owns it.
    group
        The C2 group: units of one group share one engagement picture.
    channels
        How many engagements it can have under way.
    ready, magazine, reserve
        Rounds ready to fire at the start, after a reload at most, and behind that.
        A magazine of None is as large as `ready`.
    reload_at, reload_s
        A reload starts when an engagement leaves this many ready rounds or fewer, and takes so long.
    salvo, rank
        The default for its windows: rounds an engagement, and preference (lower fires first).
    assess_s
        From the intercept until the group counts the engagement as over.
    recover_s
        From then until the channel is free.
    kind
        ``hard``, or ``soft`` for jamming and the like, whose kills are counted apart.
    family
        The kind of interceptor, whose misses have something in common; None: nothing.
    availability
        The probability that it takes part.
    attempts
        How often it may engage one threat; None: without limit.
    info
        Whatever describes without acting (system, place, cost).
    """

    id: str
    owner: str
    group: str
    channels: int
    ready: int
    kind: str = "hard"
    family: str | None = None
    availability: float = 1.0
    magazine: int | None = None
    reserve: int = 0
    reload_at: int = 0
    reload_s: float = 0.0
    salvo: int = 1
    assess_s: float = 0.0
    recover_s: float = 0.0
    rank: float = 0.0
    attempts: int | None = None
    info: Info = NOTHING


class Look(NamedTuple):
    """One chance of one sensor, or network of sensors, to find one threat.

    Attributes
    ----------
    id
        Its name, unique in the raid; the look's draws belong to it.
    threat
        The id of the threat.
    at_s
        When the threat can first be found.
    delay_s
        From then to a track: a time drawn uniformly from this interval.
    p_detect
        The probability that this look finds the threat.
    family
        The kind of sensor, whose misses have something in common; None: nothing.
    susceptible
        The probability that the threat is susceptible to the family: the most that many looks can reach.
    info
        Whatever describes without acting.
    """

    id: str
    threat: str
    at_s: float
    delay_s: Interval = (0.0, 0.0)
    p_detect: float = 1.0
    family: str | None = None
    susceptible: float = 1.0
    info: Info = NOTHING


class Track(NamedTuple):
    """A track of one threat; it stands from the earliest of its looks that find the threat.

    Attributes
    ----------
    id
        Its name, unique in the raid.
    threat
        The id of the threat.
    looks
        The ids of the looks that can give it.
    """

    id: str
    threat: str
    looks: tuple[str, ...]


class Window(NamedTuple):
    """When one unit may launch at one threat, and what comes of it.

    Attributes
    ----------
    threat, unit
        The ids of both.
    opens_s, closes_s
        The first and the last moment of launch.
    flight_open_s, flight_close_s
        The interceptor's flight time at both ends; in between it is interpolated linearly.
    p_kill
        The kill probability of one round.
    track
        The id of the track that it needs; None: the threat is seen from the start.
    p_acquire
        The probability that the unit acquires the threat: one draw for a unit and threat.
    susceptible
        The probability that the threat is susceptible to the unit's family: the most that many rounds
        can reach.
    salvo, rank
        As for the unit; None: the unit's.
    hold
        The unit fires here only while it has more than this many ready rounds.
    """

    threat: str
    unit: str
    opens_s: float
    closes_s: float
    flight_open_s: float
    flight_close_s: float
    p_kill: float
    track: str | None = None
    p_acquire: float = 1.0
    susceptible: float = 1.0
    salvo: int | None = None
    rank: float | None = None
    hold: int = 0


@dataclass(frozen=True)
class Raid:
    """The compiled problem: threats, units, and who may launch at whom when.

    Attributes
    ----------
    threats, units, looks, tracks, windows
        In the order of the file; the order of the windows breaks the last ties.  The compiler gives looks
        and windows, of which there are many, as `skypact.raid.columns.Columns`.
    concurrency
        By class of threat, how many engagements of one threat a group may have under way: a number
        for every group, or a mapping by group.  What is missing is 1.
    concurrency_late
        The same for a window in which there is no time to look before shooting again.  What is
        missing is as in `concurrency`.
    info
        Whatever describes without acting.
    """

    threats: tuple[Threat, ...] = ()
    units: tuple[Unit, ...] = ()
    looks: Sequence[Look] = ()
    tracks: tuple[Track, ...] = ()
    windows: Sequence[Window] = ()
    concurrency: Limits = field(default_factory=dict)
    concurrency_late: Limits = field(default_factory=dict)
    info: Info = field(default_factory=dict)

    @cached_property
    def look_columns(self) -> Columns[Look]:
        """The looks by column."""
        return Columns.of(Look, self.looks)

    @cached_property
    def window_columns(self) -> Columns[Window]:
        """The windows by column."""
        return Columns.of(Window, self.windows)

    def concurrency_of(self, class_: str, group: str) -> int:
        """How many engagements of one threat of this class the group may have under way.

        Examples
        --------
        >>> Raid(concurrency={"ballistic": {"ukr": 2}}).concurrency_of("ballistic", "ukr")
        2
        """
        return _limit(self.concurrency, class_, group, 1)

    def concurrency_late_of(self, class_: str, group: str) -> int:
        """The same where there is no time to look before shooting again.

        Examples
        --------
        >>> raid = Raid(concurrency={"cruise": 2}, concurrency_late={"drone": {"ukr": 3}})
        >>> [raid.concurrency_late_of(*one) for one in (("cruise", "ukr"), ("drone", "ukr"), ("drone", "pol"))]
        [2, 3, 1]
        """
        return _limit(self.concurrency_late, class_, group, self.concurrency_of(class_, group))


def _limit(limits: Limits, class_: str, group: str, default: int) -> int:
    limit = limits.get(class_, default)
    return limit if isinstance(limit, int) else limit.get(group, default)
