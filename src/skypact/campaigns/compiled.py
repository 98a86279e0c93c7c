"""One set of numbers: every way through the air computed once, then each night compiled from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.nights import Night
from skypact.campaigns.setup import POLICY, CampaignStudy, State
from skypact.catalog.model import ThreatClass
from skypact.engine import PreparedRaid, prepare
from skypact.geometry.atlas import shared_atlas
from skypact.geometry.looks import sensors_of
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy.doctrine import concurrencies
from skypact.policy.draw import Draw
from skypact.policy.force import InForce, in_force
from skypact.policy.placement import Placement
from skypact.policy.sharing import seen_by
from skypact.policy.situation import IncomingThreat, Path, Situation
from skypact.policy.stationing import stationed
from skypact.policy.threats import threats
from skypact.raid import Raid
from skypact.raid.compile import compile_raid
from skypact.scenario.model import Scenario, Wave

Classes = tuple[ThreatClass, ...]


@dataclass(frozen=True)
class CompiledNight:
    """A night under what is in force, ready to be played."""

    raid: Raid
    prepared: PreparedRaid

    @cached_property
    def reach(self) -> NDArray[np.bool_]:
        """bool[units, threats]: whether a unit has a window on a threat."""
        unit = {one.id: row for row, one in enumerate(self.raid.units)}
        threat = {one.id: row for row, one in enumerate(self.raid.threats)}
        windows = self.raid.window_columns
        found = np.zeros((len(unit), len(threat)), np.bool_)
        found[
            [unit[name] for name in windows.column("unit")],
            [threat[name] for name in windows.column("threat")],
        ] = True
        return found


@dataclass(frozen=True)
class _Standing:
    """Units and sensors in one state against some classes, and what they reach on all ways."""

    force: InForce
    situation: Situation
    found: Opportunities


class Compiler:
    """Compiles the nights of a campaign with one set of numbers.

    The ways of all nights are flown together, once; what units reach and sensors see on them is found once for
    each state, and the geometry keeps by unit what does not change between states.

    Parameters
    ----------
    study
        The campaign.
    draw
        Settles numbers.
    """

    def __init__(self, study: CampaignStudy, draw: Draw) -> None:
        self.study, self.draw = study, draw
        self._atlas = shared_atlas(study.geography)
        paths: dict[Path, int] = {}
        self._incoming: list[tuple[IncomingThreat, ...]] = []
        frame = study.base.model_copy(update={"places": study.places})
        coming = {wave.threat: wave for night in study.nights for wave in night.waves}
        self._all = study.base.raid.model_copy(update={"waves": tuple(coming.values())})
        for night in study.nights:
            self._incoming.append(
                tuple(one for wave in night.waves for one in threats(frame, study.catalog, wave, draw, paths))
            )
        self._paths = tuple(paths)
        self._reached: dict[State, Opportunities] = {}
        self._standing: dict[tuple[State, Classes], _Standing] = {}

    def compile(self, number: int, policy: str, pause: Callable[[], None] = lambda: None) -> CompiledNight:
        """One of the nights, by its number, under a policy; `pause` is called between steps, and may leave with an error."""
        night = self.study.nights[number]
        scenario = self.study.scenario(policy, night)
        incoming = self._incoming[number]
        standing = self._stands(scenario, self.study.state(policy, night.day), night, pause)
        classes = sorted({self._paths[threat.path].threat_class for threat in incoming})
        usual, late = concurrencies(standing.force, standing.situation.units, classes, self.draw)
        situation = replace(standing.situation, incoming=incoming, concurrency=usual, concurrency_late=late)
        pause()
        raid = compile_raid(situation, standing.found, {"scenario": scenario.id, "policy": policy})
        pause()
        return CompiledNight(raid, prepare(raid))

    def _stands(self, scenario: Scenario, state: State, night: Night, pause: Callable[[], None]) -> _Standing:
        """What stands against the classes of a night: doctrine knows what comes, geometry takes whatever flies."""
        if state not in self._reached:
            self._forget(night)
            _, against_all = self._situation(scenario.model_copy(update={"raid": self._all}))
            pause()
            self._reached[state] = opportunities(against_all, self._atlas)
            pause()
        key = state, tuple(sorted({self._class_of(wave) for wave in night.waves}))
        if key not in self._standing:
            force, situation = self._situation(scenario)
            found = replace(self._reached[state], sensors=sensors_of(situation))
            self._standing[key] = _Standing(force, situation, found)
        return self._standing[key]

    def _class_of(self, wave: Wave) -> ThreatClass:
        return self.study.catalog.threats[wave.threat].threat_class

    def _forget(self, night: Night) -> None:
        """Keep only what the nights from here on can need, so that a long campaign takes no more room."""
        period = self.study.state(self.study.baseline, night.day).period
        self._reached = {state: one for state, one in self._reached.items() if state.period >= period}
        self._standing = {key: one for key, one in self._standing.items() if key[0].period >= period}

    def _situation(self, scenario: Scenario) -> tuple[InForce, Situation]:
        catalog, draw = self.study.catalog, self.draw
        force = stationed(scenario, POLICY, in_force(scenario, POLICY), draw)
        placement = Placement(scenario, catalog, force, draw)
        units = tuple(unit for held in force.laydown for unit in placement.units(held))
        sites = tuple(site for entry in force.sensors for site in placement.sites(entry))
        owners: dict[str, set[str]] = {}
        for unit in units:
            owners.setdefault(unit.group, set()).add(unit.owner)
        actors = tuple(scenario.actors)
        tracks = {group: seen_by(force, frozenset(members), actors) for group, members in owners.items()}
        return force, Situation(units, sites, self._paths, (), tracks, {}, {}, self.study.geography)


def systems_of(raid: Raid) -> Sequence[tuple[str, str]]:
    """Owner and system of each unit of a raid."""
    return [(unit.owner, str(unit.info.get("system", ""))) for unit in raid.units]


def costs_of(raid: Raid) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Cost of a round of each unit, in US dollars."""
    return np.array([float(unit.info.get("cost_usd", 0.0)) for unit in raid.units])
