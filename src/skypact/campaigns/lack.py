"""Running out: on which nights there is too little of a munition, and what goes unanswered for lack of it.

Two things are meant when a munition is said to have run out, and both are counted.

- *Run out* (``empty``): before a night, or after the last one, there are fewer rounds than one salvo for each of the units that
  fire it.  Nobody needs the last round to be gone for that; with a rule that hands out a part of what is there it never is.
- *Short*: a threat arrives that units of the munition could have reached, and none of them had a round for it: nothing was
  handed to them, or all they had is kept for other classes.  What a rule leaves to others (``spares``) is no lack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.rationing import NEVER, Rounds
from skypact.engine import LEAKED, Outcomes

NEVER_YET = -1
"""In place of a night: it has not been so."""


@dataclass(frozen=True)
class InHand:
    """The units of one page on a night.

    Attributes
    ----------
    units
        Their rows in the raid.
    salvo
        Rounds of one salvo of all of them.
    rounds
        What each was handed, int64[R, units].
    hold
        By class, what each keeps from it.
    """

    units: NDArray[np.int64]
    salvo: int
    rounds: Rounds
    hold: Mapping[str, Rounds]


class Lack:
    """What each page lacked, night after night.

    Parameters
    ----------
    pages, classes, replications
        How many pages, the classes of all nights, how many replications.

    Attributes
    ----------
    empty, last_empty
        int32[R, pages]: the first and the last night that began without a salvo for each unit; `empty` is the last night
        too where that one left less.
    short
        int32[R, pages]: the first night on which a threat went unanswered.
    nights
        int32[R, pages]: how many nights began without.
    unanswered
        By class, int32[R, pages].
    after
        float64[R, pages]: what arrived on the nights from `empty` on.
    """

    def __init__(self, pages: int, classes: Sequence[str], replications: int) -> None:
        shape = (replications, pages)
        self.empty = np.full(shape, NEVER_YET, np.int32)
        self.last_empty = np.full(shape, NEVER_YET, np.int32)
        self.short = np.full(shape, NEVER_YET, np.int32)
        self.nights = np.zeros(shape, np.int32)
        self.unanswered = {name: np.zeros(shape, np.int32) for name in classes}
        self.after = np.zeros(shape)

    def begin(self, number: int, there: Rounds, hands: Mapping[int, InHand]) -> None:
        """A night begins; `there` is what each page has, int64[pages, R]."""
        for page, hand in hands.items():
            under = there[page] < hand.salvo
            self.nights[:, page] += under
            self.last_empty[under, page] = number
            self.empty[under & (self.empty[:, page] < 0), page] = number

    def end(self, number: int, there: Rounds, hands: Mapping[int, InHand]) -> None:
        """The last night is over; `there` is what it left."""
        for page, hand in hands.items():
            self.empty[(there[page] < hand.salvo) & (self.empty[:, page] < 0), page] = number

    def add(
        self,
        number: int,
        outcomes: Outcomes,
        rows: slice,
        hands: Mapping[int, InHand],
        classes: Mapping[str, NDArray[np.int64]],
        reach: NDArray[np.bool_],
    ) -> None:
        """Add some replications of the night; `classes` has the threats of each class, `reach` is bool[units, threats]."""
        leaked = outcomes.fate == LEAKED
        self.after[rows] += (self.empty[rows] >= 0) * leaked.sum(axis=1)[:, None]
        for page, hand in hands.items():
            for name, threats in classes.items():
                found = _unanswered(
                    hand.rounds[rows], hand.hold.get(name), rows, reach[np.ix_(hand.units, threats)]
                )
                if found is None:
                    continue
                count = (found & leaked[:, threats]).sum(axis=1)
                self.unanswered[name][rows, page] += count.astype(np.int32)
                first = (count > 0) & (self.short[rows, page] < 0)
                self.short[rows, page] = np.where(first, number, self.short[rows, page])


def _unanswered(
    rounds: Rounds, hold: Rounds | None, rows: slice, reach: NDArray[np.bool_]
) -> NDArray[np.bool_] | None:
    """Which threats were in reach of units of which none had a round for them; None where every unit had one."""
    kept = np.zeros_like(rounds) if hold is None else hold[rows]
    mine = kept < NEVER  # whom a rule tells to leave a class to others lacks nothing
    without = mine & (rounds <= kept)
    if not without.any():
        return None
    in_reach = reach.astype(np.float32)
    asked = without.astype(np.float32) @ in_reach > 0
    had = (mine & ~without).astype(np.float32) @ in_reach > 0
    found: NDArray[np.bool_] = asked & ~had
    return found
