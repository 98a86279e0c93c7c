"""The raid laid out for the kernel: tables of whole microseconds, thresholds and hashes.

All that does not depend on the replication is computed here, once.  A *pair* is a (group, threat)
with at least one window: the group's engagement picture of that threat.  Windows are sorted by pair
and then by opening, so that a pair has one run of windows, of which the kernel looks at the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.engine import luck
from skypact.raid import Raid, Threat, Unit, Window

Table = NDArray[Any]

# Beyond every moment of a raid, and still far from overflow when an offset is added.
NEVER = 2**61
ENDLESS = np.iinfo(np.int32).max

THREAT = np.dtype(
    [
        ("identity", np.uint64),
        ("works", np.uint64),  # threshold of the draw
        ("impact", np.int64),
        ("fails", np.int64),  # -NEVER: before the start
        ("offset_low", np.float64),
        ("offset_span", np.float64),
        ("class_", np.uint32),
        ("priority", np.int32),  # 0 is the highest
        ("wave", np.int32),  # row in waves; -1: its own offset
        ("draws", np.int32),  # does the kernel need a draw for it
    ]
)
WAVE = np.dtype([("identity", np.uint64), ("offset_low", np.float64), ("offset_span", np.float64)])
PAIR = np.dtype(
    [
        ("first", np.uint32),  # its windows are first ... stop - 1
        ("stop", np.uint32),
        ("threat", np.uint32),
        ("slots", np.uint32),  # its first place in the table of engagements under way
        ("limit", np.int32),  # concurrency; ENDLESS if it can never be reached
    ]
)
SIGHT = np.dtype(
    [
        ("identity", np.uint64),
        ("seen", np.uint64),  # threshold of the draw
        ("detected", np.int64),
        ("delay_low", np.float64),
        ("delay_span", np.float64),
        ("pair", np.uint32),
    ]
)
WINDOW = np.dtype(
    [
        ("opens", np.int64),
        ("closes", np.int64),
        ("flight_open", np.float64),
        ("flight_span", np.float64),
        ("length", np.float64),
        ("identity", np.uint64),
        ("kill", np.uint64),  # threshold of a full salvo
        ("unit", np.uint32),
        ("pair", np.uint32),
        ("history", np.uint32),  # row in the count of earlier engagements of the threat by the unit
        ("salvo", np.int32),
        ("hold", np.int32),
        ("rank", np.int32),  # 0 is preferred
        ("place", np.int32),  # in the raid's list of windows
        ("spare", np.int32),
        ("p_miss", np.float64),
    ]
)
UNIT = np.dtype(
    [
        ("reload", np.int64),
        ("assess", np.int64),
        ("recover", np.int64),
        ("slots", np.uint32),  # its first place in the table of busy channels
        ("channels", np.int32),  # ENDLESS if they can never all be busy
        ("magazine", np.int32),
        ("attempts", np.int32),
        ("ready", np.int32),
        ("reserve", np.int32),
    ]
)


@dataclass(frozen=True)
class Calendar:
    """How the kernel's queue cuts time into buckets: of 2**shift microseconds, from `start`."""

    start: int
    shift: int
    buckets: int


@dataclass(frozen=True)
class Problem:
    """A raid made ready for `replicate` and `trace`.

    Attributes
    ----------
    threat_ids, unit_ids, classes
        The names behind the axes of `Outcomes`; the classes are sorted.
    threat_class
        int32[T], the class of each threat.
    soft
        bool[U], whether the unit's kills are soft kills.
    threats, waves, pairs, sights, windows, units
        The kernel's tables.  `sights` holds the pairs whose detection is a matter of chance.
    seen
        int64[pairs], when the group sees the threat, where that is certain, before the offset.
    histories, pair_slots, unit_slots
        The lengths of the kernel's tables.
    calendar
        How its queue cuts time.
    """

    threat_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    classes: tuple[str, ...]
    threat_class: NDArray[np.int32]
    soft: NDArray[np.bool_]
    threats: Table
    waves: Table
    pairs: Table
    sights: Table
    windows: Table
    units: Table
    seen: NDArray[np.int64]
    histories: int
    pair_slots: int
    unit_slots: int
    calendar: Calendar


