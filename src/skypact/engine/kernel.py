"""The kernel: plays replications of a prepared raid, one after another, without the interpreter.

Inside its loop it calls only functions that count no references (`skypact.engine.waits`): counting them
almost doubles the time.  How it works:

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
from skypact.engine.finish import finish_units, give_reasons
from skypact.engine.machine import prefetch, trailing_zeros
from skypact.engine.moment import SOON, apply_delayed
from skypact.engine.prepared import ENDLESS, NEVER
from skypact.engine.room import (
    room_for_chances,
    room_for_choice,
    room_for_guesses,
    room_for_queue,
    room_for_waiting,
)
from skypact.engine.start import KILLED, NONE, begin_threats, begin_units, draw_before, draw_first_shots
from skypact.engine.waits import chance_of, channel_free, next_opening, queue_in, queue_out, under_fire

_1, _6, _63 = np.uint64(1), np.uint64(6), np.uint64(63)
_CERTAIN, _IMPOSSIBLE = np.uint64(2**53), np.uint64(0)
_draws, _KILL, _SUSCEPTIBLE = randomness.draws, randomness.KILL, randomness.SUSCEPTIBLE


@njit(nogil=True, error_model="numpy")
def play(
    seed: Any,
    first: Any,
    chances: Any,
    tables: Any,
    stocks: Any,
    outcomes: Any,
) -> Any:
    """Play replications `first`, `first` + 1, ... into the rows of outcome tables; how many engagements.

    Parameters
    ----------
    seed, first
        The 64-bit seed, and the first replication.
    chances, tables
        Those of a `PreparedRaid`.
    stocks
        The rounds of each unit at the start, ready and in reserve: int32[R or 1, U]; one row is for all.  And
        int32[R or 1, terms] or of no rows: how many rounds each row of the terms holds back.
    outcomes
        ``fate``, ``killer``, ``rounds``, ``engagements``, ``reason``, ``ready`` and ``reserve`` of `Outcomes`,
        zero at the start; int64[R, T] or of no rows: when each threat was killed, failed or arrived; and
        int64[N, 5] or of no rows: launch, intercept, window, rounds and success of every engagement, in the
        order in which they were fired.
    """
    start_ready, start_reserve, holds = stocks
    fate, killer, rounds, engagements, reason, left_ready, left_reserve, ends, log = outcomes
    # What changes in a replication is in the same line of the cache as what does not.
    threats, pairs, units = tables.threats.copy(), tables.pairs.copy(), tables.units.copy()
    windows, shots, terms = tables.windows, tables.shots, tables.terms.copy()
    n_threats, n_windows = len(threats), len(windows)
    n_nodes = n_threats + len(units)
    start, width = np.int64(tables.start), np.uint64(tables.shift)
    buckets, mask = tables.buckets, np.uint64(tables.buckets - 1)

    luck, known = room_for_chances(chances, n_threats)
    standing, available, acquired = known
    guesses = room_for_guesses(n_threats)
    first_shot, _, first_draws, family, susceptible_draws = guesses
    waiting, beside, pair_slot, unit_slot, history = room_for_waiting(n_nodes, tables)
    queue = room_for_queue(n_nodes, buckets)
    due, after, bucket, occupied, ahead, wish, stirred = queue
    candidate, intercepts, delayed, is_delayed, delayed_killer = room_for_choice(n_windows, n_threats)

    recording, total = len(log) > 0, 0
    for row in range(len(fate)):
        replication = first + row
        stock = row if len(start_ready) > 1 else 0
        if len(holds) > 0:
            for i in range(len(terms)):
                terms[i].hold = holds[stock, i]
        draw_before(seed, replication, chances, luck, known)
        begin_units(units, pairs, start_ready[stock], start_reserve[stock])
        wish[:] = NEVER
        waiting[:] = NONE
        due[:] = NEVER
        history[:] = 0
        queued = begin_threats(
            luck, known, fate[row], killer[row], threats, windows, waiting, beside, queue, start, width
        )
        draw_first_shots(seed, replication, due, ahead, windows, shots, tables.families > 0, guesses)
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
                    moment = next_opening(
                        node,
                        threat,
                        moment,
                        windows,
                        terms,
                        units,
                        pairs,
                        pair_slot,
                        history,
                        waiting,
                        beside,
                        standing,
                        available,
                        acquired,
                    )
                    if moment >= threat.end:
                        continue
                    some = waiting[node]
                    if some == NONE:
                        some = threat.upcoming
                if moment >= due[node] or moment >= SOON:
                    continue
                if due[node] != NEVER:  # take it out of its bucket
                    slot = (np.uint64(due[node] - start) >> width) & mask
                    queue_out(node, slot, after, bucket, occupied)
                    queued -= 1
                slot = (np.uint64(moment - start) >> width) & mask
                queue_in(node, moment, slot, due, after, bucket, occupied)
                ahead[node] = some
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
                        wish[node] = SOON
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
                            n, free_at, pending = under_fire(pair, pair_slot, now)
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
                            channel_at = channel_free(unit, unit_slot, now)
                            if channel_at > now:
                                free_at = max(free_at, channel_at)
                                blocked = True
                        if blocked:
                            # Wait for it, unless the window or the threat will be gone by then.  While
                            # something is put off to the next pass, the moment is not the last word.
                            if free_at >= SOON:
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
                            chance = chance_of(shot.p_miss, n)
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
                                unit.reloaded = SOON
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
                n_candidates = apply_delayed(
                    now,
                    n_delayed,
                    (candidate, delayed, is_delayed, delayed_killer, waiting, beside),
                    (threats, pairs, units, windows, pair_slot, unit_slot),
                    fate[row],
                    killer[row],
                )

        finish_units(units, left_ready[row], left_reserve[row])
        give_reasons(fate[row], reason[row], threats, windows, units, known)
        if len(ends) > 0:
            for t in range(n_threats):
                ends[row, t] = threats[t].end
    return total
