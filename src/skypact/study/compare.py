"""Comparing policies: every policy played, differences paired, and what it costs beside it."""

from __future__ import annotations

from dataclasses import replace

from skypact.engine import workers
from skypact.study.exposure import exposure
from skypact.study.idle_decisions import Idleness
from skypact.study.measures import measures_of
from skypact.study.play import Player, RunSettings, play
from skypact.study.reported import reported_beside
from skypact.study.results import Comparison, Difference, PolicyResult
from skypact.study.sets import compare_sets
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.variations import variations


def compare(study: Study, settings: RunSettings, sets: int | None = None) -> Comparison:
    """Play every policy of a study with the same random numbers.

    Parameters
    ----------
    study
        The scenario and the policies.
    settings
        Replications, seed, threads.
    sets
        How many sets of numbers are drawn from their ranges besides; None: central values alone.
    """
    compiled: dict[str, CompiledPolicy] = {}
    for number, name in enumerate(study.policies):
        settings.progress("compiling", number / len(study.policies))
        compiled[name] = study.compile(name)
    settings.progress("compiling", 1.0)
    idleness = Idleness(study, settings)
    players = {name: player(study, one) for name, one in compiled.items()}
    with workers(settings.threads) as team:
        played, paired = play(players, settings, study.baseline, team)
        policies = {
            name: replace(
                PolicyResult.of(played[name], study.scenario.id, name, settings.seed, one.seconds),
                idle=idleness.under(one),
            )
            for name, one in compiled.items()
        }
        shown = {key: how for one in played.values() for key, how in one.shown.items()}
        under = study.scenario.reported_under
        return Comparison(
            study=study,
            seed=settings.seed,
            replications=settings.replications,
            policies=policies,
            differences=tuple(
                Difference.of(pair, name, study.baseline, shown) for name, pair in paired.items()
            ),
            reported=reported_beside(study.scenario, played[under]) if under in played else (),
            exposure={
                name: exposure(study, compiled[name], policies[name], settings) for name in study.policies
            },
            variations=variations(study, settings, compiled, played, team),
            uncertain=None if sets is None else compare_sets(study, settings, sets, team),
            compiled=compiled,
        )


def player(study: Study, compiled: CompiledPolicy) -> Player:
    """A compiled policy with all its measures, ready to be played."""
    return Player(compiled.raid, measures_of(study, compiled))
