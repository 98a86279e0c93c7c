"""Decisions that change nothing under a policy, and why: each is lifted alone, and the raid played again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from skypact.engine import PreparedRaid
from skypact.formatting import brief, fixed
from skypact.raid import Raid
from skypact.scenario.rules import Decision
from skypact.study.idle import REPLICATIONS, SELDOM, Forces, Idle, Tried, reason_of, unused_words
from skypact.study.play import RunSettings
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.shut import Pair
from skypact.study.verdict import Judge


@dataclass
class Idleness:
    """Who and what is idle under the policies of a study; it remembers what it has compiled and played.

    Policies often differ in one decision, so that one without it is another that was played already.
    """

    study: Study
    settings: RunSettings
    _tried: dict[frozenset[str], Tried] = field(default_factory=dict)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.study)

    def under(self, compiled: CompiledPolicy, prepared: PreparedRaid) -> tuple[Idle, ...]:
        """Owners, systems and decisions that change nothing under a policy; of an incident none are named."""
        if compiled.incident is not None:
            return ()
        names = self.study.scenario.policies[compiled.policy].decisions
        tried = self._tried.setdefault(frozenset(names), self._try(compiled, prepared))
        return (*Forces(self._judge, tried).idle(), *self._decisions(tried, names))

    def _decisions(self, tried: Tried, names: tuple[str, ...]) -> Iterator[Idle]:
        for name in names:
            without = self._without(tried.compiled.policy, frozenset(names) - {name})
            one = _Lifted(self._judge, self.study.scenario.decisions[name], tried, without)
            changed = one.changed()
            if changed is None:
                why, says, numbers = one.same()
            elif changed < SELDOM:
                why, says, numbers = one.other(changed)
            else:
                continue
            yield Idle("decision", name, "", why, says, numbers)

    def _try(self, compiled: CompiledPolicy, prepared: PreparedRaid | None = None) -> Tried:
        return Tried(compiled, self.settings.seed, self.settings.first, prepared)

    def _without(self, policy: str, decisions: frozenset[str]) -> Tried:
        if decisions not in self._tried:
            scenario = self.study.scenario
            left = tuple(one for one in scenario.policies[policy].decisions if one in decisions)
            changed = scenario.policies[policy].model_copy(update={"decisions": left})
            policies = {**scenario.policies, policy: changed}
            study = replace(self.study, scenario=scenario.model_copy(update={"policies": policies}))
            study.__dict__["atlas"] = self.study.atlas  # the same map, with the shapes that it keeps
            self._tried[decisions] = self._try(study.compile(policy))
        return self._tried[decisions]


@dataclass(frozen=True)
class _Lifted:
    """A decision, the policy with it, and the policy without it."""

    judge: Judge
    decision: Decision
    tried: Tried
    otherwise: Tried

    @property
    def compiled(self) -> CompiledPolicy:
        """The policy with it."""
        return self.tried.compiled

    @property
    def without(self) -> CompiledPolicy:
        """The policy without it."""
        return self.otherwise.compiled

    def changed(self) -> float | None:
        """For how many threats of a replication it differs whether they arrive; None for the very same raid."""
        if replace(self.compiled.raid, info={}) == replace(self.without.raid, info={}):
            return None
        differ = self.tried.outcomes[0] != self.otherwise.outcomes[0]
        return float(differ.sum(axis=1).mean())

    def same(self) -> tuple[str, str, dict[str, float]]:
        """Why lifting it gives the very same raid."""
        ours, theirs = self.compiled.situation, self.without.situation
        units = self._concerned
        if not units:
            if ours.tracks != theirs.tracks or ours.sites != theirs.sites:
                says = "Whoever may shoot at a threat has the same looks at it without it."
                return "already_so", says, {}
            says = "What any fire unit or sensor of the scenario may do is the same without it."
            return "nobody_concerned", says, {}
        # What it forbids is judged as if it were not there; what it allows, as it is.
        forbids = bool(self.decision.adds) and not any(rule.allows for rule in self.decision.adds)
        judged = self.without if forbids else self.compiled
        found = self.judge.verdict(judged.situation, units, list(range(len(ours.paths))))
        many = f"{len(units)} fire unit{'s' if len(units) > 1 else ''}"
        said = f"It concerns {many}. "
        if found.allowed:
            says = f"{said}Their windows at {len(found.allowed)} pairs of fire unit and flight path are the same without it."
            return "already_so", says, {"units": len(units), "in_reach": len(found.reachable)}
        why, says, numbers = reason_of(found)
        without = "Without it, too: " if forbids and why == "not_permitted" else ""
        return why, f"{said}{without}{says}", {"units": len(units), **numbers}

    def other(self, changed: float) -> tuple[str, str, dict[str, float]]:
        """Why another raid ends like this one."""
        ours, theirs = _pairs(self.compiled.raid), _pairs(self.without.raid)
        gained, lost = ours - theirs, theirs - ours
        end = f"with and without it, {self._ends(changed)}"
        numbers = {"pairs_gained": float(len(gained)), "pairs_lost": float(len(lost)), "changed": changed}
        if gained:
            shut = self.tried.traced.shut(pairs=gained)
            numbers |= {"windows": shut.windows, "rounds": shut.rounds, "of_rounds": shut.of_rounds}
            says = (
                f"It gives windows to {brief(len(gained))} pairs of fire unit and threat; {_share(shut.rounds)} of"
                f" {fixed(shut.of_rounds, 0)} rounds are fired in them"
            )
            if shut.rounds >= SELDOM:
                return "others_would", f"{says}. But {end}: without it others shoot.", numbers
            return shut.mostly, f"{says}. {unused_words(shut)} And {end}.", numbers
        if lost:
            says = f"It takes windows from {brief(len(lost))} pairs of fire unit and threat; others shoot instead: {end}."
            return "others_would", says, numbers
        found = self.same()
        if found[0] in ("out_of_reach", "not_seen", "not_permitted"):
            return found
        return "others_would", f"No pair of fire unit and threat gains or loses a window; {end}.", numbers

    def _ends(self, changed: float) -> str:
        if not changed:
            return f"every threat ends alike in {REPLICATIONS} replications with the same luck"
        threats = fixed(changed * REPLICATIONS, 0)
        return f"{threats} threats end differently in {REPLICATIONS} replications with the same luck"

    @cached_property
    def _concerned(self) -> list[int]:
        """The units that are there or may do something, by number, with it and not without it, or the reverse."""
        theirs = {unit.id: unit for unit in self.without.situation.units}
        return [
            number for number, unit in enumerate(self.compiled.situation.units) if theirs.get(unit.id) != unit
        ]


def _pairs(raid: Raid) -> frozenset[Pair]:
    windows = raid.window_columns
    return frozenset(zip(windows.column("unit"), windows.column("threat"), strict=True))


def _share(rounds: float) -> str:
    return "none" if not rounds else "fewer than 0.1" if rounds < 0.05 else fixed(rounds)
