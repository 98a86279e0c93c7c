"""The kernel: plays replications of a prepared raid, one after another, without the interpreter.

It is one long function on purpose: tables passed to helpers inside the hot loop cost reference
counting, which almost doubles the time.  How it works:

- Few things are events.  Kills, failures, impacts, channels, reloads are moments compared with the clock.
- A window can only become eligible when it opens, when the group's count for its threat drops, or when
  its unit gets a channel or a round.  So a window that cannot fire waits for exactly one of the last
  two, whichever was found to block it, in the list of its pair or of its unit.  One that cannot fire
  any more (threat gone, window closed, attempts or rounds used up) is forgotten.
- The queue holds one node for each pair (its next opening, or the end of the engagement that fills its
  count) and one for each unit for which somebody waits.  An early wake-up does no harm: nothing is
  eligible then.  A late one would; every node is due at or before the first moment that matters.
- While one moment is played, the tables' rows for the next one are fetched into the cache.
- Within a pass of a moment eligibility only shrinks, so the candidates are sorted once and taken in
  order.  What a shot changes at its own moment (flight, assessment, recovery or reload of zero) is put
  off to the next pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine import randomness
from skypact.engine.choice import best_first
from skypact.engine.machine import prefetch, trailing_zeros
from skypact.engine.prepared import ENDLESS, NEVER
from skypact.engine.room import room_for_choice, room_for_queue, room_for_threats, room_for_waiting
from skypact.engine.start import KILLED, draw_fates, draw_sights, reset

_NONE = np.uint32(0xFFFFFFFF)
_STIRRED = NEVER - 1  # in the list of stirred nodes, without a wish
_1, _6, _63 = np.uint64(1), np.uint64(6), np.uint64(63)
_CERTAIN, _IMPOSSIBLE = np.uint64(2**53), np.uint64(0)
_draws, _KILL = randomness.draws, randomness.KILL


@njit(nogil=True, error_model="numpy")
def play(seed: Any, first: Any, tables: Any, identities: Any, sizes: Any, outcomes: Any) -> Any:
    """Play replications `first`, `first` + 1, ... into the rows of outcome tables; how many engagements.

    Parameters
    ----------
    seed, first
        The 64-bit seed, and the first replication.
    tables, identities, sizes
        Those of a `PreparedRaid`, by `skypact.engine.prepared.for_kernel`.
    outcomes
        ``fate``, ``killer``, ``rounds`` and ``engagements`` of `Outcomes`, zero at the start; int64[R, T] or
        of no rows: when each threat was killed, failed or arrived; and int64[N, 5] or of no rows: launch,
        intercept, window, rounds and success of every engagement, in the order in which they were fired.
    """
    threats, pair_table, sights, windows, terms, unit_table, opens, p_miss = tables
    own, wave_identities, sight_identities = identities
    histories, pair_slots, unit_slots, start, shift, buckets = sizes
    fate, killer, rounds, engagements, ends, log = outcomes
    pairs = pair_table.copy()  # what changes in a replication is in the same line of the cache
    units = unit_table.copy()
    n_threats, n_pairs, n_units, n_windows = len(threats), len(pairs), len(units), len(windows)
    width, mask = np.uint64(shift), np.uint64(buckets - 1)
    draws, wave_draws, sight_draws, offset, end, history = room_for_threats(
        n_threats, len(wave_identities), len(sights), histories
    )
    waiting, beside, pair_slot, unit_slot = room_for_waiting(
        n_pairs + n_units, n_windows, pair_slots, unit_slots
    )
    due, after, bucket, occupied, ahead, wish, stirred = room_for_queue(n_pairs + n_units, buckets)
    candidate, intercepts, delayed, is_delayed, delayed_killer = room_for_choice(n_windows, n_threats)

    recording, total = len(log) > 0, 0
    for row in range(len(fate)):
        replication = first + row
        drawn = (draws, wave_draws, offset, end, fate[row], killer[row])
        draw_fates(seed, replication, threats, own, wave_identities, drawn)
        draw_sights(seed, replication, sights, sight_identities, sight_draws, pairs)
        reset(pairs, units, offset)
        for i in range(n_pairs):  # an array set to a slice of another takes two seconds to compile
            stirred[i] = i
        n_stirred = n_pairs
        wish[:] = NEVER
        waiting[:] = _NONE
        due[:] = NEVER
        history[:] = 0
        queued = 0
        day: Any = np.int64(0)  # buckets since the start, not wrapped
        empty: Any = np.int64(0)  # buckets in vain since the last event
        now: Any = np.int64(-NEVER)
        while True:
            # Queue the nodes that the last moment stirred: a pair also wants its next opening.
            for i in range(n_stirred):
                node = stirred[i]
                moment = wish[node]
                wish[node] = NEVER
                some = waiting[node]
                if node < n_pairs:
                    pair = pairs[node]
                    w = pair.upcoming
                    if now > -NEVER:
                        while w < pair.stop:  # pass over windows that can never fire
                            window = windows[w]
                            term = terms[window.terms]
                            unit = units[term.unit]
                            if (
                                unit.ready + unit.reserve > term.hold
                                and history[window.history] < term.attempts
                            ):
                                break
                            w += np.uint32(1)
                        pair.upcoming = w
                    if w < pair.stop:
                        opening = max(opens[w], pair.seen) + pair.offset
                        if pair.limit == 1:  # nothing can fire before that
                            opening = max(opening, pair.slot)
                        moment = min(moment, opening)
                    if moment >= end[pair.threat]:
                        continue
                    if some == _NONE:
                        some = w
                if moment >= due[node]:
                    continue
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
                slot = (np.uint64(moment - start) >> width) & mask
                due[node] = moment
                ahead[node] = some
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
            n_stirred = 0
            if queued == 0:
                break

            # Find the next moment: the first node of the next bucket that holds one of this round.
            while True:
                slot = np.uint64(day) & mask
                word = occupied[slot >> _6] >> (slot & _63)
                if word != np.uint64(0):
                    step: Any = np.int64(trailing_zeros(word))
                    slot += np.uint64(step)
                    now = due[bucket[slot]]
                    if np.int64(np.uint64(now - start) >> width) == day + step:
                        day += step
                        word &= word - _1
                        if word != np.uint64(0):  # ask for what the next moment will need
                            node = bucket[slot + trailing_zeros(word) - np.uint64(step)]
                            prefetch(pairs, min(node, np.uint32(n_pairs)))
                            prefetch(windows, ahead[node])
                        break
                    step += 1
                else:
                    step = np.int64(64 - (day & 63))
                day += step
                empty += step
                if empty > buckets:  # a whole round in vain: go to the earliest
                    now = np.int64(NEVER)
                    for i in range(buckets):
                        if bucket[i] != _NONE:
                            now = min(now, due[bucket[i]])
                    day = np.int64(np.uint64(now - start) >> width)
                    empty = 0
            empty = 0

            # Take all nodes that are due now, and the windows that they let try.
            n_candidates, node = 0, bucket[slot]
            while node != _NONE and due[node] == now:
                due[node] = NEVER
                queued -= 1
                w = waiting[node]
                waiting[node] = _NONE
                while w != _NONE:
                    candidate[n_candidates] = w
                    n_candidates += 1
                    w = beside[w]
                if node < n_pairs:
                    pair = pairs[node]
                    if now < end[pair.threat]:
                        stirred[n_stirred] = node
                        n_stirred += 1
                        wish[node] = _STIRRED
                        w = pair.upcoming
                        moment = now - pair.offset
                        while w < pair.stop and opens[w] <= moment:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w += np.uint32(1)
                        pair.upcoming = w
                node = after[node]
            bucket[slot] = node
            if node == _NONE:
                occupied[slot >> _6] &= ~(_1 << (slot & _63))

            while True:  # the passes of this moment
                if n_candidates > 1:
                    best_first(
                        candidate, n_candidates, now, threats, pairs, windows, opens, offset, intercepts
                    )
                n_delayed = 0
                for i in range(n_candidates):
                    w = candidate[i]
                    window = windows[w]
                    pair = pairs[window.pair]
                    t = pair.threat
                    since = np.float64(now - pair.offset - opens[w])
                    term = terms[window.terms]
                    u = term.unit
                    unit = units[u]
                    while since <= window.length and now < end[t]:  # as often as it may fire in this pass
                        stock = unit.ready + unit.reserve
                        if stock <= term.hold or history[window.history] >= term.attempts:
                            break
                        # Is the group's count for the threat full, and until when?
                        node = window.pair
                        free_at = now
                        if pair.limit == 1:
                            free_at = max(now, pair.slot)
                        elif pair.under_way >= pair.limit:
                            n, j = pair.under_way, 0
                            free_at = np.int64(NEVER)
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
                            pair.under_way = n
                            if n < pair.limit:
                                free_at = now
                        if free_at == now:
                            # Has the unit a round and a channel, and if not, when?
                            node = np.uint32(n_pairs) + u
                            if unit.ready == 0:
                                if unit.reloaded <= now:
                                    unit.ready = min(unit.magazine, unit.reserve)
                                    unit.reserve -= unit.ready
                                    unit.reloaded = NEVER
                                else:
                                    free_at = unit.reloaded
                            if unit.busy >= unit.channels:
                                n, j = unit.busy, 0
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
                                unit.busy = n
                                if n >= unit.channels:
                                    free_at = max(free_at, earliest)
                        if free_at > now:
                            # Wait for it, unless the window or the threat will be gone by then.  While
                            # something is put off to the next pass, the moment is not the last word.
                            closed = since + np.float64(free_at - now) > window.length
                            if n_delayed > 0 or not (closed or free_at >= end[t]):
                                beside[w] = waiting[node]
                                waiting[node] = w
                                if wish[node] == NEVER:
                                    stirred[n_stirred] = node
                                    n_stirred += 1
                                wish[node] = min(wish[node], min(free_at, _STIRRED))
                            break

                        # ------------------------------------------------------------ fire
                        ordinal = history[window.history]
                        history[window.history] = ordinal + 1
                        n = min(term.salvo, unit.ready, stock - term.hold)
                        chance = window.kill
                        if n != term.salvo:
                            product = 1.0
                            for _ in range(n):
                                before = product
                                product = product * p_miss[w]
                                if product == before or product <= 2.0**-54:
                                    break
                            chance = np.uint64(np.ceil((1.0 - product) * 2.0**53))
                        hit = chance == _CERTAIN
                        if not hit and chance != _IMPOSSIBLE:
                            k, _ = _draws(seed, replication, _KILL, ordinal, window.identity)
                            hit = k < chance
                        flight = window.flight_open
                        if window.length > 0.0:
                            flight += window.flight_span * (since / window.length)
                        intercept = now + np.int64(np.rint(flight))
                        rounds[row, u, threats[t].class_] += n
                        engagements[row, u] += 1
                        if recording:
                            log[total, 0] = now
                            log[total, 1] = intercept
                            log[total, 2] = w
                            log[total, 3] = n
                            log[total, 4] = hit
                        total += 1
                        put_off = intercept == now
                        unit.ready -= n
                        if unit.ready == 0 and unit.reserve > 0:
                            unit.reloaded = now + unit.reload
                            if unit.reload == 0:
                                put_off = True
                                unit.reloaded = NEVER
                        assessed = intercept + unit.assess
                        recovered = assessed + unit.recover
                        if assessed == now:
                            assessed = np.int64(NEVER)
                        if recovered == now:
                            recovered = np.int64(NEVER)
                        if pair.limit == 1:
                            pair.slot = assessed
                        elif pair.limit != ENDLESS:
                            pair_slot[pair.slots + np.uint32(pair.under_way)] = assessed
                            pair.under_way += 1
                        if unit.channels != ENDLESS:
                            unit_slot[unit.slots + np.uint32(unit.busy)] = recovered
                            unit.busy += 1
                        if put_off:
                            if is_delayed[w] == 0:
                                is_delayed[w] = 1
                                delayed[n_delayed] = w
                                n_delayed += 1
                            if hit and intercept == now:
                                hit = False
                                if delayed_killer[t] < 0:
                                    delayed_killer[t] = u
                        if hit and (intercept < end[t] or (intercept == end[t] and killer[row, t] < 0)):
                            end[t] = intercept
                            killer[row, t] = u
                            fate[row, t] = KILLED

                if n_delayed == 0:
                    break
                # What the shots of this moment changed at this moment: apply it, then once more.
                n_candidates = 0
                for i in range(n_delayed):
                    window = windows[delayed[i]]
                    is_delayed[delayed[i]] = 0
                    pair = pairs[window.pair]
                    t = pair.threat
                    u = terms[window.terms].unit
                    unit = units[u]
                    if delayed_killer[t] >= 0:
                        end[t] = now
                        killer[row, t] = delayed_killer[t]
                        fate[row, t] = KILLED
                        delayed_killer[t] = -1
                    if pair.limit == 1:
                        if pair.slot == NEVER:
                            pair.slot = now
                    elif pair.limit != ENDLESS:
                        for j in range(pair.under_way):
                            if pair_slot[pair.slots + np.uint32(j)] == NEVER:
                                pair_slot[pair.slots + np.uint32(j)] = now
                    if unit.channels != ENDLESS:
                        for j in range(unit.busy):
                            if unit_slot[unit.slots + np.uint32(j)] == NEVER:
                                unit_slot[unit.slots + np.uint32(j)] = now
                    if unit.reload == 0 and unit.ready == 0 and unit.reserve > 0:
                        unit.reloaded = now
                    for j in range(2):
                        node = window.pair if j == 0 else np.uint32(n_pairs) + u
                        w = waiting[node]
                        waiting[node] = _NONE
                        while w != _NONE:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w = beside[w]
        if len(ends) > 0:
            for t in range(n_threats):
                ends[row, t] = end[t]
    return total
