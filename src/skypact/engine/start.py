"""How a replication starts: chance before the start, and everything as it is then."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine import randomness
from skypact.engine.prepared import NEVER

LEAKED, FAILED, KILLED = 0, 1, 2

_draw_all = randomness.draw_all
_WORKS, _WAVE, _SEEN = randomness.WORKS, randomness.WAVE, randomness.SEEN


@njit(nogil=True, error_model="numpy")
def draw_fates(
    seed: Any,
    replication: Any,
    threats: Any,
    identities: Any,
    wave_identities: Any,
    drawn: Any,
) -> None:
    """Draw whether each threat works, and its offset; write when it ends if nobody kills it."""
    draws, wave_draws, offset, end, fate, killer = drawn
    _draw_all(seed, replication, _WORKS, identities, draws[0], draws[1])
    _draw_all(seed, replication, _WAVE, wave_identities, wave_draws[0], wave_draws[1])
    for t in range(len(threats)):
        threat = threats[t]
        draw = draws[1, t] if threat.wave < 0 else wave_draws[0, np.uint32(threat.wave)]
        share = np.float64(draw) * 2.0**-53
        shifted = np.int64(np.rint(threat.offset_low + threat.offset_span * share))
        offset[t] = shifted
        killer[t] = -1
        if draws[0, t] < threat.works:
            end[t] = threat.impact + shifted
            fate[t] = LEAKED
        else:
            end[t] = min(threat.impact, threat.fails) + shifted
            fate[t] = FAILED


@njit(nogil=True, error_model="numpy")
def draw_sights(seed: Any, replication: Any, sights: Any, identities: Any, draws: Any, pairs: Any) -> None:
    """Draw when each pair whose detection is a matter of chance sees its threat."""
    _draw_all(seed, replication, _SEEN, identities, draws[0], draws[1])
    for i in range(len(sights)):
        sight = sights[i]
        share = np.float64(draws[1, i]) * 2.0**-53
        delay = np.int64(np.rint(sight.delay_low + sight.delay_span * share))
        seen = draws[0, i] < sight.seen
        pairs[sight.pair].seen = sight.detected + delay if seen else NEVER


@njit(nogil=True, error_model="numpy")
def reset(pairs: Any, units: Any, offset: Any) -> None:
    """Set pairs and units as they are at the start."""
    for u in range(len(units)):
        unit = units[u]
        unit.busy = 0
        unit.ready = unit.ready_first
        unit.reserve = unit.reserve_first
        unit.reloaded = NEVER
    for p in range(len(pairs)):
        pair = pairs[p]
        pair.upcoming = pair.first
        pair.under_way = 0
        pair.slot = -NEVER
        pair.offset = offset[pair.threat]
