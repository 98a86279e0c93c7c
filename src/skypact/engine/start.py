"""Chance before the start: all draws of a replication that do not depend on what happens in it."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine import randomness
from skypact.engine.prepared import NEVER

LEAKED, FAILED, KILLED = 0, 1, 2

_draw_all, _draw_first = randomness.draw_all, randomness.draw_first
_WORKS, _WAVE, _LOOK, _KILL = randomness.WORKS, randomness.WAVE, randomness.LOOK, randomness.KILL
_AVAILABLE, _SUSCEPTIBLE, _ACQUIRES = randomness.AVAILABLE, randomness.SUSCEPTIBLE, randomness.ACQUIRES
_NEVER = float(NEVER)
NONE = np.uint32(0xFFFFFFFF)


@njit(nogil=True, error_model="numpy")
def draw_threats(
    seed: Any, replication: Any, identities: Any, wave_identities: Any, draws: Any, wave_draws: Any
) -> None:
    """Draw whether each threat works, its own offset, and that of each wave."""
    _draw_all(seed, replication, _WORKS, identities, draws[0], draws[1])
    _draw_all(seed, replication, _WAVE, wave_identities, wave_draws[0], wave_draws[1])


@njit(nogil=True, error_model="numpy")
def draw_before(seed: Any, replication: Any, chances: Any, luck: Any, known: Any) -> None:
    """Make all draws that are needed before the start."""
    draws, wave_draws, look_draws, found, family_draws, unit_draws, acquire_draws = luck
    standing, available, acquired = known
    draw_threats(seed, replication, chances.threats, chances.waves, draws, wave_draws)
    looks = chances.looks
    if looks.wanted > 0:
        draw_looks(seed, replication, looks.wanted, looks, chances.families, family_draws, look_draws, found)
        stand_tracks(chances.tracks, chances.track_looks, chances.track_sure, found, standing)
    if len(chances.units) > 0:
        draw_units(
            seed, replication, chances.units, chances.unit_row, chances.unit_chance, unit_draws, available
        )
    if len(chances.acquisitions) > 2:
        draw_acquisitions(
            seed, replication, chances.acquisitions, chances.acquire_chance, acquire_draws, acquired
        )


@njit(nogil=True, error_model="numpy")
def begin_units(units: Any, pairs: Any, ready: Any, reserve: Any) -> None:
    """Set every unit and pair as it is at the start: what was empty and had a reserve has been refilled."""
    for u in range(len(units)):
        unit = units[u]
        unit.busy = 0
        unit.ready = ready[u]
        unit.reserve = reserve[u]
        unit.reloaded = NEVER
        if unit.ready <= unit.reload_at and unit.reserve > 0:
            moved = max(np.int32(0), min(unit.magazine - unit.ready, unit.reserve))
            unit.ready += moved
            unit.reserve -= moved
    for p in range(len(pairs)):
        pair = pairs[p]
        pair.slot = -NEVER
        pair.slot2 = -NEVER
        pair.under_way = 0


@njit(nogil=True, error_model="numpy")
def begin_threats(
    luck: Any,
    known: Any,
    fate: Any,
    killer: Any,
    threats: Any,
    windows: Any,
    waiting: Any,
    beside: Any,
    queue: Any,
    start: Any,
    width: Any,
) -> Any:
    """Set every threat as it is at the start, and queue it; return how many are queued.

    A threat is queued at the first moment at which somebody may fire at it.  That is what the kernel does
    with a stirred threat, made simpler by an empty sky and an empty queue.
    """
    draws, wave_draws, _, _, _, _, _ = luck
    standing, available, acquired = known
    due, after, bucket, occupied, ahead, _, _ = queue
    mask = np.uint64(len(bucket) - 1)
    queued = 0
    for t in range(len(threats)):
        threat = threats[t]
        draw = draws[1, t] if threat.wave < 0 else wave_draws[0, np.uint32(threat.wave)]
        share = np.float64(draw) * 2.0**-53
        offset = np.int64(np.rint(threat.offset_low + threat.offset_span * share))
        works = draws[0, t] < threat.works
        end = offset + (threat.impact if works else min(threat.impact, threat.fails))
        fate[t] = LEAKED if works else FAILED
        killer[t] = -1
        threat.offset = offset
        threat.arrives = threat.impact + offset
        threat.end = end
        threat.slot = -NEVER
        threat.engaged = 0
        w = threat.first
        moment = np.int64(NEVER)
        while w < threat.stop:
            window = windows[w]
            opening = window.opens + offset
            if opening >= end:
                w = threat.stop
                break
            if threat.chances != 0:
                seen = standing[window.track] - window.opens
                if (
                    (available[window.unit] == 0)
                    | (acquired[window.acquire] == 0)
                    | (np.float64(seen) > window.length)
                ):
                    w += np.uint32(1)  # lost
                    continue
                if seen > 0:  # wait for the track
                    beside[w] = waiting[t]
                    waiting[t] = w
                    moment = min(moment, opening + seen)
                    w += np.uint32(1)
                    continue
            moment = min(moment, opening)
            break
        threat.upcoming = w
        if moment >= end:
            continue
        due[t] = moment
        ahead[t] = w if waiting[t] == NONE else waiting[t]
        slot = (np.uint64(moment - start) >> np.uint64(width)) & mask
        previous = NONE
        other = bucket[slot]
        while other != NONE and due[other] < moment:
            previous = other
            other = after[other]
        after[t] = other
        if previous == NONE:
            bucket[slot] = t
            occupied[slot >> np.uint64(6)] |= np.uint64(1) << (slot & np.uint64(63))
        else:
            after[previous] = t
        queued += 1
    return queued


@njit(nogil=True, error_model="numpy")
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


@njit(nogil=True, error_model="numpy")
def stand_tracks(tracks: Any, track_looks: Any, sure: Any, found: Any, standing: Any) -> None:
    """Set when each track stands that does not always stand from the same moment."""
    for k in range(1, len(tracks) - 1):
        moment = np.float64(sure[k])
        for i in range(tracks[k], tracks[k + 1]):
            moment = min(moment, found[track_looks[i]])
        standing[k] = np.int64(moment)


@njit(nogil=True, error_model="numpy")
def draw_units(
    seed: Any, replication: Any, identities: Any, row: Any, chance: Any, draws: Any, out: Any
) -> None:
    """Draw which units are available."""
    _draw_first(seed, replication, _AVAILABLE, identities, draws)
    for i in range(len(identities)):
        out[row[i]] = draws[i] < chance[i]


@njit(nogil=True, error_model="numpy")
def draw_acquisitions(
    seed: Any, replication: Any, identities: Any, chance: Any, draws: Any, out: Any
) -> None:
    """Draw which units acquire which threats."""
    _draw_first(seed, replication, _ACQUIRES, identities, draws)
    for i in range(len(identities)):
        out[i] = draws[i] < chance[i]
    out[0] = 1
    out[1] = 0


@njit(nogil=True, error_model="numpy")
def draw_first_shots(
    seed: Any,
    replication: Any,
    due: Any,
    ahead: Any,
    windows: Any,
    shots: Any,
    families: Any,
    guesses: Any,
) -> None:
    """Draw for the shots that will likely be the first at each threat: much at once is cheaper.

    That is whether they kill and, if there are families, whether the threat is susceptible to theirs.
    """
    first_shot, identities, draws, family, susceptible_draws = guesses
    for t in range(len(draws)):
        first_shot[t] = NONE
        if due[t] != NEVER:
            first_shot[t] = windows[ahead[t]].history
            identities[t] = shots[ahead[t]].identity
            family[t] = shots[ahead[t]].family
    _draw_first(seed, replication, _KILL, identities, draws)
    if families:
        _draw_first(seed, replication, _SUSCEPTIBLE, family, susceptible_draws)
