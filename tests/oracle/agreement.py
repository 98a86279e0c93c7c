"""Comparison of the engine with the oracle, replication by replication."""

from collections import Counter

import numpy as np

from skypact.engine import prepare, replicate, trace
from skypact.raid import parse_raid

from .model import simulate


def differences(raid, replications=3, seed=1, first=0):
    """Where engine and oracle differ on a raid (JSON object): a list of lines, empty if nowhere."""
    expected = [simulate(raid, r, seed) for r in range(first, first + replications)]
    return differences_from(expected, raid, seed, first)


def differences_from(expected, raid, seed=1, first=0):
    """As `differences`, with the oracle's results at hand."""
    prepared = prepare(parse_raid(raid))
    chunks = list(replicate(prepared, len(expected), seed=seed, first=first))
    outcomes = {
        name: np.concatenate([getattr(chunk, name) for chunk in chunks])
        for name in ("fate", "killer", "rounds", "engagements")
    }
    classes = list(prepared.classes)
    lines = []
    for row, want in enumerate(expected):
        replication = first + row

        def check(what, got, wanted, replication=replication):
            if got != wanted:
                lines.append(f"replication {replication}: {what}: engine {got}, oracle {wanted}")

        rounds, fired = Counter(), Counter()
        for _, _, threat, unit, _, n, _ in want.engagements:
            rounds[unit, classes.index(raid["threats"][threat]["class"])] += n
            fired[unit] += 1
        units = range(len(raid["units"]))
        check("fate", tuple(outcomes["fate"][row].tolist()), want.fate)
        check("killer", tuple(outcomes["killer"][row].tolist()), want.killer)
        check(
            "rounds by unit and class",
            outcomes["rounds"][row].tolist(),
            [[rounds[u, c] for c in range(len(classes))] for u in units],
        )
        check("engagements by unit", outcomes["engagements"][row].tolist(), [fired[u] for u in units])

        seen = trace(prepared, replication, seed=seed)
        check("fate (trace)", tuple(seen.fate.tolist()), want.fate)
        check("killer (trace)", tuple(seen.killer.tolist()), want.killer)
        # A threat that failed before the start has no moment of its own.
        ends = [
            end if mine is not None else None
            for end, mine in zip(seen.end_us.tolist(), want.end_us, strict=True)
        ]
        check("end", tuple(ends), want.end_us)
        check("rounds of the kill", tuple(seen.kill_rounds.tolist()), want.kill_rounds)
        check("engagements", tuple(tuple(e) for e in seen.engagements), want.engagements)
    return lines
