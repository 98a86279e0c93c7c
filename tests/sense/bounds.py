"""Paired comparisons: how much more may get through, with a stated error over a whole family of comparisons."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from skypact.engine import LEAKED, prepare, replicate
from skypact.raid import Raid

MARGIN = 0.002
"""Share of what was launched that more of something may let through in addition: stated beforehand."""
LEVEL = 0.01
"""Chance that any bound of a whole family of comparisons is too low."""


@dataclass(frozen=True)
class Increase:
    """The paired increase of what gets through, a share of what was launched; `bound` is its one-sided bound."""

    mean: float
    error: float
    bound: float
    replications: int


def increase(before: Raid, after: Raid, comparisons: int, seed: int = 1, most: int = 64_000) -> Increase:
    """How much more gets through after than before, with the same luck.

    Replications are doubled until the bound is clear of the margin, on one side or the other, or `most` are
    played.  Every look at the data costs: the level is shared out over the looks too.
    """
    first, step = 0, 1000
    looks = 1 + math.ceil(math.log2(max(1, most // step)))
    z = -float(ndtri(LEVEL / (comparisons * looks)))
    ready = prepare(before), prepare(after)
    found: list[np.ndarray] = []
    while True:
        leaked = [
            np.concatenate([(one.fate == LEAKED).sum(axis=1) for one in replicate(raid, step, seed, first)])
            for raid in ready
        ]
        found.append((leaked[1] - leaked[0]) / len(before.threats))
        first += step
        step = first
        increases = np.concatenate(found)
        mean = float(increases.mean())
        error = float(increases.std(ddof=1) / math.sqrt(len(increases)))
        bound = mean + z * error
        if bound < MARGIN or mean - z * error > MARGIN or first + step > most:
            return Increase(mean, error, bound, first)
