"""Sets of numbers: what each is a function of, what the families do, and how even they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest, norm

from skypact.catalog import load_catalog
from skypact.quantity import Quantity
from skypact.study.draw import CORRELATION, Sets, quantile

CATALOG = load_catalog()
LONG, SHORT = "effectors.nasams.against.cruise.max_range_km", "effectors.hawk.against.drone.max_range_km"
LEAST, DELAY = "effectors.nasams.against.cruise.min_range_km", "effectors.nasams.reload_s"
UNIT = Quantity(value=0.5, low=0.0, high=1.0, kind="notional", note="an example", distribution="uniform")
NAMES = st.sampled_from([LONG, SHORT, LEAST, DELAY, "threats.geran-2.reliability", "laydown.x.count"])


def values(name: str, sets: Sets, quantity: Quantity = UNIT) -> list[float]:
    draws = sets.drawn(CATALOG)
    return [draws.of(number)(name, quantity) for number in range(sets.count)]


@given(st.lists(NAMES, min_size=1, unique=True), st.integers(2, 40), st.integers(0, 2**64 - 1), st.randoms())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_number_does_not_depend_on_who_asks_for_what_and_when(
    names: list[str], count: int, seed: int, order: object
) -> None:
    sets = Sets(count, seed)
    alone = {name: values(name, sets) for name in names}
    together, asked = sets.drawn(CATALOG), [(name, k) for name in names for k in range(count)]
    order.shuffle(asked)  # type: ignore[attr-defined]
    for name, number in asked:
        assert together.of(number)(name, UNIT) == alone[name][number]


@given(st.integers(2, 200), st.integers(0, 2**64 - 1), NAMES)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_equal_part_of_a_distribution_is_met_once(count: int, seed: int, name: str) -> None:
    """A Latin hypercube: of numbers drawn each by itself, and of every family's common factor."""
    found = values(name, Sets(count, seed, correlation=0.0))
    assert sorted(int(count * share) for share in found) == list(range(count))
    factor = norm.cdf(Sets(count, seed).factor("reach"))
    assert sorted((count * factor).astype(int)) == list(range(count))


@pytest.mark.parametrize("correlation", [0.0, CORRELATION, 0.9])
def test_families_go_together_as_stated_and_each_in_its_direction(correlation: float) -> None:
    """Of 4,000 sets the correlation of the normal scores is within 4.5 standard errors of what is stated."""
    sets = Sets(4000, 7, correlation)
    scores = {name: norm.ppf(values(name, sets)) for name in (LONG, SHORT, LEAST, DELAY)}
    close = 4.5 * (1 - correlation**2) / 4000**0.5 + 0.002
    assert np.corrcoef(scores[LONG], scores[SHORT])[0, 1] == pytest.approx(correlation, abs=close)
    assert np.corrcoef(scores[LONG], scores[LEAST])[0, 1] == pytest.approx(-correlation, abs=close)
    assert np.corrcoef(scores[LONG], scores[DELAY])[0, 1] == pytest.approx(0.0, abs=4.5 / 4000**0.5)


@pytest.mark.parametrize("form", ["uniform", "triangular"])
def test_a_number_keeps_its_own_distribution(form: str) -> None:
    """Whatever the families do, 4,000 sets follow the stated distribution (Kolmogorov-Smirnov at 1e-6)."""
    quantity = UNIT.model_copy(update={"value": 0.2, "distribution": form})
    found = values(LONG, Sets(4000, 3), quantity)
    shares = np.linspace(0, 1, 2001)
    at = [quantile(quantity, share) for share in shares]
    assert kstest(found, lambda x: np.interp(x, at, shares)).pvalue > 1e-6


def test_two_quantities_under_one_name_lie_at_the_same_share() -> None:
    """Two files may say different things of a number: they meet the same luck, each in its own range."""
    wide = UNIT.model_copy(update={"low": 0.0, "high": 10.0, "value": 5.0})
    sets = Sets(16, 2)
    assert values(LONG, sets, wide) == pytest.approx([10 * value for value in values(LONG, sets)])


def test_a_set_keeps_what_it_was_asked_and_the_factors_of_these_families() -> None:
    drawn = Sets(8, 1).drawn(CATALOG).of(3)
    certain = Quantity(value=2.0, kind="notional", note="an example")
    assert drawn("effectors.nasams.cost_usd", certain) == 2.0
    value = drawn(LONG, UNIT)
    done = drawn.done()
    assert dict(done.values) == {LONG: (UNIT, value)}
    assert done.number == 3
    assert done.factors == {"reach": float(Sets(8, 1).factor("reach")[3])}


def test_known_answers() -> None:
    """The sets of a seed stay the same from version to version: results are quoted with their seed."""
    assert values(LONG, Sets(4, 1)) == pytest.approx(KNOWN, rel=1e-12)


KNOWN = [0.8923109529049532, 0.8696173890894192, 0.004389633220703252, 0.42520585140061085]
