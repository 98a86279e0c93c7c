"""What ends by nature: the engine plays it as a kill by a unit that is nobody's, here it becomes an arrival."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from skypact.engine import KILLED, LEAKED, REASONS, Outcomes, randomness
from skypact.raid import Raid, Track, Window
from skypact.raid.incident import BY_NATURE

MISSED, NO_WINDOW, UNSEEN, BLOCKED = map(REASONS.index, ("missed", "no_window", "unseen", "blocked"))


def as_arrivals(raid: Raid, outcomes: Outcomes) -> Outcomes:
    """What ends by nature ran its course: it counts as an arrival (`skypact.raid.incident`)."""
    nobody = np.array([bool(unit.info.get(BY_NATURE)) for unit in raid.units], dtype=np.bool_)
    if not nobody.any():
        return outcomes
    ended = (outcomes.fate == KILLED) & nobody[outcomes.killer]
    own = ~nobody
    reason = outcomes.reason.copy()
    for threat in np.flatnonzero(ended.any(axis=0)).tolist():
        reason[:, threat] = np.where(ended[:, threat], _why(raid, outcomes, threat), reason[:, threat])
    return replace(
        outcomes,
        fate=np.where(ended, np.uint8(LEAKED), outcomes.fate),
        killer=np.where(ended, np.int32(-1), outcomes.killer),
        rounds=outcomes.rounds * own[:, None].astype(np.int32),
        engagements=outcomes.engagements * own.astype(np.int32),
        reason=reason,
    )


def _why(raid: Raid, outcomes: Outcomes, threat: int) -> NDArray[np.uint8]:
    """Why the others did not end it first, by the rules that hold for every leaker.

    The units of an incident have no other target, are always available and acquire what their track shows.
    """
    units = {unit.id: row for row, unit in enumerate(raid.units)}
    tracks = {track.id: track for track in raid.tracks}
    windows = [
        window
        for window in raid.windows
        if window.threat == raid.threats[threat].id and _acts(raid, units[window.unit])
    ]
    runs = len(outcomes.fate)
    if not windows:
        return np.full(runs, NO_WINDOW, np.uint8)
    rows = sorted({units[window.unit] for window in windows})
    fired = (outcomes.engagements[:, rows] > 0).any(axis=1)
    seen = np.any([_found(raid, tracks, window, outcomes) for window in windows], axis=0)
    return np.where(fired, MISSED, np.where(seen, BLOCKED, UNSEEN)).astype(np.uint8)


def _acts(raid: Raid, unit: int) -> bool:
    """Whether a unit counts in the reasons: soft ones and nature do not."""
    return raid.units[unit].kind == "hard" and not raid.units[unit].info.get(BY_NATURE)


def _found(raid: Raid, tracks: dict[str, Track], window: Window, outcomes: Outcomes) -> NDArray[np.bool_]:
    """In which replications one of the looks of a window's track finds the threat, before the window closes."""
    runs = len(outcomes.fate)
    if window.track is None:
        return np.ones(runs, np.bool_)
    found = np.zeros(runs, np.bool_)
    for look in raid.looks:
        if look.id in tracks[window.track].looks:
            find, delay = randomness.series(
                outcomes.seed, outcomes.first, runs, randomness.LOOK, randomness.identity(look.id)
            )
            low, high = look.delay_s
            found |= (find < look.p_detect) & (look.at_s + low + (high - low) * delay <= window.closes_s)
    return found
