"""What chance decided before the start of one replication, in full: for a trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.engine import start
from skypact.engine.prepared import NEVER, PreparedRaid

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class BeforeTheStart:
    """What chance decided before the start; moments in whole microseconds, offsets included.

    Attributes
    ----------
    offset_us
        int64[T]: how far the whole history of each threat is shifted.
    available
        bool[U]: whether each unit takes part.
    look_us
        int64[L]: when each look gives a track; above 2**60 where it does not find the threat.
    track_us
        int64[K]: from when each track stands; above 2**60: never.
    acquired
        bool[W]: for each window, whether its unit acquires its threat.
    """

    offset_us: Whole
    available: NDArray[np.bool_]
    look_us: Whole
    track_us: Whole
    acquired: NDArray[np.bool_]


def before_the_start(prepared: PreparedRaid, replication: int, seed: int) -> BeforeTheStart:
    """Make the draws that the kernel makes before the start, and those that it can do without."""
    chances, tables = prepared.chances, prepared.tables
    key, number = np.uint64(seed), np.int64(replication)
    threats = tables.threats
    draws = np.zeros((2, len(threats)), np.uint64)
    wave_draws = np.zeros((2, len(chances.waves) + 1), np.uint64)
    start.draw_threats(key, number, chances.threats, chances.waves, draws, wave_draws)
    drawn = np.where(threats["wave"] < 0, draws[1], wave_draws[0, threats["wave"]])
    shares = drawn.astype(np.float64) * 2.0**-53
    offset = np.rint(threats["offset_low"] + threats["offset_span"] * shares).astype(np.int64)
    looks = chances.looks
    count = len(looks.identity)
    found = np.empty(count, np.float64)
    start.draw_looks(
        *(key, number, np.int64(count), looks, chances.families),
        *(np.empty(len(chances.families), np.uint64), np.empty((2, count), np.uint64), found),
    )
    look_us = np.empty(count, np.int64)
    look_us[looks.place] = found.astype(np.int64)
    look_us = _shifted(look_us, offset[prepared.look_threat])
    available = chances.unit_sure.copy()
    start.draw_units(
        *(key, number, chances.units, chances.unit_row, chances.unit_chance),
        *(np.empty(len(chances.units), np.uint64), available),
    )
    acquired = np.empty(len(chances.acquisitions), np.uint8)
    start.draw_acquisitions(
        *(key, number, chances.acquisitions, chances.acquire_chance),
        *(np.empty(len(chances.acquisitions), np.uint64), acquired),
    )
    by_place = np.empty(len(tables.windows), np.bool_)
    by_place[tables.shots["place"]] = acquired[tables.windows["acquire"]] != 0
    return BeforeTheStart(
        offset,
        available != 0,
        look_us,
        np.array([min(look_us[list(own)]) for own in prepared.track_looks], np.int64),
        by_place,
    )


def _shifted(moments: Whole, offset: Whole) -> Whole:
    return np.where(moments < NEVER, moments + offset, NEVER)
