"""What is drawn before the start: laid out so that the kernel draws much at once, and only what matters."""

from __future__ import annotations

from collections.abc import Sequence

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
    tracks, named = _tracks(raid, windows)
    looks, families, row_of = _looks(raid.look_columns, [one for _, _, own in tracks for one in own])
    acquisitions, acquire_chance, acquire = _acquisitions(raid, windows["history"], identity)
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
    looks = raid.look_columns
    place: dict[str | None, int] = {track.id: number for number, track in enumerate(raid.tracks)}
    place[None] = -1
    named = np.array([place[name] for name in raid.window_columns.column("track")], np.int64)
    last = np.full(len(raid.tracks), -NEVER, np.int64)
    closes = windows["opens"] + windows["length"].astype(np.int64)
    np.maximum.at(last, named[named >= 0], closes[named >= 0])
    look_place = {name: number for number, name in enumerate(looks.column("id"))}
    at, delays, p_detect = microseconds(looks.numbers("at_s")), _delays(looks), looks.numbers("p_detect")
    certain = (looks.numbers("susceptible") == 1) & (thresholds(p_detect) == CERTAIN)
    sure = (certain & (delays[:, 0] == delays[:, 1])).tolist()
    never = (p_detect <= 0).tolist()
    earliest = (at + delays[:, 0]).tolist()
    found = []
    for number, track in enumerate(raid.tracks):
        own = dict.fromkeys(look_place[name] for name in track.looks)
        stands = min((earliest[one] for one in own if sure[one]), default=NEVER)
        limit = min(stands - 1, int(last[number]))
        drawn = [one for one in own if earliest[one] <= limit and not sure[one] and not never[one]]
        found.append((track.id, stands, sorted(drawn, key=lambda one: earliest[one])))
    return found, named


def _delays(looks: Columns[Look]) -> Whole:
    """Both ends of the delay of each look."""
    return microseconds(looks.numbers("delay_s").reshape(-1, 2))


def _looks(looks: Columns[Look], wanted: Sequence[int]) -> tuple[Looks, NDArray[np.uint64], dict[int, int]]:
    """The looks, the wanted ones first; the identities of their families; and the row of each look."""
    first = dict.fromkeys(wanted)
    order = [*first, *(place for place in range(len(looks)) if place not in first)]
    rows = np.array(order, np.int64)
    delays = _delays(looks)[rows].astype(np.float64)
    p_detect, susceptible = looks.numbers("p_detect")[rows], looks.numbers("susceptible")[rows]
    ids, threat, family = (looks.column(name) for name in ("id", "threat", "family"))
    family_row: dict[tuple[str, str], int] = {("", ""): 0}
    families = [
        0 if family[place] is None or always else _row(family_row, (threat[place], family[place]))
        for place, always in zip(order, (susceptible == 1).tolist(), strict=True)
    ]
    table = Looks(
        wanted=len(first),
        identity=identities([(ids[place],) for place in order]),
        find=thresholds(p_detect / susceptible),
        susceptible=thresholds(susceptible),
        family=np.array(families, np.uint32),
        at=microseconds(looks.numbers("at_s")[rows]).astype(np.float64),
        delay_low=delays[:, 0].copy(),
        delay_span=delays[:, 1] - delays[:, 0],
        place=rows.astype(np.int32),
    )
    return table, identities(list(family_row)), {place: row for row, place in enumerate(order)}


def _row(rows: dict[tuple[str, str], int], key: tuple[str, str]) -> int:
    return rows.setdefault(key, len(rows))


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
