"""Rows about what a user waits for: compiling, a what-if, a whole comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from statistics import median
from time import process_time

import skypact
from bench.answers import REPORTED, SCENARIO
from bench.row import Effort, Row, seconds
from skypact.study import Study
from skypact.study.draw import Sets

SETS, REPLICATIONS = 64, 200
COMPILED = 15


def compile_rows(effort: Effort) -> Iterator[Row]:
    """Processor time of a compile: with numbers that were never seen, and with one decision changed."""
    question = Study.ask(SCENARIO)
    draws = Sets(SETS).drawn(question.catalog)
    question.compile(question.baseline)  # the map and the compiled code are there
    cold, switched = [], []
    for number in range(effort.of(COMPILED, 3)):
        drawn = draws.of(number)
        cold.append(_busy_ms(partial(question.compile, question.baseline, drawn)))
        switched.append(_busy_ms(partial(question.compile, REPORTED, drawn)))
    yield Row(
        f"compiling {SCENARIO} with numbers of its own",
        median(cold),
        100,
        "at most",
        "ms",
        f"from {min(cold):.0f} to {max(cold):.0f} ms of processor time over {len(cold)} sets of numbers",
    )
    yield Row(
        "compiling it with one decision changed",
        median(switched),
        50,
        "at most",
        "ms",
        f"{REPORTED} after {question.baseline}, from {min(switched):.0f} to {max(switched):.0f} ms",
    )


def what_if_row(effort: Effort) -> Row:
    """One decision switched with central values, after another what-if of the same scenario."""
    scenario = skypact.load(SCENARIO)
    policies = scenario.data.policies
    usual, switched = policies[scenario.baseline].decisions, policies[REPORTED].decisions
    taken = []
    for _ in range(max(3, effort.pairs)):
        # Another object, of which no policy was compiled yet.
        data = scenario.data.model_copy(update={"summary": f"{scenario.data.summary} "})
        fresh = replace(scenario, data=data)
        skypact.whatif(fresh, usual, central=True, replications=REPLICATIONS)
        ask = partial(skypact.whatif, fresh, switched, central=True, replications=REPLICATIONS)
        taken.append(seconds(ask))
    note = f"{REPORTED}, {REPLICATIONS} replications, from {min(taken):.2f} to {max(taken):.2f} s"
    return Row("a what-if of one decision, central values, warm", median(taken), 0.25, "at most", "s", note)


def compare_row(effort: Effort) -> Row:
    """A whole comparison of all policies over drawn sets, with all that is told besides; a rough one is smaller."""
    full = effort.share == 1
    sets = SETS if full else 4
    policies = None if full else (Study.ask(SCENARIO).baseline, REPORTED)
    taken = seconds(
        partial(skypact.compare, SCENARIO, policies=policies, sets=sets, replications=REPLICATIONS)
    )
    which = "all policies" if full else "two policies"
    note = f"{sets} sets of {REPLICATIONS} replications, on all cores"
    return Row(f"compare {SCENARIO}, {which}", taken, 60 if full else None, "at most", "s", note)


def _busy_ms(job: partial[object]) -> float:
    started = process_time()
    job()
    return 1000 * (process_time() - started)
