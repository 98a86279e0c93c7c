"""The kernel: plays replications of a prepared raid, one after another, without the interpreter.

It is one long function on purpose: tables passed to helpers inside the hot loop cost reference
counting, which almost doubles the time.  How it works:

- Few things are events.  Kills, failures, impacts, free channels and reloads are moments compared with
  the clock when somebody asks.
- A window can only become eligible when it opens, when the group's count for its threat drops, or when
  its unit gets a channel or a round.  So a window that cannot fire waits for exactly one of the last
  two, whichever was found to block it, in the list of its pair or of its unit.  One that cannot fire
  any more (threat gone, window closed, attempts or rounds used up) is forgotten.
- The queue holds one node for each pair (its next opening, or the end of the engagement that fills its
  count) and one for each unit for which somebody waits.  An early wake-up does no harm: nothing is
  eligible then.  A late one would; every node is due at or before the first moment that matters.
- Within a pass of a moment eligibility only shrinks, so the candidates are sorted once and taken in
  order.  What a shot changes at its own moment (flight, assessment, recovery or reload of zero) is put
  off to the next pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from skypact.engine import luck
from skypact.engine.problem import ENDLESS, NEVER

LEAKED, FAILED, KILLED = 0, 1, 2

_NONE = np.uint32(0xFFFFFFFF)
_1 = np.uint64(1)
_63 = np.uint64(63)
_6 = np.uint64(6)
_5 = np.uint64(5)
_26 = np.uint64(26)
_32 = np.uint64(32)
_MASK = np.uint64(0xFFFFFFFF)
_CERTAIN = np.uint64(2**53)
_IMPOSSIBLE = np.uint64(0)
_draws = luck.draws
_WORKS, _WAVE, _SEEN, _KILL = luck.WORKS, luck.WAVE, luck.SEEN, luck.KILL


@intrinsic  # type: ignore[untyped-decorator]
def _trailing_zeros(typingctx: Any, word: Any) -> Any:
    """Count the zero bits below the lowest set bit of a uint64."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def play(
    seed: Any,
    first: Any,
    threats: Any,
    waves: Any,
    pairs: Any,
    sights: Any,
    windows: Any,
    units: Any,
    certain_sight: Any,
    histories: Any,
    pair_slots: Any,
    unit_slots: Any,
    start: Any,
    shift: Any,
    buckets: Any,
    fate: Any,
    killer: Any,
    rounds: Any,
    engagements: Any,
    ends: Any,
    log: Any,
) -> Any:
    """Play the replications `first`, `first` + 1, ... into the rows of the outcome tables.

    Parameters
    ----------
    seed, first
        The 64-bit seed, and the first replication.
    threats, waves, pairs, sights, windows, units, certain_sight, histories, pair_slots, unit_slots
        The tables of a `Problem`.
    start, shift, buckets
        Its calendar.
    fate, killer, rounds, engagements
        The tables of `Outcomes`, zero at the start.
    ends
        int64[R, T] or of no rows: when each threat was killed, failed or arrived.
    log
        int64[N, 5] or of no rows: launch, intercept, window, rounds and success of every engagement,
        in the order in which they were fired.

    Returns
    -------
    int
        The number of engagements.
    """
    n_threats, n_pairs, n_units = len(threats), len(pairs), len(units)
    n_windows = len(windows)
    n_nodes = n_pairs + n_units
    mask = np.uint64(buckets - 1)
    width = np.uint64(shift)

    offset = np.empty(n_threats, np.int64)  # of each threat's whole history
    end = np.empty(n_threats, np.int64)  # the threat is a target before this moment
    wave_offset = np.empty(len(waves), np.int64)
    sight = certain_sight.copy()  # when each pair sees its threat, before the offset
    upcoming = np.empty(n_pairs, np.uint32)  # the pair's first window that has not opened
    waiting = np.empty(n_nodes, np.uint32)  # first window in the list of a pair or unit
    beside = np.empty(n_windows, np.uint32)  # the next in the same list
    under_way = np.empty(n_pairs, np.int32)  # entries of the pair's run of pair_slot
    pair_slot = np.empty(pair_slots, np.int64)  # when an engagement stops counting
    busy = np.empty(n_units, np.int32)  # entries of the unit's run of unit_slot
    unit_slot = np.empty(unit_slots, np.int64)  # when a channel comes back
    ready = np.empty(n_units, np.int32)
    reserve = np.empty(n_units, np.int32)
    reloaded = np.empty(n_units, np.int64)  # when the running reload ends
    history = np.empty(histories, np.int32)  # earlier engagements of a threat by a unit

    due = np.empty(n_nodes, np.int64)  # when a node of the queue is due; NEVER: not queued
    after = np.empty(n_nodes, np.uint32)  # the next node in its bucket
    bucket = np.full(buckets, _NONE, np.uint32)  # the earliest node in each
    occupied = np.zeros(buckets // 64, np.uint64)  # a bit for each bucket

    candidate = np.empty(n_windows, np.uint32)
    woken = np.empty(n_pairs, np.uint32)
    intercepts = np.empty(n_windows, np.int64)
    delayed = np.empty(n_windows, np.uint32)  # windows whose shot changes something at its own moment
    is_delayed = np.zeros(n_windows, np.uint8)
    delayed_killer = np.full(n_threats, -1, np.int32)

    recording = len(log) > 0
    total = 0
    for row in range(len(fate)):
        replication = first + row
        # ------------------------------------------------------------ chance before the start
        for i in range(len(waves)):
            wave = waves[i]
            wave_offset[i] = np.int64(wave.offset_low)
            if wave.offset_span > 0.0:
                k, _ = _draws(seed, replication, _WAVE, 0, wave.identity)
                u = np.float64(k) * 2.0**-53
                wave_offset[i] = np.int64(np.rint(wave.offset_low + wave.offset_span * u))
        for t in range(n_threats):
            threat = threats[t]
            works = threat.works == _CERTAIN
            shifted = np.int64(threat.offset_low)
            if threat.draws != 0:
                k, k2 = _draws(seed, replication, _WORKS, 0, threat.identity)
                works = k < threat.works
                u = np.float64(k2) * 2.0**-53
                shifted = np.int64(np.rint(threat.offset_low + threat.offset_span * u))
            if threat.wave >= 0:
                shifted = wave_offset[threat.wave]
            offset[t] = shifted
            if works:
                end[t] = threat.impact + shifted
                fate[row, t] = LEAKED
            else:
                end[t] = min(threat.impact, threat.fails) + shifted
                fate[row, t] = FAILED
            killer[row, t] = -1
        for i in range(len(sights)):
            chance = sights[i]
            k, k2 = _draws(seed, replication, _SEEN, 0, chance.identity)
            u = np.float64(k2) * 2.0**-53
            delay = np.int64(np.rint(chance.delay_low + chance.delay_span * u))
            sight[chance.pair] = chance.detected + delay if k < chance.seen else NEVER
        for i in range(n_units):
            unit = units[i]
            busy[i] = 0
            ready[i] = unit.ready
            reserve[i] = unit.reserve
            reloaded[i] = NEVER
            waiting[n_pairs + i] = _NONE
            due[n_pairs + i] = NEVER
        history[:] = 0
        queued = 0
        for p in range(n_pairs):
            pair = pairs[p]
            upcoming[p] = pair.first
            waiting[p] = _NONE
            under_way[p] = 0
            due[p] = NEVER
            shifted = offset[pair.threat]
            moment = max(windows[pair.first].opens, sight[p]) + shifted
            if moment < end[pair.threat]:
                # push
                node = np.uint32(p)
                slot = (np.uint64(moment - start) >> width) & mask
                due[node] = moment
                previous = _NONE
                other = bucket[slot]
                while other != _NONE and due[other] < moment:
                    previous = other
                    other = after[other]
                after[node] = other
                if previous == _NONE:
                    bucket[slot] = node
                    occupied[slot >> _6] |= _1 << (slot & _63)
                else:
                    after[previous] = node
                queued += 1

        # ------------------------------------------------------------------ moment by moment
        day = np.int64(0)  # buckets since the start, not wrapped
        empty = np.int64(0)  # buckets in vain since the last event
        while queued > 0:
            slot = np.uint64(day) & mask
            word = occupied[slot >> _6] >> (slot & _63)
            if word == np.uint64(0):
                empty += 64 - (day & 63)
                day += 64 - (day & 63)
            else:
                step = np.int64(_trailing_zeros(word))
                empty += step
                day += step
                slot = np.uint64(day) & mask
                now = due[bucket[slot]]
                if (now - start) >> shift != day:  # of a later round of the calendar
                    empty += 1
                    day += 1
                    now = NEVER
            if word == np.uint64(0) or now == NEVER:
                if empty > buckets:  # a whole round in vain: jump to the earliest
                    day = np.int64(NEVER)
                    for i in range(buckets):
                        if bucket[i] != _NONE:
                            day = min(day, (due[bucket[i]] - start) >> shift)
                    empty = 0
                continue
            empty = 0

            # Take all nodes that are due now, and the windows that they let try.
            n_candidates = 0
            n_woken = 0
            node = bucket[slot]
            while node != _NONE and due[node] == now:
                due[node] = NEVER
                queued -= 1
                w = waiting[node]
                if node < n_pairs:
                    pair = pairs[node]
                    t = pair.threat
                    if end[t] > now:
                        # A count that is full is looked at below: its windows are candidates in vain.
                        woken[n_woken] = node
                        n_woken += 1
                        waiting[node] = _NONE
                        while w != _NONE:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w = beside[w]
                        w = upcoming[node]
                        moment = now - offset[t]
                        while w < pair.stop and windows[w].opens <= moment:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w += np.uint32(1)
                        upcoming[node] = w
                else:
                    waiting[node] = _NONE
                    while w != _NONE:
                        candidate[n_candidates] = w
                        n_candidates += 1
                        w = beside[w]
                node = after[node]
            bucket[slot] = node
            if node == _NONE:
                occupied[slot >> _6] &= ~(_1 << (slot & _63))

            while True:  # the passes of this moment
                if n_candidates > 1:
                    for i in range(n_candidates):
                        w = candidate[i]
                        window = windows[w]
                        flight = window.flight_open
                        if window.length > 0.0:
                            since = now - offset[pairs[window.pair].threat] - window.opens
                            flight += window.flight_span * (np.float64(since) / window.length)
                        intercepts[w] = now + np.int64(np.rint(flight))
                    # Shell's sort, best first
                    gap = n_candidates >> 1
                    while gap > 0:
                        for i in range(gap, n_candidates):
                            w = candidate[i]
                            window = windows[w]
                            t = pairs[window.pair].threat
                            threat = threats[t]
                            j = i
                            while j >= gap:
                                w2 = candidate[j - gap]
                                other_window = windows[w2]
                                t2 = pairs[other_window.pair].threat
                                if t2 != t:
                                    other_threat = threats[t2]
                                    if threat.priority != other_threat.priority:
                                        if threat.priority > other_threat.priority:
                                            break
                                        candidate[j] = w2
                                        j -= gap
                                        continue
                                    impact = threat.impact + offset[t]
                                    impact2 = other_threat.impact + offset[t2]
                                    if impact != impact2:
                                        if impact > impact2:
                                            break
                                        candidate[j] = w2
                                        j -= gap
                                        continue
                                if window.rank != other_window.rank:
                                    if window.rank > other_window.rank:
                                        break
                                elif intercepts[w] != intercepts[w2]:
                                    if intercepts[w] > intercepts[w2]:
                                        break
                                elif window.place > other_window.place:
                                    break
                                candidate[j] = w2
                                j -= gap
                            candidate[j] = w
                        gap >>= 1

                n_delayed = 0
                for i in range(n_candidates):
                    w = candidate[i]
                    window = windows[w]
                    pair = pairs[window.pair]
                    t = pair.threat
                    shifted = offset[t]
                    closes = window.closes + shifted
                    u = window.unit
                    unit = units[u]
                    while True:  # as often as it may fire in this pass
                        if closes < now or end[t] <= now:
                            break
                        stock = ready[u] + reserve[u]
                        if stock <= window.hold or history[window.history] >= unit.attempts:
                            break
                        # Is the group's count for the threat full, and until when?
                        node = window.pair
                        free_at = now
                        if pair.limit == 1:
                            if under_way[node] == 1:
                                free_at = max(now, pair_slot[pair.slots])
                        elif under_way[node] >= pair.limit:
                            n = under_way[node]
                            j = 0
                            free_at = NEVER
                            while j < n:
                                moment = pair_slot[pair.slots + np.uint32(j)]
                                if moment <= now:
                                    n -= 1
                                    pair_slot[pair.slots + np.uint32(j)] = pair_slot[
                                        pair.slots + np.uint32(n)
                                    ]
                                else:
                                    free_at = min(free_at, moment)
                                    j += 1
                            under_way[node] = n
                            if n < pair.limit:
                                free_at = now
                        if free_at == now:
                            # Has the unit a round and a channel, and if not, when?
                            node = np.uint32(n_pairs) + u
                            if ready[u] == 0:
                                if reloaded[u] <= now:
                                    ready[u] = min(unit.magazine, reserve[u])
                                    reserve[u] -= ready[u]
                                    reloaded[u] = NEVER
                                else:
                                    free_at = reloaded[u]
                            if busy[u] >= unit.channels:
                                n = busy[u]
                                j = 0
                                earliest = np.int64(NEVER)
                                while j < n:
                                    moment = unit_slot[unit.slots + np.uint32(j)]
                                    if moment <= now:
                                        n -= 1
                                        unit_slot[unit.slots + np.uint32(j)] = unit_slot[
                                            unit.slots + np.uint32(n)
                                        ]
                                    else:
                                        earliest = min(earliest, moment)
                                        j += 1
                                busy[u] = n
                                if n >= unit.channels:
                                    free_at = max(free_at, earliest)
                        if free_at > now:
                            # Wait for it, unless the window or the threat will be gone by then.  While
                            # something is put off to the next pass, the moment is not the last word.
                            if n_delayed > 0 or (free_at <= closes and free_at < end[t]):
                                beside[w] = waiting[node]
                                waiting[node] = w
                                if due[node] > free_at:
                                    moment = free_at
                                    if due[node] != NEVER:  # take it out of its bucket
                                        slot = (np.uint64(due[node] - start) >> width) & mask
                                        previous = _NONE
                                        other = bucket[slot]
                                        while other != node:
                                            previous = other
                                            other = after[other]
                                        if previous != _NONE:
                                            after[previous] = after[node]
                                        else:
                                            bucket[slot] = after[node]
                                            if after[node] == _NONE:
                                                occupied[slot >> _6] &= ~(_1 << (slot & _63))
                                        queued -= 1
                                    # push
                                    slot = (np.uint64(moment - start) >> width) & mask
                                    due[node] = moment
                                    previous = _NONE
                                    other = bucket[slot]
                                    while other != _NONE and due[other] < moment:
                                        previous = other
                                        other = after[other]
                                    after[node] = other
                                    if previous == _NONE:
                                        bucket[slot] = node
                                        occupied[slot >> _6] |= _1 << (slot & _63)
                                    else:
                                        after[previous] = node
                                    queued += 1
                            break

                        # ------------------------------------------------------------ fire
                        n = min(window.salvo, ready[u], stock - window.hold)
                        chance = window.kill
                        if n != window.salvo:
                            product = 1.0
                            for _ in range(n):
                                before = product
                                product = product * window.p_miss
                                if product == before or product <= 2.0**-54:
                                    break
                            chance = np.uint64(np.ceil((1.0 - product) * 2.0**53))
                        ordinal = history[window.history]
                        hit = chance == _CERTAIN
                        if not hit and chance != _IMPOSSIBLE:
                            k, _ = _draws(seed, replication, _KILL, ordinal, window.identity)
                            hit = k < chance
                        flight = window.flight_open
                        if window.length > 0.0:
                            since = now - shifted - window.opens
                            flight += window.flight_span * (np.float64(since) / window.length)
                        intercept = now + np.int64(np.rint(flight))
                        assessed = intercept + unit.assess
                        recovered = assessed + unit.recover
                        history[window.history] = ordinal + 1
                        rounds[row, u, threats[t].class_] += n
                        engagements[row, u] += 1
                        if recording:
                            log[total, 0] = now
                            log[total, 1] = intercept
                            log[total, 2] = w
                            log[total, 3] = n
                            log[total, 4] = hit
                        total += 1
                        put_off = False
                        if intercept == now:
                            put_off = True
                            if hit and delayed_killer[t] < 0:
                                delayed_killer[t] = u
                        elif hit and (intercept < end[t] or (intercept == end[t] and killer[row, t] < 0)):
                            end[t] = intercept
                            killer[row, t] = u
                            fate[row, t] = KILLED
                        if assessed == now:
                            assessed = np.int64(NEVER)
                        if recovered == now:
                            recovered = np.int64(NEVER)
                        if pair.limit == 1:
                            pair_slot[pair.slots] = assessed
                            under_way[window.pair] = 1
                        elif pair.limit != ENDLESS:
                            pair_slot[pair.slots + np.uint32(under_way[window.pair])] = assessed
                            under_way[window.pair] += 1
                        if unit.channels != ENDLESS:
                            unit_slot[unit.slots + np.uint32(busy[u])] = recovered
                            busy[u] += 1
                        ready[u] -= n
                        if ready[u] == 0 and reserve[u] > 0:
                            if unit.reload == 0:
                                put_off = True
                            else:
                                reloaded[u] = now + unit.reload
                        if put_off and is_delayed[w] == 0:
                            is_delayed[w] = 1
                            delayed[n_delayed] = w
                            n_delayed += 1

                if n_delayed == 0:
                    break
                # Changes of this moment that its own shots made: apply them, then once more.
                n_candidates = 0
                for i in range(n_delayed):
                    window = windows[delayed[i]]
                    is_delayed[delayed[i]] = 0
                    pair = pairs[window.pair]
                    t = pair.threat
                    u = window.unit
                    unit = units[u]
                    if delayed_killer[t] >= 0:
                        end[t] = now
                        killer[row, t] = delayed_killer[t]
                        fate[row, t] = KILLED
                        delayed_killer[t] = -1
                    if pair.limit != ENDLESS:
                        for j in range(under_way[window.pair]):
                            if pair_slot[pair.slots + np.uint32(j)] == NEVER:
                                pair_slot[pair.slots + np.uint32(j)] = now
                    if unit.channels != ENDLESS:
                        for j in range(busy[u]):
                            if unit_slot[unit.slots + np.uint32(j)] == NEVER:
                                unit_slot[unit.slots + np.uint32(j)] = now
                    if unit.reload == 0 and ready[u] == 0 and reserve[u] > 0:
                        reloaded[u] = now
                    for j in range(2):
                        node = window.pair if j == 0 else np.uint32(n_pairs) + u
                        w = waiting[node]
                        waiting[node] = _NONE
                        while w != _NONE:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w = beside[w]

            # Put the pairs that were woken back into the queue for their next opening.
            for i in range(n_woken):
                node = woken[i]
                pair = pairs[node]
                t = pair.threat
                if upcoming[node] < pair.stop:
                    moment = windows[upcoming[node]].opens + offset[t]
                    if under_way[node] == 1 and pair.limit == 1:
                        moment = max(moment, pair_slot[pair.slots])
                    if moment < end[t] and due[node] > moment:
                        if due[node] != NEVER:  # take it out of its bucket
                            slot = (np.uint64(due[node] - start) >> width) & mask
                            previous = _NONE
                            other = bucket[slot]
                            while other != node:
                                previous = other
                                other = after[other]
                            if previous != _NONE:
                                after[previous] = after[node]
                            else:
                                bucket[slot] = after[node]
                                if after[node] == _NONE:
                                    occupied[slot >> _6] &= ~(_1 << (slot & _63))
                            queued -= 1
                        # push
                        slot = (np.uint64(moment - start) >> width) & mask
                        due[node] = moment
                        previous = _NONE
                        other = bucket[slot]
                        while other != _NONE and due[other] < moment:
                            previous = other
                            other = after[other]
                        after[node] = other
                        if previous == _NONE:
                            bucket[slot] = node
                            occupied[slot >> _6] |= _1 << (slot & _63)
                        else:
                            after[previous] = node
                        queued += 1
        if len(ends) > 0:
            for t in range(n_threats):
                ends[row, t] = end[t]
    return total
