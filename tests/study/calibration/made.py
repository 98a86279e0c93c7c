"""Nights that were made with known numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from skypact.library.scenarios import load
from skypact.study import Study
from skypact.study.calibration import CalibrationSettings, Discrepancy, Night, Outcome
from skypact.study.calibration.waves import play_wave
from skypact.study.draw import Sets

SMALL = Path(__file__).parents[2] / "scenario" / "small.yaml"
QUICK = CalibrationSettings(
    prior=32, again=16, check=8, replications=50, draws=400, threads=1, usual=Discrepancy(0.1, 0.1)
)


@cache
def study() -> Study:
    """The small raid with five times as many drones, so that a night tells something."""
    text = SMALL.read_text(encoding="utf-8").replace("{lviv: 6, lutsk: 2}", "{lviv: 30, lutsk: 10}")
    text = text.replace("spacing_s: 60\n", "spacing_s: 20\n")
    return load(text).study(("alone",))


def night(name: str, drones: int, cruise: int) -> Night:
    """A night of that raid."""
    return Night(name, study(), "alone", (Outcome(("drone",), 40, drones), Outcome(("cruise",), 4, cruise)))


def made(seed: int, nights: int = 2) -> tuple[Sets, tuple[Night, ...]]:
    """The set with which nights were made (the first of two), and the nights, each one replication of it."""
    sets = Sets(2, seed + 1000)
    rng = np.random.default_rng(seed)
    wave = play_wave((night("", 0, 0),), sets, QUICK, 10_000, "making nights")
    # A night is drawn with the mean and the spread that chance has in it.
    mean, spread = wave.share[0] * wave.came, np.sqrt(wave.spread[0])
    found = []
    for number in range(nights):
        drawn = np.clip(np.rint(rng.normal(mean, spread)), 0, wave.came).astype(int)
        found.append(night(f"night {number}", int(drawn[0]), int(drawn[1])))
    return sets, tuple(found)
