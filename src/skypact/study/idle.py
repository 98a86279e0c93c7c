"""Who and what changes nothing under a policy, and why: owners, their systems, and decisions.

An owner or a system of its is idle if it fires in fewer than one replication of twenty, a decision if lifting
it alone changes for fewer than one threat in twenty replications whether it arrives, with the same luck.
Both are counted with central numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skypact.engine import LEAKED, PreparedRaid, prepare, replicate
from skypact.formatting import brief, class_names, fixed, listed
from skypact.policy.situation import FireUnit
from skypact.study.setup import CompiledPolicy
from skypact.study.shut import Shut, Traced
from skypact.study.verdict import Judge, Verdict

What = Literal["owner", "system", "decision"]

REPLICATIONS = 200
"""What is idle is found out in so many replications; a rarity that is missed changes nothing that is shown."""
SELDOM = 0.05
"""Engagements, or threats with another end, in a replication: below this nothing has changed."""

WHY: Mapping[str, str] = {
    "nothing_to_shoot_at": "Nothing to shoot at",
    "nobody_concerned": "Concerns nobody here",
    "out_of_reach": "Out of reach",
    "not_seen": "Not seen in time",
    "not_permitted": "Not permitted",
    "already_so": "So already without it",
    "unavailable": "Not available",
    "unacquired": "Not acquired",
    "held_back": "Rounds kept back",
    "others_first": "Others were first",
    "others_would": "Others do it without it",
}
"""Why something changes nothing, with the words for each."""


@dataclass(frozen=True)
class Idle:
    """An owner, a system or a decision that changes nothing under a policy.

    Attributes
    ----------
    what
        ``owner``, ``system`` or ``decision``.
    name
        Its name in the scenario or the catalogue.
    owner
        Of a system, whose it is; "" for others.
    why
        One of `WHY`.
    says
        The same in words, with numbers.
    numbers
        The numbers: units, pairs of unit and path in reach, windows, rounds, and so on.
    """

    what: What
    name: str
    owner: str
    why: str
    says: str
    numbers: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        found: dict[str, Any] = {"what": self.what, "name": self.name}
        if self.owner:
            found["owner"] = self.owner
        return {**found, "why": self.why, "says": self.says, "numbers": dict(self.numbers)}


@dataclass(frozen=True)
class Tried:
    """A compiled policy, some replications of it, and some of these in full."""

    compiled: CompiledPolicy
    seed: int
    first: int
    given: PreparedRaid | None = None

    @cached_property
    def prepared(self) -> PreparedRaid:
        """What the engine plays: as it was given, or made where something is played."""
        return prepare(self.compiled.raid) if self.given is None else self.given

    @cached_property
    def outcomes(self) -> tuple[NDArray[np.bool_], list[float]]:
        """Which threats arrive, bool[R, T], and the mean engagements of each unit in a replication."""
        arrives, total = [], np.zeros(len(self.compiled.raid.units))
        for chunk in replicate(self.prepared, REPLICATIONS, self.seed, self.first):
            arrives.append(chunk.fate == LEAKED)
            total += chunk.engagements.sum(axis=0)
        return np.concatenate(arrives), (total / REPLICATIONS).tolist()

    @cached_property
    def traced(self) -> Traced:
        """Replications in full."""
        return Traced(self.compiled.raid, self.prepared, self.seed, self.first)


@dataclass(frozen=True)
class Forces:
    """The owners that fire next to nothing under a policy, and the systems of others that do."""

    judge: Judge
    tried: Tried

    @property
    def compiled(self) -> CompiledPolicy:
        """What was compiled."""
        return self.tried.compiled

    def idle(self) -> Iterator[Idle]:
        """Owners first, in the order of the scenario's actors."""
        units = self.compiled.situation.units
        _, engaged = self.tried.outcomes
        by_owner: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            by_owner.setdefault(unit.owner, []).append(number)
        idle = {owner for owner, own in by_owner.items() if sum(engaged[n] for n in own) < SELDOM}
        for owner in self.judge.study.scenario.actors:
            if owner in idle:
                yield self._judged("owner", owner, "", by_owner[owner], engaged)
            elif owner not in by_owner and (blind := self._sensors_alone(owner)):
                yield blind
        for owner, own in by_owner.items():
            if owner in idle:
                continue
            for system in dict.fromkeys(units[number].system for number in own):
                these = [number for number in own if units[number].system == system]
                if sum(engaged[number] for number in these) < SELDOM:
                    yield self._judged("system", system, owner, these, engaged)

    def _judged(self, what: What, name: str, owner: str, own: list[int], engaged: list[float]) -> Idle:
        why, says, numbers = why_nothing(self.judge, self.tried, own)
        count = f"{len(own)} fire unit{'s' if len(own) > 1 else ''}"
        if fired := sum(engaged[number] for number in own):
            says = f"One engagement in {fixed(1 / fired, 0)} replications. {says}"
            numbers = {**numbers, "engagements": fired}
        return Idle(what, name, owner, why, f"{count}. {says}", {"units": len(own), **numbers})

    def _sensors_alone(self, owner: str) -> Idle | None:
        """An owner of sensors alone whose tracks nobody has."""
        sites = [site for site in self.compiled.situation.sites if site.owner == owner]
        if not sites:
            return None
        armed = {unit.group for unit in self.compiled.situation.units if unit.engages}
        tracks = self.compiled.situation.tracks
        numbers = {"sensors": float(len(sites))}
        count = f"{len(sites)} sensor{'s' if len(sites) > 1 else ''}, and no fire unit"
        if not any(owner in tracks.get(group, ()) for group in armed):
            says = f"{count}. Nobody with fire units may use its tracks."
            return Idle("owner", owner, "", "not_permitted", says, numbers)
        return None


