"""Shapley values against theory: known games, the axioms, and orders drawn instead of all of them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from skypact.study.shapley import EXACT, Plan, antithetic, every_order, of_orders


def played(plan: Plan, game) -> np.ndarray:  # type: ignore[no-untyped-def]
    """What a game gives for every coalition of a plan."""
    return np.array([game({i for i in range(12) if coalition >> i & 1}) for coalition in plan.coalitions])


@pytest.mark.parametrize("players", range(1, EXACT + 1))
def test_an_additive_game_gives_everybody_its_own(players: int) -> None:
    own = np.array([7, -3, 0, 11])[:players]
    plan = every_order(players)
    assert plan.values(played(plan, lambda s: sum(own[list(s)]))).tolist() == own.tolist()


@pytest.mark.parametrize("players", range(2, EXACT + 1))
def test_what_two_do_only_together_is_halved(players: int) -> None:
    plan = every_order(players)
    found = plan.values(played(plan, lambda s: 10 * ({0, 1} <= s)))
    assert found.tolist() == [5, 5, *[0] * (players - 2)]


def test_what_all_do_only_together_is_shared_alike() -> None:
    plan = every_order(3)
    assert plan.values(played(plan, lambda s: 9 * (len(s) == 3))).tolist() == [3, 3, 3]


def test_the_glove_game() -> None:
    """One left glove, two right ones: 2/3, 1/6, 1/6 (Shapley 1953)."""
    plan = every_order(3)
    found = plan.values(played(plan, lambda s: int(0 in s and bool(s & {1, 2}))))
    assert found == pytest.approx([2 / 3, 1 / 6, 1 / 6], rel=1e-15)


def test_the_airport_game() -> None:
    """Costs 1, 3, 7: each stretch is shared by those who need it (Littlechild and Owen 1973)."""
    plan = every_order(3)
    cost = [1, 3, 7]
    found = plan.values(played(plan, lambda s: max((cost[i] for i in s), default=0)))
    assert found == pytest.approx([1 / 3, 1 / 3 + 2 / 2, 1 / 3 + 2 / 2 + 4], rel=1e-15)


@pytest.mark.parametrize("players", range(1, EXACT + 1))
def test_every_coalition_is_the_same_as_every_order(players: int) -> None:
    plan = every_order(players)
    other = of_orders(permutations(range(players)), players)
    assert plan.coalitions == other.coalitions
    assert plan.denominator == other.denominator
    assert (plan.weights == other.weights).all()


@pytest.mark.parametrize("players", range(1, 11))
def test_the_values_add_up_to_the_difference_without_rounding(players: int) -> None:
    rng = np.random.default_rng(players)
    plans = [of_orders(antithetic(players, 1, number), players) for number in range(3)]
    plans += [every_order(players)] if players <= EXACT else []
    for plan in plans:
        outcomes = rng.integers(0, 240, (5, 7, len(plan.coalitions)))
        total = plan.scaled(outcomes).sum(axis=-1)
        assert (total == plan.denominator * (outcomes[..., -1] - outcomes[..., 0])).all()


def test_values_of_sums_are_sums_of_values() -> None:
    rng = np.random.default_rng(1)
    plan = every_order(4)
    one, other = rng.integers(-9, 9, (2, 16))
    assert (plan.scaled(one + other) == plan.scaled(one) + plan.scaled(other)).all()


def test_an_order_and_its_reverse_are_exact_for_pairs() -> None:
    """Where decisions act alone or two by two, one order with its reverse gives the exact values."""
    rng = np.random.default_rng(2)
    own, both = rng.integers(-9, 9, 7), np.triu(2 * rng.integers(-9, 9, (7, 7)), 1)

    def game(s: set[int]) -> int:
        here = np.isin(np.arange(7), list(s)).astype(int)
        return int(own @ here + here @ both @ here)

    exact = own + (both.sum(axis=0) + both.sum(axis=1)) / 2
    for number in range(4):
        plan = of_orders(antithetic(7, 5, number), 7)
        assert plan.values(played(plan, game)).tolist() == exact.tolist()


def test_drawn_orders_have_no_bias() -> None:
    """Three of six needed: the mean over many pairs is the exact value, within five standard errors."""
    needed = {0, 2, 5}
    found = []
    for number in range(600):
        plan = of_orders(antithetic(6, 3, number), 6)
        found.append(plan.values(played(plan, lambda s: int(needed <= s))))
    mean, error = np.mean(found, axis=0), np.std(found, axis=0) / np.sqrt(600)
    exact = np.array([1 / 3 if player in needed else 0 for player in range(6)])
    assert (np.abs(mean - exact) <= 5 * error + 1e-12).all()


def test_orders_follow_from_the_seed() -> None:
    assert antithetic(8, 4, 2) == antithetic(8, 4, 2)
    assert antithetic(8, 4, 2) != antithetic(8, 4, 3)
