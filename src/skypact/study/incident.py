"""An incident under several policies: how long the fire lasts, what it does, which step ends it.

Every policy is played by the same engine with the same luck.  Beside the result stand three others: the one
if a step whose success is one side's account had not ended the fire; how far the answer follows the chance
of each step; and, with numbers drawn from their ranges, ignorance beside chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from skypact.engine import prepare, replicate
from skypact.policy.incident import alike
from skypact.raid.incident import BURNT_OUT
from skypact.scenario.incident import Incident
from skypact.study.aftermath import Aftermath, aftermath
from skypact.study.documents import Document
from skypact.study.play import RunSettings
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.tally import Tally
from skypact.study.uncertain import DrawnSet

FATES = ("leakers", "kills")
MEASURES = ("minutes_of_fire", "rounds_fired", "harm")
AT_MOST = 20_000
"""Replications for a variation: differences between variations are paired, so that fewer suffice."""

CAUTION = (
    "The order of the policies follows from the chances assumed for each step and is not evidence for any of"
    " them. Harm counts those hit on both sides. Whether a step was lawful, and what it did to later fire"
    " elsewhere, is not estimated."
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fired:
    """One policy, played: the measures of every replication, shape (replications,) each."""

    compiled: CompiledPolicy
    measures: Mapping[str, Floats]
    ended_by: NDArray[np.int64]
    steps: tuple[str, ...]

    def share(self, step: int) -> float:
        """Share of the replications that a step ended; -1: none."""
        return float(np.mean(self.ended_by == step))


def play_incident(compiled: CompiledPolicy, how: RunSettings) -> Fired:
    """Play one policy of an incident."""
    incident = compiled.incident
    assert incident is not None
    parts: list[Aftermath] = []
    prepared = prepare(compiled.raid)
    for outcomes in replicate(prepared, how.replications, how.seed, how.threads, how.first, times=True):
        parts.append(aftermath(compiled.raid, incident.settled, dict(incident.standoffs), outcomes, how.seed))

    def all_of(take: Callable[[Aftermath], Any]) -> Floats:
        return np.concatenate([np.asarray(take(part), dtype=np.float64) for part in parts])

    settled = incident.settled
    measures = {
        "minutes_of_fire": all_of(lambda part: part.minutes),
        "rounds_fired": all_of(lambda part: part.rounds),
        "harm": all_of(lambda part: part.harm),
        f"harm_by_side.{settled.under}": all_of(lambda part: part.harm_under),
        f"harm_by_side.{settled.by}": all_of(lambda part: part.harm_by),
        "guns_destroyed": all_of(lambda part: part.hit),
        "line_crossed": all_of(lambda part: part.crossed),
        "steps_cost_usd": all_of(lambda part: part.spent_usd),
    }
    ended_by = np.concatenate([part.ended_by for part in parts])
    measures |= {"leakers": (ended_by < 0).astype(float), "kills": (ended_by >= 0).astype(float)}
    return Fired(compiled, measures, ended_by, tuple(step.id for step in settled.steps))


def answer_incident(study: Study, how: RunSettings, compiled: Mapping[str, CompiledPolicy]) -> Document:
    """The incident under every policy of a question.

    Returns
    -------
    dict
        ``policies``, ``differences`` (paired), ``if_it_did_not_end_it`` (by contested step),
        ``depends_on`` (the chance of each step at both ends of its range), ``accounts``, ``caution``.
    """
    fired = {name: play_incident(compiled[name], how) for name in study.policies}
    base = fired[study.baseline]
    incident = study.scenario.incident
    assert incident is not None
    return {
        "policies": {name: _policy(one) for name, one in fired.items()},
        "differences": [_difference(one, base) for name, one in fired.items() if name != study.baseline],
        "if_it_did_not_end_it": _contested(study, how, fired),
        "depends_on": _depends(study, how, fired),
        "accounts": [account.model_dump(mode="json") for account in incident.accounts],
        "caution": CAUTION,
    }


def into(document: Document, incident: Document) -> None:
    """Put the incident into the document of a comparison: its measures beside those of the raid.

    In the raid the end of the fire by itself is a unit's doing; here it is no kill but the arrival of the
    one threat, and the unit is left out.
    """
    for name, one in incident["policies"].items():
        whole = document["policies"][name]
        whole |= one
        whole["by_unit"].pop(BURNT_OUT, None)
        (threat_class,) = whole["by_class"]
        whole["by_class"] = {threat_class: {"launched": 1, **{key: one[key] for key in FATES}}}
        whole["by_owner"] = {
            owner: row for owner, row in whole["by_owner"].items() if owner not in one["fired_by"]
        }
    for row in document["differences"]:
        row |= next(one for one in incident["differences"] if one["policy"] == row["policy"])
        (threat_class,) = row["by_class"]
        row["by_class"] = {threat_class: {key: row[key] for key in FATES}}
    rest = ("if_it_did_not_end_it", "depends_on", "accounts", "caution")
    document["incident"] = {name: incident[name] for name in rest}


def _policy(fired: Fired) -> Document:
    incident = fired.compiled.incident
    document: Document = {"fired_by": [] if incident is None else [incident.settled.by]}
    for name, values in fired.measures.items():
        _put(document, name, _statistics(values))
    steps = {step: fired.share(number) for number, step in enumerate(fired.steps)}
    document["ended_by"] = {**steps, "none": fired.share(-1)}
    if incident is not None and incident.standoffs:
        document["reach"] = {
            unit: {"share": off.share, "short_km": off.short_km, "reach_km": off.reach_km}
            for unit, off in incident.standoffs.items()
        }
    return document


def _put(document: Document, name: str, value: Any) -> None:
    *path, last = name.split(".")
    for step in path:
        document = document.setdefault(step, {})
    document[last] = value


def _statistics(values: Floats) -> dict[str, float]:
    """Mean, standard deviation, standard error, and the smallest values that p per cent do not exceed."""
    ordered, runs = np.sort(values), len(values)
    sd = float(values.std(ddof=1)) if runs > 1 else 0.0
    found = {"mean": float(values.mean()), "sd": sd, "se": sd / math.sqrt(runs)}
    for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        found[name] = float(ordered[max(0, math.ceil(share * runs) - 1)])
    return found


def _difference(ours: Fired, base: Fired) -> Document:
    names = [name for name in ours.measures if name in base.measures]
    tally = Tally(len(names), np.zeros(len(names), np.bool_))
    tally.add(np.stack([ours.measures[name] - base.measures[name] for name in names], axis=1))
    document: Document = {"policy": ours.compiled.policy, "baseline": base.compiled.policy}
    for column, name in enumerate(names):
        _put(document, name, tally.interval(column))
    return document


# ------------------------------------------------------------------------------------- variations


def _varied(
    study: Study, how: RunSettings, fired: Mapping[str, Fired], steps: Collection[str], chance: float
) -> Document:
    """The means of every policy with another chance of some steps."""
    brief = replace(how, replications=min(how.replications, AT_MOST), progress=lambda what, share: None)
    found: Document = {}
    for name, one in fired.items():
        incident = one.compiled.incident
        if incident is not None and set(steps) & set(one.steps):
            other = study.with_incident(one.compiled, incident.settled.with_chance(steps, chance))
            one = play_incident(other, brief)
        found[name] = {measure: float(one.measures[measure].mean()) for measure in MEASURES}
    return found


def _chances(incident: Incident) -> dict[str, tuple[str, ...]]:
    """The chances that are on the ladder: by the first step that has it, all that share it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in incident.ladder:
        sharing = alike(incident, name, "chance")
        found.setdefault(sharing[0], sharing)
    return found