def why_nothing(judge: Judge, tried: Tried, own: list[int]) -> tuple[str, str, dict[str, float]]:
    """Why some units fire nothing: one of `WHY`, a sentence, and numbers.

    Parameters
    ----------
    judge
        Who judges.
    tried
        The policy.
    own
        The units, by number; one at least.
    """
    compiled = tried.compiled
    situation = compiled.situation
    units = [situation.units[number] for number in own]
    classes = tuple(sorted({path.threat_class for path in situation.paths}))
    if not any(name in unit.engages for unit in units for name in classes):
        says = f"None engages {class_names(classes)}: {_left(units, classes)}."
        return "nothing_to_shoot_at", says, {"classes": float(len(classes))}
    ids = frozenset(unit.id for unit in units)
    if not ids.isdisjoint(compiled.raid.window_columns.column("unit")):
        return _unused(tried.traced.shut(units=ids))
    return reason_of(judge.verdict(situation, own, list(range(len(situation.paths)))))


def _left(units: list[FireUnit], classes: tuple[str, ...]) -> str:
    """Why classes are not engaged: the systems cannot, or a doctrine leaves them to others."""
    leaves = {unit.leaves.get(name, "system") for unit in units for name in classes}  # type: ignore[call-overload]
    doctrine = sorted(leaves - {"system"})
    return f"doctrine ({', '.join(doctrine)}) leaves them to others" if doctrine else "no means against them"


def reason_of(found: Verdict) -> tuple[str, str, dict[str, float]]:
    """Why pairs of unit and path have no window: one of `WHY`, a sentence about the telling pair, and numbers."""
    look = found.appraisal
    numbers = {"pairs": float(found.considered), "in_reach": float(len(found.reachable))}
    example = " ".join(found.lines)
    if found.kind in ("no permission", "too deep"):
        if look.depth_km is not None and np.isfinite(look.depth_km):
            numbers["depth_km"] = look.depth_km
        many = f"{brief(len(found.reachable))} pairs of fire unit and flight path are in reach, none is permitted"
        return "not_permitted", f"{many}. For example: {example}", numbers
    if look.reason in ("unseen", "late", "lost"):
        return "not_seen", f"Nothing can be shot at. Nearest to it: {example}", numbers
    if np.isfinite(look.nearest_km):
        numbers |= {"nearest_km": look.nearest_km, "beyond_range_km": look.beyond_range_km}
    return "out_of_reach", f"Nothing is in reach. Nearest to it: {example}", numbers


def _unused(found: Shut) -> tuple[str, str, dict[str, float]]:
    return found.mostly, unused_words(found), {"windows": float(found.windows), **_lost(found)}


def _lost(found: Shut) -> dict[str, float]:
    return {f"windows_{why}": number for why, number in found.lost.items() if number}


LOST_WORDS = {
    "unavailable": "because the unit takes no part",
    "not_seen": "before the threat is seen",
    "unacquired": "because the unit does not acquire the threat",
    "held_back": "because the rounds are kept back",
    "others_first": "because the threat is gone or others have it under fire",
}


def unused_words(found: Shut) -> str:
    """What became of windows that stay unused, in a sentence."""
    parts = [
        f"{_few(number)} pass unused {LOST_WORDS[why]}"
        for why, number in found.lost.items()
        if number >= 0.05
    ]
    each = "window" if found.windows == 1 else "windows"
    return f"Of {brief(found.windows)} {each} in a raid, on average {listed(parts)}."


def _few(number: float) -> str:
    return fixed(number, 1 if number < 10 else 0)
