"""The plausible bands of the catalogue's numbers, and what is outside them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from skypact.catalog.model import Effector, Family, Sensor, Threat
from skypact.catalog.plausible import Band, Finding, numbers, outside
from skypact.reading import Steps

DRONE, CRUISE, FAST = ("drone",), ("cruise",), ("fast-cruise",)
SHORT, MEDIUM, AERO = ("ballistic-short",), ("ballistic-medium",), ("aeroballistic",)
ARMOUR, ARTILLERY = ("armour",), ("artillery",)
GROUND, AIR, SHIP = ("ground",), ("air",), ("ship",)
HARD, SOFT = ("hard",), ("soft",)
NEAR, MIDDLE, LONG, FAR = ("reach-6-km",), ("reach-50-km",), ("reach-250-km",), ("reach-far",)
REACHES = (6.0, 50.0, 250.0)
"""Where the bands of an interceptor's speed change, by its greatest range in km."""

BANDS: tuple[Band, ...] = (
    Band("Threat", "speed_m_s", (20, 180), (5, 300), DRONE),
    Band("Threat", "speed_m_s", (150, 330), (80, 450), CRUISE),
    Band("Threat", "speed_m_s", (400, 1_800), (300, 3_500), FAST),
    Band("Threat", "speed_m_s", (800, 3_500), (400, 6_000), SHORT + MEDIUM + AERO),
    Band("Threat", "speed_m_s", (2, 25), (1, 40), ARMOUR),
    Band("Threat", "speed_m_s", (200, 1_000), (50, 2_000), ARTILLERY),
    Band("Threat", "altitude_m", (30, 6_000), (0, 20_000), DRONE),
    Band("Threat", "altitude_m", (15, 5_000), (0, 15_000), CRUISE),
    Band("Threat", "altitude_m", (10, 30_000), (0, 45_000), FAST),
    Band("Threat", "altitude_m", (5_000, 80_000), (0, 150_000), SHORT + MEDIUM + AERO),
    Band("Threat", "altitude_m", (0, 50), (0, 6_000), ARMOUR),
    Band("Threat", "altitude_m", (0, 20_000), (0, 50_000), ARTILLERY),
    Band("Threat", "rcs_m2", (0.001, 2), (1e-5, 100), DRONE),
    Band("Threat", "rcs_m2", (0.001, 5), (1e-5, 100), CRUISE),
    Band("Threat", "rcs_m2", (0.01, 50), (1e-4, 1_000), FAST),
    Band("Threat", "rcs_m2", (0.005, 5), (1e-5, 100), SHORT + MEDIUM + AERO),
    Band("Threat", "rcs_m2", (1, 100), (0.01, 10_000), ARMOUR),
    Band("Threat", "rcs_m2", (1e-4, 100), (1e-6, 10_000), ARTILLERY),
    Band("Threat", "reach_km", (5, 3_000), (1, 6_000), DRONE),
    Band("Threat", "reach_km", (50, 6_000), (10, 12_000), CRUISE),
    Band("Threat", "reach_km", (50, 1_500), (10, 5_000), FAST),
    Band("Threat", "reach_km", (20, 1_000), (5, 1_500), SHORT),
    Band("Threat", "reach_km", (700, 3_500), (300, 6_000), MEDIUM),
    Band("Threat", "reach_km", (100, 2_500), (50, 6_000), AERO),
    Band("Threat", "reach_km", (50, 800), (1, 2_000), ARMOUR),
    Band("Threat", "reach_km", (5, 100), (1, 400), ARTILLERY),
    Band("Threat", "reliability", (0.3, 1), (0, 1)),
    Band("Threat", "cost_usd", (500, 1e6), (0, 1e8), DRONE),
    Band("Threat", "cost_usd", (1e4, 5e7), (0, 1e9)),
    Band("Ballistic", "loft", (0.3, 1.5), (0.05, 5)),
    Band("Radar", "range_km", (1, 1_600), (0.1, 6_000)),
    Band("Radar", "reference_rcs_m2", (0.01, 20), (1e-4, 1_000)),
    Band("Radar", "height_m", (1, 1_000), (0, 5_000), GROUND),
    Band("Radar", "height_m", (5, 60), (1, 100), SHIP),
    Band("Radar", "height_m", (500, 15_000), (30, 25_000), AIR),
    Band("OwnRadar", "p_detect", (0.3, 1), (0, 1)),
    Band("OwnRadar", "delay_s", (0, 120), (0, 3_600)),
    Band("OwnRadar", "coast_s", (5, 600), (0, 7_200)),
    Band("Sensor", "p_detect", (0.3, 1), (0, 1)),
    Band("Sensor", "delay_s", (1, 300), (0, 3_600)),
    Band("Sensor", "coast_s", (5, 600), (0, 7_200)),
    Band("Sensor", "scatter_km", (0, 60), (0, 500)),
    Band("Family", "susceptible", (0.5, 1), (0.001, 1)),
    Band("Effector", "channels", (1, 30), (1, 1_000), HARD),
    Band("Effector", "channels", (1, 1_000), (1, 100_000), SOFT),
    Band("Effector", "ready", (1, 200), (0, 10_000), HARD),
    Band("Effector", "ready", (1, 100_000), (0, 1_000_000), SOFT),
    Band("Effector", "magazine", (1, 200), (0, 10_000), HARD),
    Band("Effector", "magazine", (1, 100_000), (0, 1_000_000), SOFT),
    Band("Effector", "reserve", (0, 500), (0, 20_000), HARD),
    Band("Effector", "reserve", (0, 100_000), (0, 1_000_000), SOFT),
    Band("Effector", "salvo", (1, 6), (1, 60)),
    Band("Effector", "attempts", (0, 10), (0, 1_000)),
    Band("Effector", "availability", (0.3, 1), (0, 1)),
    Band("Effector", "reload_at", (0, 100), (0, 10_000)),
    Band("Effector", "scatter_km", (0, 60), (0, 500)),
    Band("Effector", "interceptor_m_s", (50, 1_200), (20, 1_500), NEAR),
    Band("Effector", "interceptor_m_s", (50, 1_200), (30, 2_000), MIDDLE),
    Band("Effector", "interceptor_m_s", (300, 2_800), (100, 3_500), LONG),
    Band("Effector", "interceptor_m_s", (700, 4_500), (200, 7_000), FAR),
    Band("Effector", "reaction_s", (0, 120), (0, 3_600)),
    Band("Effector", "assess_s", (0, 120), (0, 1_800)),
    Band("Effector", "recover_s", (0, 900), (0, 7_200)),
    Band("Effector", "reload_s", (0, 6 * 3_600), (0, 3 * 86_400)),
    Band("Effector", "cost_usd", (20, 3e7), (0, 1e9), HARD),
    Band("Effector", "cost_usd", (0, 1e6), (0, 1e9), SOFT),
    Band("Flight", "aircraft", (1, 8), (1, 60)),
    Band("Flight", "reach_km", (0, 200), (0, 1_500)),
    Band("Flight", "dash_m_s", (20, 450), (10, 900)),
    Band("Flight", "altitude_m", (300, 15_000), (30, 25_000)),
    Band("Envelope", "p_kill", (0, 0.98), (0, 1)),
    Band("Envelope", "p_acquire", (0.1, 1), (0, 1)),
    Band("Envelope", "min_range_km", (0, 10), (0, 100), DRONE + CRUISE + FAST + ARMOUR + ARTILLERY),
    Band("Envelope", "min_range_km", (0, 100), (0, 1_000), SHORT + MEDIUM + AERO),
    Band("Envelope", "max_range_km", (0.5, 250), (0.05, 500), DRONE + CRUISE + FAST),
    Band("Envelope", "max_range_km", (5, 300), (1, 1_500), SHORT + AERO),
    Band("Envelope", "max_range_km", (5, 1_500), (1, 3_000), MEDIUM),
    Band("Envelope", "max_range_km", (0.5, 100), (0.05, 500), ARMOUR + ARTILLERY),
    Band("Envelope", "min_altitude_m", (0, 500), (0, 10_000), DRONE + CRUISE + ARMOUR + ARTILLERY),
    Band("Envelope", "min_altitude_m", (0, 20_000), (0, 40_000), FAST),
    Band("Envelope", "min_altitude_m", (0, 120_000), (0, 500_000), SHORT + MEDIUM + AERO),
    Band("Envelope", "max_altitude_m", (500, 40_000), (100, 60_000), DRONE + CRUISE),
    Band("Envelope", "max_altitude_m", (3_000, 40_000), (100, 100_000), FAST),
    Band("Envelope", "max_altitude_m", (5_000, 200_000), (1_000, 600_000), SHORT + AERO),
    Band("Envelope", "max_altitude_m", (5_000, 1_000_000), (1_000, 2_000_000), MEDIUM),
    Band("Envelope", "max_altitude_m", (10, 10_000), (1, 20_000), ARMOUR + ARTILLERY),
)
"""Wide enough for what is known of fielded systems; a number outside may be right, and then is rare."""


