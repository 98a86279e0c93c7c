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
CHANGED = {
    "{lviv: 2, ternopil: 2}": "{lviv: 12, ternopil: 12}",
    "{lviv: 6, lutsk: 2}": "{lviv: 1, lutsk: 1}",
    "spacing_s: 30\n": "spacing_s: 120\n",
}
QUICK = CalibrationSettings(
    prior=32, again=16, check=8, replications=50, draws=400, threads=1, usual=Discrepancy(0.1, 0.1)
)


@cache
def study() -> Study:
    """The small raid with six times as many cruise missiles, so that a night tells something."""
    text = SMALL.read_text(encoding="utf-8")
    for was, becomes in CHANGED.items():
        assert was in text
        text = text.replace(was, becomes)
    return load(text).study(("alone",))


def night(name: str, cruise: int) -> Night:
    """A night of that raid."""
    return Night(name, study(), "alone", (Outcome(("cruise",), 24, cruise),))


def made(seed: int, nights: int = 2) -> tuple[Sets, tuple[Night, ...]]:
    """The set with which nights were made (the first of two), and the nights."""
    sets = Sets(2, seed + 1000)
    rng = np.random.default_rng(seed)
    wave = play_wave((night("", 0),), sets, QUICK, 10_000, "making nights")
    # A night is drawn with the mean and the spread that chance has in it.
    drawn = rng.normal(wave.share[0, 0] * 24, np.sqrt(wave.spread[0, 0]), nights)
    return sets, tuple(
        night(f"night {place}", int(np.clip(round(one), 0, 24))) for place, one in enumerate(drawn)
    )
