"""Why a step of an incident's ladder could, or could not, end the fire."""

from __future__ import annotations

from skypact.geometry.standoff import Standoff
from skypact.policy.force import dated
from skypact.policy.holdings import AidTimeline
from skypact.policy.incident import SettledIncident, SettledStep
from skypact.policy.situation import Because, FireUnit
from skypact.scenario.dates import first_day
from skypact.study.aid import reason
from skypact.study.results import Document
from skypact.study.setup import CompiledIncident, Study


def explain_incident(study: Study, policy: str, step: str | None = None) -> Document:
    """Say for each step taken under a policy what it may do, and why.

    Parameters
    ----------
    study
        The scenario.
    policy
        One of its policies.
    step
        A step of the ladder, or a unit or entry that carries one out; None: every step that is taken.

    Returns
    -------
    dict
        ``steps``: for each the answer in words, the decision that takes it, and for its units how much
        of the circle in which the gun may lie they may reach, by how many km it is too deep, and by which
        rules; ``not_taken``: the other steps of the ladder.
    """
    incident = study.compile(policy).incident
    described = study.scenario.incident
    if incident is None or described is None:
        return {"scenario": study.scenario.id, "policy": policy, "steps": [], "not_taken": []}
    taken = [one for one in incident.settled.steps if step is None or step in _called(one)]
    return {
        "scenario": study.scenario.id,
        "policy": policy,
        "steps": [_step(study, policy, incident, one) for one in taken],
        "not_taken": [
            name for name in described.ladder if name not in {s.id for s in incident.settled.steps}
        ],
    }


def _called(step: SettledStep) -> set[str]:
    return {step.id, step.response, *(unit.id for unit in step.units), *(unit.entry for unit in step.units)}


def _step(study: Study, policy: str, incident: CompiledIncident, step: SettledStep) -> Document:
    scenario = study.scenario
    low, high = step.delay_s
    units = [_unit(study, incident, unit) for unit in step.units]
    document: Document = {
        "step": step.id,
        "title": step.title,
        "response": step.response,
        "actor": step.actor,
        "delay_min": [low / 60, high / 60],
        "chance": step.chance,
        "units": units,
        "because": [],
        "decisions": [
            {"decision": name, "title": decision.title, "date": decision.date, "status": decision.status}
            for name, decision in dated(scenario, policy)
            if step.id in decision.steps
        ],
    }
    if not step.armed:
        document["answer"] = f"It needs no permission; it ends the fire with chance {step.chance:g}."
    elif units:
        document["answer"] = " ".join(unit["answer"] for unit in units)
    else:
        document["because"] = _not_held(study, policy, step)
        named = ", ".join(_words(why) for why in document["because"])
        document["answer"] = "No unit can carry it out: " + (named or "none is there under this policy") + "."
    return document


def _unit(study: Study, incident: CompiledIncident, unit: FireUnit) -> Document:
    off = incident.standoffs.get(unit.id)
    found: Document = {"unit": unit.id, "system": unit.system, "owner": unit.owner}
    if off is None:
        what = f"{unit.id} has no means against {incident.settled.threat_class}."
        return found | {"share": 0.0, "short_km": None, "reach_km": None, "because": [], "answer": what}
    clauses = unit.engages[incident.settled.threat_class].clauses
    return found | {
        "share": off.share,
        "short_km": off.short_km,
        "reach_km": off.reach_km,
        "because": [reason(study.scenario, clause.because) for clause in clauses],
        "answer": _answer(unit, incident.settled, off, tuple(clause.because for clause in clauses)),
    }


def _answer(unit: FireUnit, settled: SettledIncident, off: Standoff, rules: tuple[Because, ...]) -> str:
    gun = f"The gun lies about {settled.depth_km:g} km behind the line, within {settled.uncertain_km:g} km"
    if off.short_km is None:
        return f"{unit.id} may not strike: " + (
            f"{', '.join(why.rule for why in rules)} leaves no place for it."
            if rules
            else "no rule allows it."
        )
    names = ", ".join(f"{why.rule} of {why.holder}, since {why.since}" for why in rules)
    if off.share == 0.0:
        return f"{gun}: {off.short_km:.1f} km too deep for {unit.id} under {names}."
    return f"{gun}: {unit.id} reaches {100 * off.share:.0f} % of these places under {names}."


def _not_held(study: Study, policy: str, step: SettledStep) -> list[Document]:
    """Why the items of the stationing that would carry out the step are not held."""
    scenario = study.scenario
    incident = scenario.incident
    wanted = None if incident is None else incident.ladder[step.id].units
    orders = [*scenario.stationing, *(o for _, d in dated(scenario, policy) for o in d.stationing)]
    timeline, day = AidTimeline(scenario, policy), first_day(scenario.date)
    found = []
    for order in orders:
        if order.id != wanted:
            continue
        for holding in timeline.holdings():
            if (holding.transfer.recipient, holding.transfer.item) == (order.holder, order.item):
                ruling = timeline.ruling(holding.asks, day)
                found += [reason(scenario, why) for why in ruling.because if ruling.waits]
    return [why for number, why in enumerate(found) if why not in found[:number]]


def _words(why: Document) -> str:
    since = f", since {why['since']}" if why["since"] else ""
    return f"{why['rule']} of {why['by']}{since}"
