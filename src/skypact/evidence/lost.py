"""What is said of those that did not reach their target: whether it is said, and then how many.

Destroyed, not reached and through have a joint distribution, which can be taken apart in several ways.  Of Shaheds,
where most reports say how many did not reach, the stopped come first, and are divided into destroyed and lost:
whether a drone is jammed or shot down changes more than whether it is stopped.  Of missiles few reports say it, so
the destroyed come first, and the lost are a share of the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np

from skypact.evidence.betabinomial import Numbers
from skypact.evidence.filter import Filter, Forgetting, Learner
from skypact.evidence.pooling import pool, summed, within
from skypact.evidence.settings import FADED, FORGETS, REPORTED_DAYS, SHARE, SIZES, Member
from skypact.evidence.trials import Trial


class Said:
    """Whether reports say how many did not reach, from how many did, where a report fades with time and with size.

    Parameters
    ----------
    sizes
        By what factor the numbers launched may differ for one report to count much for another; None: by any.
    """

    def __init__(self, sizes: float | None = None) -> None:
        self._sizes = sizes
        self._kept: list[tuple[int, float, bool]] = []

    @property
    def begun(self) -> bool:
        """Whether any report has said it."""
        return any(said for _, _, said in self._kept)

    def chance(self, n: int) -> float:
        """Of its being said in a report on `n`, seen from the last report."""
        if not self._kept:
            return 0.5
        day, size, said = (np.array(one) for one in zip(*self._kept, strict=True))
        weights = np.exp(-(day[-1] - day) / REPORTED_DAYS)
        if self._sizes is not None:
            weights = weights * np.exp(-0.5 * ((size - np.log(n)) / np.log(self._sizes)) ** 2)
        return float((0.5 + weights[said].sum()) / (1 + weights.sum()))  # Jeffreys' prior

    def learn(self, one: Trial) -> None:
        """Learn from a report."""
        self._kept = [kept for kept in self._kept if one.day - kept[0] < FADED * REPORTED_DAYS or kept[2]]
        self._kept.append((one.day, float(np.log(one.n)), one.not_reached is not None))


class Split:
    """Reports that say how many did not reach, and those that do not, each with what it is learned from.

    Parameters
    ----------
    members
        The pool of learners that both kinds have.
    target
        ``"D"`` or ``"S"``.
    """

    def __init__(self, members: tuple[Member, ...], target: str) -> None:
        self._target = target
        self._weights = [member.weight for member in members]
        self._said = Said(SIZES)
        self._shares: tuple[Learner, ...] = (Filter(SHARE), Forgetting(SHARE, FORGETS))
        self._stopped: tuple[Learner, ...] = ()
        self._unsaid: tuple[Learner, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether any report has said it."""
        return self._said.begun

    def begin(self, destroyed: Sequence[Learner]) -> None:
        """Start both kinds from what is known of the destroyed; where the lost count too, the level is another."""
        self._unsaid = tuple(copy(one) for one in destroyed)
        self._stopped = tuple(one.moved() for one in destroyed)

    def forecast(self, one: Trial) -> Numbers:
        """The target's distribution.

        Of reports that say it, S are those stopped and D a part of them; of the others both are those destroyed.
        """
        told = self._pooled(self._stopped, one)
        if self._target == "D":
            told = within(told, lambda n: self._part(one.day, n))
        said = self._said.chance(one.n)
        return said * told + (1 - said) * self._pooled(self._unsaid, one)

    def learn(self, one: Trial) -> None:
        """Learn from a report, also from one that does not say."""
        self._said.learn(one)
        says = one.not_reached is not None
        for learner in self._stopped if says else self._unsaid:
            learner.learn(one.day, one.n, one.stopped, one.aimed)
        if says and one.stopped > 0 and self._target == "D":
            for learner in self._shares:
                learner.learn(one.day, one.stopped, one.destroyed, False)

    def _pooled(self, learners: tuple[Learner, ...], one: Trial) -> Numbers:
        return pool([each.forecast(one.day, one.n, one.aimed) for each in learners], self._weights)

    def _part(self, day: int, n: int) -> Numbers:
        if n == 0:
            return np.ones(1)
        return pool([one.forecast(day, n, False) for one in self._shares], [2.0, 1.0])


class Rest:
    """How many of those not destroyed are lost."""

    def __init__(self) -> None:
        self._said = Said()
        self._filter = Filter(SHARE)

    def stopped(self, one: Trial, destroyed: Numbers) -> Numbers:
        """Those destroyed and those lost after them; those destroyed alone, if it will not be said."""
        said = self._said.chance(one.n)
        nested = summed(destroyed, lambda n: self._lost(one.day, n))
        return said * nested + (1 - said) * destroyed

    def _lost(self, day: int, n: int) -> Numbers:
        return self._filter.forecast(day, n, False) if n else np.ones(1)

    def learn(self, one: Trial) -> None:
        """Learn from a report, also from one that does not say."""
        self._said.learn(one)
        if one.not_reached is not None and one.n > one.destroyed:
            self._filter.learn(one.day, one.n - one.destroyed, one.not_reached, False)
