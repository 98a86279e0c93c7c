"""Playing a scenario under any set of its decisions, one set of numbers at a time, for what arrives alone.

Sets of decisions that come to the same situation are compiled and played once: a picture that nobody fights in
changes nothing.  What is kept is bounded, and goes with the set of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from skypact.engine import LEAKED, Workers, prepare, replicate
from skypact.geometry.windows import opportunities
from skypact.policy import Draw, Situation, build_situation
from skypact.raid.compile import compile_raid
from skypact.scenario.choice import with_policies
from skypact.study.play import RunSettings
from skypact.study.setup import Study

KEPT = 256
"""Of so many sets of decisions the arrivals are kept; of one replication 4 bytes each."""
ALIKE = 32
"""With so many situations a new one is compared before it is compiled."""
CHOSEN = "chosen"

Arrivals = NDArray[np.int64]


@dataclass
class Coalitions:
    """What arrives under sets of decisions, with one set of numbers and the same luck.

    Parameters
    ----------
    study
        The scenario.
    draw
        Settles its numbers.
    settings
        Replications, their first number, the seed.
    team
        Threads to play with.

    Attributes
    ----------
    compiled
        How many raids had to be compiled.
    """

    study: Study
    draw: Draw
    settings: RunSettings
    team: Workers
    compiled: int = 0
    _found: dict[frozenset[str], Arrivals] = field(default_factory=dict)
    _alike: list[tuple[Situation, Arrivals]] = field(default_factory=list)

    def arrivals(self, decisions: Sequence[str]) -> Arrivals:
        """How many threats arrive in each replication with these decisions in force."""
        key = frozenset(decisions)
        if key not in self._found:
            while len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[key] = self._played(decisions)
        return self._found[key]

    def _played(self, decisions: Sequence[str]) -> Arrivals:
        scenario = with_policies(self.study.scenario, {CHOSEN: decisions})
        situation = build_situation(scenario, self.study.catalog, CHOSEN, self.draw)
        for other, arrivals in self._alike:
            if other == situation:
                return arrivals
        raid = compile_raid(situation, opportunities(situation, self.study.atlas), {})
        self.compiled += 1
        settings = self.settings
        chunks = replicate(
            prepare(raid), settings.replications, settings.seed, settings.first, self.team, False
        )
        arrivals = np.concatenate([(chunk.fate == LEAKED).sum(axis=1) for chunk in chunks]).astype(np.int64)
        self._alike = [*self._alike[1 - ALIKE :], (situation, arrivals)]
        return arrivals
