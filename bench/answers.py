"""Rows about answers: geometry, a what-if, and what common random numbers are worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from bench import geometry_rate, oracle
from bench.row import Effort, Row, seconds
from skypact.engine import LEAKED, prepare, replicate
from skypact.raid import Raid, dump_raid
from skypact.study import CompiledPolicy, RunSettings, Study, play, player

SCENARIO = "ukraine-2024-08-26"
REPORTED = "neighbours-drones-70km"
ORACLE_REPLICATIONS = 10
PAIRED = 1000
COMPARED = 20_000


def geometry_row(effort: Effort) -> Row:
    """Geometry and permission for many pairs against the straightforward loop."""
    rate = geometry_rate.measure(plain_seconds=max(2.0, 20 * effort.share))
    note = f"{rate.ours_s:.2f} s against {rate.plain_s:,.0f} s (scaled up from {rate.pairs_timed:,} pairs)"
    return Row(
        "geometry and permission, 1,000 threats x 200 units, against the plain loop",
        rate.ratio,
        100,
        note=note,
    )


def what_if_row(effort: Effort) -> Row:
    """A decision switched: the time to the answer, against the oracle's time for ten replications."""
    question = Study.ask(SCENARIO)
    baseline = question.compile(question.baseline)
    switched = json.loads(dump_raid(question.compile(REPORTED).raid))
    ask = partial(_what_if, question, baseline)
    pairs = []
    for _ in range(effort.pairs):
        pairs.append(
            (seconds(ask), seconds(partial(oracle.rates, switched, effort.of(ORACLE_REPLICATIONS, 1))))
        )
    ours = median(a for a, _ in pairs)
    theirs = median(b for _, b in pairs) * ORACLE_REPLICATIONS / effort.of(ORACLE_REPLICATIONS, 1)
    note = (
        f"{ours:.2f} s for {REPORTED} and {PAIRED:,} paired replications, against {theirs:.2f} s for"
        f" {ORACLE_REPLICATIONS} replications of the oracle"
    )
    return Row(
        "a what-if, against ten replications of the oracle",
        ours / theirs,
        1,
        "at most",
        note=note,
    )


def _what_if(question: Study, baseline: CompiledPolicy) -> None:
    other = question.compile(REPORTED)
    play(
        {one.policy: player(question, one) for one in (baseline, other)},
        RunSettings(PAIRED),
        baseline=question.baseline,
    )


def variance_rows(effort: Effort) -> Iterator[Row]:
    """Variance of each policy's difference: independent seeds against common random numbers."""
    question = Study.ask(SCENARIO)
    runs = effort.of(COMPARED, 200)
    baseline = question.compile(question.baseline).raid
    fates = fates_of(baseline, runs, seed=1)
    elsewhere = leakers(fates_of(baseline, runs, seed=2))
    for policy in question.policies:
        if policy == question.baseline:
            continue
        raid = question.compile(policy).raid
        if [threat.id for threat in raid.threats] != [threat.id for threat in baseline.threats]:
            raise ValueError(f"{policy} is not played over the same raid")
        other = fates_of(raid, runs, seed=1)
        yield variance_row(policy, fates, other, elsewhere)


def variance_row(
    policy: str, baseline: np.ndarray[Any, Any], other: np.ndarray[Any, Any], elsewhere: np.ndarray[Any, Any]
) -> Row:
    """The row of one policy.

    Parameters
    ----------
    policy
        Its name.
    baseline, other
        Fates under the baseline and the policy with the same luck, shape (replications, threats).
    elsewhere
        Leakers under the baseline with other luck, shape (replications,).
    """
    what = f"variance of the difference, independent against common, {policy}"
    asked = 20 if policy == REPORTED else None
    paired = leakers(other) - leakers(baseline)
    apart = leakers(other) - elsewhere
    nonzero, changed = float(np.mean(paired != 0)), float(np.mean(baseline != other))
    note = (
        f"fate changed for {changed:.2%} of threats; difference {paired.mean():+.2f} leakers,"
        f" not zero in {nonzero:.1%} of {len(paired):,} replications"
    )
    if paired.var() == 0:
        # A difference that never varies says nothing about how much variance was saved.
        return Row(what, None, asked, note=f"the paired difference never varies; {note}")
    note += f"; variance {apart.var(ddof=1):.2f} against {paired.var(ddof=1):.2f}"
    return Row(what, float(apart.var(ddof=1) / paired.var(ddof=1)), asked, note=note)


def fates_of(raid: Raid, runs: int, seed: int) -> np.ndarray[Any, Any]:
    """Fates, shape (replications, threats)."""
    return np.concatenate([outcomes.fate for outcomes in replicate(prepare(raid), runs, seed)])


def leakers(fates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Leakers in each replication."""
    return (fates == LEAKED).sum(axis=1)
