"""From a raid to a prepared: all that does not depend on the replication is computed here, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from skypact.engine import randomness
from skypact.engine.prepared import (
    ENDLESS,
    NEVER,
    PAIR,
    SIGHT,
    TERMS,
    THREAT,
    UNIT,
    WINDOW,
    Calendar,
    PreparedRaid,
    Table,
)
from skypact.raid import Raid, Threat, Unit

Rows = NDArray[np.int64]

# How many earlier events stand before one in its bucket, on average; more wastes time on walking the
# bucket, less on looking at empty ones.
CROWDING = 0.3
CACHE_LINE = 64


def prepare(raid: Raid) -> PreparedRaid:
    """Lay a raid out for the kernel.

    Parameters
    ----------
    raid
        A raid as `skypact.raid.read_raid` returns it.

    Returns
    -------
    PreparedRaid
        Everything that does not depend on the replication.
    """
    classes = tuple(sorted({threat.class_ for threat in raid.threats}))
    class_row = {name: row for row, name in enumerate(classes)}
    threats, wave_names = _threats(raid.threats, class_row)
    by_chance = (threats["works"] > 0) & (threats["works"] < 2**53)
    by_chance |= (threats["wave"] < 0) & (threats["offset_span"] > 0)
    groups = sorted({unit.group for unit in raid.units})
    threat_of, unit_of = _rows(raid)
    group_row = {name: row for row, name in enumerate(groups)}
    group_of = np.array([group_row[unit.group] for unit in raid.units], np.int64)[unit_of]

    opens = microseconds([w.opens_s for w in raid.windows])
    order = np.lexsort((np.arange(len(opens)), opens, group_of, threat_of))
    keys, first = np.unique((threat_of * len(groups) + group_of)[order], return_index=True)
    pairs = np.zeros(len(keys), PAIR)
    pairs["first"] = first
    pairs["stop"] = np.append(first[1:], len(order))[: len(keys)]
    pairs["threat"] = keys // max(len(groups), 1)
    names = [(groups[key % len(groups)], raid.threats[key // len(groups)]) for key in keys.tolist()]

    windows, terms, histories = _windows(raid, threat_of, unit_of)
    windows = _aligned(windows[order])
    windows["pair"] = np.repeat(np.arange(len(pairs)), np.diff(np.append(first, len(order))))
    units, unit_slots, at_once = _units(raid.units, unit_of[order], windows["history"], histories)
    limits = np.array([raid.concurrency_of(threat.class_, group) for group, threat in names], np.int64)
    pair_slots = _set_limits(pairs, limits, windows["pair"], unit_of[order], at_once)
    sights, sight_identities, pairs["seen"] = _sights(raid, names)
    return PreparedRaid(
        threat_ids=tuple(threat.id for threat in raid.threats),
        unit_ids=tuple(unit.id for unit in raid.units),
        classes=classes,
        threat_class=threats["class_"].astype(np.int32),
        soft=np.array([unit.kind == "soft" for unit in raid.units], np.bool_),
        threats=threats,
        pairs=_aligned(pairs),
        sights=sights,
        windows=windows,
        terms=terms,
        units=_aligned(units),
        opens=opens[order],
        p_miss=1.0 - np.array([w.p_kill for w in raid.windows], np.float64)[order],
        identities=_identities([(t.id,) for t in raid.threats] if by_chance.any() else []),
        wave_identities=_identities([(name,) for name in wave_names]),
        sight_identities=sight_identities,
        histories=histories,
        pair_slots=pair_slots,
        unit_slots=unit_slots,
        calendar=_calendar(threats, pairs, windows, opens[order]),
    )


def microseconds(seconds: Sequence[float]) -> NDArray[np.int64]:
    """Round seconds to whole microseconds, half to even.

    Examples
    --------
    >>> microseconds([0.0000005, 0.0000015, -3]).tolist()
    [0, 2, -3000000]
    """
    return np.rint(np.asarray(seconds, np.float64) * 1e6).astype(np.int64)


def _dense(values: NDArray[np.float64]) -> NDArray[np.int32]:
    """Replace real numbers by their place in the order, equal ones by the same."""
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def _identities(ids: Sequence[tuple[str, ...]]) -> NDArray[np.uint64]:
    return np.array([randomness.identity(*one) for one in ids], np.uint64)


def _threats(threats: Sequence[Threat], class_row: Mapping[str, int]) -> tuple[Table, list[str]]:
    """The threats, and the names of the waves."""
    table = np.zeros(len(threats), THREAT)
    wave_row: dict[str, int] = {}
    for threat in threats:
        if threat.wave is not None:
            wave_row.setdefault(threat.wave, len(wave_row))
    offsets = microseconds([s for t in threats for s in t.offset_s]).reshape(-1, 2)
    table["works"] = [randomness.threshold(t.reliability) for t in threats]
    table["impact"] = microseconds([t.impact_s for t in threats])
    fails = microseconds([0.0 if t.fails_s is None else t.fails_s for t in threats])
    table["fails"] = np.where([t.fails_s is None for t in threats], -NEVER, fails)
    table["offset_low"] = offsets[:, 0]
    table["offset_span"] = offsets[:, 1] - offsets[:, 0]
    table["class_"] = [class_row[t.class_] for t in threats]
    table["priority"] = _dense(-np.array([t.priority for t in threats], np.float64))
    table["wave"] = [-1 if t.wave is None else wave_row[t.wave] for t in threats]
    return table, list(wave_row)


def _rows(raid: Raid) -> tuple[Rows, Rows]:
    """The rows of the threat and of the unit of every window."""
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    unit_row = {unit.id: row for row, unit in enumerate(raid.units)}
    return (
        np.array([threat_row[w.threat] for w in raid.windows], np.int64),
        np.array([unit_row[w.unit] for w in raid.windows], np.int64),
    )


def _windows(raid: Raid, threat_of: Rows, unit_of: Rows) -> tuple[Table, Table, int]:
    """The windows in the order of the file, their terms, and how many (threat, unit) there are."""
    units = [raid.units[row] for row in unit_of.tolist()]
    keys, history = np.unique(threat_of * len(raid.units) + unit_of, return_inverse=True)
    ids = [
        (raid.threats[key // len(raid.units)].id, raid.units[key % len(raid.units)].id)
        for key in keys.tolist()
    ]
    salvos = [u.salvo if w.salvo is None else w.salvo for w, u in zip(raid.windows, units, strict=True)]
    ranks = [u.rank if w.rank is None else w.rank for w, u in zip(raid.windows, units, strict=True)]
    flight_open = microseconds([w.flight_open_s for w in raid.windows])

    table = np.zeros(len(raid.windows), WINDOW)
    table["length"] = microseconds([w.closes_s for w in raid.windows])
    table["length"] -= microseconds([w.opens_s for w in raid.windows])
    table["flight_open"] = flight_open
    table["flight_span"] = microseconds([w.flight_close_s for w in raid.windows]) - flight_open
    table["identity"] = _identities(ids)[history]
    table["history"] = history
    table["rank"] = _dense(np.array(ranks, np.float64))
    table["place"] = np.arange(len(table))

    chances: dict[tuple[float, int], int] = {}
    for key in zip([1.0 - w.p_kill for w in raid.windows], salvos, strict=True):
        if key not in chances:
            chances[key] = randomness.threshold(1.0 - miss_all(*key))
    table["kill"] = [chances[1.0 - w.p_kill, salvo] for w, salvo in zip(raid.windows, salvos, strict=True)]

    row_of: dict[tuple[int, int, int], int] = {}
    for row, (unit, salvo, w) in enumerate(zip(unit_of.tolist(), salvos, raid.windows, strict=True)):
        table["terms"][row] = row_of.setdefault((unit, salvo, w.hold), len(row_of))
    terms = np.zeros(len(row_of), TERMS)
    for row, (unit, salvo, hold) in enumerate(row_of):
        attempts = raid.units[unit].attempts
        terms[row] = (unit, salvo, hold, ENDLESS if attempts is None else attempts)
    return table, terms, len(keys)


def _aligned(table: Table) -> Table:
    """Copy a table to the start of a line of the cache."""
    room = np.zeros(table.nbytes + CACHE_LINE, np.uint8)
    skip = -room.ctypes.data % CACHE_LINE
    copy = room[skip : skip + table.nbytes].view(table.dtype)
    copy[:] = table
    return copy


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


def _units(units: Sequence[Unit], unit_of: Rows, history: Table, histories: int) -> tuple[Table, int, Rows]:
    """Lay out the units, the length of the table of channels, and how much each can do at once."""
    table = np.zeros(len(units), UNIT)
    for field in ("reload", "assess", "recover"):
        table[field] = microseconds([getattr(u, f"{field}_s") for u in units])
    table["magazine"] = [u.ready if u.magazine is None else u.magazine for u in units]
    table["ready_first"] = [u.ready for u in units]
    table["reserve_first"] = [u.reserve for u in units]
    # Every engagement takes a round and an attempt: with more channels than that, none is ever missing.
    unit_row = np.zeros(histories, np.int64)
    unit_row[history] = unit_of
    targets = np.bincount(unit_row, minlength=len(units))
    attempts = np.array([ENDLESS if u.attempts is None else u.attempts for u in units], np.int64)
    most = np.minimum([u.ready + u.reserve for u in units], targets * attempts)
    channels = np.array([u.channels for u in units], np.int64)
    table["channels"], table["slots"], slots = _scarce(channels, most)
    return table, slots, np.minimum(channels, most)


def _set_limits(pairs: Table, limits: Rows, pair_of: Table, unit_of: Rows, at_once: Rows) -> int:
    """Fill in the concurrency of every pair; return the length of the table of engagements."""
    both = np.unique(np.stack([pair_of.astype(np.int64), unit_of]), axis=1) if len(pairs) else pair_of
    reachable = np.zeros(len(pairs), np.int64)
    if len(pairs):
        np.add.at(reachable, both[0], at_once[both[1]])
    # A limit of 1 is kept even where nothing can reach it: it needs no table.
    scarce, pairs["slots"], slots = _scarce(np.where(limits == 1, 0, limits), reachable)
    pairs["limit"] = np.where(limits == 1, 1, scarce)
    return slots


def _scarce(limits: Rows, most: Rows) -> tuple[Rows, Rows, int]:
    """What can never run out becomes endless and needs no table; the others get a run of one."""
    scarce = (limits < most) | (limits == 0)
    lengths = np.where(scarce, limits, 0)
    return np.where(scarce, limits, ENDLESS), np.cumsum(lengths) - lengths, int(lengths.sum())


def _sights(
    raid: Raid, names: Sequence[tuple[str, Threat]]
) -> tuple[Table, NDArray[np.uint64], NDArray[np.int64]]:
    """A row and an identity for each uncertain detection, and the certain moments by pair."""
    entries = {(entry.group, entry.threat): entry for entry in raid.detections}
    seen = np.full(len(names), -NEVER, np.int64)
    rows: list[tuple[float, ...]] = []
    ids = []
    for pair, (group, threat) in enumerate(names):
        entry = entries.get((group, threat.id))
        if entry is None:
            continue
        detected, low, high = microseconds([entry.detected_s, *entry.delay_s]).tolist()
        chance = randomness.threshold(entry.p_detect)
        if chance == 0:
            seen[pair] = NEVER
        elif chance == 2**53 and low == high:
            seen[pair] = detected + low
        else:
            rows.append((chance, detected, low, high - low, pair))
            ids.append((group, threat.id))
    return np.array(rows, SIGHT), _identities(ids), seen


def _calendar(threats: Table, pairs: Table, windows: Table, opens: Rows) -> Calendar:
    """Choose buckets of time so narrow that few events share one.

    The width only decides how fast the queue is, never what comes out.  It is chosen on one typical
    replication: every threat has an offset from a sequence that fills its interval evenly.
    """
    if not len(pairs):
        return Calendar(0, 0, 64)
    golden = (np.arange(len(threats)) * 0.6180339887498949) % 1.0
    offset = np.rint(threats["offset_low"] + threats["offset_span"] * golden).astype(np.int64)
    first = pairs["first"]
    shift = offset[pairs["threat"]]
    opened = np.maximum(opens[first], pairs["seen"]) + shift
    ended = opened + windows["flight_open"][first].astype(np.int64)
    moments = np.sort(np.concatenate([opened, ended]))
    moments = moments[moments < NEVER // 2]
    if not len(moments):
        return Calendar(0, 0, 64)
    start = int((opens[first] + threats["offset_low"][pairs["threat"]].astype(np.int64)).min())
    span = int(moments[-1]) - start
    before = np.searchsorted(moments, moments)
    width = (span // len(moments)).bit_length() + 2
    while width > 0:
        cells = moments >> width
        if float((before - np.searchsorted(cells, cells)).mean()) <= CROWDING:
            break
        width -= 1
    return Calendar(start, width, 1 << max(6, min(16, (span >> width).bit_length())))
