"""Seeded synthetic raids of any size, for benchmarks and tests.  Every number in them is notional."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from skypact.raid import Look, Raid, Threat, Track, Unit, Window


class Kind(NamedTuple):
    """A class of threat as units meet it: how often, for how long, how far before its impact."""

    name: str
    share: float
    window_s: tuple[float, float]
    last_s: tuple[float, float]
    flight_s: tuple[float, float]
    p_kill: tuple[float, float]
    wave: int


class Defence(NamedTuple):
    """A type of fire unit."""

    share: float
    channels: int
    ready: int
    reserve: int
    reload_s: float
    salvo: int
    assess_s: float


DURATION_S = 4 * 3600.0
KINDS = (
    Kind("ballistic", 0.06, (15, 60), (10, 60), (8, 25), (0.4, 0.8), 4),
    Kind("cruise", 0.44, (60, 240), (20, 1800), (10, 60), (0.4, 0.85), 12),
    Kind("drone", 0.50, (200, 900), (30, 5400), (5, 45), (0.3, 0.8), 8),
)
DEFENCES = (
    Defence(0.15, 4, 16, 16, 1800.0, 2, 6.0),  # long range
    Defence(0.35, 2, 12, 24, 900.0, 1, 5.0),  # medium range
    Defence(0.50, 1, 20, 60, 300.0, 1, 3.0),  # guns and short range
)


GROUPS = ("north", "centre", "south")
FAMILIES = ("semi-active", "active", "command", "gun")


def synthetic_raid(
    threats: int,
    units: int,
    windows_per_threat: float,
    seed: int = 1,
    features: Literal["plain", "all"] = "plain",
) -> Raid:
    """Draw a raid of drones, cruise and ballistic missiles that arrive over four hours.

    Parameters
    ----------
    threats, units
        How many there are.
    windows_per_threat
        How many units a threat passes on average; a Poisson number, at most all of them.
    seed
        The same seed gives the same raid.
    features
        ``plain``: offsets, failures before the start, salvos, channels, magazines and reloads, one
        group.  ``all``: as well waves, decoys and late failures, priorities, three groups that see
        through the looks of three networks, which threats are susceptible to which sensors and
        interceptors, units that are not available or do not acquire, concurrency by class and group
        and where there is no time to look, held rounds, early reloads, attempts, recovery, soft
        units, and several windows for one pair.

    Examples
    --------
    >>> raid = synthetic_raid(20, 5, 3, seed=7)
    >>> len(raid.threats), len(raid.units), raid == synthetic_raid(20, 5, 3, seed=7)
    (20, 5, True)
    """
    rng = np.random.default_rng(seed)
    full = features == "all"
    groups = GROUPS if full else ("all",)
    kinds = rng.choice(len(KINDS), threats, p=[kind.share for kind in KINDS])
    impacts = rng.uniform(3600.0, 3600.0 + DURATION_S, threats).round(3)
    raiders = tuple(
        _threat(rng, index, KINDS[kind], impact, full)
        for index, (kind, impact) in enumerate(zip(kinds.tolist(), impacts.tolist(), strict=True))
    )
    types = rng.choice(len(DEFENCES), units, p=[defence.share for defence in DEFENCES])
    defenders = tuple(
        _unit(rng, index, DEFENCES[kind], groups[index % len(groups)], full)
        for index, kind in enumerate(types.tolist())
    )
    counts = np.minimum(rng.poisson(windows_per_threat, threats), units).tolist()
    windows = [
        window
        for threat, kind, count in zip(raiders, kinds.tolist(), counts, strict=True)
        for unit in rng.choice(units, count, replace=False).tolist()
        for window in _windows(rng, threat, KINDS[kind], defenders[unit], full)
    ]
    looks = [look for threat in raiders for look in _looks(rng, threat)] if full else []
    return Raid(
        threats=raiders,
        units=defenders,
        looks=tuple(looks),
        tracks=tuple(track for threat in raiders for track in _tracks(threat)) if full else (),
        windows=tuple(windows),
        concurrency={"ballistic": {"north": 3, "centre": 2}} if full else {},
        concurrency_late={"drone": 2, "cruise": {"north": 2, "south": 3}, "ballistic": 3} if full else {},
        info={"note": "synthetic; every number is notional"},
    )


def _between(rng: np.random.Generator, bounds: tuple[float, float]) -> float:
    return round(float(rng.uniform(*bounds)), 3)


def _threat(rng: np.random.Generator, index: int, kind: Kind, impact: float, full: bool) -> Threat:
    plain = Threat(f"t{index}", kind.name, impact, reliability=0.95, offset_s=(0.0, 600.0))
    if not full:
        return plain
    chance = rng.random()
    return plain._replace(
        priority=float(-KINDS.index(kind)),
        reliability=0.0 if chance < 0.1 else 0.9,
        fails_s=impact if chance < 0.1 else (round(impact - 300.0, 3) if chance < 0.5 else None),
        wave=f"{kind.name}-{index % kind.wave}" if rng.random() < 0.5 else None,
    )


def _unit(rng: np.random.Generator, index: int, kind: Defence, group: str, full: bool) -> Unit:
    plain = Unit(
        id=f"u{index}",
        owner=f"owner{index % 4}",
        group=group,
        channels=kind.channels,
        ready=kind.ready,
        magazine=kind.ready,
        reserve=kind.reserve,
        reload_s=kind.reload_s,
        salvo=kind.salvo,
        assess_s=kind.assess_s,
        rank=float(DEFENCES.index(kind)),
    )
    if not full:
        return plain
    if index % 10 == 0:  # jamming
        return plain._replace(
            kind="soft", channels=50, ready=1000, magazine=1000, reserve=0, salvo=1, attempts=1, family="jam"
        )
    return plain._replace(
        family=FAMILIES[index % len(FAMILIES)],
        availability=0.9,
        reload_at=kind.ready // 4,
        recover_s=float(rng.integers(3)) * 10.0,
        attempts=int(rng.integers(1, 4)) if index % 3 else None,
    )


def _windows(rng: np.random.Generator, threat: Threat, kind: Kind, unit: Unit, full: bool) -> list[Window]:
    closes = round(threat.impact_s - _between(rng, kind.last_s), 3)
    flight = _between(rng, kind.flight_s)
    opens = round(closes - _between(rng, kind.window_s), 3)
    one = Window(
        threat=threat.id,
        unit=unit.id,
        opens_s=opens,
        closes_s=closes,
        flight_open_s=min(flight, round(threat.impact_s - opens, 3)),
        flight_close_s=round(min(flight * float(rng.uniform(0.3, 1.2)), threat.impact_s - closes), 3),
        p_kill=_between(rng, kind.p_kill),
        salvo=unit.salvo,
        rank=unit.rank,
    )
    if not full:
        return [one]
    one = one._replace(
        p_acquire=0.5 if kind.name == "drone" else 0.85,
        susceptible=round(1.0 - 0.5 * (1.0 - one.p_kill), 3),
        rank=unit.rank + round(float(rng.uniform(-1, 1)), 1),
        salvo=int(rng.integers(1, 4)) if rng.random() < 0.3 else unit.salvo,
        hold=int(rng.integers(0, 1 + unit.reload_at)) if rng.random() < 0.3 else 0,
    )
    late = rng.random() < 0.5
    one = one._replace(track=_track_id(unit.group, threat, 2 if late else 1))
    if rng.random() < 0.8:
        return [one]
    middle = round((one.opens_s + one.closes_s) / 2, 3)  # a gap in coverage makes two windows of one
    opens = min(round(middle + 10, 3), closes)
    again = one._replace(
        opens_s=opens,
        flight_open_s=min(flight, round(threat.impact_s - opens, 3)),
        track=_track_id(unit.group, threat, 2),
    )
    return [one._replace(closes_s=middle, flight_close_s=min(one.flight_open_s, one.flight_close_s)), again]


def _track_id(group: str, threat: Threat, passage: int) -> str:
    return f"{group}/{threat.id}/{passage}"


def _looks(rng: np.random.Generator, threat: Threat) -> list[Look]:
    """Two passages of the threat through the sight of each network."""
    found = []
    for network in GROUPS:
        at = round(threat.impact_s - _between(rng, (1200.0, 4800.0)), 3)
        for passage in (1, 2):
            found.append(
                Look(
                    id=f"{network}/{threat.id}/{passage}",
                    threat=threat.id,
                    at_s=at,
                    delay_s=(5.0, 60.0),
                    p_detect=0.8,
                    family="acoustic" if network == "south" else "radar",
                    susceptible=0.95,
                )
            )
            at = round(at + _between(rng, (60.0, 900.0)), 3)
    return found


def _tracks(threat: Threat) -> list[Track]:
    """A group sees through its own network and the next one; a second passage adds to the first."""
    found = []
    for number, group in enumerate(GROUPS):
        networks = group, GROUPS[(number + 1) % len(GROUPS)]
        for passages in ((1,), (1, 2)):
            looks = tuple(f"{network}/{threat.id}/{one}" for one in passages for network in networks)
            found.append(Track(_track_id(group, threat, len(passages)), threat.id, looks))
    return found
