"""Rows about the engine's rate: against the oracle, the C++ stand-in, another thread, another size."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import oracle, standin
from bench.machine import processor
from bench.row import Effort, Row, interleaved
from skypact.engine import PreparedRaid, prepare, replicate, workers
from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Raid, dump_raid

SEED = 1
# Threats, units, mean windows of a threat.
SIZES = {"236 x 60": (236, 60, 6), "1,000 x 200": (1000, 200, 8), "4,000 x 400": (4000, 400, 8)}
SMALL, MIDDLE, LARGE = SIZES
# Replications that take each side about a second.
ENGINE = {SMALL: 25_000, MIDDLE: 6_000, LARGE: 800}
STANDIN = {SMALL: 2_500, MIDDLE: 500, LARGE: 90}
ORACLE = 40
ASKED = {"Intel": (10, 7), "other": (6, 5)}
"""How many times as fast as the stand-in the engine should be, without the mechanisms of detection and with all, by maker
of the processor: where a wrong guess of a branch costs more, the stand-in loses more."""

NO_COMPILER = "no C++ compiler here"

Rates = dict[str, float]


def raid_of(size: str, every_feature: bool = False) -> Raid:
    """The synthetic raid of a size."""
    return synthetic_raid(*SIZES[size], features="all" if every_feature else "plain")


def prepared_of(raid: Raid) -> PreparedRaid:
    """The raid prepared for the engine, whose compiled code is loaded."""
    prepared = prepare(raid)
    engine_rates(prepared, 2)
    return prepared


def engine_rates(prepared: PreparedRaid, replications: int, threads: int = 1) -> Rates:
    """Replications and engagements a second of the engine."""
    started = perf_counter()
    engagements = 0
    with workers(threads) as team:
        for outcomes in replicate(prepared, replications, seed=SEED, workers=team):
            engagements += int(outcomes.engagements.sum())
    taken = perf_counter() - started
    return {"replications_per_s": replications / taken, "engagements_per_s": engagements / taken}


def oracle_row(effort: Effort) -> Row:
    """The engine on one core against the oracle."""
    raid = raid_of(SMALL)
    prepared, plain = prepared_of(raid), json.loads(dump_raid(raid))
    pairs = interleaved(
        partial(_replications, prepared, effort.of(ENGINE[SMALL])),
        lambda: float(oracle.rates(plain, effort.of(ORACLE), SEED)["replications_per_s"]),
        effort.pairs,
    )
    ours, theirs = pairs.medians
    note = f"{ours:,.0f} against {theirs:.0f} replications a second, one core each"
    return Row(f"engine against the Python oracle, {SMALL}", pairs.ratio, 400, note=note)


def standin_rows(effort: Effort) -> Iterator[Row]:
    """The engine against the C++ stand-in at each size and with every feature; the stand-in's own rate."""
    plain, every = ASKED["Intel" if "Intel" in processor() else "other"]
    cases = [(size, False, plain) for size in SIZES] + [(size, True, every) for size in SIZES]
    if standin.compiler() is None:
        for size, every_feature, asked in cases:
            yield Row(_against(size, every_feature), None, asked, note=NO_COMPILER)
        for size in SIZES:
            yield Row(_own(size), None, 500_000, unit="a second", note=NO_COMPILER)
        return
    own = []
    with tempfile.TemporaryDirectory() as folder:
        program = standin.build(folder)
        for size, every_feature, asked in cases:
            row, rate = _standin(program, size, every_feature, asked, effort)
            yield row
            if not every_feature:
                own.append(Row(_own(size), rate, 500_000, unit="a second"))
    yield from own


def _standin(
    program: Path, size: str, every_feature: bool, asked: float, effort: Effort
) -> tuple[Row, float]:
    raid = raid_of(size, every_feature)
    prepared = prepared_of(raid)
    theirs: list[Rates] = []

    def plain() -> float:
        theirs.append(standin.rates(program, raid, effort.of(STANDIN[size]), SEED))
        return theirs[-1]["replications_per_s"]

    pairs = interleaved(partial(_replications, prepared, effort.of(ENGINE[size])), plain, effort.pairs)
    fast, slow = pairs.medians
    each = theirs[0]["engagements"] / theirs[0]["replications"]
    note = (
        f"{fast:,.0f} against {slow:,.0f} replications, {fast * each / 1e6:.2f} against"
        f" {slow * each / 1e6:.2f} million engagements a second, one core each"
    )
    return Row(_against(size, every_feature), pairs.ratio, asked, note=note), slow * each


def threads_row(effort: Effort) -> Row:
    """Two threads against one."""
    prepared = prepared_of(raid_of(MIDDLE))
    pairs = interleaved(
        partial(_replications, prepared, effort.of(2 * ENGINE[MIDDLE], 600), 2),
        partial(_replications, prepared, effort.of(ENGINE[MIDDLE], 600), 1),
        effort.pairs,
    )
    two, one = pairs.medians
    note = f"{two:,.0f} against {one:,.0f} replications a second"
    return Row(f"two threads against one, {MIDDLE}", pairs.ratio, 1.8, note=note)


def size_row(effort: Effort) -> Row:
    """What an engagement costs in a large raid and in a small one."""
    large, small = prepared_of(raid_of(LARGE)), prepared_of(raid_of(SMALL))
    pairs = interleaved(
        partial(_nanoseconds, large, effort.of(ENGINE[LARGE])),
        partial(_nanoseconds, small, effort.of(ENGINE[SMALL])),
        effort.pairs,
    )
    big, little = pairs.medians
    note = f"{big:.0f} against {little:.0f} ns"
    return Row(f"cost of an engagement, {LARGE} against {SMALL}", pairs.ratio, 1.6, "at most", note=note)


def _replications(prepared: PreparedRaid, replications: int, threads: int = 1) -> float:
    return engine_rates(prepared, replications, threads)["replications_per_s"]


def _nanoseconds(prepared: PreparedRaid, replications: int) -> float:
    return 1e9 / engine_rates(prepared, replications)["engagements_per_s"]


def _against(size: str, every_feature: bool) -> str:
    return f"engine against the C++ stand-in, {size}" + (", every feature" if every_feature else "")


def _own(size: str) -> str:
    return f"the stand-in's engagements, {size}"
