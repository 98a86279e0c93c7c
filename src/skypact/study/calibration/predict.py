"""What numbers say of nights beforehand: the chance of each number through, by outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from skypact.study.calibration.calibration import Sample
from skypact.study.calibration.emulator import log_odds
from skypact.study.calibration.likelihood import correlation_within, log_chance
from skypact.study.calibration.nights import SIZES, CalibrationSettings, Night, Outcome, Reading
from skypact.study.calibration.posterior import normals
from skypact.study.calibration.waves import Wave, play_wave
from skypact.study.draw import Sets

Floats = NDArray[np.float64]

STEPS = np.linspace(-3.5, 3.5, 29)
"""What a night has by itself is summed over these, in standard deviations."""


@dataclass(frozen=True)
class Foretold:
    """What is said of an outcome beforehand.

    Attributes
    ----------
    night
        Its name.
    outcome
        What was recorded; its numbers through are not used, but its number launched is.
    model
        The probabilities of 0, 1, ... launched through: chance and unknown numbers, without discrepancy.
    pmf
        The same with the discrepancy between model and record.
    """

    night: str
    outcome: Outcome
    model: Floats
    pmf: Floats


def foretell(
    nights: tuple[Night, ...], sample: Sample | None, count: int, settings: CalibrationSettings
) -> tuple[Foretold, ...]:
    """Play sets on nights and say how many get through.

    Parameters
    ----------
    nights
        The nights.
    sample
        Where the sets are from; None: the ranges as they were, and discrepancies of the size that was set beforehand.
    count
        How many sets.
    settings
        Replications, seed, threads, discrepancies, and what may be claimed too much.
    """
    sets = Sets(count, settings.seed) if sample is None else sample.sets(count, settings.seed)
    before = settings.prior + settings.again + settings.check
    wave = play_wave(nights, sets, settings, before, "playing sets on the nights to be foretold")
    outcomes = [(night.name, one) for night in nights for one in night.outcomes]
    return tuple(
        Foretold(name, one, *_chances(wave, place, one, _Apart.of(one, sample, count, settings)))
        for place, (name, one) in enumerate(outcomes)
    )


@dataclass(frozen=True)
class _Apart:
    """How far a record may lie from each set: what its class has in common, what the night has, what is claimed too much."""

    common: Floats
    night: Floats
    overclaimed: Floats

    @classmethod
    def of(cls, one: Outcome, sample: Sample | None, count: int, settings: CalibrationSettings) -> _Apart:
        apart = settings.discrepancy(one.kind)
        common = apart.common * normals(settings.seed, count, "foretold", one.kind)
        if sample is None:
            sizes, levels = np.resize(SIZES, count), np.zeros(count)
        else:
            picked = sample.picked(count, settings.seed)
            sizes, levels = sample.sizes[picked], sample.levels[picked]
            if one.kind in sample.terms:
                common = sample.terms[one.kind][picked]
        too_much = [Reading(level=level).overclaimed(one, settings.overclaimed) for level in levels]
        return cls(common, apart.night * sizes, np.array(too_much))


def _chances(wave: Wave, place: int, one: Outcome, apart: _Apart) -> tuple[Floats, Floats]:
    shares = wave.share[:, place]
    came = int(wave.came[place])
    within = correlation_within(shares, wave.spread[:, place], came)
    odds = log_odds(shares, np.full(len(shares), float(came * wave.replications)))
    numbers = np.arange(one.launched + 1, dtype=np.float64)
    likely = np.exp(-0.5 * STEPS**2)
    likely /= likely.sum()

    def mean(at: Floats, weights: Floats) -> Floats:
        chances = np.exp(log_chance(numbers[:, None], one.launched, at, within)) @ weights
        found: Floats = chances / chances.sum()
        return found

    even = np.full(len(shares), 1 / len(shares))
    moved = odds[:, None] + apart.common[:, None] + apart.night[:, None] * STEPS
    told = expit(moved) * (1 - apart.overclaimed[:, None])
    return mean(expit(odds), even), mean(told.ravel(), np.outer(even, likely).ravel())