def _contested(study: Study, how: RunSettings, fired: Mapping[str, Fired]) -> Document:
    """The result if steps whose success is contested had not ended the fire."""
    incident = study.scenario.incident
    assert incident is not None
    return {
        name: {
            "account_of": incident.ladder[name].contested,
            "steps": list(steps),
            "policies": _varied(study, how, fired, steps, 0.0),
        }
        for name, steps in _chances(incident).items()
        if incident.ladder[name].contested
    }


def _depends(study: Study, how: RunSettings, fired: Mapping[str, Fired]) -> list[Document]:
    """How far the means follow each chance, one at a time, at both ends of its range."""
    incident = study.scenario.incident
    assert incident is not None
    found = []
    for name, steps in _chances(incident).items():
        chance = incident.ladder[name].chance
        if chance.low is None or chance.high is None or chance.low == chance.high:
            continue
        found.append(
            {
                "step": name,
                "steps": list(steps),
                "chance": {"value": chance.value, "low": chance.low, "high": chance.high},
                "at_low": _varied(study, how, fired, steps, chance.low),
                "at_high": _varied(study, how, fired, steps, chance.high),
            }
        )
    return found


def uncertain_incident(study: Study, how: RunSettings, sets: int) -> Document:
    """The incident with every number drawn from its range, `sets` times; all policies meet the same sets.

    Returns
    -------
    dict
        ``policies``: mean over the sets and the 5th, 50th and 95th percentile of the sets' means;
        ``differences``: the same for paired differences, and how often their sign holds; ``strongest``: the
        numbers that the minutes of fire follow most, by policy (Spearman's rank correlation).
    """
    each = max(50, how.replications // sets)
    means: dict[str, dict[str, list[float]]] = {
        name: {measure: [] for measure in MEASURES} for name in study.policies
    }
    drawn = []
    for number in range(sets):
        how.progress("drawing numbers", number / sets)
        numbers = DrawnSet(how.seed, number)
        quiet = replace(how, replications=each, first=number * each, progress=lambda what, share: None)
        for name in study.policies:
            fired = play_incident(study.compile(name, numbers.as_draw()), quiet)
            for measure in MEASURES:
                means[name][measure].append(float(fired.measures[measure].mean()))
        drawn.append(numbers)
    how.progress("drawing numbers", 1.0)
    base = means[study.baseline]
    return {
        "draws": sets,
        "replications_each": each,
        "policies": {
            name: {measure: _over(np.array(values)) for measure, values in own.items()}
            for name, own in means.items()
        },
        "differences": [
            {
                "policy": name,
                "baseline": study.baseline,
                **{measure: _over(np.array(own[measure]) - np.array(base[measure])) for measure in MEASURES},
            }
            for name, own in means.items()
            if name != study.baseline
        ],
        "strongest": {
            name: _strongest(drawn, own["minutes_of_fire"]) for name, own in means.items() if len(drawn) >= 10
        },
    }


def _over(values: Floats) -> dict[str, float]:
    low, middle, high = (float(value) for value in np.quantile(values, (0.05, 0.5, 0.95)))
    mean = float(values.mean())
    same = float(np.mean(np.sign(values) == np.sign(mean)))
    return {"mean": mean, "p05": low, "p50": middle, "p95": high, "same_sign_share": same}


def _strongest(drawn: list[DrawnSet], minutes: list[float]) -> list[Document]:
    """Numbers whose rank correlation with the minutes would arise by chance in fewer than 1 study in 20."""
    names = sorted(set.intersection(*(set(numbers.values) for numbers in drawn)))
    found = []
    for name in names if len(set(minutes)) > 1 else ():
        values = [numbers.values[name][1] for numbers in drawn]
        if len(set(values)) < 2:
            continue
        test = spearmanr(values, minutes)
        if test.pvalue < 0.05 / len(names):
            found.append({"name": name, "correlation": float(test.statistic)})
    return sorted(found, key=lambda row: -abs(row["correlation"]))
