"""Comparing policies: every policy played, differences paired, and what it costs beside it."""

from __future__ import annotations

from skypact.engine import workers
from skypact.study.draw import Sets
from skypact.study.exposure import exposure
from skypact.study.measures import measures_of
from skypact.study.play import Player, RunSettings, play
from skypact.study.reported import reported_beside
from skypact.study.results import Comparison, Difference, PolicyResult
from skypact.study.sets import Question, central_settings, play_sets
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.variations import variations


def compare(study: Study, settings: RunSettings, sets: Sets | None = None) -> Comparison:
    """Play every policy of a study with the same random numbers.

    Parameters
    ----------
    study
        The scenario and the policies.
    settings
        Replications (with sets: of each), seed, threads.
    sets
        The sets of numbers that are drawn from their ranges; None: central values alone.
    """
    compiled: dict[str, CompiledPolicy] = {}
    for number, name in enumerate(study.policies):
        settings.progress("compiling", number / len(study.policies))
        compiled[name] = study.compile(name)
    settings.progress("compiling", 1.0)
    players = {name: player(study, one) for name, one in compiled.items()}
    central = settings if sets is None else central_settings(settings, sets)
    with workers(settings.threads) as team:
        played, paired = play(players, central, study.baseline, team)
        varied = variations(study, central, compiled, played, team)
    question = Question({name: (study, name) for name in study.policies}, study.baseline)
    found = None if sets is None else play_sets(question, settings, sets, played, paired, players)
    results, pairs, drawn = (played, paired, None) if found is None else found
    seconds = {
        name: one.seconds + (drawn.compile_s[name] if drawn else 0.0) for name, one in compiled.items()
    }
    policies = {
        name: PolicyResult.of(results[name], study.scenario.id, name, settings.seed, seconds[name])
        for name in compiled
    }
    under = study.scenario.reported_under
    return Comparison(
        study=study,
        seed=settings.seed,
        replications=settings.replications,
        policies=policies,
        differences=tuple(
            Difference.of(
                pair, name, study.baseline, {**policies[name].shown, **policies[study.baseline].shown}
            )
            for name, pair in pairs.items()
        ),
        reported=reported_beside(study.scenario, results[under]) if under in results else (),
        exposure={name: exposure(study, compiled[name], policies[name], central) for name in study.policies},
        variations=varied,
        drawn=drawn,
        compiled=compiled,
    )


def player(study: Study, compiled: CompiledPolicy) -> Player:
    """A compiled policy with all its measures, ready to be played."""
    return Player(compiled.raid, measures_of(study, compiled))
