"""Why a unit could, or could not, engage a threat."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from skypact.catalog.model import ThreatClass
from skypact.formatting import brief, listed
from skypact.geometry.reasons import Appraisal
from skypact.policy.describe import Names, rule_words
from skypact.policy.force import in_force
from skypact.policy.permission import Assets, bearing
from skypact.policy.situation import Clause, FireUnit, IncomingThreat, Situation
from skypact.reading import Problem, Problems, suggest
from skypact.study.ready import ready
from skypact.study.results import Document
from skypact.study.setup import Study
from skypact.study.verdict import verdict

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
    situation = ready(study, policy).compiled.situation
    threats = _threats(study, situation, threat)
    units = [number for number, one in enumerate(situation.units) if unit in _called(one)]
    head = {"scenario": study.scenario.id, "policy": policy, "unit": unit, "threat": threat}
    if not units:
        return {**head, **_not_there(study, policy, unit)}
    found = verdict(study, situation, units, sorted({one.path for one in threats}))
    example = next(one for one in situation.incoming if one.path == found.path)
    pairs = {
        "considered": found.considered,
        "with_window": len(found.allowed),
        "in_reach": len(found.reachable),
    }
    return {
        **head,
        "verdict": "can engage" if found.kind == "window" else "cannot engage",
        "kind": found.kind,
        "lines": [*found.lines, *_seen_by(found.appraisal)],
        "looks": [asdict(look) for look in found.appraisal.finds],
        "pairs": pairs,
        "example": {"unit": found.unit.id, "threat": example.id},
        "because": _because(study, policy, found.unit, situation.paths[found.path].threat_class),
        "numbers": _numbers(found.appraisal),
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


def _not_there(study: Study, policy: str, unit: str) -> Document:
    """The unit exists under other policies only, or nowhere."""
    scenario = study.scenario
    names: set[str] = set()
    bringing = []
    for other in scenario.policies:
        called = {name for one in ready(study, other).compiled.situation.units for name in _called(one)}
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
        "pairs": {"considered": 0, "with_window": 0, "in_reach": 0},
        "example": None,
        "because": decisions,
        "numbers": {},
    }


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
