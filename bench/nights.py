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
SPANS = (
    ("2025-03-01", "2025-03-31", "one month"),
    ("2024-10-01", "2025-03-31", "six months"),
    ("2024-07-01", "2025-06-28", "twelve months"),
)
"""First and last day, and how long that is."""
HEAVIEST = "2025-06-01", "2025-06-28", "its heaviest month"
"""The part of the twelve months with the largest nights: a night's size takes room, and is not their number."""
ROUGH = (
    ("2025-03-01", "2025-03-02", "two days"),
    ("2025-03-01", "2025-03-03", "three days"),
    ("2025-03-01", "2025-03-04", "four days"),
)
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

    name: str
    busy_s: float
    most_mb: float
    nights: int

    @property
    def each_ms(self) -> float:
        """Processor time of a night."""
        return 1000 * self.busy_s / self.nights


def campaign_rows(effort: Effort) -> Iterator[Row]:
    """Processor time of one set, scaled to all sets on two cores; a rough one plays a few days."""
    full = effort.share == 1
    runs = effort.of(REPLICATIONS, 20)
    short, middle, long = (_span(*span, runs) for span in (SPANS if full else ROUGH))
    yield Row(
        f"{middle.name} of nights, three policies, {SETS} sets of {runs}, on {CORES} cores",
        middle.busy_s * (SETS + 1) / CORES,
        300 if full else None,
        "at most",
        "s",
        f"processor time of one set, {middle.busy_s:.1f} s for {middle.nights} nights, times {SETS + 1} (one is with central"
        f" values), over {CORES}",
    )
    yield Row(
        f"a night of {long.name} against one of {short.name}",
        long.each_ms / short.each_ms,
        None,
        "at most",
        note="; ".join(
            f"{one.name}, {one.nights} nights: {one.busy_s:.1f} s" for one in (short, middle, long)
        ),
    )
    heavy = _span(*HEAVIEST, runs) if full else long
    yield Row(
        f"memory of {long.name} against {heavy.name}",
        long.most_mb / heavy.most_mb,
        1.25 if full else None,
        "at most",
        note="; ".join(f"{one.name}: {one.most_mb:.0f} MB" for one in (short, middle, long, heavy)),
    )


def _span(first: str, last: str, name: str, runs: int) -> Span:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, first, last, str(runs), CAMPAIGN, ",".join(POLICIES)],
        capture_output=True,
        text=True,
        check=True,
    )
    return Span(name, **json.loads(done.stdout))
