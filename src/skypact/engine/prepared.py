"""The raid as the kernel wants it: tables of whole microseconds, thresholds and hashes.

A *pair* is a (group, threat) with at least one window of a hard unit: the group's engagement picture of
that threat.  The windows of soft units, which neither count nor wait, have a pair of their own for each
threat, without a limit.  Windows are sorted by threat and then by opening, so that a threat has one run of
windows, of which the kernel looks at the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]
Whole = NDArray[np.int64]
Words = NDArray[np.uint64]

# Beyond every moment of a raid, and still far from overflow when an offset is added.
NEVER = 2**61
ENDLESS = np.iinfo(np.int32).max

# Two lines of the cache: what a look at a threat needs, and how it is drawn.
THREAT = np.dtype(
    [
        # In a replication:
        ("offset", np.int64),
        ("end", np.int64),  # it is a target before this moment
        ("arrives", np.int64),  # its impact, with the offset
        ("slot", np.int64),  # if single: when the engagement under way stops counting
        ("upcoming", np.uint32),  # the first window that has not opened
        ("engaged", np.uint32),  # whether a hard unit has fired at it
        # Always:
        ("stop", np.uint32),  # its windows are first ... stop - 1
        ("class_", np.uint32),
        ("priority", np.int32),  # 0 is the highest
        ("chances", np.int32),  # whether a window of it may be lost before the start
        ("single", np.int32),  # whether it has one pair only, with a limit of 1 at any time
        ("first", np.uint32),
        ("works", np.uint64),  # threshold of the draw
        ("impact", np.int64),
        ("fails", np.int64),  # -NEVER: before the start
        ("offset_low", np.float64),
        ("offset_span", np.float64),
        ("wave", np.int64),  # -1: its own offset
        ("spare", np.int64, 2),
    ]
)
# One line of the cache.
PAIR = np.dtype(
    [
        ("slot", np.int64),  # when the engagement under way stops counting
        ("slot2", np.int64),  # the same of a second one
        ("limit", np.int32),  # concurrency; ENDLESS if it can never be reached
        ("late", np.int32),  # and where there is no time to look
        ("under_way", np.int32),  # where that is above 2: entries in the table of engagements under way
        ("slots", np.uint32),  # and their first place there
        ("hard", np.uint32),
        ("threat", np.uint32),
        ("spare", np.int64, 3),
    ]
)
# One line of the cache: what an engagement needs before it is fired.
WINDOW = np.dtype(
    [
        ("opens", np.int64),
        ("length", np.float64),
        ("flight_open", np.float64),
        ("flight_span", np.float64),
        ("threat", np.uint32),
        ("pair", np.uint32),
        ("unit", np.uint32),
        ("terms", np.uint32),  # row in the table of terms
        ("history", np.uint32),  # row in the count of earlier engagements of the threat by the unit
        ("track", np.uint32),  # row in the table of tracks; 0: seen from the start
        ("acquire", np.uint32),  # row in the table of acquisitions
        ("rank", np.int32),  # 0 is preferred
    ]
)
# What it needs when it is fired.
SHOT = np.dtype(
    [
        ("kill", np.uint64),  # threshold of a full salvo
        ("identity", np.uint64),
        ("susceptible", np.uint64),  # threshold
        ("family", np.uint64),  # to whom that draw belongs
        ("p_miss", np.float64),  # of one round
        ("place", np.int64),  # in the raid's list of windows
    ]
)
# What the windows of a unit have in common.
TERMS = np.dtype(
    [
        ("salvo", np.int32),
        ("hold", np.int32),
        ("attempts", np.int32),
    ]
)
# One line of the cache.
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
        ("reload_at", np.int32),
        ("soft", np.int32),
    ]
)


class Looks(NamedTuple):
    """The looks, those first whose outcome is drawn and wanted.

    Attributes
    ----------
    wanted
        How many are drawn in a replication.
    identity
        To whom the draws belong.
    find, susceptible
        Thresholds: of the look's own draw, and of the family's.
    family
        Row in the draws of families; 0: none.
    at, delay_low, delay_span
        In microseconds, as reals.
    place
        In the raid's list of looks.
    """

    wanted: int
    identity: Words
    find: Words
    susceptible: Words
    family: NDArray[np.uint32]
    at: NDArray[np.float64]
    delay_low: NDArray[np.float64]
    delay_span: NDArray[np.float64]
    place: NDArray[np.int32]


class Chances(NamedTuple):
    """What is drawn before the start.

    Attributes
    ----------
    threats, waves
        Identities; no threats where none needs a draw.
    looks
        The looks.
    families
        Identities of (threat, family), for looks; the first stands for no family.
    tracks, track_looks
        A track has the rows `track_looks[tracks[k]:tracks[k + 1]]` of the looks.
    track_sure
        When a track stands at the latest, because a look surely finds the threat.
    units, unit_row, unit_chance
        The units whose availability is drawn: identities, rows and thresholds.
    unit_sure
        uint8[U], whether the others are available.
    acquisitions, acquire_chance
        Identities of (threat, unit) and thresholds; the first row surely acquires, the second never does.
    """

    threats: Words
    waves: Words
    looks: Looks
    families: Words
    tracks: NDArray[np.uint32]
    track_looks: NDArray[np.uint32]
    track_sure: Whole
    units: Words
    unit_row: NDArray[np.uint32]
    unit_chance: Words
    unit_sure: NDArray[np.uint8]
    acquisitions: Words
    acquire_chance: Words


class Tables(NamedTuple):
    """The kernel's tables, and the lengths of those in which it counts.

    Attributes
    ----------
    threats, pairs, windows, shots, terms, units
        Records as above; `shots` in the order of `windows`.
    ready, reserve
        The rounds of each unit at the start.
    families
        How many windows are open to chance in common, that of a family of interceptors.
    histories, pair_slots, unit_slots
        The lengths of the tables of earlier engagements, engagements under way and busy channels.
    start, shift, buckets
        How the queue cuts time: into buckets of 2**shift microseconds, from `start`.
    """

    threats: Table
    pairs: Table
    windows: Table
    shots: Table
    terms: Table
    units: Table
    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    families: int
    histories: int
    pair_slots: int
    unit_slots: int
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
    magazine, reload_at
        int64[U], of each unit, as the raid has them.
    look_threat
        int64[L], the threat of each look.
    track_looks
        The looks of each track.
    chances, tables
        What the kernel needs.
    """

    threat_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    classes: tuple[str, ...]
    threat_class: NDArray[np.int32]
    soft: NDArray[np.bool_]
    magazine: Whole
    reload_at: Whole
    look_threat: Whole
    track_looks: tuple[tuple[int, ...], ...]
    chances: Chances
    tables: Tables
