"""The kernel: plays replications of a prepared raid, one after another, without the interpreter.

It is one long function on purpose: tables passed to helpers inside the hot loop cost reference
counting, which almost doubles the time.  How it works:

- Few things are events.  Kills, failures, impacts, free channels and reloads are moments compared with
  the clock when somebody asks.
- A window can only become eligible when it opens, when the group's count for its threat drops, or when
  its unit gets a channel or a round.  So a window that cannot fire waits for exactly one of these, in the
  list of its threat or of its unit.  One that cannot fire any more (threat gone, window closed, attempts
  or rounds used up) is forgotten.
- The queue holds one node for each threat (its next opening, its next track, or the end of an engagement
  that fills a group's count) and one for each unit for which somebody waits.  An early wake-up does no
  harm: nothing is eligible then.  A late one would; every node is due at or before the first moment that
  matters.
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
from skypact.engine.reasons import BLOCKED, MISSED, NO_WINDOW, UNACQUIRED, UNAVAILABLE, UNSEEN
from skypact.engine.start import (
    KILLED,
    LEAKED,
    NONE,
    begin_threats,
    draw_acquisitions,
    draw_first_shots,
    draw_looks,
    draw_threats,
    draw_units,
    stand_tracks,
)

_SOON = NEVER - 1  # at this moment, but only in its next pass; as a wish: none
_1 = np.uint64(1)
_63 = np.uint64(63)
_6 = np.uint64(6)
_CERTAIN = np.uint64(2**53)
_IMPOSSIBLE = np.uint64(0)
_draws, _KILL, _SUSCEPTIBLE = randomness.draws, randomness.KILL, randomness.SUSCEPTIBLE


@njit(nogil=True, error_model="numpy")
def play(
    seed: Any,
    first: Any,
    chances: Any,
    tables: Any,
    start_ready: Any,
    start_reserve: Any,
    fate: Any,
    killer: Any,
    rounds: Any,
    engagements: Any,
    reason: Any,
    left_ready: Any,
    left_reserve: Any,
    ends: Any,
    log: Any,
) -> Any:
    """Play the replications `first`, `first` + 1, ... into the rows of the outcome tables.

    Parameters
    ----------
    seed, first
        The 64-bit seed, and the first replication.
    chances, tables
        Those of a `PreparedRaid`.
    start_ready, start_reserve
        int32[R or 1, U]: the rounds of each unit at the start; one row is for all replications.
    fate, killer, rounds, engagements, reason, left_ready, left_reserve
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
    # What changes in a replication is in the same line of the cache as what does not.
    threats, pairs, units = tables.threats.copy(), tables.pairs.copy(), tables.units.copy()
    windows, shots, terms = tables.windows, tables.shots, tables.terms
    n_threats, n_pairs, n_units, n_windows = len(threats), len(pairs), len(units), len(windows)
    n_nodes = n_threats + n_units
    start = np.int64(tables.start)
    width = np.uint64(tables.shift)
    buckets = tables.buckets
    mask = np.uint64(buckets - 1)

    draws = np.zeros((2, n_threats), np.uint64)
    wave_draws = np.empty((2, len(chances.waves)), np.uint64)
    look_draws = np.empty((2, chances.looks.wanted), np.uint64)
    found = np.empty(chances.looks.wanted, np.float64)
    family_draws = np.empty(len(chances.families), np.uint64)
    standing = chances.track_sure.copy()
    unit_draws = np.empty(len(chances.units), np.uint64)
    available = chances.unit_sure.copy()
    acquire_draws = np.empty(len(chances.acquisitions), np.uint64)
    acquired = np.empty(len(chances.acquisitions), np.uint8)
    acquired[0] = 1
    acquired[1] = 0

    waiting = np.empty(n_nodes, np.uint32)  # first window in the list of a threat or unit
    beside = np.empty(n_windows, np.uint32)  # the next in the same list
    pair_slot = np.empty(tables.pair_slots, np.int64)  # when an engagement stops counting
    unit_slot = np.empty(tables.unit_slots, np.int64)  # when a channel comes back
    history = np.empty(tables.histories, np.int32)  # earlier engagements of a threat by a unit

    due = np.empty(n_nodes, np.int64)  # when a node is due; NEVER: not in the queue
    after = np.empty(n_nodes, np.uint32)  # the next node in its bucket
    bucket = np.full(buckets, NONE, np.uint32)  # the earliest node in each
    occupied = np.zeros(buckets // 64, np.uint64)  # a bit for each bucket
    ahead = np.empty(n_nodes, np.uint32)  # a window that the node will look at
    wish = np.empty(n_nodes, np.int64)  # when a stirred node wants to be due
    stirred = np.empty(n_nodes, np.uint32)  # nodes to look at before the next moment

    first_shot = np.empty(n_threats, np.uint32)  # of which unit the first shot at a threat will likely be
    first_identities = np.zeros(n_threats, np.uint64)
    first_draws = np.empty(n_threats, np.uint64)
    family = np.zeros(n_threats, np.uint64)  # against which a threat's susceptibility was last drawn
    susceptible_draws = np.zeros(n_threats, np.uint64)
    candidate = np.empty(n_windows, np.uint32)
    intercepts = np.empty(n_windows, np.int64)
    delayed = np.empty(n_windows, np.uint32)  # windows whose shot changes something at its own moment
    is_delayed = np.zeros(n_windows, np.uint8)
    delayed_killer = np.full(n_threats, -1, np.int32)

    recording = len(log) > 0
    total = 0
    for row in range(len(fate)):
        replication = first + row
        draw_threats(seed, replication, chances.threats, chances.waves, draws, wave_draws)
        looks = chances.looks
        if looks.wanted > 0:
            draw_looks(
                seed, replication, looks.wanted, looks, chances.families, family_draws, look_draws, found
            )
            stand_tracks(chances.tracks, chances.track_looks, chances.track_sure, found, standing)
        if len(chances.units) > 0:
            draw_units(
                seed, replication, chances.units, chances.unit_row, chances.unit_chance, unit_draws, available
            )
        if len(chances.acquisitions) > 2:
            draw_acquisitions(
                seed, replication, chances.acquisitions, chances.acquire_chance, acquire_draws, acquired
            )
        stock = row if len(start_ready) > 1 else 0
        for u in range(n_units):
            unit = units[u]
            unit.busy = 0
            unit.ready = start_ready[stock, u]
            unit.reserve = start_reserve[stock, u]
            unit.reloaded = NEVER
            if unit.ready <= unit.reload_at and unit.reserve > 0:  # it has been refilled by now
                moved = max(np.int32(0), min(unit.magazine - unit.ready, unit.reserve))
                unit.ready += moved
                unit.reserve -= moved
        for p in range(n_pairs):
            pair = pairs[p]
            pair.slot = -NEVER
            pair.slot2 = -NEVER
            pair.under_way = 0
        wish[:] = NEVER
        waiting[:] = NONE
        due[:] = NEVER
        history[:] = 0
        queued = begin_threats(
            draws,
            wave_draws,
            fate[row],
            killer[row],
            threats,
            windows,
            available,
            acquired,
            standing,
            waiting,
            beside,
            due,
            after,
            ahead,
            bucket,
            occupied,
            start,
            width,
        )
        draw_first_shots(
            seed,
            replication,
            due,
            ahead,
            windows,
            shots,
            tables.families > 0,
            first_shot,
            first_identities,
            first_draws,
            family,
            susceptible_draws,
        )
        n_stirred = 0
        day: Any = np.int64(0)  # buckets since the start, not wrapped
        empty: Any = np.int64(0)  # buckets in vain since the last event
        while True:
            # Queue the nodes that the last moment stirred: a threat also wants its next opening.
            for i in range(n_stirred):
                node = stirred[i]
                moment = wish[node]
                wish[node] = NEVER
                some = waiting[node]
                if node < n_threats:
                    threat = threats[node]
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
                                beside[w] = waiting[node]
                                waiting[node] = w
                                moment = min(moment, opening + seen)
                                w += np.uint32(1)
                                continue
                        unit = units[window.unit]
                        term = terms[window.terms]
                        if (
                            unit.ready <= term.hold
                            and min(unit.magazine, unit.ready + unit.reserve) <= term.hold
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
                                    beside[w] = waiting[node]
                                    waiting[node] = w
                                    moment = min(moment, earliest)
                                    w += np.uint32(1)
                                    continue
                        moment = min(moment, opening)
                        break
                    threat.upcoming = w
                    if moment >= threat.end:
                        continue
                    some = waiting[node]
                    if some == NONE:
                        some = w
                if moment >= due[node] or moment >= _SOON:
                    continue
                if due[node] != NEVER:  # take it out of its bucket
                    slot = (np.uint64(due[node] - start) >> width) & mask
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
                            occupied[slot >> _6] &= ~(_1 << (slot & _63))
                    queued -= 1
                slot = (np.uint64(moment - start) >> width) & mask
                due[node] = moment
                ahead[node] = some
                previous = NONE
                other = bucket[slot]
                while other != NONE and due[other] < moment:
                    previous = other
                    other = after[other]
                after[node] = other
                if previous == NONE:
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
                            prefetch(threats, min(node, np.uint32(n_threats)))
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
                        if bucket[i] != NONE:
                            now = min(now, due[bucket[i]])
                    day = np.int64(np.uint64(now - start) >> width)
                    empty = 0
            empty = 0

            # Take all nodes that are due now, and the windows that they let try.
            n_candidates = 0
            node = bucket[slot]
            while node != NONE and due[node] == now:
                due[node] = NEVER
                queued -= 1
                w = waiting[node]
                waiting[node] = NONE
                while w != NONE:
                    candidate[n_candidates] = w
                    n_candidates += 1
                    w = beside[w]
                if node < n_threats:
                    threat = threats[node]
                    if now < threat.end:
                        stirred[n_stirred] = node
                        n_stirred += 1
                        wish[node] = _SOON
                        w = threat.upcoming
                        moment = now - threat.offset
                        while w < threat.stop:
                            window = windows[w]
                            if window.opens > moment:
                                break
                            if threat.chances == 0 or (
                                (available[window.unit] != 0)
                                & (acquired[window.acquire] != 0)
                                & (np.float64(standing[window.track] - window.opens) <= window.length)
                            ):
                                candidate[n_candidates] = w
                                n_candidates += 1
                            w += np.uint32(1)
                        threat.upcoming = w
                node = after[node]
            bucket[slot] = node
            if node == NONE:
                occupied[slot >> _6] &= ~(_1 << (slot & _63))

            while True:  # the passes of this moment
                if n_candidates > 1:
                    best_first(candidate, n_candidates, now, threats, windows, shots, intercepts)
                n_delayed = 0
                for i in range(n_candidates):
                    w = candidate[i]
                    window = windows[w]
                    pair = pairs[window.pair]
                    t = window.threat
                    threat = threats[t]
                    since = np.float64(now - threat.offset - window.opens)
                    term = terms[window.terms]
                    u = window.unit
                    unit = units[u]
                    while since <= window.length and now < threat.end:  # as often as it may in this pass
                        if unit.reloaded <= now:
                            moved = max(np.int32(0), min(unit.magazine - unit.ready, unit.reserve))
                            unit.ready += moved
                            unit.reserve -= moved
                            unit.reloaded = NEVER
                        if history[window.history] >= term.attempts:
                            break
                        blocked = False
                        free_at = standing[window.track] + threat.offset
                        node = t
                        if free_at > now:
                            blocked = True
                        elif threat.single != 0:
                            free_at = threat.slot
                            blocked = free_at > now
                        elif pair.limit != ENDLESS:
                            # Is the group's count for the threat full, and until when?
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
                                        pair_slot[pair.slots + np.uint32(j)] = pair_slot[
                                            pair.slots + np.uint32(n)
                                        ]
                                    else:
                                        if moment == NEVER:
                                            pending = True
                                        free_at = min(free_at, moment)
                                        j += 1
                                pair.under_way = n
                            if n >= pair.limit:
                                late = not pending and since + np.float64(free_at - now) > window.length
                                blocked = not late or n >= pair.late
                        if not blocked:
                            # Has the unit a round and a channel, and if not, when?
                            node = np.uint32(n_threats) + u
                            free_at = now
                            if unit.ready <= term.hold:
                                if min(unit.magazine, unit.ready + unit.reserve) <= term.hold:
                                    break
                                free_at = unit.reloaded
                                blocked = True
                            if unit.busy >= unit.channels:
                                n = unit.busy
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
                                unit.busy = n
                                if n >= unit.channels:
                                    free_at = max(free_at, earliest)
                                    blocked = True
                        if blocked:
                            # Wait for it, unless the window or the threat will be gone by then.  While
                            # something is put off to the next pass, the moment is not the last word.
                            if free_at >= _SOON:
                                beside[w] = waiting[node]  # nobody knows when
                                waiting[node] = w
                            elif n_delayed > 0 or (
                                since + np.float64(free_at - now) <= window.length and free_at < threat.end
                            ):
                                beside[w] = waiting[node]
                                waiting[node] = w
                                if wish[node] == NEVER:
                                    stirred[n_stirred] = node
                                    n_stirred += 1
                                wish[node] = min(wish[node], free_at)
                            break

                        # ------------------------------------------------------------ fire
                        shot = shots[w]
                        ordinal = history[window.history]
                        history[window.history] = ordinal + 1
                        n = min(term.salvo, unit.ready - term.hold)
                        chance = shot.kill
                        if n != term.salvo:
                            product = 1.0
                            for _ in range(n):
                                before = product
                                product = product * shot.p_miss
                                if product == before or product <= 2.0**-54:
                                    break
                            chance = np.uint64(np.ceil((1.0 - product) * 2.0**53))
                        hit = chance == _CERTAIN
                        if not hit and chance != _IMPOSSIBLE:
                            if ordinal == 0 and first_shot[t] == window.history:
                                k = first_draws[t]
                            else:
                                k, _ = _draws(seed, replication, _KILL, ordinal, shot.identity)
                            hit = k < chance
                        if hit and shot.susceptible != _CERTAIN:
                            if family[t] != shot.family:
                                family[t] = shot.family
                                k, _ = _draws(seed, replication, _SUSCEPTIBLE, 0, shot.family)
                                susceptible_draws[t] = k
                            hit = susceptible_draws[t] < shot.susceptible
                        flight = window.flight_open
                        if window.length > 0.0:
                            flight += window.flight_span * (since / window.length)
                        intercept = now + np.int64(np.rint(flight))
                        rounds[row, u, threat.class_] += n
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
                        if unit.ready <= unit.reload_at and unit.reserve > 0 and unit.reloaded == NEVER:
                            if unit.reload == 0:
                                put_off = True
                                unit.reloaded = _SOON
                            else:
                                unit.reloaded = now + unit.reload
                                node = np.uint32(n_threats) + u
                                if waiting[node] != NONE:  # now it is known when
                                    if wish[node] == NEVER:
                                        stirred[n_stirred] = node
                                        n_stirred += 1
                                    wish[node] = min(wish[node], unit.reloaded)
                        assessed = intercept + unit.assess
                        recovered = assessed + unit.recover
                        if assessed == now:
                            assessed = np.int64(NEVER)
                        if recovered == now:
                            recovered = np.int64(NEVER)
                        if threat.single != 0:
                            threat.slot = assessed
                            threat.engaged = 1
                        elif pair.limit == ENDLESS:
                            threat.engaged |= pair.hard
                        else:
                            threat.engaged = 1
                            if pair.late <= 2:
                                if pair.slot <= now:
                                    pair.slot = assessed
                                else:
                                    pair.slot2 = assessed
                            else:
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
                        if hit and (
                            intercept < threat.end or (intercept == threat.end and killer[row, t] < 0)
                        ):
                            threat.end = intercept
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
                    t = window.threat
                    u = window.unit
                    unit = units[u]
                    if threats[t].slot == NEVER:
                        threats[t].slot = now
                    if delayed_killer[t] >= 0:
                        threats[t].end = now
                        killer[row, t] = delayed_killer[t]
                        fate[row, t] = KILLED
                        delayed_killer[t] = -1
                    if pair.slot == NEVER:
                        pair.slot = now
                    if pair.slot2 == NEVER:
                        pair.slot2 = now
                    for j in range(pair.under_way):
                        if pair_slot[pair.slots + np.uint32(j)] == NEVER:
                            pair_slot[pair.slots + np.uint32(j)] = now
                    if unit.channels != ENDLESS:
                        for j in range(unit.busy):
                            if unit_slot[unit.slots + np.uint32(j)] == NEVER:
                                unit_slot[unit.slots + np.uint32(j)] = now
                    if unit.reloaded == _SOON:
                        unit.reloaded = now
                    for j in range(2):
                        node = t if j == 0 else np.uint32(n_threats) + u
                        w = waiting[node]
                        waiting[node] = NONE
                        while w != NONE:
                            candidate[n_candidates] = w
                            n_candidates += 1
                            w = beside[w]

        for u in range(n_units):
            unit = units[u]
            if unit.reloaded < NEVER:  # a reload under way is completed
                moved = max(np.int32(0), min(unit.magazine - unit.ready, unit.reserve))
                unit.ready += moved
                unit.reserve -= moved
            left_ready[row, u] = unit.ready
            left_reserve[row, u] = unit.reserve
        for t in range(n_threats):
            if fate[row, t] == LEAKED:  # why?
                threat = threats[t]
                why = NO_WINDOW
                if threat.engaged != 0:
                    why = MISSED
                else:
                    for i in range(np.int64(threat.first), np.int64(threat.stop)):
                        window = windows[i]
                        if units[window.unit].soft != 0:
                            continue
                        if available[window.unit] == 0:
                            why = max(why, UNAVAILABLE)
                        elif np.float64(standing[window.track] - window.opens) > window.length:
                            why = max(why, UNSEEN)
                        elif acquired[window.acquire] == 0:
                            why = max(why, UNACQUIRED)
                        else:
                            why = BLOCKED
                            break
                reason[row, t] = why
        if len(ends) > 0:
            for t in range(n_threats):
                ends[row, t] = threats[t].end
    return total
