"""From a raid to a prepared one: all that does not depend on the replication is computed here, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from skypact.engine.chances import chances_of
from skypact.engine.layout import (
    aligned,
    calendar,
    distinct,
    identities,
    microseconds,
    ranked,
    scarce,
    thresholds,
)
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
from skypact.engine.randomness import threshold
from skypact.raid import Raid, Threat, Unit
from skypact.raid.columns import Column

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
    opens = microseconds(raid.window_columns.numbers("opens_s"))
    order = np.lexsort((np.arange(len(opens)), opens, threat_of))
    windows, shots, terms, histories = _windows(raid, opens, threat_of, unit_of)
    chances, windows["track"], windows["acquire"] = chances_of(
        raid, threats, waves, windows, shots["identity"]
    )
    pairs, windows["pair"], pair_slots = _pairs(raid, threats, windows, threat_of, unit_of)
    units, unit_slots = _units(raid.units, unit_of, windows["history"], histories)
    _threat_runs(threats, pairs, windows, threat_of, chances.unit_sure)
    windows = windows[order]
    start, shift, buckets = calendar(threats, pairs, windows, chances)
    threat_row = {threat.id: row for row, threat in enumerate(raid.threats)}
    look_row = {name: row for row, name in enumerate(raid.look_columns.column("id"))}
    return PreparedRaid(
        threat_ids=tuple(threat.id for threat in raid.threats),
        unit_ids=tuple(unit.id for unit in raid.units),
        classes=classes,
        threat_class=threats["class_"].astype(np.int32),
        soft=np.array([unit.kind == "soft" for unit in raid.units], np.bool_),
        magazine=units["magazine"].astype(np.int64),
        reload_at=units["reload_at"].astype(np.int64),
        look_threat=np.array([threat_row[name] for name in raid.look_columns.column("threat")], np.int64),
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
    table["works"] = [threshold(t.reliability) for t in threats]
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
        np.array([threat_row[name] for name in raid.window_columns.column("threat")], np.int64),
        np.array([unit_row[name] for name in raid.window_columns.column("unit")], np.int64),
    )


def _windows(raid: Raid, opens: Whole, threat_of: Whole, unit_of: Whole) -> tuple[Table, Table, Table, int]:
    """The windows in the order of the file, their shots and terms, and how many (threat, unit) there are."""
    windows, units = raid.window_columns, raid.units
    keys, history = ranked(threat_of * len(units) + unit_of)
    ids = [(raid.threats[key // len(units)].id, units[key % len(units)].id) for key in keys.tolist()]
    salvo = _own(windows.column("salvo"), np.array([u.salvo for u in units], np.int64), unit_of)
    rank = _own(windows.column("rank"), np.array([u.rank for u in units], np.float64), unit_of)
    flight_open = microseconds(windows.numbers("flight_open_s"))

    table = np.zeros(len(opens), WINDOW)
    table["opens"] = opens
    table["length"] = microseconds(windows.numbers("closes_s")) - opens
    table["flight_open"] = flight_open
    table["flight_span"] = microseconds(windows.numbers("flight_close_s")) - flight_open
    table["threat"] = threat_of
    table["unit"] = unit_of
    table["history"] = history
    table["rank"] = _dense(rank)

    shots = np.zeros(len(opens), SHOT)
    shots["place"] = np.arange(len(shots))
    shots["identity"] = identities(ids)[history]
    susceptible = windows.numbers("susceptible")
    shots["susceptible"] = thresholds(susceptible)
    named = {name: row for row, name in enumerate(dict.fromkeys(unit.family or "" for unit in units))}
    family_of, names = np.array([named[unit.family or ""] for unit in units], np.int64), list(named)
    families, family = ranked(threat_of * len(names) + family_of[unit_of])
    ids = [(raid.threats[key // len(names)].id, names[key % len(names)]) for key in families.tolist()]
    shots["family"] = identities(ids)[family]
    shots["p_miss"] = 1.0 - windows.numbers("p_kill") / susceptible
    first, same = distinct(shots["p_miss"], salvo)
    salvos = zip(shots["p_miss"][first].tolist(), salvo[first].tolist(), strict=True)
    shots["kill"] = np.array([threshold(1.0 - miss_all(*one)) for one in salvos], np.uint64)[same]

    attempts = np.array([ENDLESS if u.attempts is None else u.attempts for u in units], np.int64)[unit_of]
    hold = np.asarray(windows.column("hold"), np.int64)
    first, table["terms"] = distinct(salvo, hold, attempts)
    terms = np.zeros(len(first), TERMS)
    terms["salvo"], terms["hold"], terms["attempts"] = salvo[first], hold[first], attempts[first]
    return table, shots, terms, len(keys)


def _own(column: Column, of_unit: Table, unit_of: Whole) -> Table:
    """A window's own value, or its unit's where it has none."""
    if isinstance(column, np.ndarray):
        return column.astype(of_unit.dtype)
    units = of_unit[unit_of].tolist()
    return np.array(
        [unit if own is None else own for own, unit in zip(column, units, strict=True)], of_unit.dtype
    )


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
    keys, pair_of = ranked(threat_of * (soft + 1) + group[unit_of])
    pairs = np.zeros(len(keys), PAIR)
    pairs["threat"] = keys // (soft + 1)
    pairs["hard"] = keys % (soft + 1) < soft
    # How many engagements of one threat its units can have under way at once.
    at_once = [min(u.channels, ENDLESS if u.attempts is None else u.attempts) for u in raid.units]
    reachable = np.zeros(len(pairs), np.int64)
    if len(pairs):
        one = np.zeros(int(windows["history"].max()) + 1, np.int64)  # a window of each threat and unit
        one[windows["history"]] = np.arange(len(windows))
        np.add.at(reachable, pair_of[one], np.array(at_once, np.int64)[unit_of[one]])
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