def prepare(raid: Raid) -> Problem:
    """Lay a raid out for the kernel.

    Parameters
    ----------
    raid
        A raid as `skypact.raid.read_raid` returns it.

    Returns
    -------
    Problem
        Everything that does not depend on the replication.
    """
    classes = tuple(sorted({threat.class_ for threat in raid.threats}))
    class_row = {name: row for row, name in enumerate(classes)}
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    unit_row = {unit.id: row for row, unit in enumerate(raid.units)}
    threats, waves = _threats(raid.threats, class_row)
    window_threat = np.array([threat_row[w.threat] for w in raid.windows], np.int64)
    window_unit = np.array([unit_row[w.unit] for w in raid.windows], np.int64)

    groups = sorted({unit.group for unit in raid.units})
    group_row = {name: row for row, name in enumerate(groups)}
    unit_group = np.array([group_row[unit.group] for unit in raid.units], np.int64)
    key = window_threat * max(len(groups), 1) + unit_group[window_unit]
    opens = microseconds([w.opens_s for w in raid.windows])
    order = np.lexsort((np.arange(len(key)), opens, key))
    pair_keys, first = np.unique(key[order], return_index=True)
    pairs = np.zeros(len(pair_keys), PAIR)
    pairs["first"] = first
    pairs["stop"] = np.append(first[1:], len(key))
    pairs["threat"] = pair_keys // max(len(groups), 1)
    pair_group = pair_keys % max(len(groups), 1)

    windows, histories = _windows(raid, opens, order, window_threat, window_unit, pairs)
    units, unit_slots, at_once = _units(raid.units, windows, histories)
    pair_slots = _limits(raid, groups, pair_group, pairs, windows, at_once)
    sights, seen = _sights(raid, groups, pair_group, pairs)
    return Problem(
        threat_ids=tuple(threat_row),
        unit_ids=tuple(unit_row),
        classes=classes,
        threat_class=threats["class_"].astype(np.int32),
        soft=np.array([unit.kind == "soft" for unit in raid.units], np.bool_),
        threats=threats,
        waves=waves,
        pairs=pairs,
        sights=sights,
        windows=windows,
        units=units,
        seen=seen,
        histories=histories,
        pair_slots=pair_slots,
        unit_slots=unit_slots,
        calendar=_calendar(threats, pairs, windows, seen),
    )


def microseconds(seconds: Sequence[float]) -> NDArray[np.int64]:
    """Round seconds to whole microseconds, half to even.

    Examples
    --------
    >>> microseconds([1.0000005, 1.0000015, -3]).tolist()
    [1000000, 1000002, -3000000]
    """
    return np.rint(np.asarray(seconds, np.float64) * 1e6).astype(np.int64)


def _dense(values: NDArray[np.float64]) -> NDArray[np.int32]:
    """Replace real numbers by their place in the order, equal ones by the same."""
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def _threats(threats: Sequence[Threat], class_row: Mapping[str, int]) -> tuple[Table, Table]:
    table = np.zeros(len(threats), THREAT)
    offsets = microseconds([s for t in threats for s in t.offset_s]).reshape(-1, 2)
    wave_row: dict[str, int] = {}
    members: list[int] = []
    for row, threat in enumerate(threats):
        if threat.wave is not None and threat.wave not in wave_row:
            wave_row[threat.wave] = len(wave_row)
            members.append(row)
    table["identity"] = [luck.identity(t.id) for t in threats]
    table["works"] = [luck.threshold(t.reliability) for t in threats]
    table["impact"] = microseconds([t.impact_s for t in threats])
    table["fails"] = [-NEVER if t.fails_s is None else microseconds([t.fails_s])[0] for t in threats]
    table["offset_low"] = offsets[:, 0]
    table["offset_span"] = offsets[:, 1] - offsets[:, 0]
    table["class_"] = [class_row[t.class_] for t in threats]
    table["priority"] = _dense(-np.array([t.priority for t in threats], np.float64))
    table["wave"] = [-1 if t.wave is None else wave_row[t.wave] for t in threats]
    by_chance = (table["works"] > 0) & (table["works"] < 2**53)
    table["draws"] = by_chance | ((table["wave"] < 0) & (table["offset_span"] > 0))
    waves = np.zeros(len(members), WAVE)
    waves["identity"] = [luck.identity(name) for name in wave_row]
    waves["offset_low"] = table["offset_low"][members]
    waves["offset_span"] = table["offset_span"][members]
    return table, waves


