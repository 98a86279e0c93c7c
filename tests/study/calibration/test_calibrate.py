"""Calibrating on made nights: what they were made with is found, what they do not tell is said."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from skypact.reading import Problems
from skypact.study.calibration import Calibration, Discrepancy, calibrate
from tests.study.calibration.made import QUICK, made, night, study


@cache
def found(seed: int = 1) -> Calibration:
    _, nights = made(seed)
    return calibrate(study(), nights, replace(QUICK, seed=seed), until="2024-08-26", store="made")


def test_the_numbers_that_nights_were_made_with_are_found() -> None:
    places = []
    for seed in range(1, 5):
        truth, _ = made(seed)
        one = found(seed)
        for family, values in one.sample.factors.items():
            places.append(float(one.sample.weights @ (values < truth.factor(family)[0])))
    inside = np.mean([0.05 <= place <= 0.95 for place in places])
    # Families of one set are nearly independent: 4 sets of some 15.
    assert abs(inside - 0.9) < 3 * np.sqrt(0.09 / len(places))


@cache
def bad() -> Calibration:
    """Of nights in which more got through than in most sets."""
    nights = tuple(night(f"bad night {number}", 15) for number in range(3))
    return calibrate(study(), nights, replace(QUICK, prior=96, again=48, check=16))


def test_sets_after_it_agree_better_with_the_record_than_before() -> None:
    (one, *_) = bad().outcomes
    assert one.prior.mean < 10
    assert one.posterior.mean - one.prior.mean > 0.1 * (one.through - one.prior.mean)
    assert one.posterior.place < one.prior.place


def test_what_no_night_depends_on_stays_as_it_was_and_is_said() -> None:
    one = bad()
    assert "kill-gun-fire-drone" in one.sample.factors
    assert "kill-gun-fire-drone" in one.sample.uninformed
    assert one.sample.directions < 5
    assert len(one.sample.uninformed) < len(one.sample.families)


def test_the_same_seed_gives_the_same_bits_whoever_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    _, nights = made(1)
    monkeypatch.setattr("skypact.study.helpers.WORTH_S", 0.05)
    again = calibrate(study(), nights, replace(QUICK, seed=1, threads=2), until="2024-08-26", store="made")
    assert np.array_equal(again.sample.weights, found().sample.weights)
    assert all(
        np.array_equal(again.sample.owns[name], values) for name, values in found().sample.owns.items()
    )
    assert again.outcomes == found().outcomes


def test_sets_are_resampled_and_numbers_that_are_lacking_are_drawn() -> None:
    one = found()
    sets = one.sets(64, seed=3)
    name = next(iter(one.sample.owns))
    assert {*sets.own(name)} <= {*one.sample.owns[name]}
    assert 0 < np.std(sets.own("effectors.unheard-of.cost_usd")) < 2
    assert sets.effective == pytest.approx(1 / (1 / 64 + 1 / one.sample.effective))
    assert one.missing(["unheard-of", name]) == ("unheard-of",)


def test_a_record_that_no_set_agrees_with_is_named() -> None:
    nights = (night("impossible", 24),)
    one = calibrate(study(), nights, replace(QUICK, usual=Discrepancy(0.7, 0.7)))
    assert [(found.night, found.kind) for found in one.unmatched] == [("impossible", "cruise")]


def test_too_small_an_effective_size_is_refused_in_one_line() -> None:
    with pytest.raises(
        Problems, match=r"effective size of \d+ of 400 draws, below the least of 4000"
    ) as raised:
        calibrate(study(), made(1)[1], replace(QUICK, least=4000.0))
    assert len(raised.value.problems) == 1


def test_without_nights_there_is_nothing_to_learn_from() -> None:
    with pytest.raises(Problems, match="no night has an outcome"):
        calibrate(study(), (), QUICK)
