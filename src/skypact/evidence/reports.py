"""Reports of the public record as arrays: what forecasts, scores and counts are made from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]
Days = npt.NDArray[np.datetime64]

UNREPORTED = -1
"""Stands for a number that a report does not give; a blank is no zero."""
NO_ROW = -1
"""The row of a report that the file imported last does not have."""


@dataclass(frozen=True)
class Reports:
    """Reports, one for each weapon (or weapons named together) of a bulletin, by night and row.

    Everything is as one side claims it.  All arrays have one length.

    Attributes
    ----------
    row
        0-based data row in the file that was imported last; `NO_ROW` if that file does not have it.
    night
        The day of the start + 12 hours (``datetime64[D]``): a night has the date of its morning.
    starts, ends
        The time that the report is about (``datetime64[m]``, as written).  A start without an hour is the
        day's first minute, an end without one its last.
    model
        The weapons as written.
    weapons
        Their names in `skypact.evidence.weapons`, with blanks between.
    kind
        ``strike``, ``front``, ``bomb``, ``reconnaissance``, ``unknown``, or ``several`` if they differ.
    strike
        The class in which reports are forecast (`skypact.evidence.weapons.STRIKE_NAMES`); empty where there is
        none, or where weapons of several classes are reported together.
    threat_class, systems
        Class of threats and systems in the catalogue, with blanks between; empty where it has none.
    launched, destroyed, not_reached, still_attacking
        Numbers of weapons; `UNREPORTED` where the report gives none.
    target, launch_place, regions
        Texts; regions are those said to be affected, with a comma between.
    crossed
        Number said to have crossed the border to another country.
    source, publisher, level
        The bulletin, who wrote it, and ``national``, ``regional``, ``other`` or ``unknown``.
    eligible
        Whether the report is one of those that are forecast and scored, by the definition of the scores:
        a bulletin of the Air Force Command, one strike class, at least one launched, destroyed given.
    set_aside
        Whether the row was set aside on import, as one with more destroyed than launched is, or one that is
        there twice, while the definition of the scores counts it.  It is in no count, but is to be
        forecast.
    """

    row: Whole
    night: Days
    starts: Days
    ends: Days
    model: Words
    weapons: Words
    kind: Words
    strike: Words
    threat_class: Words
    systems: Words
    launched: Whole
    destroyed: Whole
    not_reached: Whole
    still_attacking: Whole
    target: Words
    launch_place: Words
    regions: Words
    crossed: Whole
    source: Words
    publisher: Words
    level: Words
    eligible: Flags
    set_aside: Flags

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, one.name)) for one in fields(self)}
        if len(lengths) > 1:
            raise ValueError(f"arrays of different lengths: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Any) -> Reports:
        """Those that a mask or numbers choose."""
        return Reports(**{one.name: getattr(self, one.name)[which] for one in fields(self)})

    @property
    def month(self) -> Days:
        """The month of each night (``datetime64[M]``)."""
        return self.night.astype("datetime64[M]")

    @property
    def stopped_by_fire(self) -> Whole:
        """D of the scores: destroyed, at most launched.  Meaningful where `eligible`."""
        return np.minimum(np.maximum(self.destroyed, 0), self.launched)

    @property
    def stopped(self) -> Whole:
        """S of the scores: destroyed or not reached (blank counts as 0), at most launched."""
        return np.minimum(self.stopped_by_fire + np.maximum(self.not_reached, 0), self.launched)

    def of_target(self, target: str) -> Whole:
        """What is forecast: ``D`` (destroyed) or ``S`` (destroyed or not reached)."""
        return {"D": self.stopped_by_fire, "S": self.stopped}[target]

    def forecastable(self) -> Reports:
        """The eligible reports that the last import has: those that a forecast is scored on."""
        return self.take(self.eligible & (self.row >= 0))
