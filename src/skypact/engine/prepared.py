"""The raid as the kernel wants it: tables of whole microseconds, thresholds and hashes.

A *pair* is a (group, threat) with at least one window: the group's engagement picture of that threat.
Windows are sorted by pair and then by opening, so that a pair has one run of windows, of which the
kernel looks at the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]

# Beyond every moment of a raid, and still far from overflow when an offset is added.
NEVER = 2**61
ENDLESS = np.iinfo(np.int32).max

THREAT = np.dtype(
    [
        ("works", np.uint64),  # threshold of the draw
        ("impact", np.int64),
        ("fails", np.int64),  # -NEVER: before the start
        ("offset_low", np.float64),
        ("offset_span", np.float64),
        ("class_", np.uint32),
        ("priority", np.int32),  # 0 is the highest
        ("wave", np.int32),  # -1: its own offset
        ("spare", np.int32),
    ]
)
# One line of the cache: what a look at a pair needs.
PAIR = np.dtype(
    [
        ("slot", np.int64),  # with a limit of 1: when the engagement under way stops counting
        ("offset", np.int64),  # the threat's, in this replication
        ("threat", np.uint32),
        ("first", np.uint32),  # its windows are first ... stop - 1
        ("stop", np.uint32),
        ("upcoming", np.uint32),  # the first of them that has not opened
        ("limit", np.int32),  # concurrency; ENDLESS if it can never be reached
        ("under_way", np.int32),  # with another limit: entries in the table of engagements under way
        ("slots", np.uint32),  # and their first place there
        ("spare", np.int32, 3),
        ("seen", np.int64),  # when the group sees the threat, before the offset
    ]
)
SIGHT = np.dtype(
    [
        ("seen", np.uint64),  # threshold of the draw
        ("detected", np.int64),
        ("delay_low", np.float64),
        ("delay_span", np.float64),
        ("pair", np.uint32),
    ]
)
# One line of the cache: what an engagement needs.
WINDOW = np.dtype(
    [
        ("length", np.float64),
        ("flight_open", np.float64),
        ("flight_span", np.float64),
        ("identity", np.uint64),
        ("kill", np.uint64),  # threshold of a full salvo
        ("pair", np.uint32),
        ("terms", np.uint32),  # row in the table of terms
        ("history", np.uint32),  # row in the count of earlier engagements of the threat by the unit
        ("rank", np.int32),  # 0 is preferred
        ("place", np.int32),  # in the raid's list of windows
        ("spare", np.int32),
    ]
)
# What the windows of a unit have in common.
TERMS = np.dtype(
    [
        ("unit", np.uint32),
        ("salvo", np.int32),
        ("hold", np.int32),
        ("attempts", np.int32),
    ]
)
UNIT = np.dtype(
    [
        ("reloaded", np.int64),  # when the running reload ends
        ("reload", np.int64),
        ("assess", np.int64),
        ("recover", np.int64),
        ("ready", np.int32),
        ("reserve", np.int32),
        ("busy", np.int32),  # entries in the table of busy channels
        ("slots", np.uint32),  # and their first place there
        ("channels", np.int32),  # ENDLESS if they can never all be busy
        ("magazine", np.int32),
        ("ready_first", np.int32),  # at the start
        ("reserve_first", np.int32),
    ]
)


@dataclass(frozen=True)
class Calendar:
    """How the kernel's queue cuts time into buckets: of 2**shift microseconds, from `start`."""

    start: int
    shift: int
    buckets: int


@dataclass(frozen=True)
class PreparedRaid:
    """A raid made ready for `replicate` and `trace`.

    Attributes
    ----------
    threat_ids, unit_ids, classes
        The names behind the axes of `Outcomes`; the classes are sorted.
    threat_class
        int32[T], the class of each threat.
    soft
        bool[U], whether the unit's kills are soft kills.
    threats, pairs, sights, windows, terms, units
        The kernel's tables.  `sights` holds the pairs whose detection is a matter of chance.
    identities, wave_identities, sight_identities
        uint64, to whom the draws before the start belong; no threats where none needs a draw.
    opens, p_miss
        When each window opens, and how likely one round misses, in the order of `windows`.
    histories, pair_slots, unit_slots
        The lengths of the kernel's tables of earlier engagements, engagements under way and busy channels.
    calendar
        How its queue cuts time.
    """

    threat_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    classes: tuple[str, ...]
    threat_class: NDArray[np.int32]
    soft: NDArray[np.bool_]
    threats: Table
    pairs: Table
    sights: Table
    windows: Table
    terms: Table
    units: Table
    opens: NDArray[np.int64]
    p_miss: NDArray[np.float64]
    identities: NDArray[np.uint64]
    wave_identities: NDArray[np.uint64]
    sight_identities: NDArray[np.uint64]
    histories: int
    pair_slots: int
    unit_slots: int
    calendar: Calendar


def for_kernel(prepared: PreparedRaid) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[int, ...]]:
    """The tables, the identities and the sizes of a prepared raid, as the kernel takes them."""
    p, calendar = prepared, prepared.calendar
    return (
        (p.threats, p.pairs, p.sights, p.windows, p.terms, p.units, p.opens, p.p_miss),
        (p.identities, p.wave_identities, p.sight_identities),
        (p.histories, p.pair_slots, p.unit_slots, calendar.start, calendar.shift, calendar.buckets),
    )
