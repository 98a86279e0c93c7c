"""Comparing policies: every policy played, differences paired, and what it costs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skypact.engine import workers
from skypact.study.draw import Sets
from skypact.study.exposure import exposure
from skypact.study.idle_decisions import Idleness
from skypact.study.permissions import permissions
from skypact.study.play import Player, RunSettings, play
from skypact.study.ready import Ready, ready
from skypact.study.reported import reported_beside
from skypact.study.rests import rests_on
from skypact.study.results import Comparison, Difference, PolicyResult
from skypact.study.sets import Question, central_settings, headline_of, play_sets
from skypact.study.setup import Study
from skypact.study.stock import Left, left, moments_of, over_time, shared_out
from skypact.study.variations import variations


def compare(
    study: Study, settings: RunSettings, sets: Sets | None = None, besides: bool = True
) -> Comparison:
    """Play every policy of a study with the same random numbers.

    Parameters
    ----------
    study
        The scenario and the policies.
    settings
        Replications (with sets: of each), seed, threads.
    sets
        The sets of numbers that are drawn from their ranges; None: central values alone.
    besides
        Whether to ask besides what the differences rest on (of drawn sets), what changes nothing and why, and what
        runs out over the hours.
    """
    made: dict[str, Ready] = {}
    for number, name in enumerate(study.policies):

        def pause(share: float = number / len(study.policies)) -> None:
            settings.progress("compiling", share)

        pause()
        made[name] = ready(study, name, pause)
        pause()
        _ = made[name].player.prepared  # laid out
    settings.progress("compiling", 1.0)
    idleness = Idleness(study, settings)
    compiled = {name: one.compiled for name, one in made.items()}
    players = {name: one.player for name, one in made.items()}
    central = settings if sets is None else central_settings(settings, sets)
    with workers(settings.threads) as team:
        played, paired = play(players, central, study.baseline, team)
        varied = variations(study, central, compiled, played, team)
    question = Question({name: (study, name) for name in study.policies}, study.baseline)
    moments = () if study.scenario.incident or not besides else moments_of(compiled[study.baseline].raid)
    found = None if sets is None else play_sets(question, settings, sets, played, paired, players, moments)
    results, pairs, drawn = (played, paired, None) if found is None else found
    seconds = {
        name: one.seconds + (drawn.compile_s[name] if drawn else 0.0) for name, one in compiled.items()
    }
    looked_at = _central_stock(players, settings, moments) if drawn is None else drawn.left
    policies = {
        name: replace(
            PolicyResult.of(results[name], study.scenario.id, name, settings.seed, seconds[name]),
            idle=idleness.under(one, players[name].prepared) if besides else (),
            stock_over_time=over_time(moments, looked_at[name]),
        )
        for name, one in compiled.items()
    }
    differences = {
        name: Difference.of(
            pair, name, study.baseline, {**policies[name].shown, **policies[study.baseline].shown}
        )
        for name, pair in pairs.items()
    }
    if drawn is not None and besides:
        headline = headline_of(players[study.baseline])
        for name, found_of in rests_on(study, settings, drawn).items():
            differences[name] = differences[name].resting_on(found_of.parts, headline)
    under = study.scenario.reported_under
    return Comparison(
        study=study,
        seed=settings.seed,
        replications=settings.replications,
        policies=policies,
        differences=tuple(differences.values()),
        reported=reported_beside(study.scenario, results[under]) if under in results else (),
        exposure={name: exposure(study, one, policies[name], central) for name, one in made.items()},
        permissions={name: permissions(study, one) for name, one in made.items()},
        variations=varied,
        drawn=drawn,
        compiled=compiled,
    )


def _central_stock(
    players: Mapping[str, Player], settings: RunSettings, moments: tuple[float, ...]
) -> dict[str, tuple[Left, ...]]:
    runs = min(shared_out(1), settings.replications) if moments else 0
    return {
        name: (left(one.raid, one.prepared, moments, runs, settings.seed, settings.first),)
        for name, one in players.items()
    }
