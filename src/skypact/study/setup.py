"""A question: a scenario, the policies to be compared, and how each becomes a raid."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from skypact.catalog import Catalog
from skypact.geometry.atlas import Atlas, shared_atlas
from skypact.geometry.standoff import Standoff, standoffs
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy import Draw, Situation, build_situation, central
from skypact.policy.build import geography
from skypact.policy.draw import Recorder
from skypact.policy.incident import SettledIncident, settle_incident
from skypact.policy.used import used_undrawn
from skypact.quantity import Basis
from skypact.raid import Raid
from skypact.raid.compile import compile_raid
from skypact.raid.incident import add_incident
from skypact.reading import Problem, Problems, suggest
from skypact.scenario.load import load_scenario
from skypact.scenario.model import Scenario
from skypact.scenario.systems import catalog_of


@dataclass(frozen=True)
class CompiledIncident:
    """The incident behind a raid: its numbers, who reaches the gun, and the raid without it."""

    settled: SettledIncident
    standoffs: Mapping[str, Standoff]
    without: Raid


@dataclass(frozen=True)
class CompiledPolicy:
    """A scenario under one policy, ready to be played; `seconds` is what compiling took.

    `incident` is what an incident was compiled from; None where there is none. `used` holds every
    number and entry that the policy rests on, by name.
    """

    policy: str
    situation: Situation
    opportunities: Opportunities
    raid: Raid
    seconds: float
    incident: CompiledIncident | None = None
    used: Mapping[str, Basis] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Study:
    """What is asked: a scenario, the catalogue, the policies, and which of them is the baseline."""

    scenario: Scenario
    catalog: Catalog
    policies: tuple[str, ...]
    baseline: str
    asked: str = ""

    @classmethod
    def ask(
        cls, name_or_path: str, policies: tuple[str, ...] | None = None, only_baseline: bool = False
    ) -> Study:
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
        Problems
            If the scenario has errors or a policy is unknown or named twice.
        """
        return cls.of(load_scenario(name_or_path), policies, only_baseline, asked=name_or_path)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        policies: tuple[str, ...] | None = None,
        only_baseline: bool = False,
        baseline: str | None = None,
        asked: str = "",
    ) -> Study:
        """Settle the policies of a scenario.

        Parameters
        ----------
        scenario
            A scenario without errors.
        policies, only_baseline
            As for `ask`.
        baseline
            The policy that others are compared with; None: the scenario's, or the first named.
        asked
            How it was asked for; "" for its id.

        Raises
        ------
        Problems
            If a policy is unknown or named twice.
        """
        names = policies or ((scenario.baseline,) if only_baseline else tuple(scenario.policies))
        problems = [
            Problem("policies", 0, 0, name, "unknown policy", suggest(name, scenario.policies))
            for name in (*names, *filter(None, (baseline,)))
            if name not in scenario.policies
        ]
        problems += [
            Problem("policies", 0, 0, name, "named twice", "name each policy once")
            for name in set(names)
            if names.count(name) > 1
        ]
        if problems:
            raise Problems(problems)
        if baseline is None:
            baseline = scenario.baseline if scenario.baseline in names else names[0]
        elif baseline not in names:
            names = (baseline, *names)
        return cls(scenario, catalog_of(scenario), names, baseline, asked or scenario.id)

    @cached_property
    def atlas(self) -> Atlas:
        """The map of the scenario; it keeps the shapes that policies share."""
        return shared_atlas(geography(self.scenario))

    def compile(
        self, policy: str, draw: Draw = central, pause: Callable[[], None] = lambda: None
    ) -> CompiledPolicy:
        """Compile the scenario under a policy; `pause` is called between steps, so that others may go first."""
        started = time.perf_counter()
        recorder = Recorder(draw)
        situation = build_situation(self.scenario, self.catalog, policy, recorder)
        pause()
        found = opportunities(situation, self.atlas)
        pause()
        info: dict[str, Any] = {"scenario": self.scenario.id, "policy": policy}
        raid = compile_raid(situation, found, info)
        settled = settle_incident(self.scenario, policy, situation, recorder)
        incident = None
        if settled is not None:
            incident = CompiledIncident(settled, standoffs(self.atlas, settled), raid)
            raid = add_incident(raid, settled, incident.standoffs)
        used = {**recorder.used, **used_undrawn(self.scenario, self.catalog, policy, situation)}
        seconds = time.perf_counter() - started
        return CompiledPolicy(policy, situation, found, raid, seconds, incident, used)

    def with_incident(self, compiled: CompiledPolicy, settled: SettledIncident) -> CompiledPolicy:
        """The same policy with other numbers of the incident; reach stays what it was."""
        incident = compiled.incident
        if incident is None:
            return compiled
        raid = add_incident(incident.without, settled, incident.standoffs)
        return replace(compiled, raid=raid, incident=replace(incident, settled=settled))
