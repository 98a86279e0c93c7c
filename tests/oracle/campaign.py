"""The long comparison of engine and oracle: `python -m tests.oracle.campaign --raids 100000`.

Raid number i is drawn from the seed i, so any part of a campaign can be repeated. Every second raid
is played a second time with the stock that the first time left, and deliveries. A raid on which they
differ is made small and kept in `cases/` as a regression test.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

from . import features
from .agreement import differences, differences_from
from .model import simulate
from .raids import random_raid
from .shrink import shrunk
from .stock import next_night, with_stock

CASES = Path(__file__).parent / "cases"
REPLICATIONS = 3
BATCH = 250


def seeds_of(number):
    """Seed and first replication used with a raid: all 64 and 32 bits take part."""
    return number * 0x9E3779B97F4A7C15 % 2**64, number * 0x9E3779B1 % (2**32 - REPLICATIONS)


def nights(raid, number):
    """The oracle's results on a raid and the stocks at their start: [(stocks or None, results)]."""
    seed, first = seeds_of(number)
    results = [simulate(raid, first + r, seed) for r in range(REPLICATIONS)]
    played = [(None, results)]
    if number % 2:
        stocks = next_night(raid, results, number)
        played.append((stocks, [simulate(raid, first + r, seed, stock) for r, stock in enumerate(stocks)]))
    return played


def check_raid(number):
    """Compare engine and oracle on one raid: (differences, counts)."""
    raid = random_raid(number)
    seed, first = seeds_of(number)
    found, counts, lines = [features.of_raid(raid)], Counter(), []
    for stocks, results in nights(raid, number):
        at_start = stocks or [None] * REPLICATIONS
        found += map(features.of_result, [raid] * REPLICATIONS, results, at_start)
        counts["replications"] += len(results)
        counts["threats"] += sum(len(r.fate) for r in results)
        counts["engagements"] += sum(len(r.engagements) for r in results)
        lines += differences_from(results, raid, seed, first, stocks)
    return lines, counts + Counter(dict.fromkeys(features.present(*found), 1))


def check_batch(numbers):
    counts, failed = Counter(), []
    for number in numbers:
        found, more = check_raid(number)
        counts += more
        if found:
            failed.append((number, found))
    return len(numbers), counts, failed


def keep(number):
    """Shrink a failing raid and write it to `cases/`.

    One that differs only with another stock at the start is kept with the stock in its file.
    """
    seed, first = seeds_of(number)

    def fails(raid):
        return bool(differences(raid, REPLICATIONS, seed, first))

    raid = random_raid(number)
    if not fails(raid):
        (stocks, _), *_ = reversed(nights(raid, number))
        found = [with_stock(raid, stock) for stock in stocks or ()]
        raid = next((r for r in found if fails(r)), None)
        if raid is None:
            return None  # the engine takes a given stock otherwise than the same numbers in the file
    path = CASES / f"raid-{number}.json"
    case = {"seed": seed, "first": first, "replications": REPLICATIONS, "raid": shrunk(raid, fails)}
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
        print(f"raid {number} differs: {found[0]}\n  kept as {keep(number) or 'nothing: it needs a stock'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
