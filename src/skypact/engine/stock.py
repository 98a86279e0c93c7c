"""The rounds of the units at the start of each replication, where they are not those of the raid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skypact.engine.layout import aligned, distinct
from skypact.engine.prepared import PreparedRaid, Whole

MOST = 10**9


class Stock(NamedTuple):
    """The rounds of each unit at the start, one row for each replication.

    Replication r with a row of this is, bit for bit, what a raid file with those numbers gives.  The
    magazines stay those of the raid.

    Attributes
    ----------
    ready, reserve
        int32[R, U]: rounds ready to fire, and behind them.
    hold
        int32[R, U, C]: of its ready rounds a unit keeps at least so many back from a class (one of
        `PreparedRaid.classes`); None: as many as its windows say.
    """

    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    hold: NDArray[np.int32] | None = None


class Part(NamedTuple):
    """The same of some replications, as the kernel wants it: what is held back by the rows of the terms."""

    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]
    holds: NDArray[np.int32]


_NOTHING_HELD = np.zeros((0, 0), np.int32)


def checked(prepared: PreparedRaid, stock: tuple[Any, ...] | None, replications: int) -> Stock | None:
    """A stock, unless no raid file could have it.

    Raises
    ------
    ValueError
        If a table has another shape or other numbers than whole ones of 0 to 10**9, or a reserve stands
        behind a magazine that no reload could fill.
    """
    if stock is None:
        return None
    stock = Stock(*stock)
    units = replications, len(prepared.unit_ids)
    for name, rows in stock._asdict().items():
        if rows is None and name == "hold":
            continue
        shape = (*units, len(prepared.classes)) if name == "hold" else units
        if rows.shape != shape or not np.issubdtype(rows.dtype, np.integer):
            raise ValueError(
                f"{name} is {rows.dtype}{rows.shape}; it must hold whole numbers of shape {shape}"
            )
        if rows.size and not (rows.min() >= 0 and rows.max() <= MOST):
            raise ValueError(
                f"{name} goes from {rows.min()} to {rows.max()}; it must stay within 0 to {MOST}"
            )
    short = (prepared.magazine <= prepared.reload_at) & (stock.reserve > 0).any(axis=0)
    if short.any():
        unit = prepared.unit_ids[int(np.argmax(short))]
        raise ValueError(f"unit {unit!r} has a reserve, but a magazine that is no larger than its reload_at")
    return stock


def part_of(prepared: PreparedRaid, stock: Stock | None, begin: int, count: int) -> Part:
    """The rows of some replications, or the raid's own numbers as one row for all of them."""
    if stock is None:
        tables = prepared.tables
        return Part(tables.ready.reshape(1, -1), tables.reserve.reshape(1, -1), _NOTHING_HELD)
    ready, reserve, holds = (
        rows if rows is None else np.ascontiguousarray(rows[begin : begin + count], np.int32)
        for rows in stock
    )
    assert ready is not None
    assert reserve is not None
    if holds is None:
        return Part(ready, reserve, _NOTHING_HELD)
    unit, class_, own = terms_of(prepared)
    return Part(ready, reserve, np.ascontiguousarray(np.maximum(holds[:, unit, class_], own)))


def terms_of(prepared: PreparedRaid) -> tuple[Whole, Whole, NDArray[np.int32]]:
    """Of each row of the terms the unit, the class, and how many rounds are held back as the raid has it."""
    windows, tables = prepared.tables.windows, prepared.tables
    unit = np.zeros(len(tables.terms), np.int64)
    class_ = np.zeros(len(tables.terms), np.int64)
    unit[windows["terms"]] = windows["unit"]
    class_[windows["terms"]] = prepared.threat_class[windows["threat"]]
    return unit, class_, tables.terms["hold"]


def with_own_terms(prepared: PreparedRaid) -> PreparedRaid:
    """The same raid with terms of its own for every unit and class, so that a hold can be theirs alone."""
    windows = aligned(prepared.tables.windows)
    first, row = distinct(
        windows["unit"].astype(np.int64),
        prepared.threat_class[windows["threat"]].astype(np.int64),
        windows["terms"].astype(np.int64),
    )
    terms = prepared.tables.terms[windows["terms"][first]]
    windows["terms"] = row
    return replace(prepared, tables=prepared.tables._replace(windows=windows, terms=terms))
