"""A question: a scenario, the policies to be compared, and how each becomes a raid."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from skypact.catalog import Catalog, load_catalog
from skypact.catalog.change import with_numbers
from skypact.geometry.atlas import Atlas, atlas_of
from skypact.geometry.standoff import Standoff, standoffs
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy import Draw, Situation, central, situate
from skypact.policy.affair import Affair, affair
from skypact.policy.situate import geography
from skypact.raid import Raid
from skypact.raid.compile import compile_raid
from skypact.raid.incident import add_incident
from skypact.reading import BadInput, Problem, suggest
from skypact.scenario.library import load_scenario
from skypact.scenario.model import Scenario


@dataclass(frozen=True)
class Case:
    """The incident behind a raid: its numbers, who reaches the gun, and the raid without it."""

    affair: Affair
    standoffs: Mapping[str, Standoff]
    without: Raid


@dataclass(frozen=True)
class Compiled:
    """A scenario under one policy, ready to be played; `seconds` is what compiling took.

    `case` is what an incident was compiled from; None where there is none.
    """

    policy: str
    situation: Situation
    opportunities: Opportunities
    raid: Raid
    seconds: float
    case: Case | None = None


@dataclass(frozen=True)
class Question:
    """What is asked: a scenario, the catalogue, the policies, and which of them is the baseline."""

    scenario: Scenario
    catalog: Catalog
    policies: tuple[str, ...]
    baseline: str
    asked: str = ""

    @classmethod
    def ask(
        cls, name_or_path: str, policies: tuple[str, ...] | None = None, only_baseline: bool = False
    ) -> Question:
        """Read a scenario and settle the policies.

        Parameters
        ----------
        name_or_path
            A shipped name or the path of a file.
        policies
            Names; None: all of the scenario's.
        only_baseline
            With `policies` None: the scenario's baseline alone.

        Raises
        ------
        BadInput
            If the scenario has errors or a policy is unknown or named twice.
        """
        scenario = load_scenario(name_or_path)
        names = policies or ((scenario.baseline,) if only_baseline else tuple(scenario.policies))
        problems = [
            Problem("--policies", 0, 0, name, "unknown policy", suggest(name, scenario.policies))
            for name in names
            if name not in scenario.policies
        ]
        problems += [
            Problem("--policies", 0, 0, name, "named twice", "name each policy once")
            for name in set(names)
            if names.count(name) > 1
        ]
        if problems:
            raise BadInput(problems)
        baseline = scenario.baseline if scenario.baseline in names else names[0]
        return cls(scenario, with_numbers(load_catalog(), scenario.numbers), names, baseline, name_or_path)

    @cached_property
    def atlas(self) -> Atlas:
        """The map of the scenario; it keeps the shapes that policies share."""
        return atlas_of(geography(self.scenario))

    def compiled(self, policy: str, draw: Draw = central) -> Compiled:
        """Compile the scenario under a policy."""
        started = time.perf_counter()
        situation = situate(self.scenario, self.catalog, policy, draw)
        found = opportunities(situation, self.atlas)
        info: dict[str, Any] = {"scenario": self.scenario.id, "policy": policy}
        raid = compile_raid(situation, found, info)
        incident = affair(self.scenario, policy, situation, draw)
        case = None
        if incident is not None:
            case = Case(incident, standoffs(self.atlas, incident), raid)
            raid = add_incident(raid, incident, case.standoffs)
        return Compiled(policy, situation, found, raid, time.perf_counter() - started, case)

    def with_case(self, compiled: Compiled, incident: Affair) -> Compiled:
        """The same policy with other numbers of the incident; reach stays what it was."""
        case = compiled.case
        if case is None:
            return compiled
        raid = add_incident(case.without, incident, case.standoffs)
        return replace(compiled, raid=raid, case=replace(case, affair=incident))
