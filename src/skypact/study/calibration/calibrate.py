"""Calibrating: play sets of the prior, learn an emulator, sample, play again where it matters, sample, and check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from skypact.policy.families import family_of
from skypact.reading import Problem, Problems
from skypact.study.calibration.calibration import (
    Calibration,
    Judged,
    Played,
    Prediction,
    Sample,
    family_changes,
)
from skypact.study.calibration.emulator import Emulator, fit, log_odds
from skypact.study.calibration.fingerprint import fingerprints
from skypact.study.calibration.likelihood import Likelihood, correlation_within, place_among
from skypact.study.calibration.nights import CalibrationSettings, Night, Outcome
from skypact.study.calibration.posterior import Posterior, sample
from skypact.study.calibration.waves import Wave, play_wave
from skypact.study.draw import Sets
from skypact.study.setup import Study

Floats = NDArray[np.float64]

MANY = 8000
"""Draws behind what is said of families; fewer are kept."""
FILED = 4
"""Decimals of the numbers that are kept: a file then holds what was found, and nothing else."""


@dataclass(frozen=True)
class Space:
    """What numbers are drawn from: factors of families, then own parts, then a term of each kind of outcome.

    Attributes
    ----------
    families, names
        Of the numbers that any night asked for.
    family
        Of each number its family.
    """

    families: tuple[str, ...]
    names: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, nights: Sequence[Night], asked: Sequence[frozenset[str]]) -> Space:
        """The space of the numbers that were asked for on some nights; costs do nothing to a raid."""
        found: dict[str, str] = {}
        for night, names in zip(nights, asked, strict=True):
            found |= {name: family_of(name, night.study.catalog) for name in names}
        kept = {name: family for name, family in sorted(found.items()) if family != "cost"}
        return cls(tuple(sorted(set(kept.values()))), tuple(kept), tuple(kept.values()))

    def features(self, sets: Sets) -> Floats:
        """Of each set."""
        return np.column_stack([*map(sets.factor, self.families), *map(sets.own, self.names)])

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """Of each feature its group: a family's factor, or the own parts of a family's numbers."""
        own = [len(self.families) + self.families.index(family) for family in self.family]
        return np.array([*range(len(self.families)), *own], dtype=np.int64)

    def used(self, names: frozenset[str]) -> NDArray[np.bool_]:
        """Which features a night can depend on."""
        own = [name in names for name in self.names]
        families = {family for family, there in zip(self.family, own, strict=True) if there}
        return np.array([*(family in families for family in self.families), *own], dtype=np.bool_)

    def split(self, values: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Values of features by family and by name."""
        columns = iter(values.T)
        return dict(zip(self.families, columns, strict=False)), dict(zip(self.names, columns, strict=False))


@dataclass(frozen=True)
class Learned:
    """An emulator, and how far it is to be trusted.

    Attributes
    ----------
    own, common
        Variances of what the emulator does not know: what each outcome has by itself, and what the nights of a kind have in common.
    within
        Of each outcome, how alike the fates of its threats are by chance.
    """

    emulator: Emulator
    own: Floats
    common: Floats
    within: tuple[float, ...]


def calibrate(
    study: Study, nights: tuple[Night, ...], settings: CalibrationSettings, **about: str
) -> Calibration:
    """Find the sets of numbers that give what was recorded, all nights together.

    Parameters
    ----------
    study
        The scenario for which it is asked.
    nights
        The nights, each with one outcome at least.
    settings
        How much to play, and how far model and record may differ.
    about
        ``until`` and ``store``, to be remembered.

    Raises
    ------
    Problems
        If there are no nights, or the effective size is below the least.
    """
    outcomes = [(night, one) for night in nights for one in night.outcomes]
    if not outcomes:
        raise Problems(
            [Problem("calibrate", 0, 0, "nights", "no night has an outcome", "name recorded nights")]
        )
    prior = play_wave(
        nights, Sets(settings.prior, settings.seed), settings, 0, "playing sets of the prior on the nights"
    )
    space = Space.of(nights, prior.names)
    first = _learn(space, nights, (prior,))
    again = play_wave(
        nights,
        _sample(space, first, nights, settings).sets(settings.again, settings.seed),
        settings,
        settings.prior,
        "playing sets that fit better",
    )
    last = _learn(space, nights, (prior, again))
    kept = _sample(space, last, nights, settings)
    _expect_enough(kept, settings)
    told = None
    if any(settings.overclaimed.values()):
        told = _sample(space, last, nights, replace(settings, overclaimed={}))
    picked = kept.sets(settings.check, settings.seed)
    check = play_wave(
        nights, picked, settings, settings.prior + settings.again, "playing sets of the posterior"
    )
    errors = _odds(check) - last.emulator.predict(space.features(picked))
    deviations = np.sqrt(last.own + last.common)
    return Calibration(
        study.scenario.id,
        tuple(night.name for night in nights),
        about.get("until", ""),
        about.get("store", ""),
        settings.seed,
        Played(settings.prior, settings.again, settings.check, settings.replications, len(space.names)),
        {one.kind: settings.discrepancy(one.kind) for _, one in outcomes},
        prior.sets.correlation,
        dict(settings.overclaimed),
        kept,
        told,
        tuple(
            Judged(
                night.name,
                one.kind,
                one.launched,
                one.through,
                _predicted(one, prior, place),
                _predicted(one, check, place),
                float(np.sqrt((errors[:, place] ** 2).mean())),
            )
            for place, (night, one) in enumerate(outcomes)
        ),
        float(np.sqrt(((errors / deviations) ** 2).mean())),
        _lacking(study, space),
        fingerprints(study, nights),
    )


