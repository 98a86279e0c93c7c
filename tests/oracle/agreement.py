"""Comparison of the engine with the oracle, replication by replication."""

from collections import Counter

import numpy as np

from skypact.engine import prepare, replicate, trace
from skypact.raid import parse_raid

from .model import simulate

ARRAYS = ("fate", "killer", "rounds", "engagements", "reason", "ready", "reserve")


def differences(raid, replications=3, seed=1, first=0, stocks=None):
    """Where engine and oracle differ on a raid (JSON object): a list of lines, empty if nowhere.

    `stocks` are (ready, reserve) by unit at the start, for each replication, or None for the file's.
    """
    at_start = [None] * replications if stocks is None else stocks
    expected = [simulate(raid, first + r, seed, at_start[r]) for r in range(replications)]
    return differences_from(expected, raid, seed, first, stocks)


def differences_from(expected, raid, seed=1, first=0, stocks=None):
    """As `differences`, with the oracle's results at hand."""
    prepared = prepare(parse_raid(raid))
    stock = stocks and tuple(np.array(part, dtype=np.int32) for part in zip(*stocks, strict=True))
    chunks = list(replicate(prepared, len(expected), seed=seed, first=first, stock=stock))
    got = {name: np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ARRAYS}
    lines = []
    for row, want in enumerate(expected):
        wanted = as_arrays(want, raid, list(prepared.classes))
        lines += [
            f"replication {first + row}: {name}: engine {got[name][row].tolist()}, oracle {wanted[name]}"
            for name in ARRAYS
            if got[name][row].tolist() != wanted[name]
        ]
        if stocks is None:
            seen = trace(prepared, first + row, seed=seed)
            lines += [f"replication {first + row}: {line}" for line in differences_in_trace(seen, want)]
    return lines


def as_arrays(result, raid, classes):
    """A row of the engine's outcomes, made from the oracle's result."""
    rounds, fired = Counter(), Counter()
    for _, _, threat, unit, _, n, _ in result.engagements:
        rounds[unit, classes.index(raid["threats"][threat]["class"])] += n
        fired[unit] += 1
    units = range(len(raid["units"]))
    return {
        "fate": list(result.fate),
        "killer": list(result.killer),
        "rounds": [[rounds[u, c] for c in range(len(classes))] for u in units],
        "engagements": [fired[u] for u in units],
        "reason": list(result.reason),
        "ready": list(result.ready),
        "reserve": list(result.reserve),
    }


def differences_in_trace(seen, want):
    """Where the engine's trace of one replication differs from the oracle's result."""
    # A threat that failed before the start has no moment of its own.
    ends = zip(seen.end_us.tolist(), want.end_us, strict=True)
    pairs = {
        "fate": (tuple(seen.fate.tolist()), want.fate),
        "killer": (tuple(seen.killer.tolist()), want.killer),
        "end": (tuple(end if mine is not None else None for end, mine in ends), want.end_us),
        "rounds of the kill": (tuple(seen.kill_rounds.tolist()), want.kill_rounds),
        "engagements": (tuple(tuple(e) for e in seen.engagements), want.engagements),
    }
    return [f"{what} (trace): engine {a}, oracle {b}" for what, (a, b) in pairs.items() if a != b]