def _windows(
    raid: Raid,
    opens: NDArray[np.int64],
    order: NDArray[np.int64],
    window_threat: NDArray[np.int64],
    window_unit: NDArray[np.int64],
    pairs: Table,
) -> tuple[Table, int]:
    given: Sequence[Window] = raid.windows
    defaults = [raid.units[row] for row in window_unit]
    keys, history = np.unique(window_threat * max(len(raid.units), 1) + window_unit, return_inverse=True)
    identities = np.array(
        [
            luck.identity(raid.threats[key // len(raid.units)].id, raid.units[key % len(raid.units)].id)
            for key in keys.tolist()
        ],
        np.uint64,
    )
    table = np.zeros(len(given), WINDOW)
    table["opens"] = opens
    table["closes"] = microseconds([w.closes_s for w in given])
    table["length"] = table["closes"] - table["opens"]
    table["flight_open"] = microseconds([w.flight_open_s for w in given])
    table["flight_span"] = microseconds([w.flight_close_s for w in given]) - table["flight_open"]
    table["identity"] = identities[history]
    table["unit"] = window_unit
    table["history"] = history
    table["salvo"] = [u.salvo if w.salvo is None else w.salvo for w, u in zip(given, defaults, strict=True)]
    table["hold"] = [w.hold for w in given]
    ranks = [u.rank if w.rank is None else w.rank for w, u in zip(given, defaults, strict=True)]
    table["rank"] = _dense(np.array(ranks, np.float64))
    table["place"] = np.arange(len(given))
    table["p_miss"] = 1.0 - np.array([w.p_kill for w in given], np.float64)
    known: dict[tuple[float, int], int] = {}
    for row, one in enumerate(zip(table["p_miss"].tolist(), table["salvo"].tolist(), strict=True)):
        if one not in known:
            known[one] = luck.threshold(1.0 - miss_all(*one))
        table["kill"][row] = known[one]
    table = table[order]
    table["pair"] = np.repeat(np.arange(len(pairs)), pairs["stop"].astype(np.int64) - pairs["first"])
    return table, len(keys)


def miss_all(p_miss: float, rounds: int) -> float:
    """Return the probability that all rounds miss, by repeated multiplication.

    It stops where nothing can change any more: at a fixed point, or where one minus it is 1.
    """
    product = 1.0
    for _ in range(rounds):
        before, product = product, product * p_miss
        if product == before or product <= 2.0**-54:
            break
    return product


def _units(units: Sequence[Unit], windows: Table, histories: int) -> tuple[Table, int, NDArray[np.int64]]:
    """Lay out the units; also how many engagements each can have under way at once."""
    table = np.zeros(len(units), UNIT)
    for field in ("reload", "assess", "recover"):
        table[field] = microseconds([getattr(u, f"{field}_s") for u in units])
    table["magazine"] = [u.ready if u.magazine is None else u.magazine for u in units]
    table["attempts"] = [ENDLESS if u.attempts is None else u.attempts for u in units]
    table["ready"] = [u.ready for u in units]
    table["reserve"] = [u.reserve for u in units]
    targets = np.zeros(len(units), np.int64)
    pairs_of = np.unique(np.stack([windows["unit"], windows["history"]]).astype(np.int64), axis=1)
    np.add.at(targets, pairs_of[0], 1)
    # Every engagement takes a round and an attempt: with more channels than that, none is ever missing.
    rounds = table["ready"].astype(np.int64) + table["reserve"]
    most = np.minimum(rounds, targets * table["attempts"])
    channels = np.array([u.channels for u in units], np.int64)
    scarce = (channels < most) | (channels == 0)
    table["channels"] = np.where(scarce, channels, ENDLESS)
    lengths = np.where(scarce, channels, 0)
    table["slots"] = np.cumsum(lengths) - lengths
    return table, int(lengths.sum()), np.minimum(channels, most)


def _limits(
    raid: Raid,
    groups: Sequence[str],
    pair_group: NDArray[np.int64],
    pairs: Table,
    windows: Table,
    at_once: NDArray[np.int64],
) -> int:
    """Fill in the concurrency of every pair; return how long the table of engagements must be."""
    limits = np.array(
        [
            raid.concurrency_of(raid.threats[threat].class_, groups[group])
            for threat, group in zip(pairs["threat"].tolist(), pair_group.tolist(), strict=True)
        ],
        np.int64,
    )
    reachable = np.zeros(len(pairs), np.int64)
    both = np.unique(np.stack([windows["pair"], windows["unit"]]).astype(np.int64), axis=1)
    np.add.at(reachable, both[0], at_once[both[1]])
    scarce = (limits < reachable) | (limits <= 1)
    pairs["limit"] = np.where(scarce, limits, ENDLESS)
    lengths = np.where(scarce, np.maximum(limits, 1), 0)
    pairs["slots"] = np.cumsum(lengths) - lengths
    return int(lengths.sum())


def _sights(
    raid: Raid, groups: Sequence[str], pair_group: NDArray[np.int64], pairs: Table
) -> tuple[Table, NDArray[np.int64]]:
    """When each pair sees its threat: certain moments by pair, and a row for each uncertain one."""
    entries = {(entry.group, entry.threat): entry for entry in raid.detections}
    seen = np.full(len(pairs), -NEVER, np.int64)
    rows = []
    for pair, (threat, group) in enumerate(zip(pairs["threat"].tolist(), pair_group.tolist(), strict=True)):
        entry = entries.get((groups[group], raid.threats[threat].id))
        if entry is None:
            continue
        detected, low, high = microseconds([entry.detected_s, *entry.delay_s]).tolist()
        chance = luck.threshold(entry.p_detect)
        if chance == 0:
            seen[pair] = NEVER
        elif chance == 2**53 and low == high:
            seen[pair] = detected + low
        else:
            identity = luck.identity(entry.group, entry.threat)
            rows.append((identity, chance, detected, float(low), float(high - low), pair))
    return np.array(rows, SIGHT), seen


def _calendar(threats: Table, pairs: Table, windows: Table, seen: NDArray[np.int64]) -> Calendar:
    """Choose buckets of time so narrow that few events share one.

    The width only decides how fast the queue is, never what comes out.  It is chosen on one typical
    replication: every threat has an offset from a sequence that fills its interval evenly.
    """
    if not len(pairs):
        return Calendar(0, 0, 64)
    golden = (np.arange(len(threats)) * 0.6180339887498949) % 1.0
    shift = np.rint(threats["offset_low"] + threats["offset_span"] * golden).astype(np.int64)
    threat_of = pairs["threat"][windows["pair"]]
    moments = np.unique(np.maximum(windows["opens"], seen[windows["pair"]]) + shift[threat_of])
    moments = moments[moments < NEVER // 2]
    if not len(moments):
        return Calendar(0, 0, 64)
    start = int((windows["opens"] + threats["offset_low"][threat_of].astype(np.int64)).min())
    width = 40
    while width > 0:
        cells = np.flatnonzero(np.diff(moments >> width, prepend=-NEVER))
        sizes = np.diff(np.append(cells, len(moments)))
        if float((sizes * sizes).sum()) <= CROWDING * len(moments):
            break
        width -= 1
    span = (int(moments[-1]) - start) >> width
    buckets = 1 << max(6, min(16, span.bit_length()))
    return Calendar(start, width, buckets)


CROWDING = 2.0
