"""The table of `skypact bench`: everything that is claimed about speed, measured on the machine at hand.

Whatever is compared is measured in turn in the same run, with the same raids and the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench import answers, nights, processes, rates, waits
from bench.machine import machine
from bench.row import FULL, QUICK, Effort, Row

__all__ = ["FULL", "QUICK", "Effort", "Row", "machine", "rows"]


def rows(effort: Effort, progress: Callable[[str, float], None]) -> Iterator[Row]:
    """Measure all rows, one after the other; `progress` is told what is measured, and the share done."""
    parts: tuple[tuple[str, Callable[[Effort], Iterator[Row]]], ...] = (
        ("the oracle", _one(rates.oracle_row)),
        ("the C++ stand-in", rates.standin_rows),
        ("threads", _one(rates.threads_row)),
        ("large raids", _one(rates.size_row)),
        ("geometry", _one(answers.geometry_row)),
        ("a what-if", _one(answers.what_if_row)),
        ("compiling a scenario", waits.compile_rows),
        ("a what-if of one decision", _one(waits.what_if_row)),
        ("a whole comparison", _one(waits.compare_row)),
        ("a campaign", nights.campaign_rows),
        ("common random numbers", answers.variance_rows),
        ("memory", processes.memory_rows),
        ("start", _one(processes.help_row)),
        ("compiling", processes.first_run_rows),
    )
    for number, (name, part) in enumerate(parts):
        progress(f"measuring {name}", number / len(parts))
        yield from part(effort)


def _one(row: Callable[[Effort], Row]) -> Callable[[Effort], Iterator[Row]]:
    return lambda effort: iter((row(effort),))
