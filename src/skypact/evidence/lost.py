"""What is said of those that did not reach their target: whether it is said, and then how many.

Destroyed, not reached and through have a joint distribution, which can be taken apart in several ways.  Of Shaheds,
where most reports say how many did not reach, the stopped come first, and are divided into destroyed and lost:
whether a drone is jammed or shot down changes more than whether it is stopped.  Of missiles few reports say it, so
the destroyed come first, and the lost are a share of the rest.
"""

from __future__ import annotations

import numpy as np

from skypact.evidence.betabinomial import Numbers
from skypact.evidence.filter import Filter, Forgetting, Learner
from skypact.evidence.pooling import pool, summed, within
from skypact.evidence.settings import FORGETS, REPORTED_DAYS, SHARE
from skypact.evidence.trials import Trial


class Said:
    """Whether reports say how many did not reach, from how many did, where a report fades with time."""

    def __init__(self) -> None:
        self._said, self._unsaid = 0.5, 0.5  # Jeffreys' prior
        self._day: int | None = None
        self.begun = False

    @property
    def chance(self) -> float:
        """Of its being said."""
        return self._said / (self._said + self._unsaid)

    def learn(self, one: Trial) -> None:
        """Learn from a report."""
        said = one.not_reached is not None
        fades = float(np.exp(-(one.day - (one.day if self._day is None else self._day)) / REPORTED_DAYS))
        self._said = 0.5 + fades * (self._said - 0.5) + said
        self._unsaid = 0.5 + fades * (self._unsaid - 0.5) + (not said)
        self._day = one.day
        self.begun = self.begun or said


class Split:
    """How those stopped divide into destroyed and lost."""

    def __init__(self) -> None:
        self._said = Said()
        self._learners: tuple[Learner, ...] = (Filter(SHARE), Forgetting(SHARE, FORGETS))

    @property
    def begun(self) -> bool:
        """Whether any report has said it."""
        return self._said.begun

    def destroyed(self, one: Trial, destroyed: Numbers, stopped: Numbers) -> Numbers:
        """Those destroyed as a part of those stopped; as they are forecast directly, if it will not be said."""
        said = self._said.chance
        part = within(stopped, lambda n: self._part(one.day, n))
        return said * part + (1 - said) * destroyed

    def _part(self, day: int, n: int) -> Numbers:
        if n == 0:
            return np.ones(1)
        return pool([one.forecast(day, n, False) for one in self._learners], [2.0, 1.0])

    def learn(self, one: Trial) -> None:
        """Learn from a report, also from one that does not say."""
        self._said.learn(one)
        if one.not_reached is not None and one.stopped > 0:
            for learner in self._learners:
                learner.learn(one.day, one.stopped, one.destroyed, False)


class Rest:
    """How many of those not destroyed are lost."""

    def __init__(self) -> None:
        self._said = Said()
        self._filter = Filter(SHARE)

    def stopped(self, one: Trial, destroyed: Numbers) -> Numbers:
        """Those destroyed and those lost after them; those destroyed alone, if it will not be said."""
        said = self._said.chance
        nested = summed(destroyed, lambda n: self._lost(one.day, n))
        return said * nested + (1 - said) * destroyed

    def _lost(self, day: int, n: int) -> Numbers:
        return self._filter.forecast(day, n, False) if n else np.ones(1)

    def learn(self, one: Trial) -> None:
        """Learn from a report, also from one that does not say."""
        self._said.learn(one)
        if one.not_reached is not None and one.n > one.destroyed:
            self._filter.learn(one.day, one.n - one.destroyed, one.not_reached, False)
