"""Rows about whole programs, each in a process of its own: memory, start, and compiling on a new machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench.rates import LARGE, raid_of
from bench.row import Effort, Row, interleaved, seconds
from skypact.raid import dump_raid

SKYPACT = (sys.executable, "-c", "from skypact.cli import main; main()")
RUN = (*SKYPACT, "run", "ukraine-2024-08-26", "--central", "--replications", "10")
FEW, MANY = 2_500, 10_000
STARTS = 15

# Peak memory of a command.  A small process starts it, because a child's peak begins with that of its parent.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

# Seconds to import Numba and to load what it compiled earlier, in a new process that plays a scenario.
LOADING = """
import time
started = time.perf_counter()
from numba.core.caching import Cache
taken = [time.perf_counter() - started]
load = Cache.load_overload
def timed(*arguments):
    started = time.perf_counter()
    try:
        return load(*arguments)
    finally:
        taken.append(time.perf_counter() - started)
Cache.load_overload = timed
from skypact.study import RunSettings, Study, compare
compare(Study.ask("ukraine-2024-08-26", only_baseline=True), RunSettings(10))
print(sum(taken))
"""


def memory_rows(effort: Effort) -> Iterator[Row]:
    """Peak memory of a large raid, and that it does not grow with the replications."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "raid.json"
        file.write_text(dump_raid(raid_of(LARGE)), encoding="utf-8")
        few, many = (peak_mb(file, effort.of(runs)) for runs in (FEW, MANY))
    what = f"memory of skypact simulate, {LARGE}"
    yield Row(f"{what}, {effort.of(MANY):,} replications", many, 1000, "at most", "MB")
    note = f"{many:.0f} against {few:.0f} MB"
    yield Row(
        f"{what}, {effort.of(MANY):,} against {effort.of(FEW):,} replications",
        many / few,
        1.1,
        "at most",
        note=note,
    )


def peak_mb(raid: Path, replications: int) -> float:
    """Peak resident memory of a process that plays a raid file, in MB (10**6 bytes)."""
    command = [*SKYPACT, "simulate", str(raid), "--json", "--replications", str(replications)]
    peak = int(_run(sys.executable, "-c", PEAK, *command).stdout)
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def help_row(effort: Effort) -> Row:
    """How long `skypact --help` takes, against a Python that does nothing."""
    pairs = interleaved(
        partial(seconds, partial(_run, *SKYPACT, "--help")),
        partial(seconds, partial(_run, sys.executable, "-c", "pass")),
        effort.of(STARTS, 3),
    )
    ours, theirs = pairs.medians
    note = f"{1000 * ours:.0f} against {1000 * theirs:.0f} ms, medians of {len(pairs.ours)}"
    return Row("skypact --help against python -c pass", ours / theirs, 10, "at most", note=note)


def first_run_rows(effort: Effort) -> Iterator[Row]:
    """The first answer on a new machine, where everything is compiled; and loading it later."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NUMBA_CACHE_DIR": folder}
        said: list[str] = []
        first = seconds(lambda: said.append(_run(*RUN, env=env).stderr))
        word = next((line for line in said[0].splitlines() if "ompil" in line), "")
        yield Row(
            "first run on a new machine",
            first,
            15,
            "at most",
            "s",
            note=f'it says: "{word}"' if word else "it does not say what one waits for",
            met=bool(word),
        )
        later, loads = [], []
        for _ in range(effort.pairs):
            later.append(seconds(partial(_run, *RUN, env=env)))
            loads.append(float(_run(sys.executable, "-c", LOADING, env=env).stdout))
    note = f"a whole later run takes {median(later):.2f} s"
    yield Row("loading the compiled code later", median(loads), 1, "at most", "s", note=note)


def _run(*command: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env)
