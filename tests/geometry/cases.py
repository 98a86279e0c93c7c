"""Random situations of every kind: batteries, districts, aircraft; level and ballistic flight; clauses."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import numpy as np

from skypact.catalog.model import ThreatClass
from skypact.policy.situation import (
    Aircraft,
    Antenna,
    Because,
    Clause,
    Engagement,
    FireUnit,
    Geography,
    IncomingThreat,
    Path,
    Site,
    Situation,
)
from skypact.quantity import Quantity
from skypact.scenario.rules import Area, Distance

ALWAYS = ((-inf, inf),)
WHY = Because("rule", "UKR", "2024", "", ("source",))
GEOGRAPHY = Geography(
    {"UKR": ("UKR",), "POL": ("POL",), "ROU": ("ROU",), "RUS": ("RUS",), "BLR": ("BLR",)},
    {"east": ((50.5, 35.0), (44.0, 33.0), (46.0, 40.0), (50.5, 40.0))},
    {"kyiv": (50.4, 30.5), "lviv": (49.8, 24.0), "odesa": (46.5, 30.7), "kursk": (51.7, 36.2)},
)


def km(value: float) -> Quantity:
    return Quantity(value=value, kind="notional", note="an example")


def depth(of: tuple[str, ...], value: float) -> Distance:
    return Distance(of=of, km=km(value))


UKRAINE = Area(inside=("UKR",))
LAYERS = (
    Clause(
        "POL", True, None, (Area(inside=("UKR",), within=(depth(("POL", "ROU"), 150.0),)),), ("UKR",), WHY
    ),
    Clause(
        "POL",
        True,
        Area(inside=("UKR", "POL"), beyond=(depth(("RUS",), 150.0),)),
        (UKRAINE,),
        ("UKR", "POL"),
        WHY,
    ),
    Clause("POL", False, None, (Area(inside=("east",)), Area(within=(depth(("kyiv",), 30.0),))), None, WHY),
    Clause("POL", True, UKRAINE, None, ("UKR",), WHY),
)
FREE = (Clause("POL", True, None, None, None, WHY),)


def engagement(rng: np.random.Generator, ballistic: bool, clauses: tuple[Clause, ...]) -> Engagement:
    most = float(rng.choice([4.0, 25.0, 90.0, 180.0]))
    return Engagement(
        p_kill=0.7,
        p_acquire=1.0,
        susceptible=1.0,
        min_range_km=float(rng.choice([0.0, 0.1 * most])),
        max_range_km=most,
        min_altitude_m=float(rng.choice([0.0, 20.0])),
        max_altitude_m=float(rng.choice([3_000.0, 25_000.0, 60_000.0 if ballistic else 25_000.0])),
        from_range_km=float(rng.choice([inf, 0.6 * most])),
        salvo=1,
        hold=0,
        rank=0.0,
        clauses=clauses,
    )


def unit(rng: np.random.Generator, number: int, clauses: tuple[Clause, ...]) -> FireUnit:
    kind = rng.integers(3)
    aircraft = (
        Aircraft(float(rng.uniform(20, 200)), float(rng.uniform(200, 300)), 6000.0) if kind == 2 else None
    )
    own = None
    if rng.random() < 0.6:
        own = Antenna(float(rng.uniform(40, 200)), 1.0, float(rng.choice([5.0, 20.0])))
    low = engagement(rng, False, clauses)
    high = engagement(rng, True, clauses)
    lat, lon = float(rng.uniform(46.5, 51.0)), float(rng.uniform(24.0, 36.0))
    return FireUnit(
        id=f"u{number}",
        owner="UKR",
        group="ukr",
        system="system",
        entry="entry",
        place="place",
        lat=lat,
        lon=lon,
        basing="air" if aircraft else "ground",
        kind="hard",
        channels=1,
        ready=4,
        magazine=4,
        reserve=0,
        reload_at=0,
        reload_s=0.0,
        assess_s=0.0,
        recover_s=0.0,
        reaction_s=float(rng.uniform(0, 30)),
        cost_usd=1.0,
        attempts=None,
        interceptor_m_s=float(rng.choice([700.0, 1000.0, inf])),
        family=None,
        availability=1.0,
        site=None if own is None else radar(f"u{number}-own", lat, lon, own, {}),
        aircraft=aircraft,
        radius_km=0.0 if kind == 0 else float(rng.uniform(5, 60)),
        on_station_s=ALWAYS,
        engages={"drone": low, "cruise": low, "ballistic-short": high},
        leaves={},
    )


def path(rng: np.random.Generator) -> Path:
    def point(lat: tuple[float, float], lon: tuple[float, float]) -> tuple[float, float]:
        return float(rng.uniform(*lat)), float(rng.uniform(*lon))

    points = [point((46, 52), (35, 41)), *(point((47, 51), (25, 35)) for _ in range(rng.integers(3)))]
    points.append(point((47, 51), (24, 33)))
    name = str(rng.choice(["drone", "cruise", "ballistic-short"]))
    if name == "ballistic-short":
        near = (points[-1][0] + rng.uniform(-1, 1), points[-1][1] + rng.uniform(2, 6))
        loft = 1.0 if rng.random() < 0.5 else 0.6
        return Path(name, name, (near, points[-1]), float(rng.uniform(-20, 20)), True, 0.0, 0.0, loft, 0.5)
    speed, altitude = (50.0, 800.0) if name == "drone" else (220.0, 60.0)
    return Path(name, name, tuple(points), float(rng.uniform(-20, 20)), False, speed, altitude, 1.0, 0.1)


def radar(name: str, lat: float, lon: float, antenna: Antenna, p_detect: Mapping[ThreatClass, float]) -> Site:
    return Site(
        id=name,
        owner="UKR",
        system="radar",
        place="place",
        lat=lat,
        lon=lon,
        antenna=antenna,
        p_detect=p_detect,
        family=None,
        susceptible={},
        delay_s=(5.0, 25.0),
        coast_s=60.0,
        scatter_km=0.0,
    )


def site(rng: np.random.Generator, number: int) -> Site:
    lat, lon = float(rng.uniform(46.5, 51.0)), float(rng.uniform(24.0, 36.0))
    antenna = Antenna(float(rng.uniform(60, 300)), 1.0, float(rng.choice([15.0, 60.0, 8000.0])))
    return radar(f"s{number}", lat, lon, antenna, dict.fromkeys(("drone", "cruise", "ballistic-short"), 0.9))


def situation(
    seed: int, units: int = 6, paths: int = 4, sites: int = 6, permission: bool = True
) -> Situation:
    rng = np.random.default_rng(seed)
    clauses = LAYERS if permission else FREE
    flown = tuple(path(rng) for _ in range(paths))
    incoming = tuple(
        IncomingThreat(f"t{n}", n, "w", 100.0 * n, (0.0, 0.0), "kyiv", 1.0, 1.0, False, 1.0)
        for n in range(paths)
    )
    return Situation(
        units=tuple(unit(rng, n, clauses) for n in range(units)),
        sites=tuple(site(rng, n) for n in range(sites)),
        paths=flown,
        incoming=incoming,
        tracks={"ukr": ("UKR",)},
        concurrency={},
        concurrency_late={},
        geography=GEOGRAPHY,
    )
