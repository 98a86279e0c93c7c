"""Counting what happened in replications, compiled: the tables are large and read once."""

from __future__ import annotations

from typing import Any

import numpy as np

from skypact.compiled import njit
from skypact.engine import REASONS

LEAKED, KILLED, SOFT = 0, 2, 3


@njit(nogil=True)
def count(
    fate: Any,
    reason: Any,
    killer: Any,
    rounds: Any,
    engagements: Any,
    class_of: Any,
    asset_of: Any,
    owner_of: Any,
    system_of: Any,
    soft: Any,
    assets: int,
    owners: int,
    systems: int,
) -> Any:
    """Count by class, reason, asset, owner, system and unit.

    Parameters
    ----------
    fate, reason, killer, rounds, engagements
        As in `skypact.engine.Outcomes`.
    class_of, asset_of
        For each threat the number of its class and asset.
    owner_of, system_of, soft
        For each unit the number of its owner and system, and whether its kills are soft.
    assets, owners, systems
        How many there are.

    Returns
    -------
    fates, because, leaked, owned, by_system, by_unit, engaged
        Shapes (R, 4, classes): leaked, failed, killed, of these softly; (R, reasons): leaked for each of
        `skypact.engine.REASONS`; (R, assets): leaked; (R, 2, owners, classes): rounds and kills; (R, 3, systems) and (R, 3, units): rounds, kills, engagements;
        and (R, owners): engagements.
    """
    runs, threats = fate.shape
    units, classes = rounds.shape[1], rounds.shape[2]
    fates = np.zeros((runs, 4, classes), np.int64)
    because = np.zeros((runs, len(REASONS)), np.int64)
    leaked = np.zeros((runs, assets), np.int64)
    owned = np.zeros((runs, 2, owners, classes), np.int64)
    by_system = np.zeros((runs, 3, systems), np.int64)
    by_unit = np.zeros((runs, 3, units), np.int64)
    engaged = np.zeros((runs, owners), np.int64)
    for run in range(runs):
        for threat in range(threats):
            what, kind = fate[run, threat], class_of[threat]
            fates[run, what, kind] += 1
            if what == LEAKED:
                because[run, reason[run, threat]] += 1
                leaked[run, asset_of[threat]] += 1
            elif what == KILLED:
                unit = killer[run, threat]
                owned[run, 1, owner_of[unit], kind] += 1
                by_system[run, 1, system_of[unit]] += 1
                by_unit[run, 1, unit] += 1
                if soft[unit]:
                    fates[run, SOFT, kind] += 1
        for unit in range(units):
            owner, system = owner_of[unit], system_of[unit]
            fired = 0
            for kind in range(classes):
                fired += rounds[run, unit, kind]
                owned[run, 0, owner, kind] += rounds[run, unit, kind]
            by_unit[run, 0, unit] = fired
            by_unit[run, 2, unit] = engagements[run, unit]
            by_system[run, 0, system] += fired
            by_system[run, 2, system] += engagements[run, unit]
            engaged[run, owner] += engagements[run, unit]
    return fates, because, leaked, owned, by_system, by_unit, engaged
