"""What a set of measures is: a class that counts something in every replication and says how it is shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Outcomes
from skypact.raid import Raid

Key = tuple[str, ...]
"""Where a measure stands in a result: ``("leakers",)``, ``("by_class", "drone", "kills")`` and so on."""

Column = tuple[Key, NDArray[Any]]
Spread = Literal["counts", "whole", "amounts", "values", "sums"]


@dataclass(frozen=True)
class Shown:
    """How measures of one kind are shown.

    Attributes
    ----------
    title
        What it is, as the head of a column.
    unit
        Its unit.
    spread
        What is kept of its distribution: ``values`` (every value), ``whole`` (whole numbers from 0: how often each
        came), ``counts`` (the same, and shown as a histogram), ``amounts`` (whole numbers too large for that: those of
        the first 20,000 replications) or ``sums`` (mean and standard deviation alone).
    listed
        Whether it has a column in the table of further measures; others have tables of their own.
    hidden
        Whether it stays out of results: it is asked for by something else.
    paired
        Whether policies are compared in it.
    """

    title: str
    unit: str
    spread: Spread = "values"
    listed: bool = False
    hidden: bool = False
    paired: bool = True


class MeasureSet(ABC):
    """Measures that are counted together.  A new set is a subclass and a line in `skypact.study.measures`.

    Attributes
    ----------
    shown
        How its measures are shown, by the last part of their key or else by the first.
    headline
        The measure that people read first; of several sets the last one with a headline has it.
    needs_times
        Whether `measure` needs the moments at which threats end (``Outcomes.end_us``).
    raid
        What is played.
    """

    shown: ClassVar[Mapping[str, Shown]]
    headline: ClassVar[Key | None] = None
    needs_times: ClassVar[bool] = False
    raid: Raid

    @abstractmethod
    def measure(self, outcomes: Outcomes) -> Iterable[Column]:
        """The measures of some replications: key and values, one value a replication.

        The keys are the same for any number of replications, none included.
        """

    def facts(self) -> Mapping[Key, object]:
        """What holds in every replication and belongs beside the measures (how many were launched)."""
        return {}

    def how(self, key: Key) -> Shown:
        """How a measure is shown."""
        return self.shown[key[-1]] if key[-1] in self.shown else self.shown[key[0]]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The measures, in the order in which `measure` gives them."""
        return tuple(key for key, _ in self.measure(_nothing(self.raid)))


def _nothing(raid: Raid) -> Outcomes:
    threats, units = len(raid.threats), len(raid.units)
    classes = len({threat.class_ for threat in raid.threats})
    return Outcomes(
        0,
        np.zeros((0, threats), np.uint8),
        np.zeros((0, threats), np.int32),
        np.zeros((0, units, classes), np.int32),
        np.zeros((0, units), np.int32),
        np.zeros((0, threats), np.uint8),
        np.zeros((0, units), np.int32),
        np.zeros((0, units), np.int32),
        np.zeros((0, threats), np.int64),
    )
