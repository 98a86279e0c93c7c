"""What is drawn before the start: laid out so that the kernel draws much at once, and only what matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from skypact.engine import randomness
from skypact.engine.layout import identities, microseconds
from skypact.engine.prepared import NEVER, Chances, Looks, Table, Whole
from skypact.raid import Look, Raid

CERTAIN = 2**53
SURELY, NEVER_ACQUIRED = 0, 1  # the first rows of the acquisitions

Rows = NDArray[np.int64]


def chances_of(
    raid: Raid, threats: Table, waves: Sequence[str], windows: Table, threat_of: Whole, unit_of: Whole
) -> tuple[Chances, Rows, Rows]:
    """What is drawn, and for each window its track and its acquisition, as rows."""
    drawn = (threats["works"] > 0) & (threats["works"] < CERTAIN)
    drawn |= (threats["wave"] < 0) & (threats["offset_span"] > 0)
    tracks, named = _tracks(raid, windows)
    looks, families, row_of = _looks(raid.looks, [one for _, _, own in tracks for one in own])
    acquisitions, acquire_chance, acquire = _acquisitions(raid, windows["history"])
    availability = [randomness.threshold(unit.availability) for unit in raid.units]
    by_chance = [row for row, chance in enumerate(availability) if 0 < chance < CERTAIN]
    lists = [[row_of[place] for place in own] for _, _, own in tracks]
    moving = [k for k, own in enumerate(lists) if own]
    still = [k for k, own in enumerate(lists) if not own]
    order = np.array([*moving, *still], np.int64)
    row = np.zeros(len(tracks) + 1, np.int64)
    row[order + 1] = np.arange(1, len(tracks) + 1)
    ends = np.cumsum([0, 0, *(len(lists[k]) for k in moving)])
    chances = Chances(
        threats=identities([(t.id,) for t in raid.threats] if drawn.any() else []),
        waves=identities([(name,) for name in waves]),
        looks=looks,
        families=families,
        tracks=ends.astype(np.uint32),
        track_looks=np.array([one for k in moving for one in lists[k]], np.uint32),
        track_sure=np.array([-NEVER, *(tracks[k][1] for k in order.tolist())], np.int64),
        units=identities([(raid.units[row].id,) for row in by_chance]),
        unit_row=np.array(by_chance, np.uint32),
        unit_chance=np.array([availability[row] for row in by_chance], np.uint64),
        unit_sure=np.array([chance == CERTAIN for chance in availability], np.uint8),
        acquisitions=acquisitions,
        acquire_chance=acquire_chance,
    )
    return chances, row[named + 1], acquire


def _tracks(raid: Raid, windows: Table) -> tuple[list[tuple[str, int, list[int]]], Rows]:
    """For each track its id, when it stands at the latest, and the looks that may give it earlier.

    Looks that come too late for every window of the track, or never find, are left out.  Beside them
    the track of each window, -1 for none.
    """
    place = {track.id: number for number, track in enumerate(raid.tracks)}
    named = np.array([-1 if w.track is None else place[w.track] for w in raid.windows], np.int64)
    last = np.full(len(raid.tracks), -NEVER, np.int64)
    closes = windows["opens"] + windows["length"].astype(np.int64)
    np.maximum.at(last, named[named >= 0], closes[named >= 0])
    look_place = {look.id: number for number, look in enumerate(raid.looks)}
    at = microseconds([look.at_s for look in raid.looks])
    delays = microseconds([s for look in raid.looks for s in look.delay_s]).reshape(-1, 2)
    sure = [
        _sure(look) and low == high for look, (low, high) in zip(raid.looks, delays.tolist(), strict=True)
    ]
    earliest = (at + delays[:, 0]).tolist()
    found = []
    for number, track in enumerate(raid.tracks):
        own = dict.fromkeys(look_place[name] for name in track.looks)
        stands = min((earliest[one] for one in own if sure[one]), default=NEVER)
        limit = min(stands - 1, int(last[number]))
        drawn = [
            one for one in own if earliest[one] <= limit and not sure[one] and raid.looks[one].p_detect > 0
        ]
        found.append((track.id, stands, sorted(drawn, key=lambda one: earliest[one])))
    return found, named


def _sure(look: Look) -> bool:
    return look.susceptible == 1 and randomness.threshold(look.p_detect) == CERTAIN


def _looks(looks: Sequence[Look], wanted: Sequence[int]) -> tuple[Looks, NDArray[np.uint64], dict[int, int]]:
    """The looks, the wanted ones first; the identities of their families; and the row of each look."""
    first = dict.fromkeys(wanted)
    order = [*first, *(place for place in range(len(looks)) if place not in first)]
    rows = [looks[place] for place in order]
    delays = microseconds([s for look in rows for s in look.delay_s]).reshape(-1, 2).astype(np.float64)
    family_row: dict[tuple[str, str], int] = {("", ""): 0}
    family = [
        0 if look.family is None or look.susceptible == 1 else _row(family_row, (look.threat, look.family))
        for look in rows
    ]
    table = Looks(
        wanted=len(first),
        identity=identities([(look.id,) for look in rows]),
        find=np.array([randomness.threshold(look.p_detect / look.susceptible) for look in rows], np.uint64),
        susceptible=np.array([randomness.threshold(look.susceptible) for look in rows], np.uint64),
        family=np.array(family, np.uint32),
        at=microseconds([look.at_s for look in rows]).astype(np.float64),
        delay_low=delays[:, 0].copy(),
        delay_span=delays[:, 1] - delays[:, 0],
        place=np.array(order, np.int32),
    )
    return table, identities(list(family_row)), {place: row for row, place in enumerate(order)}


def _row(rows: dict[tuple[str, str], int], key: tuple[str, str]) -> int:
    return rows.setdefault(key, len(rows))


def _acquisitions(raid: Raid, history: Table) -> tuple[NDArray[np.uint64], NDArray[np.uint64], Rows]:
    """Identities and thresholds of the acquisitions, and the row of each window.

    A threat and a unit share one draw: windows of one pair with one chance share a row, those with
    several chances have several rows of the same identity.
    """
    row_of: dict[tuple[int, int], int] = {(-1, CERTAIN): SURELY, (-1, 0): NEVER_ACQUIRED}
    names: list[tuple[str, str]] = []
    rows = np.zeros(len(raid.windows), np.int64)
    chances: dict[float, int] = {}
    for number, (window, pair) in enumerate(zip(raid.windows, history.tolist(), strict=True)):
        chance = chances.get(window.p_acquire)
        if chance is None:
            chance = chances[window.p_acquire] = randomness.threshold(window.p_acquire)
        key = (pair, chance) if 0 < chance < CERTAIN else (-1, chance)
        if key not in row_of:
            names.append((window.threat, window.unit))
        rows[number] = row_of.setdefault(key, len(row_of))
    thresholds = np.array([chance for _, chance in row_of], np.uint64)
    return identities([("",), ("",), *names]), thresholds, rows
