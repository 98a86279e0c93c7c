"""Which numbers a difference goes with, on made data; and what is said of both ends."""

from __future__ import annotations

import numpy as np

from skypact.quantity import Quantity
from skypact.study.by_number import LEAST_SETS, MOST, AtBothEnds, Candidate, candidates

SETS = 64
RANGE = Quantity(value=0.5, low=0.2, high=0.8, kind="notional", note="made up")


def made(number: int, strength: float, count: int = 200):  # type: ignore[no-untyped-def]
    """Differences that follow two factors, one number's own part and many small things."""
    rng = np.random.default_rng(number)
    own = {f"n{i}": rng.normal(size=SETS) for i in range(count)}
    factors = {f"f{i}": rng.normal(size=SETS) for i in range(9)}
    rest = rng.normal(size=SETS)
    differences = factors["f0"] + factors["f1"] + strength * own["n7"] + 0.5 * rest
    return differences, own, factors


def test_a_number_that_matters_is_found_behind_its_family() -> None:
    for number in range(20):
        found = candidates(*made(number, 1.0))
        assert found[0].name == "n7"
        assert found[0].beyond_chance
        assert found[0].correlation > 0.6
        assert len(found) == MOST


def test_beyond_chance_is_kept_to() -> None:
    """Where no number matters one is named in at most one study in twenty, within three standard errors."""
    named = [any(one.beyond_chance for one in candidates(*made(number, 0.0))) for number in range(200)]
    assert np.mean(named) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


def test_several_numbers_are_found_one_by_one() -> None:
    differences, own, factors = made(1, 1.0)
    differences = differences + 0.9 * own["n3"] - 0.8 * own["n11"]
    found = candidates(differences, own, factors)
    assert {one.name for one in found if one.beyond_chance} >= {"n7", "n3", "n11"}
    assert next(one for one in found if one.name == "n11").correlation < 0


def test_too_few_sets_or_no_difference_name_nothing() -> None:
    differences, own, factors = made(1, 1.0)
    few = {name: part[: LEAST_SETS - 1] for name, part in own.items()}
    assert candidates(differences[: LEAST_SETS - 1], few, {}) == ()
    assert candidates(np.zeros(SETS), own, factors) == ()


def test_a_flip_needs_both_ends_beyond_their_error() -> None:
    named = Candidate("n7", 0.7, True)
    assert AtBothEnds(named, RANGE, (-1.0, 0.1), (0.5, 0.1)).flips
    assert not AtBothEnds(named, RANGE, (-1.0, 0.1), (0.1, 0.1)).flips
    assert not AtBothEnds(named, RANGE, (-1.0, 0.1), (-0.5, 0.1)).flips
    assert not AtBothEnds(named, RANGE, (0.1, 0.1), (0.1, 0.1)).matters
    assert AtBothEnds(named, RANGE, (-1.0, 0.1), (0.5, 0.1)).to_dict()["at_low"] == {"mean": -1.0, "se": 0.1}
