"""The rounds of the units at the start of each replication, where they are not those of the raid."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skypact.engine.prepared import PreparedRaid

MOST = 10**9


class Stock(NamedTuple):
    """The rounds of each unit at the start, one row for each replication.

    Replication r with a row of this is, bit for bit, what a raid file with those numbers gives.  The
    magazines stay those of the raid.

    Attributes
    ----------
    ready, reserve
        int32[R, U]: rounds ready to fire, and behind them.
    """

    ready: NDArray[np.int32]
    reserve: NDArray[np.int32]


def checked(prepared: PreparedRaid, stock: tuple[Any, Any] | None, replications: int) -> Stock | None:
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
    shape = replications, len(prepared.unit_ids)
    for name, rows in stock._asdict().items():
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


def part_of(prepared: PreparedRaid, stock: Stock | None, begin: int, count: int) -> Stock:
    """The rows of some replications, or the raid's own numbers as one row for all of them."""
    if stock is None:
        tables = prepared.tables
        return Stock(tables.ready.reshape(1, -1), tables.reserve.reshape(1, -1))
    return Stock(*(np.ascontiguousarray(rows[begin : begin + count], np.int32) for rows in stock))
