"""Why a unit could, or could not, engage a threat."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from skypact.catalog.model import ThreatClass
from skypact.formatting import brief, class_name, listed
from skypact.geometry.flight import fly
from skypact.geometry.looks import ALWAYS, firing
from skypact.geometry.reasons import Appraisal, appraise
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy.describe import Names, rule_words
from skypact.policy.force import in_force
from skypact.policy.permission import Assets, bearing
from skypact.policy.situation import Clause, FireUnit, IncomingThreat, Situation
from skypact.reading import Problem, Problems, suggest
from skypact.scenario.rules import Doctrine
from skypact.study.results import Document
from skypact.study.setup import Study
from skypact.world.earth import vectors

Pair = tuple[int, int]
"""A path and a unit, by their numbers in the situation."""
SHOWN_LOOKS = 4
"""How many looks the answer names; the document has them all."""


def explain(study: Study, policy: str, unit: str, threat: str) -> Document:
    """Say why units could or could not engage threats under a policy.

    Parameters
    ----------
    study
        The scenario.
    policy
        Name of a policy.
    unit
        A unit, an entry of the laydown, a system or an owner.
    threat
        A threat, a wave, a type of threat or a class.

    Returns
    -------
    dict
        ``verdict`` ("can engage" or "cannot engage"), ``kind`` (``window``, ``not there``, ``class
        not engaged``, ``no permission``, ``too deep``, ``geometry``), ``lines`` (the answer in words),
        ``looks`` (which sensor can find the example's threat when, with what chance, and until when it keeps
        the track; seconds after launch), ``pairs`` (how many were looked at, how many have a window), ``example`` (the unit and threat
        that the words are about), ``because`` (the rules that bear on it, with decision, date and
        sources) and ``numbers``.

    Raises
    ------
    Problems
        If there is no such unit or threat in the scenario.
    """
    situation = study.compile(policy).situation
    threats = _threats(study, situation, threat)
    units = [number for number, one in enumerate(situation.units) if unit in _called(one)]
    head = {"scenario": study.scenario.id, "policy": policy, "unit": unit, "threat": threat}
    if not units:
        return {**head, **_not_there(study, policy, unit)}
    small = _only(situation, units, sorted({one.path for one in threats}))
    atlas = study.atlas
    allowed = _pairs(small, opportunities(small, atlas))
    reachable = _pairs(small, opportunities(small, atlas, permission=False))
    path, number = _telling(small, allowed, reachable, units[0])
    chosen = small.units[number]
    appraisal = appraise(small, atlas, chosen.id, path)
    example = next(one for one in small.incoming if one.path == path)
    kind, said = _verdict(study, small, chosen, path, appraisal)
    considered = len(units) * len(small.paths)
    return {
        **head,
        "verdict": "can engage" if kind == "window" else "cannot engage",
        "kind": kind,
        "lines": [*said, *_seen_by(appraisal)],
        "looks": [asdict(look) for look in appraisal.finds],
        "pairs": {"considered": considered, "with_window": len(allowed), "in_reach": len(reachable)},
        "example": {"unit": chosen.id, "threat": example.id},
        "because": _because(study, policy, chosen, small.paths[path].threat_class),
        "numbers": _numbers(appraisal),
    }


def _called(unit: FireUnit) -> tuple[str, ...]:
    return (unit.id, unit.entry, unit.system, unit.owner)


def _threats(study: Study, situation: Situation, name: str) -> list[IncomingThreat]:
    found = []
    known: set[str] = set()
    for threat in situation.incoming:
        path = situation.paths[threat.path]
        called = (threat.id, threat.wave, path.threat, path.threat_class)
        known |= set(called[1:])
        if name in called:
            found.append(threat)
    if not found:
        raise Problems(
            [Problem("threat", 0, 0, name, "no such threat, wave, type or class", suggest(name, known))]
        )
    return found


def _only(situation: Situation, units: list[int], paths: list[int]) -> Situation:
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


def _not_there(study: Study, policy: str, unit: str) -> Document:
    """The unit exists under other policies only, or nowhere."""
    scenario = study.scenario
    names: set[str] = set()
    bringing = []
    for other in scenario.policies:
        called = {name for one in study.compile(other).situation.units for name in _called(one)}
        names |= called
        if unit in called:
            bringing.append(other)
    if not bringing:
        known = {name for name in names if not name[-1:].isdigit()}
        raise Problems(
            [Problem("unit", 0, 0, unit, "no such unit, entry, system or owner", suggest(unit, known))]
        )
    line = f"{unit} is not there under {policy}; it is under {listed(bringing)}."
    decisions = [
        {
            "decision": name,
            "title": decision.title,
            "actor": decision.actor,
            "date": decision.date,
            "status": decision.status,
            "sources": _sources(study, decision.sources),
        }
        for name, decision in scenario.decisions.items()
        if name not in scenario.policies[policy].decisions
        and any(name in scenario.policies[other].decisions for other in bringing)
        and (decision.laydown or decision.gives)
    ]
    return {
        "verdict": "cannot engage",
        "kind": "not there",
        "lines": [line],
        "looks": [],
        "pairs": {"considered": 0, "with_window": 0, "in_reach": 0},
        "example": None,
        "because": decisions,
        "numbers": {},
    }


def _verdict(
    study: Study, situation: Situation, unit: FireUnit, path: int, found: Appraisal
) -> tuple[str, list[str]]:
    names = Names(study.scenario, study.catalog)
    flown = situation.paths[path]
    what = class_name(flown.threat_class)
    who = f"{names.system(unit.system)} of {names.actor(unit.owner)} at {names.area(unit.place)}"
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
            lines.append(f"The rule {rule.rule} forbids it there (in force since {rule.since or 'always'}).")
            return "no permission", lines
        if nearest is None or nearest.because.rule == "own-territory":
            lines.append(f"No rule in force lets {names.actor(unit.owner)} engage {what} there.")
            if math.isfinite(depth):
                lines.append(f"The nearest intercept would lie {brief(depth)} km outside its own defence.")
            return "no permission", lines
        lines.append(
            f"The nearest possible intercept lies {brief(depth)} km beyond the area that the rule "
            f"{nearest.because.rule} allows."
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


def _seen_by(found: Appraisal) -> list[str]:
    """Which sensors of the group may find the threat, and when."""
    if not found.finds:
        return []
    shown = [
        f"{look.sensor} from {brief(look.sight_s / 60)} to {brief(look.leaves_s / 60)} min"
        f" (chance {brief(look.p_detect)})"
        for look in found.finds[:SHOWN_LOOKS]
    ]
    more = len(found.finds) - len(shown)
    others = f" and {more} more {'look' if more == 1 else 'looks'}" if more else ""
    return [f"Its group may find the threat through {', '.join(shown)}{others}."]


def _because(study: Study, policy: str, unit: FireUnit, threat_class: ThreatClass) -> list[Document]:
    """The rules about the shot and about consent to it, as they apply."""
    force = in_force(study.scenario, policy)
    assets = Assets(unit.owner, unit.system, unit.basing)
    return [_rule(study, one) for one in bearing(force, assets, threat_class)]


def _rule(study: Study, clause: Clause) -> Document:
    scenario, rule, why = study.scenario, clause.rule, clause.because
    if rule is None:
        return {}
    found: Document = {
        "rule": rule.id,
        "says": rule_words(Names(scenario, study.catalog), rule),
        "effect": rule.effect,
        "action": rule.action,
        "by": list(rule.holder),
        "since": why.since or None,
        "condition": rule.condition,
        "sources": _sources(study, rule.sources),
    }
    decision = scenario.decisions.get(why.decision)
    if decision is not None:
        found |= {
            "decision": why.decision,
            "title": decision.title,
            "actor": decision.actor,
            "date": decision.date,
            "status": decision.status,
        }
    return found


def _sources(study: Study, names: tuple[str, ...]) -> list[Document]:
    known = {**study.catalog.sources, **study.scenario.sources}
    return [{"id": name, **known[name].model_dump(mode="json")} for name in names]


def _numbers(found: Appraisal) -> dict[str, Any]:
    fields = (
        "nearest_km",
        "nearest_altitude_m",
        "beyond_range_km",
        "horizon_km",
        "late_s",
        "depth_km",
        "sight_s",
        "usable_s",
        "first_intercept_s",
        "last_intercept_s",
    )
    numbers = {name: getattr(found, name) for name in fields}
    return {
        name: None if value is None or not math.isfinite(value) else value for name, value in numbers.items()
    }
