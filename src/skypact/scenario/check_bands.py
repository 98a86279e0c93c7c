"""Checks of plausible bands: numbers of the scenario that can hardly be meant."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.catalog.bands import check_system
from skypact.catalog.model import Effector, Family, Sensor, Threat
from skypact.catalog.plausible import Band, outside
from skypact.reading import Problem
from skypact.scenario.partial import PartialScenario

TWO_DAYS_MIN = 2 * 24 * 60.0

BANDS: tuple[Band, ...] = (
    Band("Patrol", "radius_km", (0, 150), (0, 600)),
    Band("Patrol", "on_station_min", (-720, 1_440), (-TWO_DAYS_MIN, 2 * TWO_DAYS_MIN)),
    Band("LaydownEntry", "count", (0, 1_000), (0, 1_000_000)),
    Band("LaydownEntry", "ready", (0, 500), (0, 1_000_000)),
    Band("LaydownEntry", "reserve", (0, 1_000), (0, 1_000_000)),
    Band("LaydownEntry", "arrives_min", (0, 1_440), (0, 10_080)),
    Band("SensorEntry", "count", (0, 1_000), (0, 1_000_000)),
    Band("Stationing", "each", (1, 50), (1, 10_000)),
    Band("Stationing", "most", (0, 200), (0, 5_000)),
    Band("Stationing", "ready", (0, 500), (0, 1_000_000)),
    Band("Stationing", "reserve", (0, 1_000), (0, 1_000_000)),
    Band("Stationing", "arrives_min", (0, 1_440), (0, 10_080)),
    Band("Wave", "start_min", (-720, 1_440), (-TWO_DAYS_MIN, TWO_DAYS_MIN)),
    Band("Wave", "spacing_s", (0, 1_800), (0, 43_200)),
    Band("Wave", "offset_min", (-240, 240), (-TWO_DAYS_MIN, TWO_DAYS_MIN)),
    Band("Wave", "abreast_km", (0, 150), (0, 300)),
    Band("Distance", "km", (0, 500), (0, 3_000)),
    Band("Doctrine", "from_range_km", (0.5, 150), (0, 1_000)),
    Band("Doctrine", "salvo", (1, 6), (1, 60)),
    Band("Doctrine", "hold", (0, 100), (0, 10_000)),
    Band("Doctrine", "concurrency", (1, 4), (1, 100)),
    Band("Doctrine", "concurrency_late", (1, 6), (1, 100)),
    Band("Transfer", "quantity", (1, 1_000_000), (0, 1_000_000)),
    Band("Transfer", "lead_days", (0, 2_500), (0, 3_650)),
    Band("Transfer", "training_days", (0, 730), (0, 3_650)),
    Band("UnitGrant", "training_days", (0, 730), (0, 3_650)),
    Band("Observed", "value", (0, 10_000), (0, 1_000_000)),
    Band("Landscape", "raids_per_month", (0, 100), (0, 1_000)),
    Band("Landscape", "weapons_per_month", (0, 10_000), (0, 100_000)),
    Band("Reach", "reach_km", (5, 600), (1, 3_000)),
    Band("Fire", "rounds_per_min", (0.1, 60), (0, 1_000)),
    Band("Fire", "harm_per_round", (0, 1), (0, 50)),
    Band("Gun", "depth_km", (0, 50), (0, 300)),
    Band("Gun", "uncertain_km", (0, 20), (0, 100)),
    Band("Gun", "seen", (0, 1), (0, 1)),
    Band("Span", "low", (0, 1_440), (0, TWO_DAYS_MIN)),
    Band("Span", "high", (0, 1_440), (0, TWO_DAYS_MIN)),
    Band("Step", "chance", (0, 1), (0, 1)),
    Band("Step", "works_after_min", (0, 240), (0, TWO_DAYS_MIN)),
    Band("Step", "tries", (1, 20), (1, 100)),
    Band("Step", "every_min", (0, 240), (0, TWO_DAYS_MIN)),
    Band("Step", "cost_usd", (0, 1e8), (0, 1e10)),
    Band("Step", "prolongs_min", (0, 240), (0, TWO_DAYS_MIN)),
    Band("Step", "renews", (0, 1), (0, 1)),
    Band("Step", "widens", (-0.9, 3), (-1, 50)),
    Band("Step", "harm_if_hit", (0, 50), (0, 1_000)),
)
"""Wide enough for every scenario that is known; a number outside may be right, and then is rare."""


_SYSTEMS = (Threat, Effector, Sensor, Family)


def check_bands(partial: PartialScenario) -> Iterator[Problem]:
    """Every number that is outside its band: of the scenario, and of the systems that it brings."""
    for path, part in partial.parts:
        for found in check_system(part) if isinstance(part, _SYSTEMS) else outside(BANDS, part):
            here = (*path, *found.path)
            yield partial.document.problem(here, found.what, found.right, level=found.level)
