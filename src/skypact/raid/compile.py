"""Compiling: a situation and what can reach what become a raid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from skypact.geometry.windows import Opportunities, for_threats
from skypact.policy.situation import FireUnit, IncomingThreat, Situation
from skypact.raid.model import Detection, Raid, Threat, Unit, Window

DECIMALS = 3
"""Times are rounded to milliseconds: finer than geometry knows, and short in the file."""


def compile_raid(situation: Situation, found: Opportunities, info: Mapping[str, Any]) -> Raid:
    """Compile the raid of a situation.

    Parameters
    ----------
    situation
        Units, threats, concurrency.
    found
        Its windows and detections, by path.
    info
        What describes the raid as a whole: scenario, policy.

    Returns
    -------
    Raid
        Threats in the order of the waves, units in the order of the laydown, windows by threat and unit.
    """
    paths, units, incoming = situation.paths, situation.units, situation.incoming
    threats = tuple(
        _threat(threat, paths[threat.path].threat_class, paths[threat.path].threat, found)
        for threat in incoming
    )
    windows = for_threats(situation, found)
    rows = zip(
        windows.threat.tolist(),
        windows.unit.tolist(),
        *(
            np.round(times, DECIMALS).tolist()
            for times in (windows.opens_s, windows.closes_s, windows.flight_open_s, windows.flight_close_s)
        ),
        strict=True,
    )
    made = []
    for threat, unit, opens, closes, flight_open, flight_close in rows:
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
                salvo=engagement.salvo,
                rank=engagement.rank,
                hold=engagement.hold,
            )
        )
    return Raid(
        threats=threats,
        units=tuple(_unit(unit) for unit in units),
        windows=tuple(made),
        detections=_detections(situation, found),
        concurrency={name: number for name, number in situation.concurrency.items()},
        info=dict(info),
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
    return Unit(
        id=unit.id,
        owner=unit.owner,
        group=unit.group,
        channels=unit.channels,
        ready=unit.ready,
        kind=unit.kind,
        magazine=unit.magazine,
        reserve=unit.reserve,
        reload_s=unit.reload_s,
        assess_s=unit.assess_s,
        recover_s=unit.recover_s,
        attempts=unit.attempts,
        info={"system": unit.system, "place": unit.place, "entry": unit.entry, "cost_usd": unit.cost_usd},
    )


def _detections(situation: Situation, found: Opportunities) -> tuple[Detection, ...]:
    seen = found.detections
    made = []
    for group, name in enumerate(seen.groups):
        for threat in situation.incoming:
            sight = float(seen.sight_s[group, threat.path])
            if not np.isfinite(sight):
                continue
            low, high = np.round(seen.delay_s[group, threat.path], DECIMALS).tolist()
            chance = float(seen.p_detect[group, threat.path])
            at = round(threat.launch_s + sight, DECIMALS)
            made.append(Detection(name, threat.id, at, (low, high), chance))
    return tuple(made)
