"""Who shoots: the order in which candidates are taken at one moment."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit


@njit(nogil=True, error_model="numpy")
def best_first(
    candidate: Any, count: Any, now: Any, threats: Any, windows: Any, shots: Any, intercepts: Any
) -> None:
    """Sort the first `count` candidates, which are rows of `windows`, best first (Shell's sort).

    Higher priority; earlier impact; lower rank; earlier intercept; earlier in the raid's list.
    `intercepts` is room for one moment a window.
    """
    for i in range(count):
        w = candidate[i]
        window = windows[w]
        flight = window.flight_open
        if window.length > 0.0:
            since = np.float64(now - threats[window.threat].offset - window.opens)
            flight += window.flight_span * (since / window.length)
        intercepts[w] = now + np.int64(np.rint(flight))
    gap = count >> 1
    while gap > 0:
        for i in range(gap, count):
            w = candidate[i]
            window = windows[w]
            threat = threats[window.threat]
            j = i
            while j >= gap:
                w2 = candidate[j - gap]
                window2 = windows[w2]
                threat2 = threats[window2.threat]
                if threat.priority != threat2.priority:
                    better = threat.priority < threat2.priority
                elif threat.arrives != threat2.arrives:
                    better = threat.arrives < threat2.arrives
                elif window.rank != window2.rank:
                    better = window.rank < window2.rank
                elif intercepts[w] != intercepts[w2]:
                    better = intercepts[w] < intercepts[w2]
                else:
                    better = shots[w].place < shots[w2].place
                if not better:
                    break
                candidate[j] = w2
                j -= gap
            candidate[j] = w
        gap >>= 1
