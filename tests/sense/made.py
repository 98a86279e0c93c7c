"""Made raids that are defended sensibly: layers, cheap shots first, rounds kept for what only few can stop.

Every number is notional.  The doctrine is that of the shipped scenarios: one engagement of a threat at a time in
a group, a second one where there is no time to look; who is short of channels fires no second one; gun crews,
fighters and batteries each share a picture of their own; long-range batteries leave drones to others until they
are near, and keep rounds back for ballistic missiles.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from skypact.raid import Look, Raid, Threat, Track, Unit, Window

DURATION_S = 7200.0


@dataclass(frozen=True)
class Kind:
    """A class of threat: how long it is under way, and its share of the raid."""

    name: str
    share: float
    flown_s: float
    priority: float


@dataclass(frozen=True)
class Defender:
    """A type of fire unit and what it does about each class: window (s), flight (s), p_kill, p_acquire, hold."""

    name: str
    group: str
    channels: int
    ready: int
    reserve: int
    reload_s: float
    recover_s: float
    assess_s: float
    attempts: int | None
    rank: float
    kind: str
    availability: float
    against: dict[str, tuple[float, float, float, float, int]]


KINDS = (
    Kind("drone", 0.5, 5400.0, 0.0),
    Kind("cruise", 0.35, 2400.0, 1.0),
    Kind("ballistic", 0.15, 300.0, 2.0),
)
LIMIT = 0.92
"""Most that many rounds of one family can reach (`susceptible`)."""
DEFENDERS = (
    Defender("battery", "missiles", 4, 12, 12, 1800.0, 0.0, 5.0, None, 3.0, "hard", 0.9,
             {"cruise": (80.0, 30.0, 0.7, 0.9, 4), "ballistic": (25.0, 12.0, 0.5, 0.9, 0)}),
    Defender("medium", "missiles", 2, 8, 16, 1200.0, 0.0, 5.0, None, 2.0, "hard", 0.9,
             {"drone": (150.0, 20.0, 0.75, 0.85, 2), "cruise": (60.0, 15.0, 0.65, 0.85, 0)}),
    Defender("guns", "guns", 1, 20, 40, 300.0, 0.0, 3.0, 3, 1.0, "hard", 0.85,
             {"drone": (60.0, 2.0, 0.3, 0.4, 0), "cruise": (12.0, 2.0, 0.1, 0.3, 0)}),
    Defender("fighters", "fighters", 1, 8, 8, 3600.0, 120.0, 10.0, 2, 0.0, "hard", 0.8,
             {"drone": (400.0, 20.0, 0.7, 0.7, 0), "cruise": (200.0, 25.0, 0.65, 0.7, 0)}),
    Defender("jammer", "guns", 20, 500, 0, 0.0, 0.0, 5.0, 1, 0.0, "soft", 0.9,
             {"drone": (120.0, 0.0, 0.15, 1.0, 0)}),
)  # fmt: skip
LATE = {
    "cruise": {"missiles": 2, "guns": 2},
    "drone": {"missiles": 2, "guns": 2},
    "ballistic": {"missiles": 2},
}
COAST_S = 60.0


def made_raid(number: int) -> Raid:
    """The made raid with this number: 40 to 160 threats, 12 to 40 units, more or less scarce rounds."""
    choose = random.Random(number)
    scarce = choose.choice((0.4, 1.0, 2.0))
    threats = [_threat(choose, index) for index in range(choose.randint(40, 160))]
    units = [_unit(choose, index, scarce) for index in range(choose.randint(12, 40))]
    kinds = {defender.name: defender for defender in DEFENDERS}
    flown = {kind.name: kind.flown_s for kind in KINDS}
    looks: list[Look] = []
    tracks: list[Track] = []
    windows: list[Window] = []
    groups = sorted({unit.group for unit in units})
    for threat in threats:
        first = threat.impact_s - flown[threat.class_]
        seen = sorted(choose.uniform(first, threat.impact_s - 20.0) for _ in range(choose.randint(1, 4)))
        own = [
            Look(f"{threat.id}/{n}", threat.id, round(at, 3), (5.0, 20.0), 0.7, "radar", 0.95)
            for n, at in enumerate(seen)
        ]
        looks += own
        for group in groups:
            tracks.append(Track(f"{group}/{threat.id}", threat.id, tuple(look.id for look in own)))
        for unit in units:
            defender = kinds[unit.info["defender"]]
            if threat.class_ in defender.against and choose.random() < 0.25:
                windows.append(_window(choose, threat, unit, defender, flown[threat.class_]))
    return Raid(
        tuple(threats), tuple(units), tuple(looks), tuple(tracks), tuple(windows), concurrency_late=LATE
    )


def _threat(choose: random.Random, index: int) -> Threat:
    kind = choose.choices(KINDS, [kind.share for kind in KINDS])[0]
    return Threat(
        id=f"{kind.name}-{index}",
        class_=kind.name,
        impact_s=round(kind.flown_s + choose.uniform(0.0, DURATION_S), 3),
        priority=kind.priority,
        reliability=0.95,
        offset_s=(0.0, 300.0),
        wave=f"{kind.name}-wave-{index // 8}",
    )


def _unit(choose: random.Random, index: int, scarce: float) -> Unit:
    defender = choose.choices(DEFENDERS, (2, 4, 8, 2, 2))[0]
    ready = max(2, round(defender.ready * scarce))
    reserve = round(defender.reserve * scarce)
    holds = max(against[4] for against in defender.against.values())
    return Unit(
        id=f"{defender.name}-{index}",
        owner=choose.choice(("AAA", "BBB")),
        group=defender.group,
        channels=defender.channels,
        ready=max(ready, holds + 1),
        kind=defender.kind,
        family=defender.name,
        availability=defender.availability,
        reserve=reserve,
        reload_at=holds if reserve else 0,
        reload_s=defender.reload_s,
        assess_s=defender.assess_s,
        recover_s=defender.recover_s,
        rank=defender.rank,
        attempts=defender.attempts,
        info={"defender": defender.name},
    )


def _window(choose: random.Random, threat: Threat, unit: Unit, defender: Defender, flown_s: float) -> Window:
    length, flight, p_kill, p_acquire, hold = defender.against[threat.class_]
    length = min(length * choose.uniform(0.5, 1.5), 0.5 * flown_s)
    closes = choose.uniform(threat.impact_s - 0.9 * flown_s + length, threat.impact_s - 1.2 * flight - 1.0)
    opens = max(closes - length, threat.impact_s - flown_s)
    return Window(
        threat=threat.id,
        unit=unit.id,
        opens_s=round(opens, 3),
        closes_s=round(max(opens, closes), 3),
        flight_open_s=round(1.2 * flight, 3),
        flight_close_s=round(0.4 * flight, 3),
        p_kill=p_kill,
        track=f"{unit.group}/{threat.id}",
        p_acquire=p_acquire,
        susceptible=LIMIT,
        hold=hold,
    )
