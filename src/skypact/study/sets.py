"""Ignorance beside chance: playing with numbers drawn from their ranges.

A set of numbers is drawn, the scenario compiled with it and played; then the next set.  Policies
meet the same sets.  The variance of a result then has two parts: *chance*, the mean over the sets of
the variance between replications, and *ignorance*, the variance between the sets of the mean, freed
of the part that chance leaves in a mean of n replications (one-way analysis of variance with random
effects; Searle, Casella and McCulloch, Variance Components, 1992, chapter 3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from skypact.engine import Workers
from skypact.study.draw import DrawnSet
from skypact.study.estimates import Estimate, Variance
from skypact.study.measures import measures_of
from skypact.study.measures.base import Key
from skypact.study.play import Paired, Played, Player, RunSettings, play, silent
from skypact.study.reported import beside
from skypact.study.setup import Study
from skypact.study.tally import pooled
from skypact.study.tree import Branch

LEAST_REPLICATIONS = 50
"""Replications of each set, at least."""
RARE = 0.05
"""A correlation is named if it would arise by chance in fewer studies than this share, all numbers together."""

Document = dict[str, Any]


def compare_sets(study: Study, settings: RunSettings, sets: int, team: Workers) -> Document:
    """Play every policy with `sets` sets of drawn numbers.

    The replications are shared out over the sets, at least 50 to each.

    Returns
    -------
    dict
        ``policies``: by policy and measure the mean, standard deviation, percentiles and the
        variance by ``chance`` and by ``ignorance``; ``differences``: of the paired
        differences the mean, its interval, the variance likewise, and the spread of the sets'
        means; ``parameters``: what was drawn; ``strongest``: by policy, which numbers the measure
        that is read first follows most; ``reported``: reports beside what was simulated.
    """
    each = max(LEAST_REPLICATIONS, settings.replications // sets)
    results: list[dict[str, Played]] = []
    pairs: list[dict[str, Paired]] = []
    drawn: list[DrawnSet] = []
    headline: Key = ()
    for number in range(sets):
        settings.progress("drawing numbers", number / sets)
        numbers = DrawnSet(settings.seed, number)
        players = {}
        for name in study.policies:
            compiled = study.compile(name, numbers.as_draw())
            players[name] = Player(compiled.raid, measures_of(study, compiled))
        headline = next(one.headline for one in reversed(players[study.baseline].sets) if one.headline)
        quiet = replace(settings, replications=each, first=number * each, progress=silent)
        played, paired = play(players, quiet, study.baseline, team)
        results.append(played)
        pairs.append(paired)
        drawn.append(numbers)
    settings.progress("drawing numbers", 1.0)
    parameters = {name: quantity for numbers in drawn for name, (quantity, _) in numbers.values.items()}
    return {
        "draws": sets,
        "replications_each": each,
        "policies": {name: _policy([result[name] for result in results]) for name in study.policies},
        "differences": [
            {"policy": name, "baseline": study.baseline, **_difference([one[name] for one in pairs], each)}
            for name in pairs[0]
        ],
        "reported": _reported(study, results),
        "parameters": [
            {"name": name, "value": q.value, "low": q.low, "high": q.high, "kind": q.kind}
            for name, q in sorted(parameters.items())
        ],
        "strongest": {
            name: _strongest(drawn, [result[name] for result in results], headline) for name in study.policies
        },
    }


def _main(key: Key) -> bool:
    """Whether a measure is given with drawn numbers: those of all threats, by class, and by reason."""
    return len(key) == 1 or key[0] in ("by_class", "leakers_because")


def _policy(results: list[Played]) -> Document:
    first = results[0]
    keys = [key for key in first.keys if _main(key) and not first.shown[key].hidden]
    return Branch.grown({key: over_sets(results, key) for key in keys}).to_dict()


def over_sets(results: Sequence[Played], key: Key) -> Estimate:
    """A measure over the sets: its mean, percentiles of all replications, and its variance by origin."""
    # A set may have other units than the next, and its measures stand in other columns.
    measured = [(played.tally, played.column(key)) for played in results]
    means = np.array([tally.mean(column) for tally, column in measured])
    each = results[0].tally.replications
    chance = float(np.mean([tally.variance(column) for tally, column in measured]))
    ignorance = max(0.0, float(means.var(ddof=1)) - chance / each)
    low, middle, high, _ = pooled(measured)
    return Estimate(
        mean=float(means.mean()),
        sd=math.sqrt(chance + ignorance),
        se=float(means.std(ddof=1) / math.sqrt(len(means))),
        p05=low,
        p50=middle,
        p95=high,
        variance=Variance(chance, ignorance),
    )


def _difference(pairs: Sequence[Paired], each: int) -> Document:
    found: dict[Key, Document] = {}
    for key in pairs[0].keys:
        if _main(key):
            measured = [(pair.tally, pair.keys.index(key)) for pair in pairs]
            means = np.array([tally.mean(column) for tally, column in measured])
            errors = np.array([tally.standard_error(column) for tally, column in measured])
            found[key] = difference_over_sets(means, errors, each)
    return Branch.grown({key: Branch(one) for key, one in found.items()}).to_dict()


def difference_over_sets(means: NDArray[np.float64], errors: NDArray[np.float64], each: int) -> Document:
    """A paired difference over the sets: mean, variance by origin, and how often its sign holds.

    Parameters
    ----------
    means, errors
        Of each set, the mean of the paired differences and its standard error.
    each
        Replications of a set.
    """
    noise = float(np.mean(errors**2))
    ignorance = max(0.0, float(means.var(ddof=1)) - noise)
    error = float(means.std(ddof=1) / math.sqrt(len(means)))
    half = float(stdtrit(len(means) - 1, 0.975)) * error
    mean = float(means.mean())
    low, middle, high = (float(x) for x in np.quantile(means, (0.05, 0.5, 0.95)))
    return {
        "mean": mean,
        "se": error,
        "ci95": [mean - half, mean + half],
        "variance": {"chance": noise * each, "ignorance": ignorance},
        "over_draws": {"p05": low, "p50": middle, "p95": high},
        "same_sign_share": float(np.mean(np.sign(means) == np.sign(mean))),
    }


def _reported(study: Study, results: list[dict[str, Played]]) -> list[Document]:
    under = study.scenario.reported_under
    if under not in study.policies:
        return []
    return [
        beside(report, over_sets([result[under] for result in results], ("reported", str(number))))
        for number, report in enumerate(study.scenario.observed)
    ]


def _strongest(drawn: list[DrawnSet], results: list[Played], key: Key) -> list[Document]:
    """The numbers with which the mean of a measure goes up or down, by Spearman's rank correlation.

    Only those whose correlation would arise by chance in fewer than one study in twenty, however
    many numbers are looked at (Bonferroni), strongest first.
    """
    from scipy.stats import spearmanr  # takes half a second to import

    means = [played.tally.mean(played.column(key)) for played in results]
    names = sorted(set.intersection(*(set(numbers.values) for numbers in drawn)))
    found = []
    if len(drawn) < 10 or len(set(means)) < 2:
        return []
    for name in names:
        values = [numbers.values[name][1] for numbers in drawn]
        if len(set(values)) < 2:
            continue
        test = spearmanr(values, means)
        if test.pvalue < RARE / len(names):
            found.append({"name": name, "correlation": float(test.statistic)})
    return sorted(found, key=lambda row: -abs(row["correlation"]))
