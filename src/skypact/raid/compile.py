"""Compiling: a situation and what can reach what become a raid.

A look has the same id under every policy, and so meets the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from skypact.catalog.model import ThreatClass
from skypact.geometry.flown import Indices
from skypact.geometry.looks import Looks, spread
from skypact.geometry.tracked import Tracked, tracked
from skypact.geometry.windows import Opportunities
from skypact.policy.situation import Engagement, FireUnit, IncomingThreat, Site, Situation
from skypact.raid.columns import Columns
from skypact.raid.model import Look, Raid, Threat, Track, Unit, Window

DECIMALS = 3
"""Times are rounded to milliseconds: finer than geometry knows, and short in the file."""


def compile_raid(situation: Situation, found: Opportunities, info: Mapping[str, Any]) -> Raid:
    """Compile the raid of a situation.

    Parameters
    ----------
    situation
        Units, sensors, threats, concurrency.
    found
        Its windows and passages, by path.
    info
        What describes the raid as a whole: scenario, policy.

    Returns
    -------
    Raid
        Threats in the order of the waves, units in the order of the laydown, windows by threat and unit.
        Looks and tracks that no window needs are left out: they would change nothing.
    """
    paths = situation.paths
    threats = tuple(
        _threat(threat, paths[threat.path].threat_class, paths[threat.path].threat, found)
        for threat in situation.incoming
    )
    held = tracked(situation, found)
    looks, tracks, track_of = _tracks(situation, held)
    return Raid(
        threats=threats,
        units=tuple(_unit(unit) for unit in situation.units),
        looks=looks,
        tracks=tracks,
        windows=_windows(situation, held, threats, track_of),
        concurrency={name: limit for name, limit in situation.concurrency.items()},
        concurrency_late={name: limit for name, limit in situation.concurrency_late.items()},
        info=dict(info),
    )


def look_id(sensor: str, threat: str, number: int) -> str:
    """The id of a passage of a threat through the sight of a sensor.

    Examples
    --------
    >>> look_id("radar-lviv-1", "shahed-1", 2)
    'radar-lviv-1/shahed-1/2'
    """
    return f"{sensor}/{threat}/{number}"


def _windows(
    situation: Situation, held: Tracked, threats: Sequence[Threat], track_of: Mapping[int, str]
) -> Columns[Window]:
    """Windows by threat and unit; what rounding moves beyond the impact is moved back."""
    windows = held.windows
    impact = np.array([threat.impact_s for threat in threats])[windows.threat]
    times = []
    for moment, flight in (
        (windows.opens_s, windows.flight_open_s),
        (windows.closes_s, windows.flight_close_s),
    ):
        launch = np.minimum(np.round(moment, DECIMALS), impact)
        times.append((launch, np.minimum(np.round(flight, DECIMALS), np.round(impact - launch, DECIMALS))))
    (opens, flight_open), (closes, flight_close) = times
    classes = sorted({threat.class_ for threat in threats})
    row_of = {name: row for row, name in enumerate(classes)}
    class_of = np.array([row_of[threat.class_] for threat in threats], np.int64)[windows.threat]
    pairs, pair = np.unique(windows.unit * len(classes) + class_of, return_inverse=True)
    terms = [
        _terms(situation.units[key // len(classes)], classes[key % len(classes)]) for key in pairs.tolist()
    ]
    p_kill, p_acquire, susceptible, salvo, rank, hold = (
        np.array([row[place] for row in terms], kind)[pair]
        for place, kind in enumerate((float, float, float, np.int64, float, np.int64))
    )
    names = [threat.id for threat in threats], [unit.id for unit in situation.units]
    return Columns(
        Window,
        (
            [names[0][row] for row in windows.threat.tolist()],
            [names[1][row] for row in windows.unit.tolist()],
            *(opens, closes, flight_open, flight_close),
            p_kill,
            [track_of[row] for row in held.track.tolist()],
            *(p_acquire, susceptible, salvo, rank, hold),
        ),
    )


def _terms(unit: FireUnit, threat_class: ThreatClass) -> tuple[float, float, float, int, float, int]:
    """What all windows of a unit against a class have in common."""
    engagement = unit.engages[threat_class]
    return (
        engagement.p_kill,
        engagement.p_acquire,
        engagement.susceptible if unit.family is not None else 1.0,
        engagement.salvo,
        engagement.rank,
        _hold(unit, engagement, _kept(unit)),
    )


def _threat(threat: IncomingThreat, threat_class: str, system: str, found: Opportunities) -> Threat:
    impact = round(threat.launch_s + found.flights[threat.path].duration_s, DECIMALS)
    return Threat(
        id=threat.id,
        class_=threat_class,
        impact_s=impact,
        priority=threat.priority,
        reliability=threat.reliability,
        fails_s=impact if threat.decoy else None,
        offset_s=threat.offset_s,
        wave=threat.wave,
        info={"system": system, "asset": threat.asset},
    )


def _unit(unit: FireUnit) -> Unit:
    # Rounds kept back from a class are ready ones: reloading begins no later than when only they are left.
    kept = _kept(unit)
    held = max((_hold(unit, engagement, kept) for engagement in unit.engages.values()), default=0)
    return Unit(
        id=unit.id,
        owner=unit.owner,
        group=unit.group,
        channels=unit.channels,
        ready=unit.ready,
        kind=unit.kind,
        family=unit.family,
        availability=unit.availability,
        magazine=unit.magazine,
        reserve=unit.reserve,
        reload_at=max(unit.reload_at, held) if unit.reserve else 0,
        reload_s=unit.reload_s,
        assess_s=unit.assess_s,
        recover_s=unit.recover_s,
        attempts=unit.attempts,
        info={"system": unit.system, "place": unit.place, "entry": unit.entry, "cost_usd": unit.cost_usd},
    )


def _kept(unit: FireUnit) -> int:
    """Rounds of the reserve that the unit keeps from everything that it engages: no part of this raid."""
    return min(unit.reserve, min((engagement.hold for engagement in unit.engages.values()), default=0))


def _hold(unit: FireUnit, engagement: Engagement, kept: int) -> int:
    """Ready rounds kept back from a class; with a reserve, they leave a full magazine at least one salvo."""
    hold = engagement.hold - kept
    return hold if unit.reserve == kept else max(0, min(hold, unit.magazine - engagement.salvo))


def _tracks(situation: Situation, held: Tracked) -> tuple[Columns[Look], tuple[Track, ...], dict[int, str]]:
    """Looks and tracks that a window needs, and the id of each track that stands in a window.

    Pictures that have the same looks at a threat have the same track of it.
    """
    used = np.unique(held.track)
    _, row = spread(held.tracks.first[used], held.tracks.first[used + 1])
    needed, place = np.unique(held.tracks.look[row], return_inverse=True)
    looks = _looks(situation, held.looks, needed)
    names, places = looks.column("id"), place.tolist()
    made: dict[tuple[int, ...], Track] = {}
    count = [0] * len(situation.incoming)
    track_of, start = {}, 0
    sizes = held.tracks.first[used + 1] - held.tracks.first[used]
    for track, threat, size in zip(
        used.tolist(), held.tracks.threat[used].tolist(), sizes.tolist(), strict=True
    ):
        of = tuple(places[start : start + size])
        start += size
        if of not in made:
            count[threat] += 1
            name = situation.incoming[threat].id
            made[of] = Track(f"{name}/{count[threat]}", name, tuple([names[look] for look in of]))
        track_of[track] = made[of].id
    return looks, tuple(made.values()), track_of


def _looks(situation: Situation, looks: Looks, needed: Indices) -> Columns[Look]:
    """The looks with these numbers."""
    classes = sorted({path.threat_class for path in situation.paths})
    row_of = {name: row for row, name in enumerate(classes)}
    paths = [row_of[path.threat_class] for path in situation.paths]
    class_of = np.array([paths[threat.path] for threat in situation.incoming], np.int64)
    sensor, threat = looks.sensor[needed], looks.threat[needed]
    pairs, pair = np.unique(sensor * len(classes) + class_of[threat], return_inverse=True)
    terms = [
        _look_terms(looks.sensors[key // len(classes)], classes[key % len(classes)]) for key in pairs.tolist()
    ]
    delay, p_detect, family, susceptible, info = (
        [column[row] for row in pair.tolist()] for column in (zip(*terms, strict=True) if terms else [()] * 5)
    )
    names, threats = [site.id for site in looks.sensors], [incoming.id for incoming in situation.incoming]
    of = [threats[row] for row in threat.tolist()]
    ids = map(look_id, [names[row] for row in sensor.tolist()], of, looks.number[needed].tolist())
    sight = np.round(looks.sight_s[needed], DECIMALS)
    return Columns(Look, (list(ids), of, sight, delay, p_detect, family, susceptible, info))


def _look_terms(site: Site, threat_class: ThreatClass) -> tuple[Any, ...]:
    """What all looks of a sensor at a class have in common."""
    return (
        site.delay_s,
        site.p_detect[threat_class],
        site.family,
        site.susceptible.get(threat_class, 1.0) if site.family is not None else 1.0,
        {"owner": site.owner, "system": site.system, "place": site.place},
    )
