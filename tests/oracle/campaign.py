"""The long comparison of engine and oracle: `python -m tests.oracle.campaign --raids 100000`.

Raid number i is drawn from the seed i, so any part of a campaign can be repeated. A raid on which
they differ is made small and kept in `cases/` as a regression test.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

from skypact.reading import Problems

from . import features
from .agreement import differences, differences_from
from .model import simulate
from .raids import random_raid
from .shrink import shrunk

CASES = Path(__file__).parent / "cases"
REPLICATIONS = 3
BATCH = 250


def seeds_of(number):
    """Seed and first replication used with a raid: all 64 and 32 bits take part."""
    return number * 0x9E3779B97F4A7C15 % 2**64, number * 0x9E3779B1 % (2**32 - REPLICATIONS)


def check_raid(number):
    """Compare engine and oracle on one raid: (differences, counts)."""
    raid = random_raid(number)
    seed, first = seeds_of(number)
    results = [simulate(raid, first + r, seed) for r in range(REPLICATIONS)]
    found = set(features.in_raid(raid)).union(*(features.in_result(raid, r) for r in results))
    counts = Counter(dict.fromkeys(found, 1))
    counts["replications"] = len(results)
    counts["threats"] = sum(len(r.fate) for r in results)
    counts["engagements"] = sum(len(r.engagements) for r in results)
    return differences_from(results, raid, seed, first), counts


def check_batch(numbers):
    counts, failed = Counter(), []
    for number in numbers:
        found, more = check_raid(number)
        counts += more
        if found:
            failed.append((number, found))
    return len(numbers), counts, failed


def keep(number):
    """Shrink a failing raid and write it to `cases/`."""
    seed, first = seeds_of(number)

    def fails(raid):
        try:
            return bool(differences(raid, REPLICATIONS, seed, first))
        except Problems:
            return False

    raid = shrunk(random_raid(number), fails)
    path = CASES / f"raid-{number}.json"
    case = {"seed": seed, "first": first, "replications": REPLICATIONS, "raid": raid}
    path.write_text(json.dumps(case, indent=1) + "\n")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raids", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first raid")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()

    last = arguments.first + arguments.raids
    batches = [range(a, min(a + BATCH, last)) for a in range(arguments.first, last, BATCH)]
    counts, failed, done, started = Counter(), [], 0, time.monotonic()
    with multiprocessing.get_context("spawn").Pool(arguments.processes) as pool:
        for raids, more, wrong in pool.imap_unordered(check_batch, batches):
            done += raids
            counts += more
            failed += wrong
            elapsed = time.monotonic() - started
            print(
                f"\r{done} of {arguments.raids} raids, {len(failed)} differ, {elapsed:.0f} s",
                end="",
                file=sys.stderr,
                flush=True,
            )
    print(file=sys.stderr)

    totals = {name: counts.pop(name, 0) for name in ("replications", "threats", "engagements")}
    print(f"raids {done}, differing {len(failed)}, {time.monotonic() - started:.0f} s")
    print(", ".join(f"{name} {n}" for name, n in totals.items()))
    print("raids by feature:")
    for name, n in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"  {n:8d}  {name}")
    for number, found in failed[:10]:
        print(f"raid {number} differs: {found[0]}\n  kept as {keep(number)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
