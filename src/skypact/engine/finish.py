"""After the last event of a replication: what is left, and why what arrived was not stopped."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine.prepared import NEVER
from skypact.engine.reasons import BLOCKED, MISSED, NO_WINDOW, UNACQUIRED, UNAVAILABLE, UNSEEN
from skypact.engine.start import LEAKED


@njit(nogil=True, error_model="numpy")
def finish_units(units: Any, ready: Any, reserve: Any) -> None:
    """Complete the reloads under way, and write down what each unit has left."""
    for u in range(len(units)):
        unit = units[u]
        if unit.reloaded < NEVER:
            moved = max(np.int32(0), min(unit.magazine - unit.ready, unit.reserve))
            unit.ready += moved
            unit.reserve -= moved
        ready[u] = unit.ready
        reserve[u] = unit.reserve


@njit(nogil=True, error_model="numpy")
def give_reasons(fate: Any, reason: Any, threats: Any, windows: Any, units: Any, known: Any) -> None:
    """Say why each threat that leaked did: the further its windows got, the later the reason."""
    standing, available, acquired = known
    for t in range(len(threats)):
        if fate[t] != LEAKED:
            continue
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
        reason[t] = why
