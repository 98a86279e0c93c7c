"""What a cluster costs and gives, on this machine: `python -m bench.cluster`.

The same comparison on threads and on worker processes, in turn; then pieces that do nothing, which show what the
scheduler can feed; then how large a task and an answer are.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
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


def compared(**how: Any) -> float:
    """Seconds that a comparison takes."""
    started = time.perf_counter()
    skypact.compare(SCENARIO, POLICIES, sets=SETS, replications=REPLICATIONS, besides=False, **how)
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print."""
    print(
        f"{os.cpu_count()} processors; {SETS} sets of {REPLICATIONS} replications, {len(POLICIES)} policies"
    )
    with cluster.opened("local:1") as one, cluster.opened("local:2") as two:
        ways: dict[str, dict[str, Any]] = {
            "1 thread": {"threads": 1},
            "2 threads": {"threads": 2},
            "1 worker process": {"threads": 1, "cluster": one},
            "2 worker processes": {"threads": 1, "cluster": two},
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for how in ways.values():
            compared(**how)  # each process makes ready what it keeps
        for _ in range(PAIRS):
            for name, how in ways.items():
                taken[name].append(compared(**how))
        usual = median(taken["1 thread"])
        for name, found in taken.items():
            print(f"{name}: {median(found):.1f} s, {usual / median(found):.2f} times as fast as one thread")
        settings = RunSettings(threads=1, cluster=two)
        started = time.perf_counter()
        done_by_all(Nothing(), Nothing().play, EMPTY, settings, "nothing")
        each = (time.perf_counter() - started) / EMPTY
        print(f"a piece that does nothing: {1000 * each:.1f} ms, so {1 / each:.0f} pieces a second")
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
        f" answer {len(pickle.dumps(found)) / 1e3:.0f} kB"
    )


if __name__ == "__main__":
    main()
