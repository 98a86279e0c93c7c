"""From a raid to a prepared one: all that does not depend on the replication is computed here, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from skypact.engine import randomness
from skypact.engine.chances import chances_of
from skypact.engine.layout import aligned, calendar, identities, microseconds, scarce
from skypact.engine.prepared import (
    ENDLESS,
    NEVER,
    PAIR,
    SHOT,
    TERMS,
    THREAT,
    UNIT,
    WINDOW,
    PreparedRaid,
    Table,
    Tables,
    Whole,
)
from skypact.raid import Raid, Threat, Unit

CERTAIN = 2**53


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
    threats, waves = _threats(raid.threats, {name: row for row, name in enumerate(classes)})
    threat_of, unit_of = _rows(raid)
    opens = microseconds([w.opens_s for w in raid.windows])
    order = np.lexsort((np.arange(len(opens)), opens, threat_of))
    windows, shots, terms, histories = _windows(raid, opens, threat_of, unit_of)
    chances, windows["track"], windows["acquire"] = chances_of(
        raid, threats, waves, windows, threat_of, unit_of
    )
    pairs, windows["pair"], pair_slots = _pairs(raid, threats, windows, threat_of, unit_of)
    units, unit_slots = _units(raid.units, unit_of, windows["history"], histories)
    _threat_runs(threats, pairs, windows, threat_of, chances.unit_sure)
    windows = windows[order]
    start, shift, buckets = calendar(threats, pairs, windows, chances)
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    look_row = {look.id: row for row, look in enumerate(raid.looks)}
    return PreparedRaid(
        threat_ids=tuple(threat.id for threat in raid.threats),
        unit_ids=tuple(unit.id for unit in raid.units),
        classes=classes,
        threat_class=threats["class_"].astype(np.int32),
        soft=np.array([unit.kind == "soft" for unit in raid.units], np.bool_),
        magazine=units["magazine"].astype(np.int64),
        reload_at=units["reload_at"].astype(np.int64),
        look_threat=np.array([threat_row[look.threat] for look in raid.looks], np.int64),
        track_looks=tuple(tuple(look_row[name] for name in track.looks) for track in raid.tracks),
        chances=chances,
        tables=Tables(
            threats=aligned(threats),
            pairs=aligned(pairs),
            windows=aligned(windows),
            shots=aligned(shots[order]),
            terms=terms,
            units=aligned(units),
            ready=np.array([unit.ready for unit in raid.units], np.int32),
            reserve=np.array([unit.reserve for unit in raid.units], np.int32),
            families=int((shots["susceptible"] < CERTAIN).sum()),
            histories=histories,
            pair_slots=pair_slots,
            unit_slots=unit_slots,
            start=start,
            shift=shift,
            buckets=buckets,
        ),
    )


def _dense(values: NDArray[np.float64]) -> NDArray[np.int32]:
    """Replace real numbers by their place in the order, equal ones by the same."""
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


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


def _rows(raid: Raid) -> tuple[Whole, Whole]:
    """The rows of the threat and of the unit of every window."""
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    unit_row = {unit.id: row for row, unit in enumerate(raid.units)}
    return (
        np.array([threat_row[w.threat] for w in raid.windows], np.int64),
        np.array([unit_row[w.unit] for w in raid.windows], np.int64),
    )


def _windows(raid: Raid, opens: Whole, threat_of: Whole, unit_of: Whole) -> tuple[Table, Table, Table, int]:
    """The windows in the order of the file, their shots and terms, and how many (threat, unit) there are."""
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
    table["opens"] = opens
    table["length"] = microseconds([w.closes_s for w in raid.windows]) - opens
    table["flight_open"] = flight_open
    table["flight_span"] = microseconds([w.flight_close_s for w in raid.windows]) - flight_open
    table["threat"] = threat_of
    table["unit"] = unit_of
    table["history"] = history
    table["rank"] = _dense(np.array(ranks, np.float64))

    shots = np.zeros(len(raid.windows), SHOT)
    shots["place"] = np.arange(len(shots))
    shots["identity"] = identities(ids)[history]
    shots["susceptible"] = [randomness.threshold(w.susceptible) for w in raid.windows]
    family_row: dict[tuple[str, str], int] = {}
    family = [
        family_row.setdefault((w.threat, u.family or ""), len(family_row))
        for w, u in zip(raid.windows, units, strict=True)
    ]
    shots["family"] = identities(list(family_row))[family]
    shots["p_miss"] = [1.0 - w.p_kill / w.susceptible for w in raid.windows]
    chances: dict[tuple[float, int], int] = {}
    for key in zip(shots["p_miss"].tolist(), salvos, strict=True):
        if key not in chances:
            chances[key] = randomness.threshold(1.0 - miss_all(*key))
    shots["kill"] = [chances[key] for key in zip(shots["p_miss"].tolist(), salvos, strict=True)]

    row_of: dict[tuple[int, int, int], int] = {}
    table["terms"] = [
        row_of.setdefault((salvo, w.hold, ENDLESS if u.attempts is None else u.attempts), len(row_of))
        for u, salvo, w in zip(units, salvos, raid.windows, strict=True)
    ]
    return table, shots, np.array(list(row_of), TERMS), len(keys)


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


def _pairs(
    raid: Raid, threats: Table, windows: Table, threat_of: Whole, unit_of: Whole
) -> tuple[Table, Whole, int]:
    """The pairs, the pair of each window, and the length of the table of engagements under way."""
    groups = sorted({unit.group for unit in raid.units})
    row = {name: number for number, name in enumerate(groups)}
    soft = len(groups)  # as it were the group of all soft units
    group = np.array([soft if u.kind == "soft" else row[u.group] for u in raid.units], np.int64)
    keys, pair_of = np.unique(threat_of * (soft + 1) + group[unit_of], return_inverse=True)
    pairs = np.zeros(len(keys), PAIR)
    pairs["threat"] = keys // (soft + 1)
    pairs["hard"] = keys % (soft + 1) < soft
    # How many engagements of one threat its units can have under way at once.
    at_once = [min(u.channels, ENDLESS if u.attempts is None else u.attempts) for u in raid.units]
    reachable = np.zeros(len(pairs), np.int64)
    if len(pairs):
        both = np.unique(np.stack([pair_of, unit_of]), axis=1)
        np.add.at(reachable, both[0], np.array(at_once, np.int64)[both[1]])
    limits = np.full((2, len(pairs)), ENDLESS, np.int64)
    for number, key in enumerate(keys.tolist()):
        if key % (soft + 1) < soft:
            name = raid.threats[key // (soft + 1)].class_, groups[key % (soft + 1)]
            limits[:, number] = raid.concurrency_of(*name), raid.concurrency_late_of(*name)
    # A limit of 1 is kept even where nothing can reach it: then the kernel need not look before its time.
    kept = (limits[0] == 1) | (limits[0] < reachable)
    pairs["limit"] = np.where(kept, limits[0], ENDLESS)
    pairs["late"] = np.where(kept, np.maximum(np.minimum(limits[1], reachable), limits[0]), ENDLESS)
    lengths = np.where(kept & (pairs["late"] > 2), pairs["late"], 0).astype(np.int64)
    pairs["slots"] = np.cumsum(lengths) - lengths
    return pairs, pair_of.astype(np.int64), int(lengths.sum())


def _units(units: Sequence[Unit], unit_of: Whole, history: Table, histories: int) -> tuple[Table, int]:
    """Lay out the units, and the length of the table of channels."""
    table = np.zeros(len(units), UNIT)
    for field in ("reload", "assess", "recover"):
        table[field] = microseconds([getattr(u, f"{field}_s") for u in units])
    table["magazine"] = [u.ready if u.magazine is None else u.magazine for u in units]
    table["reload_at"] = [u.reload_at for u in units]
    table["soft"] = [u.kind == "soft" for u in units]
    # With a channel for every attempt at every target, none is ever missing.
    unit_row = np.zeros(histories, np.int64)
    unit_row[history] = unit_of
    targets = np.bincount(unit_row, minlength=len(units))
    attempts = np.array([ENDLESS if u.attempts is None else u.attempts for u in units], np.int64)
    channels = np.array([u.channels for u in units], np.int64)
    table["channels"], table["slots"], slots = scarce(channels, targets * attempts)
    return table, slots


def _threat_runs(
    threats: Table, pairs: Table, windows: Table, threat_of: Whole, unit_sure: NDArray[np.uint8]
) -> None:
    """Fill in which windows a threat has, and what the kernel need not look at."""
    counts = np.bincount(threat_of, minlength=len(threats))
    threats["stop"] = np.cumsum(counts)
    threats["first"] = threats["stop"] - counts
    by_chance = (windows["track"] > 0) | (windows["acquire"] > 0) | (unit_sure[windows["unit"]] == 0)
    threats["chances"] = np.bincount(threat_of[by_chance], minlength=len(threats)) > 0
    alone = np.bincount(pairs["threat"].astype(np.int64), minlength=len(threats))[pairs["threat"]] == 1
    strict = (pairs["limit"] == 1) & (pairs["late"] == 1)
    threats["single"][pairs["threat"]] = alone & strict
