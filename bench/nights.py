"""Rows about campaigns: how long months take, how the cost grows from one month to twelve, and that memory does not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.row import Effort, Row

CAMPAIGN = "ukraine-winter-2024"
POLICIES = ("as-happened", "missiles-in-october", "joint-from-october")
SETS, REPLICATIONS, CORES = 16, 200, 2
SPANS = (("2025-03-01", "2025-03-31", 1), ("2024-10-01", "2025-03-31", 6), ("2024-07-01", "2025-06-28", 12))
"""First and last day, and how many months that are."""
SCRIPT = """
import json, resource, sys, time
from dataclasses import replace
from datetime import date
from skypact.campaigns.load import ask
from skypact.campaigns.nights import nights_of
from skypact.campaigns.play import Job, play_nights
from skypact.engine import workers
from skypact.policy.draw import central
first, last, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
study = ask(sys.argv[4], tuple(sys.argv[5].split(",")))
campaign = study.campaign.model_copy(update={"since": first, "until": last})
nights = nights_of(campaign.nights, date.fromisoformat(first), date.fromisoformat(last)).nights
study = replace(study, campaign=campaign, nights=nights)
with workers(1) as team:
    few = replace(study, nights=nights[:3])
    play_nights(few, central, Job(0, runs, 1, 60), team)
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    play_nights(study, central, Job(0, runs, 1, 60), team)
    busy = time.process_time() - started
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"busy_s": busy, "most_mb": most / 1024, "nights": len(nights)}))
"""


@dataclass(frozen=True)
class Span:
    """What one set of some months took: processor time, memory at most, nights."""

    months: int
    busy_s: float
    most_mb: float
    nights: int


def campaign_rows(effort: Effort) -> Iterator[Row]:
    """Processor time of one set, scaled to all sets on two cores; a rough one plays few replications."""
    runs = effort.of(REPLICATIONS, 20)
    found = [_span(first, last, months, runs) for first, last, months in SPANS]
    by_months = {one.months: one for one in found}
    six, twelve = by_months[6], by_months[12]
    whole = six.busy_s * (SETS + 1) / CORES
    full = runs == REPLICATIONS
    yield Row(
        f"six months of nights, three policies, {SETS} sets x {runs}, on {CORES} cores",
        whole,
        300 if full else None,
        "at most",
        "s",
        f"processor time of one set, {six.busy_s:.1f} s for {six.nights} nights, by {SETS + 1} sets over {CORES} cores",
    )
    yield Row(
        "the cost of twelve months against six, for each night",
        (twelve.busy_s / twelve.nights) / (six.busy_s / six.nights),
        None,
        "at most",
        note="; ".join(f"{one.months} months, {one.nights} nights: {one.busy_s:.1f} s" for one in found),
    )
    yield Row(
        "memory of twelve months against six",
        twelve.most_mb / six.most_mb,
        1.25,
        "at most",
        note="; ".join(f"{one.months} months: {one.most_mb:.0f} MB" for one in found),
    )


def _span(first: str, last: str, months: int, runs: int) -> Span:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, first, last, str(runs), CAMPAIGN, ",".join(POLICIES)],
        capture_output=True,
        text=True,
        check=True,
    )
    return Span(months, **json.loads(done.stdout))
