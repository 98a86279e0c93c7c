"""Ignorance beside chance: playing with numbers drawn from their ranges.

A set of numbers is drawn, the scenario compiled with it and played; then the next set.  Policies
meet the same sets.  The variance of a result then has two parts: *chance*, the mean over the sets of
the variance between replications, and *ignorance*, the variance between the sets of the mean, freed
of the part that chance leaves in a mean of n replications (one-way analysis of variance with random
effects; Searle, Casella and McCulloch, Variance Components, 1992, chapter 3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy.special import stdtrit

from skypact.engine.randomness import draws, identity
from skypact.policy import Draw
from skypact.quantity import Quantity
from skypact.study.documents import Document
from skypact.study.measures import Key
from skypact.study.play import PlayedPolicy, RunSettings, play_together
from skypact.study.reported import agrees, asked_of
from skypact.study.setup import Study
from skypact.study.tally import pooled

PARAMETER = 16
"""The purpose of these draws in the generator's counter."""

MEASURES = ("leakers", "kills", "failed")


def quantile(quantity: Quantity, share: float) -> float:
    """The value below which a share of the quantity's distribution lies.

    Triangular with its mode at the central value, or uniform; without a range the value itself.

    Examples
    --------
    >>> speed = Quantity(value=2, low=0, high=4, kind="notional", note="an example")
    >>> quantile(speed, 0.5), quantile(speed, 0.125)
    (2.0, 1.0)
    """
    low, mode, high = quantity.low, quantity.value, quantity.high
    if low is None or high is None or low == high:
        return mode
    if quantity.distribution == "uniform":
        return low + (high - low) * share
    left = (mode - low) / (high - low)
    if share < left:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1 - share) * (high - low) * (high - mode))


@dataclass
class DrawnSet:
    """One set of numbers, and which were drawn; a pure function of the seed and the set's number."""

    seed: int
    number: int
    values: dict[str, tuple[Quantity, float]] = field(default_factory=dict)

    def __call__(self, name: str, quantity: Quantity) -> float:
        """Settle a number."""
        if quantity.low is None or quantity.low == quantity.high:
            return quantity.value
        if name not in self.values:
            key = np.uint64(identity(name))
            whole, _ = draws(np.uint64(self.seed), self.number, PARAMETER, 0, key)
            self.values[name] = (quantity, quantile(quantity, int(whole) / 2**53))
        return self.values[name][1]

    def as_draw(self) -> Draw:
        """This set as a way to settle numbers."""
        return self.__call__


