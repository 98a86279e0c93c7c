"""What is said of a night beforehand: a distribution, wider by the discrepancy, and moved by what is claimed too much."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from skypact.study.calibration import Discrepancy, Foretold, foretell
from skypact.study.calibration.calibration import Sample
from tests.study.calibration.made import QUICK, night

COUNT = 4
NONE = np.zeros(COUNT)


def sample(**changed: object) -> Sample:
    """Draws in which model and record do not differ."""
    even = np.full(COUNT, 1 / COUNT)
    found = Sample(even, {}, {}, {"cruise": NONE}, np.full(COUNT, 1e-6), NONE, (), 0.0)
    return replace(found, **changed)  # type: ignore[arg-type]


@cache
def foretold(kind: str) -> Foretold:
    samples = {
        "same": sample(),
        "apart": sample(sizes=np.ones(COUNT)),
        "more": sample(terms={"cruise": np.ones(COUNT)}),
        "claimed": sample(levels=np.ones(COUNT)),
        "prior": None,
    }
    settings = replace(QUICK, usual=Discrepancy(0.7, 1.4), overclaimed={"cruise": 0.5})
    (found,) = foretell((night("a night", 5),), samples[kind], COUNT, settings)
    return found


def mean(pmf: np.ndarray) -> float:
    return float(np.arange(len(pmf)) @ pmf)


def spread(pmf: np.ndarray) -> float:
    return float((np.arange(len(pmf)) - mean(pmf)) ** 2 @ pmf)


@pytest.mark.parametrize("kind", ["same", "apart", "more", "claimed", "prior"])
def test_chances_add_up_to_one(kind: str) -> None:
    found = foretold(kind)
    assert (len(found.pmf), found.pmf.sum(), found.model.sum()) == (25, pytest.approx(1), pytest.approx(1))


def test_without_discrepancy_it_is_the_model() -> None:
    found = foretold("same")
    assert found.pmf == pytest.approx(found.model, abs=1e-4)


def test_what_a_night_has_by_itself_widens_it() -> None:
    assert spread(foretold("apart").pmf) > 1.5 * spread(foretold("same").pmf)
    assert spread(foretold("prior").pmf) > 1.2 * spread(foretold("prior").model)


def test_terms_move_it_and_claims_take_their_share() -> None:
    assert mean(foretold("more").pmf) > 1.3 * mean(foretold("same").pmf)
    assert mean(foretold("claimed").pmf) == pytest.approx(mean(foretold("same").pmf) / 2, rel=0.02)
