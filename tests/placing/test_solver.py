"""The solver's choice is that of trying every choice; the order of places does not hang on how they came."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.placing.allocate import PURPOSES, Offers, Purpose, allocate
from skypact.placing.ranking import before_each_other, ranked

NEAR = 3e-6
"""What the solver cannot tell apart."""
NAMES = ("kyiv", "lviv", "odesa", "rivne", "sumy")


@st.composite
def offered(draw: Any) -> Offers:
    """A few places with one and two units, a few raids and assets; some units do harm."""
    places, deep = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    raids, assets = draw(st.integers(1, 3)), draw(st.integers(0, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    stands = tuple(((name, number),) for number in range(1, deep + 1) for name in NAMES[:places])
    two = [
        rows for rows in combinations(range(len(stands)), 2) if stands[rows[0]][0][0] != stands[rows[1]][0][0]
    ]
    pairs = tuple(pair for pair in two if draw(st.booleans()))
    return Offers(
        stands,
        rng.normal(0.5, 1, (raids, len(stands))).round(1),
        rng.uniform(0, 4, assets).round(1),
        rng.normal(0.3, 1, (len(stands), assets)).round(1),
        pairs,
        rng.normal(-0.3, 0.5, (raids, len(pairs))).round(1),
        rng.normal(-0.3, 0.5, (len(pairs), assets)).round(1),
    )


def every_choice(offers: Offers, units: int) -> Iterator[tuple[int, ...]]:
    for size in range(len(offers.stands) + 1):
        for rows in combinations(range(len(offers.stands)), size):
            taken = [offers.stands[row][0] for row in rows]
            if len(dict(taken)) == size and sum(number for _, number in taken) <= units:
                yield rows


@given(offered(), st.integers(1, 4), st.sampled_from(list(PURPOSES)))
@settings(max_examples=60, deadline=None)
def test_it_is_the_choice_that_trying_all_finds(offers: Offers, units: int, purpose: Purpose) -> None:
    found = allocate(offers, units, purpose)
    choices = list(every_choice(offers, units))
    assert found in choices
    most = max(offers.value(one, purpose) for one in choices)
    assert offers.value(found, purpose) == pytest.approx(most, abs=NEAR)
    as_good = [one for one in choices if offers.value(one, purpose) >= most]
    assert offers.value(found, "all-raids") >= max(offers.value(one, "all-raids") for one in as_good) - NEAR


@given(offered(), st.integers(1, 4), st.sampled_from(list(PURPOSES)), st.randoms())
@settings(max_examples=30, deadline=None)
def test_it_is_the_same_in_whatever_order_places_and_raids_come(
    offers: Offers, units: int, purpose: Purpose, chance: Any
) -> None:
    rows, raids = list(range(len(offers.stands))), list(range(len(offers.stopped)))
    chance.shuffle(rows)
    chance.shuffle(raids)
    other = Offers(
        tuple(offers.stands[row] for row in rows),
        offers.stopped[raids][:, rows],
        offers.arrive,
        offers.stopped_at[rows],
        tuple((rows.index(one), rows.index(other)) for one, other in offers.pairs),
        offers.more[raids],
        offers.more_at,
    )
    first = {offers.stands[row] for row in allocate(offers, units, purpose)}
    assert first == {other.stands[row] for row in allocate(other, units, purpose)}


@given(st.integers(1, 3), st.integers(2, 6), st.integers(1, 5), st.integers(0, 2**32), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_hangs_on_no_order(raids: int, sets: int, places: int, seed: int, chance: Any) -> None:
    rng = np.random.default_rng(seed)
    change = rng.integers(-2, 2, (raids, sets, places)).astype(float)  # ties are many
    noise, names = rng.uniform(0, 0.1, change.shape), NAMES[:places]
    found = ranked(change, noise, names, 10)
    assert sum(one.first.share for one in found) == pytest.approx(1)
    assert sum(one.few.share for one in found) == pytest.approx(min(3, places))
    assert [one.change.mean for one in found] == sorted(one.change.mean for one in found)
    assert found[-1].holds is None
    rows, order = list(range(places)), list(range(raids))
    chance.shuffle(rows)
    chance.shuffle(order)
    again = ranked(change[order][:, :, rows], noise[order][:, :, rows], [names[row] for row in rows], 10)
    assert [names[rows[one.row]] for one in again] == [names[one.row] for one in found]
    assert [(one.change, one.first, one.few, one.holds) for one in again] == [
        (one.change, one.first, one.few, one.holds) for one in found
    ]


def test_what_is_certain_is_certain() -> None:
    change = np.array([[[-2.0, -1.0, 0.0], [-3.0, -1.0, -1.0]]])
    first, second, third = ranked(change, np.zeros_like(change), NAMES[:3], 10)
    assert (first.row, second.row, third.row) == (0, 1, 2)
    assert first.first.share == first.holds.share == 1.0  # type: ignore[union-attr]
    assert second.holds.share == 0.75  # type: ignore[union-attr]  # before it in one set, even in the other
    assert before_each_other(change[0]).mean(axis=0)[2, 1] == 0.25
