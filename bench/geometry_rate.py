"""Geometry and permission against the straightforward loop: 1,000 paths and 200 units.

The paths and units are those of `ukraine-2024-08-26`, the paths in lanes of their own.  The loop (1 s
steps, so that an edge is right to 0.5 s, as the program's are) would take days: it is timed on pairs
drawn at random and scaled up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

import numpy as np

from bench.geometry_plain import intercepts
from skypact.catalog.load import load_catalog
from skypact.geometry.atlas import atlas_of
from skypact.geometry.flight import fly
from skypact.geometry.windows import opportunities
from skypact.policy.build import build_situation
from skypact.policy.situation import Situation
from skypact.scenario.load import load_scenario

POLICY = "neighbours-all-70km"
STEP_S = 1.0


@dataclass(frozen=True)
class Rate:
    """Seconds for all pairs, and how many pairs the loop was timed on."""

    ours_s: float
    plain_s: float
    pairs_timed: int

    @property
    def ratio(self) -> float:
        return self.plain_s / self.ours_s


def situation(paths: int = 1000, units: int = 200) -> Situation:
    """The scenario's threats in lanes of their own, and as many of its units, evenly chosen."""
    base = build_situation(load_scenario("ukraine-2024-08-26"), load_catalog(), POLICY)
    rng = np.random.default_rng(1)
    flown = tuple(
        replace(base.paths[n % len(base.paths)], lane_km=float(rng.uniform(-30, 30))) for n in range(paths)
    )
    chosen = np.linspace(0, len(base.units) - 1, units).astype(int)
    return replace(base, paths=flown, units=tuple(base.units[n] for n in chosen), incoming=())


def measure(paths: int = 1000, units: int = 200, plain_seconds: float = 20.0) -> Rate:
    """Time both on the machine at hand; the shapes of the atlas are made anew each time."""
    given = situation(paths, units)
    opportunities(given)  # compiles
    ours = median(_timed(given) for _ in range(5))
    plain = _plain_pair_s(given, plain_seconds)
    return Rate(ours, sum(plain) / len(plain) * paths * units, len(plain))


def _timed(given: Situation) -> float:
    start = perf_counter()
    opportunities(given)
    return perf_counter() - start


def _plain_pair_s(given: Situation, seconds: float) -> list[float]:
    atlas = atlas_of(given.geography)
    rng = np.random.default_rng(2)
    times: list[float] = []
    while sum(times) < seconds:
        path = given.paths[rng.integers(len(given.paths))]
        unit = given.units[rng.integers(len(given.units))]
        flight = fly([path])[0]
        start = perf_counter()
        for _ in intercepts(path, flight, unit, atlas, STEP_S):
            pass
        times.append(perf_counter() - start)
    return times


if __name__ == "__main__":
    rate = measure()
    print(
        f"ours {rate.ours_s:.2f} s, plain loop {rate.plain_s:.0f} s ({rate.pairs_timed} pairs timed): ",
        end="",
    )
    print(f"{rate.ratio:.0f} times")
