"""One replication of a scenario, to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from skypact.library.calls import Asked
from skypact.library.flights import flights
from skypact.library.playing import SETS
from skypact.library.scenarios import Scenario, load
from skypact.library.show import Frame, frame_of
from skypact.policy import Situation
from skypact.reading import Problem, Problems
from skypact.study import replay as studied
from skypact.study.draw import Sets
from skypact.study.ready import ready
from skypact.study.setup import Study


@dataclass(frozen=True, repr=False)
class Replay(studied.Replay):
    """One replication of a scenario under a policy, as events (`skypact.replay`).

    Attributes
    ----------
    of, policy
        The scenario and the policy.
    of_set
        The set of numbers that was drawn; None: central numbers.

    situation
        Who stood where, and who flew which way.

    Other attributes are those of `skypact.study.replay.Replay`: ``events``, ``fates``, ``unavailable``, ``offsets_s``,
    ``seed``, ``replication``, ``leakers``.
    """

    of: Scenario = field(kw_only=True)
    policy: str = field(kw_only=True)
    situation: Situation = field(kw_only=True, repr=False, compare=False)
    of_set: int | None = field(kw_only=True, default=None)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "scenario": self.of.id,
            "policy": self.policy,
            "seed": self.seed,
            "replication": self.replication,
            "of_set": self.of_set,
            "fates": dict(self.fates),
            "unavailable": list(self.unavailable),
            "events": [event.to_dict() for event in self.events],
        }

    def flights(self) -> dict[str, Any]:
        """Where every threat is at every time, to be drawn (`skypact.library.flights`)."""
        return flights(self.situation, self.offsets_s)

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each event."""
        return frame_of(event.to_dict() for event in self.events)

    def __repr__(self) -> str:
        count = {fate: list(self.fates.values()).count(fate) for fate in ("killed", "failed", "leaked")}
        told = ", ".join(f"{number} {fate}" for fate, number in count.items())
        return f"Replay({self.of.id}, {self.policy}, replication {self.replication}: {told})"


def replay(
    scenario: Asked,
    policy: str | None = None,
    replication: int = 0,
    *,
    seed: int = 1,
    of_set: int | None = None,
    sets: int = SETS,
) -> Replay:
    """Play one replication of a scenario and tell it as events.

    Parameters
    ----------
    scenario
        A shipped name, a path, YAML text or a loaded scenario.
    policy
        Its name; None: the scenario's baseline.
    replication
        Which one, from 0. In a comparison of sets of 200 replications, set 3 plays those from 600 to 799.
    seed
        As for `skypact.compare`: the same seed and replication are the same luck.
    of_set, sets
        Which of how many drawn sets of numbers; None: central numbers.

    Raises
    ------
    skypact.Problems
        If the scenario has errors or the policy is unknown.

    Examples
    --------
    >>> import skypact
    >>> one = skypact.replay("ukraine-2024-08-11", replication=3)
    >>> one.leakers == sum(event.kind == "impact" for event in one.events)
    True
    """
    problems = [
        Problem(name, 0, 0, str(value), "is not such a number", right)
        for name, value, holds, right in (
            ("replication", replication, 0 <= replication < 2**32, "a whole number from 0"),
            ("seed", seed, 0 <= seed < 2**64, "a whole number from 0 to 2**64 - 1"),
            ("of_set", of_set, of_set is None or 0 <= of_set < sets, f"from 0 to {sets - 1}, or None"),
        )
        if not holds
    ]
    if problems:
        raise Problems(problems)
    asked = load(scenario)
    study = Study.of(asked.data, None if policy is None else (policy,), only_baseline=True)
    name = study.policies[0]
    if of_set is None:
        compiled = ready(study, name).compiled
    else:
        compiled = study.compile(name, Sets(sets, seed).drawn(study.catalog).of(of_set))
    found = studied.replay(compiled.raid, replication, seed)
    return Replay(
        found.seed,
        found.replication,
        found.events,
        found.fates,
        found.unavailable,
        found.offsets_s,
        of=asked,
        policy=name,
        situation=compiled.situation,
        of_set=of_set,
    )
