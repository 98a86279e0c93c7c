"""What is drawn before the start: laid out so that the kernel draws much at once, and only what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from skypact.engine import randomness
from skypact.engine.layout import distinct, identities, microseconds, thresholds
from skypact.engine.prepared import NEVER, Chances, Looks, Table, Whole
from skypact.raid import Look, Raid
from skypact.raid.columns import Columns

CERTAIN = 2**53
SURELY, NEVER_ACQUIRED = 0, 1  # the first rows of the acquisitions

Rows = NDArray[np.int64]


def chances_of(
    raid: Raid, threats: Table, waves: Sequence[str], windows: Table, identity: NDArray[np.uint64]
) -> tuple[Chances, Rows, Rows]:
    """What is drawn, and for each window its track and its acquisition, as rows.

    `identity` is that of each window's threat and unit.
    """
    drawn = (threats["works"] > 0) & (threats["works"] < CERTAIN)
    drawn |= (threats["wave"] < 0) & (threats["offset_span"] > 0)
    place = {name: number for number, name in enumerate(raid.look_columns.column("id"))}
    named, stands, track, look = _tracks(raid, windows, place)
    looks, families, row_of = _looks(raid.look_columns, look)
    acquisitions, acquire_chance, acquire = _acquisitions(raid, windows["history"], identity)
    availability = [randomness.threshold(unit.availability) for unit in raid.units]
    by_chance = [row for row, chance in enumerate(availability) if 0 < chance < CERTAIN]
    counts = np.bincount(track, minlength=len(stands))
    moving = np.flatnonzero(counts)
    order = np.concatenate([moving, np.flatnonzero(counts == 0)])
    row = np.zeros(len(stands) + 1, np.int64)
    row[order + 1] = np.arange(1, len(stands) + 1)
    chances = Chances(
        threats=identities([(t.id,) for t in raid.threats] if drawn.any() else []),
        waves=identities([(name,) for name in waves]),
        looks=looks,
        families=families,
        tracks=np.cumsum([0, 0, *counts[moving].tolist()]).astype(np.uint32),
        track_looks=row_of[look].astype(np.uint32),
        track_sure=np.concatenate([[-NEVER], stands[order]]),
        units=identities([(raid.units[row].id,) for row in by_chance]),
        unit_row=np.array(by_chance, np.uint32),
        unit_chance=np.array([availability[row] for row in by_chance], np.uint64),
        unit_sure=np.array([chance == CERTAIN for chance in availability], np.uint8),
        acquisitions=acquisitions,
        acquire_chance=acquire_chance,
    )
    return chances, row[named + 1], acquire


def _tracks(raid: Raid, windows: Table, place: Mapping[str, int]) -> tuple[Rows, Rows, Rows, Rows]:
    """Which track each window has, when each stands at the latest, and which looks may give which earlier.

    Looks that come too late for every window of the track, or never find, are left out.

    Returns
    -------
    named
        The track of each window, -1 for none.
    stands
        For each track when it stands at the latest.
    track, look
        Pairs, by track; the earliest look of each first.
    """
    looks, count = raid.look_columns, len(raid.tracks)
    number: dict[str | None, int] = {track.id: number for number, track in enumerate(raid.tracks)}
    number[None] = -1
    named = np.array([number[name] for name in raid.window_columns.column("track")], np.int64)
    last = np.full(count, -NEVER, np.int64)
    closes = windows["opens"] + windows["length"].astype(np.int64)
    np.maximum.at(last, named[named >= 0], closes[named >= 0])
    delays, p_detect = _delays(looks), looks.numbers("p_detect")
    certain = (looks.numbers("susceptible") == 1) & (thresholds(p_detect) == CERTAIN)
    sure = certain & (delays[:, 0] == delays[:, 1])
    earliest = microseconds(looks.numbers("at_s")) + delays[:, 0]
    track = np.repeat(np.arange(count), [len(one.looks) for one in raid.tracks])
    look = np.array([place[name] for one in raid.tracks for name in one.looks], np.int64)
    stands = np.full(count, NEVER, np.int64)
    np.minimum.at(stands, track[sure[look]], earliest[look[sure[look]]])
    limit = np.minimum(stands - 1, last)
    drawn = (earliest[look] <= limit[track]) & ~(sure | (p_detect <= 0))[look]
    track, look = track[drawn], look[drawn]
    order = np.lexsort((earliest[look], track))
    return named, stands, track[order], look[order]


def _delays(looks: Columns[Look]) -> Whole:
    """Both ends of the delay of each look."""
    return microseconds(looks.numbers("delay_s").reshape(-1, 2))


def _looks(looks: Columns[Look], wanted: Rows) -> tuple[Looks, NDArray[np.uint64], Rows]:
    """The looks, the wanted ones first; the identities of their families; and the row of each look."""
    found, first = np.unique(wanted, return_index=True)
    found = found[np.argsort(first)]
    other = np.ones(len(looks), np.bool_)
    other[found] = False
    rows = np.concatenate([found, np.flatnonzero(other)])
    row_of = np.empty(len(looks), np.int64)
    row_of[rows] = np.arange(len(rows))
    delays = _delays(looks)[rows].astype(np.float64)
    p_detect, susceptible = looks.numbers("p_detect")[rows], looks.numbers("susceptible")[rows]
    ids, threat, family = (looks.column(name) for name in ("id", "threat", "family"))
    family_row: dict[tuple[str, str], int] = {("", ""): 0}
    families = np.zeros(len(rows), np.uint32)
    for row in np.flatnonzero(susceptible < 1).tolist():
        one = rows[row]
        if family[one] is not None:
            families[row] = family_row.setdefault((threat[one], family[one]), len(family_row))
    table = Looks(
        wanted=len(found),
        identity=identities([(ids[one],) for one in rows.tolist()]),
        find=thresholds(p_detect / susceptible),
        susceptible=thresholds(susceptible),
        family=families,
        at=microseconds(looks.numbers("at_s")[rows]).astype(np.float64),
        delay_low=delays[:, 0].copy(),
        delay_span=delays[:, 1] - delays[:, 0],
        place=rows.astype(np.int32),
    )
    return table, identities(list(family_row)), row_of


def _acquisitions(
    raid: Raid, history: Rows, identity: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], Rows]:
    """Identities and thresholds of the acquisitions, and the row of each window.

    A threat and a unit share one draw: windows of one pair with one chance share a row, those with
    several chances have several rows of the same identity.
    """
    chance = thresholds(raid.window_columns.numbers("p_acquire"))
    rows = np.where(chance == 0, NEVER_ACQUIRED, SURELY)
    drawn = np.flatnonzero((chance > 0) & (chance < CERTAIN))
    first, same = distinct(history[drawn], chance[drawn])
    rows[drawn] = same + 2
    fixed = identities([("",), ("",)])
    return (
        np.concatenate([fixed, identity[drawn[first]]]),
        np.concatenate([np.array([CERTAIN, 0], np.uint64), chance[drawn[first]]]),
        rows,
    )