def _learn(space: Space, nights: Sequence[Night], waves: Sequence[Wave]) -> Learned:
    """Fit the emulator to the sets that were played."""
    kinds = [one.kind for night in nights for one in night.outcomes]
    features = np.vstack([space.features(wave.sets) for wave in waves])
    masks = [space.used(waves[0].names[place]) for place, night in enumerate(nights) for _ in night.outcomes]
    odds = np.vstack([_odds(wave) for wave in waves])
    with one_thread():
        emulator = fit(features, odds, np.array(masks), space.groups, len(space.families), kinds)
    # How good it is counts where it is used: in the last wave.
    common, own = _unknown(emulator.residuals[-waves[-1].sets.count :], kinds)
    shares, spreads, came = waves[-1].share, waves[-1].spread, waves[-1].came
    within = tuple(
        correlation_within(shares[:, place], spreads[:, place], int(came[place]))
        for place in range(len(kinds))
    )
    return Learned(emulator, own, common, within)


def one_thread() -> threadpool_limits:
    """Linear algebra with one thread.

    The matrices are small, and threads that wait for each other made it forty times as slow on a machine with other work to do.
    Nor do the bits then depend on how many there are.
    """
    return threadpool_limits(limits=1, user_api="blas")


def _posterior(
    space: Space, learned: Learned, nights: Sequence[Night], settings: CalibrationSettings
) -> Posterior:
    """Sample with the emulator, over all readings of the record."""
    outcomes = [one for night in nights for one in night.outcomes]
    kinds = [one.kind for one in outcomes]
    terms = list(dict.fromkeys(kinds))
    same = np.array([[kind == term for term in terms] for kind in kinds], dtype=np.float64)
    apart = np.array([settings.discrepancy(kind).common for kind in kinds])
    readings = []
    for reading in settings.readings():
        deviations = np.sqrt(
            [(settings.discrepancy(kind).night * reading.size) ** 2 for kind in kinds] + learned.own
        )
        readings.append(
            [
                Likelihood(
                    one.through,
                    one.launched,
                    learned.within[place],
                    float(deviations[place]),
                    reading.overclaimed(one, settings.overclaimed),
                )
                for place, one in enumerate(outcomes)
            ]
        )
    slopes = [learned.emulator.slopes, same * apart[:, None], same * np.sqrt(learned.common)[:, None]]
    names = [
        *(f"factor {one}" for one in space.families),
        *(f"own {one}" for one in space.names),
        *(f"term {one}" for one in terms),
        *(f"emulator {one}" for one in terms),
    ]
    draws = max(MANY, settings.draws)
    with one_thread():
        return sample(learned.emulator.intercept, np.hstack(slopes), readings, names, draws, settings.seed)


def _sample(space: Space, learned: Learned, nights: Sequence[Night], settings: CalibrationSettings) -> Sample:
    """So many draws of what was learned, by name."""
    posterior = _posterior(space, learned, nights, settings)
    kept = posterior.first(settings.draws).rounded(FILED)
    numbers = len(space.groups)
    factors, owns = space.split(kept.values[:, :numbers])
    kinds = dict.fromkeys(one.kind for night in nights for one in night.outcomes)
    readings = settings.readings()
    return Sample(
        kept.weights,
        factors,
        owns,
        {
            kind: np.round(settings.discrepancy(kind).common * kept.values[:, numbers + place], FILED)
            for place, kind in enumerate(kinds)
        },
        np.array([readings[one].size for one in kept.which]),
        np.array([readings[one].level for one in kept.which]),
        family_changes(posterior.weights, space.split(posterior.values)[0]),
        kept.directions,
    )


def _odds(wave: Wave) -> Floats:
    return log_odds(wave.share, (wave.came * wave.replications).astype(np.float64))


def _unknown(residuals: Floats, kinds: Sequence[str]) -> tuple[Floats, Floats]:
    """The variance of residuals that the nights of a kind have in common, and what each outcome has besides."""
    products = residuals.T @ residuals / len(residuals)
    common, own = np.zeros(len(kinds)), np.diag(products).copy()
    for kind in dict.fromkeys(kinds):
        of = np.array([place for place, one in enumerate(kinds) if one == kind])
        if len(of) > 1:
            block = products[np.ix_(of, of)]
            shared = (block.sum() - np.trace(block)) / (len(of) * (len(of) - 1))
            common[of] = np.clip(shared, 0.0, block.diagonal().mean())
    return common, np.maximum(own - common, 1e-3)


def _predicted(one: Outcome, wave: Wave, place: int) -> Prediction:
    shares = wave.share[:, place]
    within = correlation_within(shares, wave.spread[:, place], int(wave.came[place]))
    where, agree = place_among(one.through, one.launched, shares, within)
    low, high = np.quantile(shares, (0.05, 0.95)) * one.launched
    return Prediction(float(shares.mean() * one.launched), float(low), float(high), where, agree)


def _expect_enough(kept: Sample, settings: CalibrationSettings) -> None:
    size = kept.effective
    if size < settings.least:
        what = (
            f"the sample has an effective size of {size:.0f} of {settings.draws} draws, below the least of"
            f" {settings.least:.0f}: hardly any sets of numbers go with all nights together"
        )
        raise Problems([Problem("calibrate", 0, 0, "nights", what, "fewer nights, or --long (long=True)")])


def _lacking(study: Study, space: Space) -> tuple[str, ...]:
    """Numbers of the scenario's baseline that no night has."""
    drawn = Sets(2).drawn(study.catalog).of(0)
    study.compile(study.baseline, drawn)
    asked = {name for name in drawn.done().values if family_of(name, study.catalog) != "cost"}
    return tuple(sorted(asked - set(space.names)))
