"""Asking of a comparison what its differences rest on and what changes nothing, after it has answered."""

from __future__ import annotations

from dataclasses import replace

from skypact.library.results import Comparison
from skypact.study.idle_decisions import Idleness
from skypact.study.play import Progress, RunSettings, silent
from skypact.study.ready import ready
from skypact.study.rests import rests_on
from skypact.study.sets import headline_of


def resting(
    comparison: Comparison, threads: int | None = None, progress: Progress | None = None
) -> Comparison:
    """The same comparison with what its differences rest on, and who and what is idle and why.

    Parameters
    ----------
    comparison
        With drawn sets, that was not asked this (``besides=False``); any other comes back as it is.
    threads, progress
        As for `skypact.compare`.
    """
    drawn = comparison.drawn
    if drawn is None:
        return comparison
    settings = RunSettings(
        comparison.replications, comparison.seed, threads, progress=silent if progress is None else progress
    )
    study = comparison.study
    key = headline_of(ready(study, study.baseline).player)
    found = rests_on(study, settings, drawn)
    differences = tuple(
        one.resting_on(found[one.policy].parts, key) if one.policy in found else one
        for one in comparison.differences
    )
    idleness = Idleness(study, settings)
    policies = {}
    for name, result in comparison.policies.items():
        made = ready(study, name)
        policies[name] = replace(result, idle=idleness.under(made.compiled, made.player.prepared))
    return replace(comparison, differences=differences, policies=policies)
