"""Chance and ignorance apart: the parts of a variance that was made of known parts."""

import numpy as np
import pytest

from skypact.study.sets import difference_over_sets

SETS, EACH = 4000, 50


@pytest.mark.parametrize(("chance", "ignorance"), [(4.0, 1.0), (9.0, 0.0), (1.0, 0.2)])
def test_the_variance_of_a_difference_is_taken_apart(chance: float, ignorance: float) -> None:
    rng = np.random.default_rng(1)
    middle = rng.normal(-2.0, np.sqrt(ignorance), SETS)
    runs = rng.normal(middle[:, None], np.sqrt(chance), (SETS, EACH))
    means, errors = runs.mean(axis=1), runs.std(axis=1, ddof=1) / np.sqrt(EACH)
    found = difference_over_sets(means, errors, EACH)
    assert found["variance"]["chance"] == pytest.approx(chance, rel=0.02)
    assert found["variance"]["ignorance"] == pytest.approx(ignorance, rel=0.1, abs=0.02)
    assert found["ci95"][0] < -2.0 < found["ci95"][1]
