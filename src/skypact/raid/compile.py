"""Compiling: a situation and what can reach what become a raid.

What a network of sensors (those of one owner) sees of a threat is one look, whose id is the same under every
policy.  A group has one track of a threat, from the looks of all networks whose tracks it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from skypact.geometry.windows import Opportunities, for_threats
from skypact.policy.situation import Engagement, FireUnit, IncomingThreat, Situation
from skypact.raid.model import Look, Raid, Threat, Track, Unit, Window

DECIMALS = 3
"""Times are rounded to milliseconds: finer than geometry knows, and short in the file."""


def compile_raid(situation: Situation, found: Opportunities, info: Mapping[str, Any]) -> Raid:
    """Compile the raid of a situation.

    Parameters
    ----------
    situation
        Units, threats, concurrency.
    found
        Its windows and sights, by path.
    info
        What describes the raid as a whole: scenario, policy.

    Returns
    -------
    Raid
        Threats in the order of the waves, units in the order of the laydown, windows by threat and unit.
    """
    paths = situation.paths
    threats = tuple(
        _threat(threat, paths[threat.path].threat_class, paths[threat.path].threat, found)
        for threat in situation.incoming
    )
    looks = _looks(situation, found)
    return Raid(
        threats=threats,
        units=tuple(_unit(unit) for unit in situation.units),
        looks=tuple(looks.values()),
        tracks=_tracks(situation, looks),
        windows=_windows(situation, found, threats),
        concurrency={name: number for name, number in situation.concurrency.items()},
        info=dict(info),
    )


def look_id(owner: str, threat: str) -> str:
    """The id of what the sensors of one owner see of a threat."""
    return f"{owner}/{threat}"


def track_id(group: str, threat: str) -> str:
    """The id of a group's track of a threat.

    Examples
    --------
    >>> track_id("ukr", "shahed-1")
    'ukr/shahed-1'
    """
    return f"{group}/{threat}"


def _windows(situation: Situation, found: Opportunities, threats: Sequence[Threat]) -> tuple[Window, ...]:
    """Windows by threat and unit; what rounding moves beyond the impact is moved back."""
    windows = for_threats(situation, found)
    impact = np.array([threat.impact_s for threat in threats])[windows.threat]
    times = []
    for moment, flight in (
        (windows.opens_s, windows.flight_open_s),
        (windows.closes_s, windows.flight_close_s),
    ):
        launch = np.minimum(np.round(moment, DECIMALS), impact)
        times += [launch, np.minimum(np.round(flight, DECIMALS), np.round(impact - launch, DECIMALS))]
    paths, units, incoming = situation.paths, situation.units, situation.incoming
    rows = zip(windows.threat.tolist(), windows.unit.tolist(), *(one.tolist() for one in times), strict=True)
    made = []
    for threat, unit, opens, flight_open, closes, flight_close in rows:
        engagement = units[unit].engages[paths[incoming[threat].path].threat_class]
        made.append(
            Window(
                threat=incoming[threat].id,
                unit=units[unit].id,
                opens_s=opens,
                closes_s=closes,
                flight_open_s=flight_open,
                flight_close_s=flight_close,
                p_kill=engagement.p_kill,
                track=track_id(units[unit].group, incoming[threat].id),
                salvo=engagement.salvo,
                rank=engagement.rank,
                hold=_hold(units[unit], engagement),
            )
        )
    return tuple(made)


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
    held = max((_hold(unit, engagement) for engagement in unit.engages.values()), default=0)
    return Unit(
        id=unit.id,
        owner=unit.owner,
        group=unit.group,
        channels=unit.channels,
        ready=unit.ready,
        kind=unit.kind,
        magazine=unit.magazine,
        reserve=unit.reserve,
        reload_at=held if unit.reserve else 0,
        reload_s=unit.reload_s,
        assess_s=unit.assess_s,
        recover_s=unit.recover_s,
        attempts=unit.attempts,
        info={"system": unit.system, "place": unit.place, "entry": unit.entry, "cost_usd": unit.cost_usd},
    )


def _kept(unit: FireUnit) -> int:
    """Rounds of the reserve that the unit keeps from everything that it engages: no part of this raid."""
    return min(unit.reserve, min((engagement.hold for engagement in unit.engages.values()), default=0))


def _hold(unit: FireUnit, engagement: Engagement) -> int:
    """Ready rounds kept back from a class; with a reserve, they leave a full magazine at least one salvo."""
    hold = engagement.hold - _kept(unit)
    return hold if unit.reserve == _kept(unit) else max(0, min(hold, unit.magazine - engagement.salvo))


def _looks(situation: Situation, found: Opportunities) -> dict[tuple[str, str], Look]:
    """By network and threat, what the networks see whose tracks a group has."""
    seen = found.detections.networks
    used = {owner for owners in situation.tracks.values() for owner in owners}
    looks = {}
    for network, owner in enumerate(seen.owners):
        if owner not in used:
            continue
        for threat in situation.incoming:
            sight = float(seen.sight_s[network, threat.path])
            if not np.isfinite(sight):
                continue
            low, high = np.round(seen.delay_s[network, threat.path], DECIMALS).tolist()
            looks[owner, threat.id] = Look(
                id=look_id(owner, threat.id),
                threat=threat.id,
                at_s=round(threat.launch_s + sight, DECIMALS),
                delay_s=(low, high),
                p_detect=float(seen.p_detect[network, threat.path]),
                info={"network": owner},
            )
    return looks


def _tracks(situation: Situation, looks: Mapping[tuple[str, str], Look]) -> tuple[Track, ...]:
    """What each group may follow of each threat; none of what it never sees."""
    made = []
    for group, owners in situation.tracks.items():
        for threat in situation.incoming:
            own = tuple(
                looks[owner, threat.id].id for owner in sorted(set(owners)) if (owner, threat.id) in looks
            )
            if own:
                made.append(Track(track_id(group, threat.id), threat.id, own))
    return tuple(made)
