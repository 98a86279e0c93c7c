"""Sobol indices of whole families: draw one family's numbers anew, keep all others, and see what changes.

The first-order index of a family is the share of a difference's variance that knowing its numbers would remove; the
total index is the share that would be left if all other numbers were known (I. Sobol, Mathematics and Computers in
Simulation 55, 2001; estimators of Saltelli and others, Computer Physics Communications 181, 2010, in SciPy).  Unlike
the shares by regression they count bends, a family's every number, and, in the total, what families do together.

Two samples of sets, A and B, are drawn; then each family's numbers of A are replaced by those of B.  All are played with
the same replications, so that a result is a function of the numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Workers, workers
from skypact.policy import Draw
from skypact.policy.families import family_of
from skypact.quantity import Quantity
from skypact.study.coalitions import Coalitions
from skypact.study.draw import Sets
from skypact.study.jobs import done_by_all
from skypact.study.play import RunSettings
from skypact.study.setup import Study

SAMPLES = 32
"""Sets in A and in B; a power of two."""
REPLICATIONS = 100
"""Of each, at most."""
FAMILIES = 6
"""So many families are looked at by themselves; the others are one more group."""
OTHERS = "others"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """The indices of one family for one difference, with 95 % intervals of the bootstrap."""

    family: str
    first: tuple[float, float, float]
    total: tuple[float, float, float]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        named = {"first": self.first, "total": self.total}
        parts = {name: dict(zip(("value", "low", "high"), ends, strict=True)) for name, ends in named.items()}
        return {"family": self.family, **parts}


def indices(of_a: Floats, of_b: Floats, swapped: Mapping[str, Floats], seed: int = 1) -> tuple[Indices, ...]:
    """First-order and total indices, the largest total first.

    Parameters
    ----------
    of_a, of_b
        What the sets of A and of B give.
    swapped
        By family what the sets of A give with that family's numbers from B.
    seed
        Of the bootstrap.

    Returns
    -------
    tuple of Indices
        Empty where nothing varies.
    """
    from scipy.stats import sobol_indices

    if np.ptp(np.concatenate([of_a, of_b])) == 0:
        return ()
    names = list(swapped)
    func: dict[Literal["f_A", "f_B", "f_AB"], Floats] = {
        "f_A": of_a[None, :],
        "f_B": of_b[None, :],
        "f_AB": np.stack([swapped[name] for name in names])[:, None, :],
    }
    found = sobol_indices(func=func, n=len(of_a))
    resampled = _resampled(of_a, of_b, func["f_AB"][:, 0, :], seed)
    low, high = np.quantile(resampled, (0.025, 0.975), axis=1)
    values = np.ravel(found.first_order), np.ravel(found.total_order)

    def of(order: int, place: int) -> tuple[float, float, float]:
        return float(values[order][place]), float(low[order, place]), float(high[order, place])

    rows = [Indices(name, of(0, place), of(1, place)) for place, name in enumerate(names)]
    return tuple(sorted(rows, key=lambda one: -one.total[0]))


def _resampled(a: Floats, b: Floats, ab: Floats, seed: int, times: int = 500) -> Floats:
    """The indices again of sets drawn with replacement, shape (2, times, families)."""
    rng = np.random.default_rng(seed)
    found = np.zeros((2, times, len(ab)))
    for number in range(times):
        rows = rng.integers(0, len(a), len(a))
        here, there, swapped = a[rows], b[rows], ab[:, rows]
        variance = max(1e-300, float(np.concatenate([here, there]).var()))
        middle = (here.mean() + there.mean()) / 2
        found[0, number] = ((there - middle) * (swapped - here)).mean(axis=1) / variance
        found[1, number] = 0.5 * ((here - swapped) ** 2).mean(axis=1) / variance
    return found


@dataclass(frozen=True)
class Task:
    """The sets of A, each with its partner of B and every swap, to be played one at a time."""

    study: Study
    settings: RunSettings
    sets: Sets
    families: tuple[str, ...]

    def player(self) -> Callable[[int], tuple[int, Floats]]:
        """Play sets in another process, each with one thread."""

        def play_one(number: int) -> tuple[int, Floats]:
            with workers(1) as team:
                return self.play(number, team)

        return play_one

    def play(self, number: int, team: Workers) -> tuple[int, Floats]:
        """The differences of one set of A, of B, and of A with each family from B; shape (families + 2, policies)."""
        catalog = self.study.catalog
        other = replace(self.sets, seed=(self.sets.seed + 1) % 2**64)
        one, two = (sets.drawn(catalog).of(number) for sets in (self.sets, other))
        named = set(self.families) - {OTHERS}

        def swap(family: str) -> Draw:
            def draw(name: str, quantity: Quantity) -> float:
                own = family_of(name, catalog)
                theirs = own not in named if family == OTHERS else own == family
                return two(name, quantity) if theirs else one(name, quantity)

            return draw

        draws: Sequence[Draw] = (one, two, *map(swap, self.families))
        return number, np.array([self._differences(draw, team) for draw in draws])

    def _differences(self, draw: Draw, team: Workers) -> list[float]:
        coalitions = Coalitions(self.study, draw, self.settings, team)
        policies, baseline = self.study.scenario.policies, self.study.baseline
        usual = coalitions.arrivals(policies[baseline].decisions)
        return [
            float((coalitions.arrivals(policies[name].decisions) - usual).mean())
            for name in self.study.policies
            if name != baseline
        ]


def pick_freeze(
    study: Study,
    settings: RunSettings,
    sets: Sets,
    families: Sequence[str],
    samples: int = SAMPLES,
) -> dict[str, tuple[Indices, ...]]:
    """The indices of families for every difference of a study.

    Parameters
    ----------
    settings
        Threads, the seed, and replications of each, of which `REPLICATIONS` are played at most.
    sets
        How numbers are drawn.
    families
        Those to be looked at by themselves.
    samples
        Sets in A and in B, a power of two.
    """
    replications = min(REPLICATIONS, settings.replications)
    quiet = replace(settings.alone(), replications=replications, first=0)
    task = Task(study, quiet, replace(sets, count=samples), (*families[:FAMILIES], OTHERS))
    bare = replace(task, study=replace(study))
    found = dict(done_by_all(bare, task.play, samples, settings, "drawing families anew"))
    values = np.stack([found[number] for number in range(samples)])
    others = [name for name in study.policies if name != study.baseline]
    return {
        policy: indices(
            values[:, 0, place],
            values[:, 1, place],
            {name: values[:, 2 + group, place] for group, name in enumerate(task.families)},
            settings.seed,
        )
        for place, policy in enumerate(others)
    }
