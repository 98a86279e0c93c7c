"""The situation under one policy: what geometry needs, with every number settled.

These are the values between the rooms `policy` and `geometry`.  Nothing here has a range any more:
ranges are drawn, or their central values taken, when the situation is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skypact.catalog.model import Basing, ThreatClass
from skypact.scenario.rules import Area, Rule

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS84."""


@dataclass(frozen=True)
class Because:
    """Why a clause holds: a rule, whose it is, since when, by which decision, who says so."""

    rule: str
    holder: str
    since: str
    decision: str
    sources: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True)
class Clause:
    """One layer of permission: it covers a pair (shooter's place, intercept point), or not.

    Of the clauses of one actor, the last one that covers a pair is that actor's word.  A pair is
    allowed if some actor's word allows it and no actor's word forbids it.  The standing right to defend
    one's own territory, a clause of nobody, holds whatever else is said.

    Attributes
    ----------
    by
        The actor whose decision it is; "" for the standing right.
    allow
        True for *may*, False for *may not*.
    stand
        Where the shooter must be (None: anywhere).
    over
        The intercept must lie in any of these (None: anywhere).
    airspace
        Actors over whose territory the clause reaches (their own and those that consented); the
        territory of everyone else is left out. None: no consent is needed.
    rule
        The rule that says so; None for the standing right.
    """

    by: str
    allow: bool
    stand: Area | None
    over: tuple[Area, ...] | None
    airspace: tuple[str, ...] | None
    because: Because
    rule: Rule | None = None


@dataclass(frozen=True)
class Antenna:
    """Sees `reference_rcs_m2` at `range_km`; `height_m` above the ground (mean sea level in the air)."""

    range_km: float
    reference_rcs_m2: float
    height_m: float


@dataclass(frozen=True)
class Aircraft:
    """Dash from the edge of the patrol area: at most `reach_km`, at `dash_m_s`, at `altitude_m`.

    `number` is how many fly in one fire unit.
    """

    reach_km: float
    dash_m_s: float
    altitude_m: float
    number: int = 1


@dataclass(frozen=True)
class Engagement:
    """How one unit treats one class of threat, doctrine included.

    Attributes
    ----------
    p_kill
        Single-shot kill probability.
    p_acquire
        Chance that the unit gets the threat into its own sights at all, once for a unit and threat.
    susceptible
        The most that rounds of the unit's family can reach against this class; at least `p_kill`.
    min_range_km, max_range_km
        Slant range from the shooter to the intercept.
    min_altitude_m, max_altitude_m
        Altitude of the intercept.
    from_range_km
        No launch before the threat is this near to the unit (infinite: no such rule).
    salvo, hold, rank
        As in the raid file.
    clauses
        The permission.
    """

    p_kill: float
    p_acquire: float
    susceptible: float
    min_range_km: float
    max_range_km: float
    min_altitude_m: float
    max_altitude_m: float
    from_range_km: float
    salvo: int
    hold: int
    rank: float
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Site:
    """One sensor, or the radar of a fire unit.

    Attributes
    ----------
    lat, lon
        Where it stands, scattered around its place already.
    p_detect
        Chance that one look finds the threat, by class; it does not look for a class that is missing.
    family, susceptible
        What its misses have in common with those of its like: the family's name (None: nothing), and
        the most that many looks of the family can reach, by class (1 where missing).
    delay_s
        Interval of the time from first sight to a usable track.
    coast_s
        How long a track is kept after the passage through its sight has ended.
    scatter_km
        Radius of the disc over which the units of its entry are scattered.
    """

    id: str
    owner: str
    system: str
    place: str
    lat: float
    lon: float
    antenna: Antenna
    p_detect: Mapping[ThreatClass, float]
    family: str | None
    susceptible: Mapping[ThreatClass, float]
    delay_s: tuple[float, float]
    coast_s: float
    scatter_km: float


@dataclass(frozen=True)
class FireUnit:
    """One fire unit at its place.

    Attributes
    ----------
    lat, lon
        Where it stands, scattered around its place already.
    family
        What its misses have in common with those of its like; None: nothing.
    availability
        Chance that it takes part.
    reload_at
        A reload starts when so many ready rounds are left, or fewer.
    site
        Its own radar, which must see a threat from launch to intercept; None where it needs none.
    radius_km
        Radius of the disc in which it may be (a patrol area, a district); 0 for a battery.
    on_station_s
        Intervals, seconds from the raid's zero time, in which it can launch.
    interceptor_m_s
        Mean speed of the interceptor; infinite where the effect is at once.
    attempts
        Engagements of one threat by this unit; None for no limit.
    engages
        By class; a class that is missing is not engaged, and `leaves` says why.
    leaves
        Why a class is not engaged: the id of the doctrine entry, or "system" where the system
        cannot engage it at all.
    """

    id: str
    owner: str
    group: str
    system: str
    entry: str
    place: str
    lat: float
    lon: float
    basing: Basing
    kind: str
    channels: int
    ready: int
    magazine: int
    reserve: int
    reload_at: int
    reload_s: float
    assess_s: float
    recover_s: float
    reaction_s: float
    cost_usd: float
    interceptor_m_s: float
    attempts: int | None
    family: str | None
    availability: float
    site: Site | None
    aircraft: Aircraft | None
    radius_km: float
    on_station_s: tuple[tuple[float, float], ...]
    engages: Mapping[ThreatClass, Engagement]
    leaves: Mapping[ThreatClass, str]


@dataclass(frozen=True)
class Path:
    """A way through the air that one or more threats fly, each at its own time.

    Attributes
    ----------
    points
        Launch area, waypoints, aim point.
    lane_km
        Sideways shift of the waypoints and the launch point, to the right of the direction of
        flight positive; the aim point stays.
    speed_m_s, altitude_m
        Level flight.
    loft
        Ballistic flight: the apogee as a factor of that of least energy for the distance; 1 is least energy.
    """

    threat: str
    threat_class: ThreatClass
    points: tuple[Point, ...]
    lane_km: float
    ballistic: bool
    speed_m_s: float
    altitude_m: float
    loft: float
    rcs_m2: float


@dataclass(frozen=True)
class IncomingThreat:
    """One threat: the index of its path, its launch time and what it is aimed at."""

    id: str
    path: int
    wave: str
    launch_s: float
    offset_s: tuple[float, float]
    asset: str
    priority: float
    reliability: float
    decoy: bool
    cost_usd: float


@dataclass(frozen=True)
class Geography:
    """The names that areas may use: territories (ISO codes by actor), regions, places."""

    territories: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, tuple[Point, ...]]
    places: Mapping[str, Point]


@dataclass(frozen=True)
class Situation:
    """Everything that geometry needs.

    `tracks` says for each group whose sensors it sees through; a group is one engagement picture.
    `concurrency` is by class, and by group where groups differ: engagements of one threat under way at
    once in a group. `concurrency_late` is the same where there is no time left to look before shooting again.
    """

    units: tuple[FireUnit, ...]
    sites: tuple[Site, ...]
    paths: tuple[Path, ...]
    incoming: tuple[IncomingThreat, ...]
    tracks: Mapping[str, tuple[str, ...]]
    concurrency: Mapping[ThreatClass, int | Mapping[str, int]]
    concurrency_late: Mapping[ThreatClass, int | Mapping[str, int]]
    geography: Geography
