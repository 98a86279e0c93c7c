"""What two places together stop more or less than added up: asked for the pairs that a choice would have, until it has no other.

A pair that was not played is taken to be no more than its sum.  So when every pair of a choice was played, no other choice has
a larger sum, unless two places help each other that were never asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from skypact.placing.allocate import Offers, Purpose, allocate
from skypact.placing.play import Floats, Gains, mean_of_raids, play_stands
from skypact.placing.question import Asked, Stand, stand_of
from skypact.study.draw import Sets
from skypact.study.play import RunSettings

Pair = tuple[int, int]
ROUNDS = 6
"""How often pairs are asked for at most; then a choice may have some that were not played."""
MOST_PAIRS = 100
"""How many are played in a round."""


@dataclass(frozen=True)
class Known:
    """What pairs of stands stop beyond the sum, with the same luck as alone.

    Attributes
    ----------
    pairs
        Which stands of the gains.
    change, change_at
        The change in arrivals with both, less both changes: [raids, sets, pairs], and by asset.
    """

    pairs: tuple[Pair, ...]
    change: Floats
    change_at: Floats

    @classmethod
    def nothing(cls, gains: Gains) -> Known:
        """No pair is known."""
        raids, sets = gains.leakers.shape
        return cls((), np.zeros((raids, sets, 0)), np.zeros((raids, sets, 0, len(gains.assets))))

    def and_(self, pairs: Sequence[Pair], gains: Gains, both: Gains) -> Known:
        """Beside what is known, pairs that were played."""
        change, change_at = (
            np.stack(
                [
                    whole[:, :, row] - alone[:, :, one] - alone[:, :, other]
                    for row, (one, other) in enumerate(pairs)
                ],
                axis=2,
            )
            for whole, alone in ((both.change, gains.change), (both.change_at, gains.change_at))
        )
        return Known(
            (*self.pairs, *pairs),
            np.concatenate([self.change, change], axis=2),
            np.concatenate([self.change_at, change_at], axis=2),
        )


def offers_of(gains: Gains, known: Known, drawn: slice | Sequence[int] = slice(None)) -> Offers:
    """What the solver is offered: the mean over some sets."""
    return Offers(
        gains.stands,
        -gains.change[:, drawn].mean(axis=1),
        mean_of_raids(gains.at_asset[:, drawn].mean(axis=1)),
        -mean_of_raids(gains.change_at[:, drawn].mean(axis=1)),
        known.pairs,
        -known.change[:, drawn].mean(axis=1),
        -mean_of_raids(known.change_at[:, drawn].mean(axis=1)),
    )


def both_of(gains: Gains, pair: Pair) -> Stand:
    """Two stands as one."""
    return stand_of(dict(gains.stands[row][0] for row in pair))


def learnt(
    asked: Asked, gains: Gains, settings: RunSettings, sets: Sets, purposes: Sequence[Purpose]
) -> tuple[Known, dict[Purpose, tuple[int, ...]]]:
    """Pairs that matter, and for each purpose the choice that knows of them."""
    known = Known.nothing(gains)
    for again in range(ROUNDS):
        offers = offers_of(gains, known)
        found = {purpose: allocate(offers, asked.count, purpose) for purpose in purposes}
        wanted = {pair for rows in found.values() for pair in combinations(rows, 2)}
        unknown = sorted(wanted - set(known.pairs), key=lambda pair: both_of(gains, pair))[:MOST_PAIRS]
        if not unknown or again == ROUNDS - 1:
            break
        both = play_stands(
            asked, [both_of(gains, pair) for pair in unknown], settings, sets, what="playing pairs"
        )
        known = known.and_(unknown, gains, both)
    return known, found
