"""The order of places, and how far it holds over the sets.

A place stands first in a set if fewest arrive there with the unit; places that are equal share the rank.  Chance of the
replications is in every set's means and draws the shares of all places towards each other: an order looks, on the whole,
less sure than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from skypact.placing.play import Floats, mean_of_raids
from skypact.study.estimates import Change, SameSign
from skypact.study.over_sets import differences_over_sets, wilson

FEW = 3
"""How many count as the first few."""
EVEN = 1e-12


@dataclass(frozen=True)
class Ranked:
    """A place in the order.

    Attributes
    ----------
    row
        Which of the rows that were ranked.
    change
        The mean change over the raids, with its range over the sets.
    first, few
        In which share of the sets it stands first, and among the first three.
    holds
        In which share of the sets fewer arrive than with the next in the order; None of the last.
    less
        By how much less than with the next: the difference of the two changes, paired.
    """

    row: int
    change: Change
    first: SameSign
    few: SameSign
    holds: SameSign | None = None
    less: Change | None = None


def ranked(change: Floats, noise: Floats, names: Sequence[str], each: int) -> tuple[Ranked, ...]:
    """The order of places by the mean change over raids and sets, the fewest arrivals first.

    Parameters
    ----------
    change, noise
        Of each raid, set and place: the paired change, and the square of its standard error.
    names
        The places: those with equal changes stand by name.
    each
        Replications of a set.
    """
    means, errors = mean_of_raids(change), mean_of_raids(noise) / len(change)
    changes = differences_over_sets(means, errors, each)
    order = sorted(range(len(names)), key=lambda row: (changes[row].mean, names[row]))
    first, few = (_among(means, count) for count in (1, FEW))
    before = before_each_other(means)
    found = []
    for rank, row in enumerate(order):
        holds = less = None
        if rank + 1 < len(order):
            after = order[rank + 1]
            holds = _share(before[:, row, after])
            # Common luck binds the two changes.  How much is not kept: the range has the chance in it.
            apart = means[:, [row]] - means[:, [after]]
            (less,) = differences_over_sets(apart, np.zeros_like(apart), each)
            less = replace(less, variance=None)
        found.append(Ranked(row, changes[row], _share(first[:, row]), _share(few[:, row]), holds, less))
    return tuple(found)


def before_each_other(means: Floats) -> Floats:
    """Whether fewer arrive with one place than with another, [sets, one, other]; where as many, half."""
    apart = means[:, None, :] - means[:, :, None]
    found: Floats = np.where(np.abs(apart) <= EVEN, 0.5, (apart > 0).astype(np.float64))
    return found


def _among(means: Floats, count: int) -> Floats:
    """The chance that each stands among the first few of its set, where equal ones are put in an order by lot.

    Examples
    --------
    >>> _among(np.array([[-2.0, -1.0, -1.0]]), 2).tolist()
    [[1.0, 0.5, 0.5]]
    """
    apart = means[:, :, None] - means[:, None, :]
    better = (apart > EVEN).sum(axis=2)
    equal = (np.abs(apart) <= EVEN).sum(axis=2)
    found: Floats = np.clip((count - better) / equal, 0.0, 1.0)
    return found


def _share(holds: Floats) -> SameSign:
    """The share of the sets, with Wilson's interval."""
    return wilson(float(holds.sum()), len(holds))
