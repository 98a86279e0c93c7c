"""What a shot changes at the very moment at which it is fired: put off to the next pass of that moment."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine.prepared import ENDLESS, NEVER
from skypact.engine.start import KILLED, NONE

SOON = NEVER - 1
"""At this moment, but only in its next pass; as a wish: none."""


@njit(nogil=True, error_model="numpy")
def apply_delayed(now: Any, n_delayed: Any, lists: Any, tables: Any, fate: Any, killer: Any) -> Any:
    """Apply what was put off, and make candidates of all windows that it may let fire; how many those are."""
    candidate, delayed, is_delayed, delayed_killer, waiting, beside = lists
    threats, pairs, units, windows, pair_slot, unit_slot = tables
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
            killer[t] = delayed_killer[t]
            fate[t] = KILLED
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
        if unit.reloaded == SOON:
            unit.reloaded = now
        for j in range(2):
            node = t if j == 0 else np.uint32(len(threats)) + u
            w = waiting[node]
            waiting[node] = NONE
            while w != NONE:
                candidate[n_candidates] = w
                n_candidates += 1
                w = beside[w]
    return n_candidates
