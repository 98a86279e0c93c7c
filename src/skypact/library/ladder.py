"""The ladder of an incident: every step, when it acts, who may do what by it and why, and whether it is taken."""

from __future__ import annotations

from typing import Any

from skypact.library.calls import Asked, explain
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problem, Problems
from skypact.report.as_json import source_document
from skypact.report.material import Material
from skypact.scenario.incident import Account, Incident, Span, Step, central_end

Document = dict[str, Any]


def ladder(scenario: Asked, policy: str | None = None) -> Document:
    """Say of every step of an incident's ladder what it may do under a policy, in the order in which steps act.

    Parameters
    ----------
    scenario
        A shipped name, a path, YAML text or a loaded scenario.
    policy
        By default the baseline.

    Returns
    -------
    dict
        ``fire``: what fires at whom, and how many minutes it would last by itself with central values; ``steps``: each
        with ``taken``, minutes from the first shot, the answer in words, rules and decisions; of a step that is not taken
        ``decisions`` are those that would take it; ``accounts``: what each side says.

    Raises
    ------
    skypact.Problems
        If the scenario has no incident, or the policy is unknown.

    Examples
    --------
    >>> [one["step"] for one in ladder("hranitne-2021-10-26")["steps"] if one["taken"]]
    ['demand', 'note', 'tb2']
    """
    asked = load(scenario)
    incident = asked.data.incident
    if incident is None:
        what = "this scenario has no incident"
        raise Problems([Problem(asked.name, 0, 0, "incident", what, "hranitne-2021-10-26 has one")])
    told = {one["step"]: one for one in explain(asked, policy)[0].document["steps"]}
    material = Material(asked.data, asked.study().catalog)
    steps = [_step(asked, material, name, step, told.get(name)) for name, step in incident.ladder.items()]
    return {
        "scenario": asked.id,
        "policy": policy or asked.baseline,
        "fire": _fire(material, incident),
        "steps": sorted(steps, key=lambda one: one["acts_min"]),
        "accounts": [_account(material, one) for one in incident.accounts],
    }


def _fire(material: Material, incident: Incident) -> Document:
    fire = incident.fire
    return {
        "name": fire.name,
        "by": material.actor(fire.by),
        "under": material.actor(fire.under),
        "at": material.area_name(fire.at),
        "lasts_min": _ends(fire.lasts_min),
        "note": fire.lasts_min.note,
    }


def _step(asked: Scenario, material: Material, name: str, step: Step, told: Document | None) -> Document:
    if told is None:
        takers = [(key, one) for key, one in asked.data.decisions.items() if name in one.steps]
        titles = " or ".join(f"“{one.title}”" for _, one in takers)
        answer = f"Not used; {f'it would be by the decision {titles}' if titles else 'no decision uses it'}."
        decisions = [
            {"decision": key, "title": one.title, "date": one.date, "status": one.status}
            for key, one in takers
        ]
    else:
        answer, decisions = told["answer"], told["decisions"]
    return {
        "step": name,
        "title": step.title,
        "taken": told is not None,
        "response": step.response,
        "actor": step.actor,
        "actor_name": material.actor(step.actor),
        "acts_min": _ends(step.delay_min),
        "works_after_min": step.works_after_min,
        "tries": step.tries,
        "every_min": step.every_min,
        "chance": {"value": step.chance.value, "low": step.chance.low, "high": step.chance.high},
        "kind": step.chance.kind,
        "note": step.note,
        "chance_note": step.chance.note,
        "contested": step.contested,
        "armed": step.units is not None,
        "answer": answer,
        "decisions": decisions,
        "units": [] if told is None else [_titled(material, one) for one in told["units"]],
        "because": [] if told is None else _titled(material, told)["because"],
        "sources": [
            source_document(material.sources.get(one), one)
            for one in dict.fromkeys((*step.sources, *step.chance.sources, *step.delay_min.sources))
        ],
    }


def _titled(material: Material, told: Document) -> Document:
    """The same with a title for each rule."""
    because = [{**one, "title": material.names.rule(one["rule"])} for one in told["because"]]
    return {**told, "because": because}


def _ends(span: Span) -> list[float]:
    return [central_end(span.low), central_end(span.high)]


def _account(material: Material, one: Account) -> Document:
    sources = [source_document(material.sources.get(name), name) for name in one.sources]
    return {"by": one.by, "point": one.point, "text": one.text, "sources": sources}
