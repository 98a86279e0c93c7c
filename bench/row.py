"""A row of the table, and how two programs are timed side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Literal


@dataclass(frozen=True)
class Row:
    """One thing that was measured.

    Attributes
    ----------
    what
        What was measured.
    measured
        The number in `unit`; None where it could not be measured.
    asked
        The bound; None where the number is only reported.
    bound
        Whether `asked` is the least or the most that holds.
    unit
        Of `measured` and `asked`.
    note
        The numbers behind it, or why there is none.
    met
        What else has to be so for the row to hold.
    """

    what: str
    measured: float | None
    asked: float | None = None
    bound: Literal["at least", "at most"] = "at least"
    unit: str = "times"
    note: str = ""
    met: bool = True

    @property
    def holds(self) -> bool | None:
        """Whether the bound is kept; None without a number or a bound."""
        if self.measured is None or self.asked is None:
            return None
        enough = self.measured >= self.asked if self.bound == "at least" else self.measured <= self.asked
        return enough and self.met

    def document(self) -> dict[str, object]:
        """The row as JSON, in full precision of the clock."""
        return {
            "what": self.what,
            "measured": self.measured,
            "asked": self.asked,
            "holds": self.holds,
            "bound": self.bound,
            "unit": self.unit,
            "note": self.note,
        }


@dataclass(frozen=True)
class Effort:
    """How long to measure: interleaved pairs, and the share of the replications of a full run."""

    pairs: int = 5
    share: float = 1.0

    def of(self, number: int, least: int = 2) -> int:
        """A number of replications, cut to this effort."""
        return max(least, round(number * self.share))


FULL = Effort()
QUICK = Effort(pairs=1, share=0.02)


@dataclass(frozen=True)
class Pairs:
    """Measurements of two programs in turn: A, B, A, B, ..."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median over the pairs of ours / theirs: a machine that slows down midway slows both."""
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def medians(self) -> tuple[float, float]:
        """Median of ours and of theirs."""
        return median(self.ours), median(self.theirs)


def interleaved(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> Pairs:
    """Measure two programs in turn."""
    found = [(ours(), theirs()) for _ in range(pairs)]
    return Pairs(tuple(a for a, _ in found), tuple(b for _, b in found))


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes."""
    started = perf_counter()
    job()
    return perf_counter() - started
