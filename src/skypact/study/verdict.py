"""What decides between some units and some paths: who has a window, who reaches, and why not, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from skypact.formatting import brief, capital, class_name
from skypact.geometry.flight import fly
from skypact.geometry.looks import ALWAYS, firing
from skypact.geometry.reasons import Appraisal, appraise
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy.describe import Names
from skypact.policy.situation import FireUnit, Situation
from skypact.scenario.rules import Doctrine
from skypact.study.setup import Study
from skypact.world.earth import vectors

Pair = tuple[int, int]
"""A path and a unit, by their numbers in the situation."""


@dataclass(frozen=True)
class Verdict:
    """What decides between units and paths.

    Attributes
    ----------
    kind
        ``window``, or why there is none: ``class not engaged``, ``no permission``, ``too deep``, ``geometry``.
    lines
        The same in words, about the example.
    considered
        How many pairs of path and unit were looked at.
    allowed, reachable
        The pairs with a window, and those that would have one if everything were permitted.
    unit, path
        The pair that tells most: the example.
    appraisal
        Its numbers.
    """

    kind: str
    lines: tuple[str, ...]
    considered: int
    allowed: frozenset[Pair]
    reachable: frozenset[Pair]
    unit: FireUnit
    path: int
    appraisal: Appraisal


@dataclass
class Judge:
    """Judges units and paths, and remembers the verdicts: policies often differ in nothing that bears on them."""

    study: Study
    _known: list[tuple[Situation, Verdict]] = field(default_factory=list)

    def verdict(self, situation: Situation, units: list[int], paths: list[int]) -> Verdict:
        """As `verdict`."""
        small = only(situation, units, paths)
        for known, found in self._known:
            if known == small:
                return found
        found = verdict(self.study, situation, units, paths)
        self._known.append((small, found))
        return found


def verdict(study: Study, situation: Situation, units: list[int], paths: list[int]) -> Verdict:
    """Judge some units and paths of a situation, by their numbers in it; at least one of each."""
    small = only(situation, units, paths)
    atlas = study.atlas
    allowed = _pairs(small, opportunities(small, atlas))
    reachable = _pairs(small, opportunities(small, atlas, permission=False))
    path, number = _telling(small, allowed, reachable, units[0])
    unit = small.units[number]
    appraisal = appraise(small, atlas, unit.id, path)
    kind, said = _verdict(study, small, unit, path, appraisal)

    def whole(pairs: set[Pair]) -> frozenset[Pair]:
        return frozenset((paths[one], unit) for one, unit in pairs)

    return Verdict(
        kind,
        tuple(said),
        len(units) * len(paths),
        whole(allowed),
        whole(reachable),
        unit,
        paths[path],
        appraisal,
    )


def only(situation: Situation, units: list[int], paths: list[int]) -> Situation:
    """The situation with some paths alone, and some units alone that fire; all sensors stay."""
    place = {path: number for number, path in enumerate(paths)}
    return replace(
        firing(situation, {situation.units[number].id for number in units}),
        paths=tuple(situation.paths[path] for path in paths),
        incoming=tuple(
            replace(threat, path=place[threat.path]) for threat in situation.incoming if threat.path in place
        ),
    )


def _pairs(situation: Situation, found: Opportunities) -> set[Pair]:
    """Which units have windows with which paths, whenever they are on station."""
    there = replace(situation, units=tuple(replace(unit, on_station_s=ALWAYS) for unit in situation.units))
    windows = tracked(there, found).windows
    paths = [situation.incoming[threat].path for threat in windows.threat.tolist()]
    return set(zip(paths, windows.unit.tolist(), strict=True))


def _telling(situation: Situation, allowed: set[Pair], reachable: set[Pair], first: int) -> Pair:
    """The pair that tells most.

    One with a window; else one that only permission stops; else the engaged pair that comes nearest.
    """
    if allowed or reachable:
        return min(allowed or reachable)
    nearest: dict[Pair, float] = {}
    for path, flight in enumerate(fly(situation.paths)):
        track = vectors(flight.lat, flight.lon)
        for number, unit in enumerate(situation.units):
            if situation.paths[path].threat_class in unit.engages:
                away = np.linalg.norm(track - vectors(unit.lat, unit.lon), axis=1).min()
                nearest[path, number] = float(away) - unit.radius_km
    return min(nearest, key=lambda pair: nearest[pair], default=(0, first))


def _verdict(
    study: Study, situation: Situation, unit: FireUnit, path: int, found: Appraisal
) -> tuple[str, list[str]]:
    names = Names(study.scenario, study.catalog)
    flown = situation.paths[path]
    what = class_name(flown.threat_class)
    who = f"{names.system(unit.system)} of {names.actors((unit.owner,))} at {names.area(unit.place)}"
    if found.reason == "class":
        return "class not engaged", [
            f"{who} does not engage {what}.",
            _left(study, found.leaves, who, what),
        ]
    if found.reason == "window":
        first, last = brief((found.first_intercept_s or 0) / 60), brief((found.last_intercept_s or 0) / 60)
        return "window", [
            f"{who} can engage {what}.",
            f"Intercepts are possible from {first} to {last} minutes after launch of the threat.",
        ]
    if found.reason == "permission":
        depth = found.depth_km if found.depth_km is not None else math.inf
        nearest = found.nearest_permission
        lines = [f"{who} has {what} in reach, but no permission where the intercepts would lie."]
        if found.decided_by is not None and not found.decided_by.allow:
            rule = found.decided_by.because
            since = f"in force since {rule.since}" if rule.since else "always in force"
            lines.append(capital(f"{names.rule(rule.rule)} forbids it there ({since})."))
            return "no permission", lines
        if nearest is None or nearest.because.rule == "own-territory":
            lines.append(f"No rule in force lets {names.actors((unit.owner,))} engage {what} there.")
            if math.isfinite(depth):
                lines.append(f"The nearest intercept would lie {brief(depth)} km outside its own defence.")
            return "no permission", lines
        lines.append(
            f"The nearest possible intercept lies {brief(depth)} km beyond the area that "
            f"{names.rule(nearest.because.rule)} allows."
        )
        return "too deep", lines
    return "geometry", [f"{who} cannot reach {what}.", _geometry(unit, flown.threat_class, found)]


def _left(study: Study, leaves: str, who: str, what: str) -> str:
    if leaves == "system":
        return f"The catalogue gives the system no means against {what}."
    entries = [*study.scenario.doctrine]
    for decision in study.scenario.decisions.values():
        entries += decision.doctrine
    entry: Doctrine | None = next((entry for entry in entries if entry.id == leaves), None)
    why = f": {entry.note.strip()}" if entry is not None and entry.note else ""
    return f"Doctrine {leaves} leaves them to others{why}"


def _geometry(unit: FireUnit, threat_class: str, found: Appraisal) -> str:
    engagement = unit.engages[threat_class]  # type: ignore[index]
    near = f"It comes no nearer than {brief(found.nearest_km)} km, at {brief(found.nearest_altitude_m)} m"
    band = f"{brief(engagement.min_range_km)} to {brief(engagement.max_range_km)} km"
    heights = f"{brief(engagement.min_altitude_m)} to {brief(engagement.max_altitude_m)} m"
    return {
        "unseen": "No sensor whose tracks its group has sees the threat.",
        "range": f"Out of range. {near}; the range against this class is {band}"
        f" ({brief(found.beyond_range_km)} km short).",
        "altitude": f"Outside the altitude band. {near}; intercepts are possible at {heights}.",
        "horizon": f"Below the radar horizon of the unit, or out of its radar's range, by"
        f" {brief(abs(found.horizon_km or 0.0))} km. {near}.",
        "from-range": "Doctrine opens fire at"
        f" {brief(engagement.from_range_km)} km, and then it is too late. {near}.",
        "late": f"Too late: the track would have to stand {brief(found.late_s)} s sooner. {near}.",
        "lost": f"Tracked no more: a track would have to be kept {brief(found.late_s)} s longer. {near}.",
        "off-station": "No aircraft is on station when the threat passes.",
    }[found.reason]
