"""The table of `skypact bench`: everything that is claimed about speed, measured on the machine at hand.

Whatever is compared is measured in turn in the same run, with the same raids and the same seed.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numba
import numpy

from bench import answers, processes, rates, standin
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


def machine() -> dict[str, object]:
    """The machine and the programs that the numbers belong to."""
    compiler = standin.compiler()
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True) if compiler else None
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "compiler": version.stdout.splitlines()[0] if version else None,
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
