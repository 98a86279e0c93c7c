"""Chance before the start: all draws of a replication that do not depend on what happens in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from skypact.engine import randomness
from skypact.engine.prepared import NEVER

LEAKED, FAILED, KILLED = 0, 1, 2

_draw_all, _draw_first = randomness.draw_all, randomness.draw_first
_WORKS, _WAVE, _LOOK = randomness.WORKS, randomness.WAVE, randomness.LOOK
_AVAILABLE, _SUSCEPTIBLE, _ACQUIRES = randomness.AVAILABLE, randomness.SUSCEPTIBLE, randomness.ACQUIRES
_NEVER = float(NEVER)


@njit(nogil=True, cache=True, error_model="numpy")
def draw_threats(
    seed: Any,
    replication: Any,
    identities: Any,
    wave_identities: Any,
    draws: Any,
    wave_draws: Any,
    threats: Any,
    fate: Any,
    killer: Any,
) -> None:
    """Draw whether each threat works, and its offset; set when it ends if nobody kills it."""
    _draw_all(seed, replication, _WORKS, identities, draws[0], draws[1])
    _draw_all(seed, replication, _WAVE, wave_identities, wave_draws[0], wave_draws[1])
    for t in range(len(threats)):
        threat = threats[t]
        draw = draws[1, t] if threat.wave < 0 else wave_draws[0, np.uint32(threat.wave)]
        share = np.float64(draw) * 2.0**-53
        shifted = np.int64(np.rint(threat.offset_low + threat.offset_span * share))
        threat.offset = shifted
        threat.arrives = threat.impact + shifted
        threat.slot = -NEVER
        threat.engaged = 0
        threat.upcoming = threat.first
        killer[t] = -1
        if draws[0, t] < threat.works:
            threat.end = threat.arrives
            fate[t] = LEAKED
        else:
            threat.end = min(threat.impact, threat.fails) + shifted
            fate[t] = FAILED


@njit(nogil=True, cache=True, error_model="numpy")
def draw_looks(
    seed: Any,
    replication: Any,
    count: Any,
    looks: Any,
    family_identities: Any,
    family_draws: Any,
    draws: Any,
    found: Any,
) -> None:
    """Draw when each of the first `count` looks gives a track, before the offset; NEVER if it does not."""
    _draw_first(seed, replication, _SUSCEPTIBLE, family_identities, family_draws)
    family_draws[0] = 0  # the row of those that need no draw
    identity, find, susceptible, family = looks.identity, looks.find, looks.susceptible, looks.family
    at, low, span = looks.at, looks.delay_low, looks.delay_span
    _draw_all(seed, replication, _LOOK, identity[:count], draws[0], draws[1])
    for i in range(count):
        moment = at[i] + np.rint(low[i] + span[i] * (np.float64(draws[1, i]) * 2.0**-53))
        finds = draws[0, i] < find[i] and family_draws[family[i]] < susceptible[i]
        found[i] = moment if finds else _NEVER


@njit(nogil=True, cache=True, error_model="numpy")
def stand_tracks(tracks: Any, track_looks: Any, sure: Any, found: Any, standing: Any) -> None:
    """Set when each track stands that does not always stand from the same moment."""
    for k in range(1, len(tracks) - 1):
        moment = np.float64(sure[k])
        for i in range(tracks[k], tracks[k + 1]):
            moment = min(moment, found[track_looks[i]])
        standing[k] = np.int64(moment)


@njit(nogil=True, cache=True, error_model="numpy")
def draw_units(
    seed: Any, replication: Any, identities: Any, row: Any, chance: Any, draws: Any, out: Any
) -> None:
    """Draw which units are available."""
    _draw_first(seed, replication, _AVAILABLE, identities, draws)
    for i in range(len(identities)):
        out[row[i]] = draws[i] < chance[i]


@njit(nogil=True, cache=True, error_model="numpy")
def draw_acquisitions(
    seed: Any, replication: Any, identities: Any, chance: Any, draws: Any, out: Any
) -> None:
    """Draw which units acquire which threats."""
    _draw_first(seed, replication, _ACQUIRES, identities, draws)
    for i in range(len(identities)):
        out[i] = draws[i] < chance[i]
    out[0] = 1
    out[1] = 0