def compare_uncertain(study: Study, how: RunSettings, sets: int) -> Document:
    """Play every policy with `sets` sets of drawn numbers.

    The replications are shared out over the sets, at least 50 to each.

    Returns
    -------
    dict
        ``policies``: by policy and measure the mean, standard deviation, percentiles and the
        variance by ``chance`` and by ``ignorance``; ``differences``: of the paired
        differences in leakers the mean, its interval, the variance likewise, and the spread of the sets'
        means; ``parameters``: what was drawn; ``strongest``: which numbers the baseline's
        leakers follow most; ``reported``: reports beside what was simulated.
    """
    each = max(50, how.replications // sets)
    asked = asked_of(study.scenario)
    results: list[dict[str, PlayedPolicy]] = []
    differences: list[list[Document]] = []
    drawn: list[DrawnSet] = []
    for number in range(sets):
        how.progress("drawing numbers", number / sets)
        numbers = DrawnSet(how.seed, number)
        raids = {name: study.compile(name, numbers.as_draw()).raid for name in study.policies}
        quiet = replace(how, replications=each, first=number * each, progress=lambda what, share: None)
        played, paired = play_together(raids, quiet, asked, study.baseline)
        results.append(played)
        differences.append(paired)
        drawn.append(numbers)
    how.progress("drawing numbers", 1.0)
    parameters = {name: quantity for numbers in drawn for name, (quantity, _) in numbers.values.items()}
    document = {
        "draws": sets,
        "replications_each": each,
        "policies": {name: _policy([result[name] for result in results]) for name in study.policies},
        "differences": [
            _difference([pairs[i] for pairs in differences], each) for i in range(len(differences[0]))
        ],
        "reported": _reported(study, results, len(asked)),
        "parameters": [
            {"name": name, "value": q.value, "low": q.low, "high": q.high, "kind": q.kind}
            for name, q in sorted(parameters.items())
        ],
        "strongest": _strongest(drawn, [result[study.baseline] for result in results]),
    }
    if study.scenario.incident is not None:
        from skypact.study.incident import uncertain_incident  # it draws numbers as this module does

        document["incident"] = uncertain_incident(study, how, sets)
    return document


def _policy(results: list[PlayedPolicy]) -> Document:
    keys = results[0].measures.keys
    document: Document = {name: _parts(results, (name,)) for name in MEASURES}
    by_class: Document = {}
    for key in keys:
        if key[0] == "by_class" and key[-1] in MEASURES:
            by_class.setdefault(key[1], {})[key[-1]] = _parts(results, key)
    return {**document, "by_class": by_class}


def _parts(results: list[PlayedPolicy], key: Key) -> dict[str, Any]:
    column = results[0].measures.keys.index(key)
    means = np.array([played.tally.mean(column) for played in results])
    each = results[0].tally.replications
    chance = float(np.mean([played.tally.variance(column) for played in results]))
    ignorance = max(0.0, float(means.var(ddof=1)) - chance / each)
    found: dict[str, Any] = {
        "mean": float(means.mean()),
        "sd": math.sqrt(chance + ignorance),
        "se": float(means.std(ddof=1) / math.sqrt(len(means))),
        "variance": {"chance": chance, "ignorance": ignorance},
    }
    return found | pooled([played.tally for played in results], column)


def _difference(pairs: list[Document], each: int) -> Document:
    """A paired difference in leakers over the sets: mean, variance by origin, how often its sign holds."""
    means = np.array([pair["leakers"]["mean"] for pair in pairs])
    noise = float(np.mean([pair["leakers"]["se"] ** 2 for pair in pairs]))
    ignorance = max(0.0, float(means.var(ddof=1)) - noise)
    error = float(means.std(ddof=1) / math.sqrt(len(means)))
    half = float(stdtrit(len(means) - 1, 0.975)) * error
    mean = float(means.mean())
    low, middle, high = (float(x) for x in np.quantile(means, (0.05, 0.5, 0.95)))
    return {
        "policy": pairs[0]["policy"],
        "baseline": pairs[0]["baseline"],
        "leakers": {
            "mean": mean,
            "se": error,
            "ci95": [mean - half, mean + half],
            "variance": {"chance": noise * each, "ignorance": ignorance},
            "over_draws": {"p05": low, "p50": middle, "p95": high},
            "same_sign_share": float(np.mean(np.sign(means) == np.sign(mean))),
        },
    }


def _reported(study: Study, results: list[dict[str, PlayedPolicy]], reports: int) -> list[Document]:
    under = study.scenario.reported_under
    if under not in study.policies:
        return []
    found = []
    for number in range(reports):
        simulated = _parts([result[under] for result in results], ("asked", str(number)))
        report = study.scenario.observed[number]
        entry = report.model_dump(mode="json")
        found.append({**entry, "simulated": simulated, "agrees": agrees(report, simulated)})
    return found


def _strongest(drawn: list[DrawnSet], results: list[PlayedPolicy]) -> list[Document]:
    """The numbers with which the mean of the leakers goes up or down, by Spearman's rank correlation.

    Only those whose correlation would arise by chance in fewer than one study in twenty, however
    many numbers are looked at (Bonferroni), strongest first.
    """
    from scipy.stats import spearmanr  # takes half a second to import

    column = results[0].measures.keys.index(("leakers",))
    leakers = [played.tally.mean(column) for played in results]
    names = sorted(set.intersection(*(set(numbers.values) for numbers in drawn)))
    found = []
    if len(drawn) < 10 or len(set(leakers)) < 2:
        return []
    for name in names:
        values = [numbers.values[name][1] for numbers in drawn]
        if len(set(values)) < 2:
            continue
        test = spearmanr(values, leakers)
        if test.pvalue < 0.05 / len(names):
            found.append({"name": name, "correlation": float(test.statistic)})
    return sorted(found, key=lambda row: -abs(row["correlation"]))
