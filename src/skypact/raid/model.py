"""A raid: the compiled problem that the engine plays.

Everything is in the units its name says: `_s` are seconds from the raid's zero time.  The fields are
those of the raid file (format ``skypact-raid/1``); only ``class`` is called `class_` here, because
Python keeps the word for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

FORMAT = "skypact-raid/1"

Interval = tuple[float, float]
Info = Mapping[str, Any]
NOTHING: Info = MappingProxyType({})


class Threat(NamedTuple):
    """One incoming object.

    Attributes
    ----------
    id
        Its name, unique in the raid; the threat's luck belongs to it.
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
    reload_s
        From the last ready round to the next magazine.
    salvo, rank
        The default for its windows: rounds an engagement, and preference (lower fires first).
    assess_s
        From the intercept until the group counts the engagement as over.
    recover_s
        From then until the channel is free.
    kind
        ``hard``, or ``soft`` for jamming and the like, whose kills are counted apart.
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
    magazine: int | None = None
    reserve: int = 0
    reload_s: float = 0.0
    salvo: int = 1
    assess_s: float = 0.0
    recover_s: float = 0.0
    rank: float = 0.0
    attempts: int | None = None
    info: Info = NOTHING


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
    salvo, rank
        As for the unit; None: the unit's.
    hold
        The unit fires here only while it has more than this many rounds.
    """

    threat: str
    unit: str
    opens_s: float
    closes_s: float
    flight_open_s: float
    flight_close_s: float
    p_kill: float
    salvo: int | None = None
    rank: float | None = None
    hold: int = 0


class Detection(NamedTuple):
    """When a group sees a threat; a pair without a detection is seen from the start.

    Attributes
    ----------
    group, threat
        Who sees, and whom.
    detected_s
        When the threat can first be seen.
    delay_s
        A delay drawn uniformly from this interval is added.
    p_detect
        The probability that the group sees the threat at all.
    """

    group: str
    threat: str
    detected_s: float
    delay_s: Interval = (0.0, 0.0)
    p_detect: float = 1.0


@dataclass(frozen=True)
class Raid:
    """The compiled problem: threats, units, and who may launch at whom when.

    Attributes
    ----------
    threats, units, windows, detections
        In the order of the file; the order of the windows breaks the last ties.
    concurrency
        By class of threat, how many engagements of one threat a group may have under way: a number
        for every group, or a mapping by group.  What is missing is 1.
    info
        Whatever describes without acting.
    """

    threats: tuple[Threat, ...] = ()
    units: tuple[Unit, ...] = ()
    windows: tuple[Window, ...] = ()
    detections: tuple[Detection, ...] = ()
    concurrency: Mapping[str, int | Mapping[str, int]] = field(default_factory=dict)
    info: Info = field(default_factory=dict)

    def concurrency_of(self, class_: str, group: str) -> int:
        """How many engagements of one threat of this class the group may have under way.

        Examples
        --------
        >>> Raid(concurrency={"ballistic": {"ukr": 2}}).concurrency_of("ballistic", "ukr")
        2
        """
        limit = self.concurrency.get(class_, 1)
        return limit if isinstance(limit, int) else limit.get(group, 1)