def check_system(system: Threat | Effector | Sensor | Family) -> Iterator[Finding]:
    """Every number of a system that is outside its band, and every envelope that does not hold together.

    Paths begin in the system.
    """
    for path, part, tags in _parts(system):
        yield from outside(BANDS, part, path, tags)
    if isinstance(system, Effector):
        yield from _envelopes(system)


def _parts(system: Threat | Effector | Sensor | Family) -> Iterator[tuple[Steps, BaseModel, frozenset[str]]]:
    """The parts of a system that have numbers, with their path and what kind of thing they are."""
    tags: frozenset[str]
    if isinstance(system, Threat):
        tags = frozenset({system.threat_class})
        yield (), system, tags
        if system.ballistic is not None:
            yield ("ballistic",), system.ballistic, tags
        return
    if isinstance(system, Family):
        yield (), system, frozenset()
        return
    tags = frozenset({system.basing})
    if isinstance(system, Sensor):
        yield (), system, tags
        yield ("radar",), system.radar, tags
        return
    yield (), system, tags | {system.kind, reach_of(system)}
    if system.sensor is not None:
        yield ("sensor",), system.sensor, tags
    if system.flight is not None:
        yield ("flight",), system.flight, tags
    for threat_class, envelope in system.against.items():
        yield ("against", threat_class), envelope, frozenset({threat_class})


def reach_of(effector: Effector) -> str:
    """How far an effector reaches at most, as a kind of thing."""
    reach = max(number for one in effector.against.values() for _, number in numbers(one.max_range_km))
    for limit in REACHES:
        if reach <= limit:
            return f"reach-{limit:g}-km"
    return "reach-far"


def _envelopes(system: Effector) -> Iterator[Finding]:
    """Ranges and altitudes from below to above, and a range that the own radar covers."""
    for threat_class, envelope in system.against.items():
        here = ("against", threat_class)
        for least, most in (("min_range_km", "max_range_km"), ("min_altitude_m", "max_altitude_m")):
            low, high = getattr(envelope, least), getattr(envelope, most)
            if low is not None and low.value >= high.value:
                what = f"{most} {high.value:g} is not above {least} {low.value:g}"
                yield Finding((*here, most), what, "an envelope with an inside")
        radar = system.sensor
        if radar is not None and radar.range_km.value < envelope.max_range_km.value:
            what = f"{envelope.max_range_km.value:g} km is beyond its own radar ({radar.range_km.value:g} km)"
            right = "a radar that sees as far, or no sensor where shared tracks are enough"
            yield Finding((*here, "max_range_km"), what, right, "warning")
