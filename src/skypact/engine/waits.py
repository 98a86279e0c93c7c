"""What a window may have to wait for: its opening, its track, its group's count, its unit's channels.

These functions are put into the kernel where they are called, and count no references (`_nrt=False`): with
Numba's own way of inlining, which does, an engagement takes twice as long.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine.prepared import ENDLESS, NEVER
from skypact.engine.start import NONE


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def next_opening(
    t: Any,
    threat: Any,
    moment: Any,
    windows: Any,
    terms: Any,
    units: Any,
    pairs: Any,
    pair_slot: Any,
    history: Any,
    waiting: Any,
    beside: Any,
    standing: Any,
    available: Any,
    acquired: Any,
) -> Any:
    """The earlier of `moment` and the first at which one of a threat's windows ahead may let it be fired at.

    On the way, windows that can never fire are passed over, and those that have to wait for more than their
    opening go into the list of the threat.
    """
    w = threat.upcoming
    while w < threat.stop:
        window = windows[w]
        opening = window.opens + threat.offset
        if opening >= threat.end:
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
        unit = units[window.unit]
        term = terms[window.terms]
        if (
            unit.ready <= term.hold and min(unit.magazine, unit.ready + unit.reserve) <= term.hold
        ) or history[window.history] >= term.attempts:
            w += np.uint32(1)  # it can never fire
            continue
        pair = pairs[window.pair]
        if threat.single != 0:  # nothing can fire before that
            opening = max(opening, threat.slot)
        elif pair.limit != ENDLESS:
            # Will the group's count be full when it opens, and until when?
            n = 0
            earliest = np.int64(NEVER)
            if pair.late <= 2:
                if pair.slot > opening:
                    n = 1
                    earliest = pair.slot
                if pair.slot2 > opening:
                    n += 1
                    earliest = min(earliest, pair.slot2)
            else:
                for j in range(pair.under_way):
                    other_end = pair_slot[pair.slots + np.uint32(j)]
                    if other_end > opening:
                        n += 1
                        earliest = min(earliest, other_end)
            if n >= pair.limit:
                if np.float64(earliest - opening) > window.length:
                    if n >= pair.late:
                        w += np.uint32(1)  # late, and none may shoot any more
                        continue
                else:
                    beside[w] = waiting[t]
                    waiting[t] = w
                    moment = min(moment, earliest)
                    w += np.uint32(1)
                    continue
        moment = min(moment, opening)
        break
    threat.upcoming = w
    return moment


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def under_fire(pair: Any, pair_slot: Any, now: Any) -> Any:
    """How many engagements count in a group for a threat, when the first ends, and whether one ends now.

    Where they are too few to matter, the number is 0.
    """
    n = 0
    pending = False
    free_at = np.int64(NEVER)
    if pair.late <= 2:
        if pair.slot > now:
            n = 1
            free_at = pair.slot
        if pair.slot2 > now:
            n += 1
            free_at = min(free_at, pair.slot2)
        pending = pair.slot == NEVER or pair.slot2 == NEVER
    elif pair.under_way >= pair.limit:
        n = pair.under_way
        j = 0
        while j < n:
            moment = pair_slot[pair.slots + np.uint32(j)]
            if moment <= now:
                n -= 1
                pair_slot[pair.slots + np.uint32(j)] = pair_slot[pair.slots + np.uint32(n)]
            else:
                if moment == NEVER:
                    pending = True
                free_at = min(free_at, moment)
                j += 1
        pair.under_way = n
    return n, free_at, pending


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def channel_free(unit: Any, unit_slot: Any, now: Any) -> Any:
    """When the unit has a free channel: now or later."""
    free_at = now
    if unit.busy >= unit.channels:
        n = unit.busy
        j = 0
        earliest = np.int64(NEVER)
        while j < n:
            moment = unit_slot[unit.slots + np.uint32(j)]
            if moment <= now:
                n -= 1
                unit_slot[unit.slots + np.uint32(j)] = unit_slot[unit.slots + np.uint32(n)]
            else:
                earliest = min(earliest, moment)
                j += 1
        unit.busy = n
        if n >= unit.channels:
            free_at = earliest
    return free_at


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def chance_of(p_miss: Any, n: Any) -> Any:
    """The threshold of the draw with which one of `n` rounds hits; it stops where nothing changes any more."""
    product = 1.0
    for _ in range(n):
        before = product
        product = product * p_miss
        if product == before or product <= 2.0**-54:
            break
    return np.uint64(np.ceil((1.0 - product) * 2.0**53))


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def queue_in(node: Any, moment: Any, slot: Any, due: Any, after: Any, bucket: Any, occupied: Any) -> None:
    """Put a node into its bucket, behind those that are due before it."""
    due[node] = moment
    previous = NONE
    other = bucket[slot]
    while other != NONE and due[other] < moment:
        previous = other
        other = after[other]
    after[node] = other
    if previous == NONE:
        bucket[slot] = node
        occupied[slot >> np.uint64(6)] |= np.uint64(1) << (slot & np.uint64(63))
    else:
        after[previous] = node


@njit(nogil=True, error_model="numpy", forceinline=True, _nrt=False)
def queue_out(node: Any, slot: Any, after: Any, bucket: Any, occupied: Any) -> None:
    """Take a node out of its bucket."""
    previous = NONE
    other = bucket[slot]
    while other != node:
        previous = other
        other = after[other]
    if previous != NONE:
        after[previous] = after[node]
    else:
        bucket[slot] = after[node]
        if after[node] == NONE:
            occupied[slot >> np.uint64(6)] &= ~(np.uint64(1) << (slot & np.uint64(63)))
