"""Times the oracle."""

import time

from tests.oracle.model import simulate


def rates(raid, replications, seed=1, first=0):
    """Replications and engagements of the oracle, in all and a second, as a dictionary."""
    started = time.perf_counter()
    engagements = kills = 0
    for replication in range(first, first + replications):
        result = simulate(raid, replication, seed)
        engagements += len(result.engagements)
        kills += sum(killer >= 0 for killer in result.killer)
    seconds = time.perf_counter() - started
    return {
        "replications": replications,
        "seconds": seconds,
        "replications_per_s": replications / seconds,
        "engagements": engagements,
        "engagements_per_s": engagements / seconds,
        "kills": kills,
    }
