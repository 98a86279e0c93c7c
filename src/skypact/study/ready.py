"""Policies that are ready to be played with central values, kept so that a second question does not compile them again.

What a policy compiles to follows from the scenario, the catalogue and the decisions alone, so what is kept changes no
result, only the time that it takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from skypact.geometry.memory import Kept, Memory
from skypact.scenario.model import Scenario
from skypact.study.measures import measures_of
from skypact.study.play import Player
from skypact.study.setup import CompiledPolicy, Study

KEPT = 12
"""Policies; one of the raid of 26 August 2024 takes 8 MB."""
NOTES = 8
SEEDS = 2
"""Of a policy what was counted in few replications is kept for so many seeds."""
OF_POLICIES = frozenset({"policies", "baseline"})
"""Fields of a scenario on which a policy with given decisions does not depend."""
_READY = Memory(KEPT)


@dataclass(frozen=True)
class Ready:
    """A policy that can be played at once.

    Attributes
    ----------
    compiled, player
        What was compiled, with central values, and who plays it.
    made_of
        The parts of the scenario of which it was made: while they are held, nothing else can have their identity.
    notes
        What was found out about it that holds whenever it is played.
    """

    compiled: CompiledPolicy
    player: Player
    made_of: tuple[Any, ...] = field(repr=False)
    notes: Memory = field(default_factory=lambda: Memory(NOTES), repr=False, compare=False)

    def keep(self, key: Any, make: Callable[[], Kept]) -> Kept:
        """What was found out, found out now if it was not yet."""
        return self.notes.keep(key, make)


def ready(study: Study, policy: str, pause: Callable[[], None] = lambda: None) -> Ready:
    """A policy of a study, compiled with central values, and its player; `pause` as for `Study.compile`."""
    started = time.perf_counter()
    made_of = _parts(study)
    key = (policy, study.scenario.policies[policy].decisions, *map(id, made_of))
    found: Ready | None = _READY.get(key)
    if found is not None and all(ours is theirs for ours, theirs in zip(found.made_of, made_of, strict=True)):
        seconds = time.perf_counter() - started
        return replace(found, compiled=replace(found.compiled, seconds=seconds), notes=found.notes)
    compiled = study.compile(policy, pause=pause)
    made = Ready(compiled, player(study, compiled), made_of)
    _READY.put(key, made)
    return made


def player(study: Study, compiled: CompiledPolicy) -> Player:
    """A compiled policy with all its measures, ready to be played."""
    return Player(compiled.raid, measures_of(study, compiled), Memory(SEEDS))


def _parts(study: Study) -> tuple[Any, ...]:
    scenario = study.scenario
    names = (name for name in Scenario.model_fields if name not in OF_POLICIES)
    return (study.catalog, study.atlas, *(getattr(scenario, name) for name in names))
