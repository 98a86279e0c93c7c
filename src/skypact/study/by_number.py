"""Which single numbers a difference rests on most, and the answer at both ends of each.

Candidates come from the sets: the numbers whose own part goes up or down with the difference most, by partial rank
correlation once the families' common factors are taken out of both.  A number's own part is what it does not share
with its family, so a number is not named for what its like do.  Then each candidate is played at both ends of its
range, all other numbers at their central values, with the same luck; what that changes is what counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr
from scipy.stats import rankdata

from skypact.quantity import Quantity

MOST = 4
"""So many numbers are played at both ends."""
STRONGEST = 8
"""So many numbers are named as going with the difference beyond chance, at most, and one for eight sets."""
RARE = 0.05
"""A correlation is beyond chance if it would arise in fewer studies than this share, all numbers together."""
LEAST_SETS = 16

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A number that a difference goes with.

    Attributes
    ----------
    correlation
        Partial rank correlation of its own part with the difference.
    beyond_chance
        Whether a correlation as strong would arise in fewer than one study in twenty, however many numbers are
        looked at (Bonferroni).
    """

    name: str
    correlation: float
    beyond_chance: bool


@dataclass(frozen=True)
class AtBothEnds:
    """The difference at the low and at the high end of one number, the others central.

    Attributes
    ----------
    low, high
        Mean and standard error of the paired difference.
    title
        The number's name for people.
    """

    candidate: Candidate
    quantity: Quantity
    low: tuple[float, float]
    high: tuple[float, float]
    title: str = ""

    @property
    def span(self) -> float:
        """How far apart the answers at the ends are."""
        return abs(self.high[0] - self.low[0])

    @property
    def matters(self) -> bool:
        """Whether the answers at the ends differ by more than chance leaves in them."""
        return self.span > 2 * max(self.low[1], self.high[1])

    @property
    def flips(self) -> bool:
        """Whether the answers at the ends have opposite signs, each beyond two standard errors."""
        (low, low_error), (high, high_error) = self.low, self.high
        return low * high < 0 and abs(low) > 2 * low_error and abs(high) > 2 * high_error

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        quantity, candidate = self.quantity, self.candidate
        return {
            "name": candidate.name,
            "title": self.title or candidate.name,
            "value": quantity.value,
            "low": quantity.low,
            "high": quantity.high,
            "kind": quantity.kind,
            "correlation": candidate.correlation,
            "beyond_chance": candidate.beyond_chance,
            "at_low": {"mean": self.low[0], "se": self.low[1]},
            "at_high": {"mean": self.high[0], "se": self.high[1]},
            "flips": self.flips,
        }


def candidates(
    differences: Floats, own: Mapping[str, Floats], factors: Mapping[str, Floats], most: int = MOST
) -> tuple[Candidate, ...]:
    """The numbers whose own part goes with the difference most.

    First, one by one, those that do beyond chance, each with the ones before it taken out too; then others, as
    many as are wanted in all.

    Parameters
    ----------
    differences
        Of each set the mean difference.
    own
        By number its own part in each set.
    factors
        Common factors to be taken out, the most important first; no more than a quarter of the sets are.

    Returns
    -------
    tuple of Candidate
        All that are beyond chance, and so many others that there are `most`.  Empty with fewer than `LEAST_SETS`
        sets, or where nothing differs.
    """
    sets = len(differences)
    if sets < LEAST_SETS or not own or len(set(differences.tolist())) < 2:
        return ()
    out = list(factors.values())[: sets // 4]
    found: list[Candidate] = []
    left = dict(own)
    while left and len(found) < min(STRONGEST, sets // 8):
        (first, *_) = _next(differences, left, out, len(own), 1)
        if not first.beyond_chance:
            break
        found.append(first)
        out.append(left.pop(first.name))
    if left and len(found) < most:
        found += _next(differences, left, out, len(own), most - len(found))
    return tuple(found)


def _next(
    differences: Floats, own: Mapping[str, Floats], out: Sequence[Floats], looked_at: int, most: int
) -> list[Candidate]:
    """The numbers whose own part goes with the difference most, strongest first.

    Parameters
    ----------
    out
        What is taken out of both.
    looked_at
        How many numbers there are in all, for what counts as beyond chance.
    """
    sets, names = len(differences), list(own)
    terms = np.column_stack([np.ones(sets), *out])
    ranks = rankdata(np.column_stack([differences, *(own[name] for name in names)]), axis=0)
    apart = ranks - terms @ np.linalg.lstsq(terms, ranks, rcond=None)[0]
    length = np.sqrt((apart**2).sum(axis=0))
    whole = length[0] * length[1:]
    found = np.divide(apart[:, 0] @ apart[:, 1:], whole, out=np.zeros(len(names)), where=whole > 1e-9)
    freedom = sets - terms.shape[1] - 1
    strength = np.abs(found) * np.sqrt(freedom / np.maximum(1e-12, 1 - found**2))
    by_chance = 2 * stdtr(freedom, -strength)
    order = np.argsort(-np.abs(found), kind="stable")[:most]
    return [
        Candidate(names[place], float(found[place]), bool(by_chance[place] < RARE / looked_at))
        for place in order
    ]
