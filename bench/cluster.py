"""What a cluster costs and gives, on this machine: `python -m bench.cluster`.

The same comparison on one, two, four and more threads and worker processes, up to the machine's processors; then pieces
that do nothing, which show what the scheduler can feed; then how large a task and an answer are.
"""

from __future__ import annotations

import os
import pickle
import time
import zlib
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import skypact
from skypact.engine import Workers
from skypact.study import RunSettings, Study, cluster
from skypact.study.draw import Sets
from skypact.study.jobs import done_by_all
from skypact.study.sets import Question, Task

SCENARIO, POLICIES = "ukraine-2024-08-26", ("status-quo", "sky-shield", "joint-as-over-israel")
SETS, REPLICATIONS, PAIRS = 24, 200, 3
EMPTY = 2_000


@dataclass(frozen=True)
class Nothing:
    """A task that does nothing."""

    def player(self) -> Callable[[int], int]:
        """Do nothing."""
        return lambda number: number + 1

    def play(self, number: int, team: Workers) -> int:
        """Do nothing."""
        return number + 1


def compared(sets: int, **how: Any) -> float:
    """Seconds that a comparison takes."""
    started = time.perf_counter()
    skypact.compare(SCENARIO, POLICIES, sets=sets, replications=REPLICATIONS, besides=False, **how)
    return time.perf_counter() - started


def counts() -> list[int]:
    """One, two, four and so on, up to the processors of this machine; one and two on any."""
    most = max(2, os.cpu_count() or 1)
    return [2**power for power in range(most.bit_length())]


def measured(count: int, sets: int, pairs: int) -> Iterator[tuple[str, float]]:
    """Seconds of a comparison (median) with so many threads, then with so many worker processes."""
    with cluster.opened(f"local:{count}") as workers:
        ways: dict[str, dict[str, Any]] = {
            f"{count} threads": {"threads": count},
            f"{count} worker processes": {"threads": 1, "cluster": workers},
        }
        for name, how in ways.items():
            compared(2 * count, **how)  # each process makes ready what it keeps
            yield name, median(compared(sets, **how) for _ in range(pairs))
        settings = RunSettings(threads=1, cluster=workers)
        started = time.perf_counter()
        done_by_all(Nothing(), Nothing().play, EMPTY, settings, "nothing")
        each = (time.perf_counter() - started) / EMPTY
        print(f"a piece that does nothing: {1000 * each:.1f} ms, so {1 / each:.0f} pieces a second")


def main() -> None:
    """Measure, and print."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("--sets", type=int, default=SETS, help="of numbers, for each comparison")
    asked.add_argument("--pairs", type=int, default=PAIRS, help="how often each way is measured")
    given = asked.parse_args()
    print(
        f"{os.cpu_count()} processors; {given.sets} sets of {REPLICATIONS} replications, {len(POLICIES)} policies",
        flush=True,
    )
    usual = None
    for count in counts():
        for name, seconds in measured(count, given.sets, given.pairs):
            usual = usual or seconds
            print(f"{name}: {seconds:.1f} s, {usual / seconds:.2f} times as fast as one thread", flush=True)
    study = Study.ask(SCENARIO, POLICIES)
    question = Question({name: (study, name) for name in POLICIES}, POLICIES[0])
    task = Task(question.bare(), RunSettings(REPLICATIONS).alone(), Sets(SETS))
    text = pickle.dumps(task)
    play = task.player()
    play(0)
    started = time.perf_counter()
    found = play(1)
    print(
        f"a task: {len(text) / 1e6:.2f} MB, sent once to each worker; a set: {time.perf_counter() - started:.2f} s, its"
        f" answer {len(zlib.compress(pickle.dumps(found), 1)) / 1e3:.0f} kB"
    )


if __name__ == "__main__":
    main()
