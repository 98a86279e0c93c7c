"""Why nobody could shoot at a threat that arrives: nobody reaches it, or nobody is allowed to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.engine import REASONS, Outcomes
from skypact.geometry.atlas import Atlas
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import opportunities
from skypact.policy.situation import Situation
from skypact.raid import Raid
from skypact.study.measures.base import Column, MeasureSet, Shown
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.verdict import only

NO_WINDOW_WHY = "no_window_why"
OUT_OF_REACH, NOT_PERMITTED = "out_of_reach", "not_permitted"
WHY_NOT = {OUT_OF_REACH: "Nobody can reach", NOT_PERMITTED: "Nobody is allowed to"}
"""Why there is no window, with the head of a column for each."""


@dataclass(frozen=True)
class NoWindowMeasures(MeasureSet):
    """Leakers without a window, by why there is none; together they are the ``no_window`` of `leakers_because`.

    Attributes
    ----------
    raid
        What is played.
    reachable
        For each threat whether a unit would have a window if everything were permitted.
    """

    raid: Raid
    reachable: NDArray[np.bool_]

    shown = {NO_WINDOW_WHY: Shown("Nobody could, because", "threats", spread="whole", paired=False)}

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> NoWindowMeasures | None:
        """The measures of a raid; None for an incident, where permission is a matter of its steps."""
        if compiled.incident is not None:
            return None
        wanted = without_window(compiled.raid)
        reachable = np.zeros(len(wanted), np.bool_)
        reachable[in_reach(compiled.situation, study.atlas, np.flatnonzero(wanted).tolist())] = True
        return cls(compiled.raid, reachable)

    def measure(self, outcomes: Outcomes) -> list[Column]:
        """Count some replications."""
        none = outcomes.reason == REASONS.index("no_window")
        return [
            ((NO_WINDOW_WHY, OUT_OF_REACH), (none & ~self.reachable).sum(axis=1)),
            ((NO_WINDOW_WHY, NOT_PERMITTED), (none & self.reachable).sum(axis=1)),
        ]


def without_window(raid: Raid) -> NDArray[np.bool_]:
    """For each threat whether no window of a hard unit names it."""
    hard = {unit.id for unit in raid.units if unit.kind == "hard"}
    windows = raid.window_columns
    pairs = zip(windows.column("threat"), windows.column("unit"), strict=True)
    named = {threat for threat, unit in pairs if unit in hard}
    return np.array([threat.id not in named for threat in raid.threats], dtype=np.bool_)


def in_reach(situation: Situation, atlas: Atlas, threats: list[int]) -> list[int]:
    """Those of some threats, by number, at which a hard unit could shoot if everything were permitted.

    Times on station and the class's doctrine count as reach: they are no matter of permission.
    """
    hard = [number for number, unit in enumerate(situation.units) if unit.kind == "hard"]
    paths = sorted({situation.incoming[number].path for number in threats})
    if not hard or not paths:
        return []
    small = only(situation, hard, paths)
    found = tracked(small, opportunities(small, atlas, permission=False)).windows
    reached = {small.incoming[number].id for number in np.unique(found.threat).tolist()}
    return [number for number in threats if situation.incoming[number].id in reached]
