"""What runs out, over the hours: the share left of each system's stock, as bands over replications.

How many rounds are left at a moment needs engagements in full, so a small number of replications is looked at: with
drawn numbers the first ones of each set, so that the bands hold ignorance as well as chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.engine import PreparedRaid, trace
from skypact.raid import Raid
from skypact.raid.incident import BY_NATURE

REPLICATIONS = 120
"""Replications that are looked at, shared out over the sets, one of each at least."""
MOMENTS = 48
"""Moments between the first launch of an interceptor that is possible and the last impact."""
SHARES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Band:
    """The share left of a system's stock, from 0 to 1, at each moment: percentiles over the replications.

    A share of each replication's own stock, because with drawn numbers the stock itself differs. `stock` is its
    median, in rounds.
    """

    stock: float

    p05: tuple[float, ...]
    p50: tuple[float, ...]
    p95: tuple[float, ...]

    def to_dict(self) -> dict[str, float | list[float]]:
        """As JSON has it."""
        return {"stock": self.stock, "p05": list(self.p05), "p50": list(self.p50), "p95": list(self.p95)}


@dataclass(frozen=True)
class StockOverTime:
    """Rounds left, ready and in reserve, by system.

    Attributes
    ----------
    times_s
        Moments, in seconds from the raid's zero time.
    replications
        How many were looked at, those of all sets together.
    by_system
        By system what is left; jamming has no rounds and is left out.
    """

    times_s: tuple[float, ...]
    replications: int
    by_system: Mapping[str, Band]

    def to_dict(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "times_s": list(self.times_s),
            "replications": self.replications,
            "by_system": {name: band.to_dict() for name, band in self.by_system.items()},
        }


@dataclass(frozen=True)
class Left:
    """Rounds left in some replications of one raid, by system: at the start, and int64[replications, moments]."""

    stock: Mapping[str, int]
    by_system: Mapping[str, NDArray[np.int64]]


def moments_of(raid: Raid) -> tuple[float, ...]:
    """The moments at which stocks are looked at, in seconds; none where nothing is fired."""
    if not raid.windows:
        return ()
    offset = {threat.id: threat.offset_s for threat in raid.threats}
    windows = raid.window_columns
    first = min(
        opens_s + offset[threat][0]
        for threat, opens_s in zip(windows.column("threat"), windows.numbers("opens_s").tolist(), strict=True)
    )
    last = max(threat.impact_s + threat.offset_s[1] for threat in raid.threats)
    return tuple(np.linspace(first, last, MOMENTS).tolist())


def shared_out(sets: int) -> int:
    """How many replications of each set are looked at.

    >>> shared_out(64), shared_out(1)
    (2, 120)
    """
    return math.ceil(REPLICATIONS / sets)


def left(
    raid: Raid, prepared: PreparedRaid, moments: Sequence[float], runs: int, seed: int, first: int
) -> Left:
    """Look at some replications: what is left of each system at each moment.

    Parameters
    ----------
    raid, prepared
        What is played.
    moments
        In seconds, in order.
    runs, seed, first
        How many replications, with which seed, from which number on.
    """
    names = [_system(raid, number) for number in range(len(raid.units))]
    systems = tuple(dict.fromkeys(filter(None, names)))
    row = {name: number for number, name in enumerate(systems)}
    of_unit = np.array([row.get(name, -1) for name in names], dtype=np.int64)
    stock = np.zeros(len(systems), np.int64)
    for unit, number in zip(raid.units, of_unit.tolist(), strict=True):
        if number >= 0:
            stock[number] += unit.ready + unit.reserve
    edges = np.array(moments) * 1e6
    found = np.repeat(stock[None, :, None], runs, axis=0).repeat(len(edges), axis=2)
    for run in range(runs):
        fired = np.zeros((len(systems), len(edges) + 1), np.int64)
        shots = trace(prepared, first + run, seed).fired
        system = of_unit[shots["unit"]]
        moment = np.searchsorted(edges, shots["launch_us"])
        np.add.at(fired, (system[system >= 0], moment[system >= 0]), shots["rounds"][system >= 0])
        found[run] -= fired.cumsum(axis=1)[:, :-1]
    return Left(
        dict(zip(systems, stock.tolist(), strict=True)),
        {name: found[:, number] for number, name in enumerate(systems)},
    )


def _system(raid: Raid, number: int) -> str:
    """The system of a unit; "" where it has none or spends no rounds."""
    unit = raid.units[number]
    if unit.kind == "soft" or unit.info.get(BY_NATURE):
        return ""
    return str(unit.info.get("system", ""))


def over_time(moments: Sequence[float], looked_at: Sequence[Left]) -> StockOverTime | None:
    """The bands over all replications that were looked at; None where there is nothing to fire."""
    systems = tuple(dict.fromkeys(name for one in looked_at for name in one.by_system))
    if not systems or not moments:
        return None
    bands = {}
    for name in systems:
        found = [(one.stock[name], one.by_system[name]) for one in looked_at if one.stock.get(name)]
        if not found:
            continue
        rows = np.concatenate([rounds / stock for stock, rounds in found])
        low, middle, high = (tuple(line) for line in np.quantile(rows, SHARES, axis=0).tolist())
        bands[name] = Band(float(np.median([stock for stock, _ in found])), low, middle, high)
    runs = sum(len(next(iter(one.by_system.values()))) for one in looked_at if one.by_system)
    return StockOverTime(tuple(moments), runs, bands)
