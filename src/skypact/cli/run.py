"""The command that plays a scenario under one policy: run."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json


@click.command("run")
@options.scenario
@options.policy
@options.playing
@options.uncertain
def command(
    scenario: str,
    policy: str | None,
    replications: int,
    seed: int,
    threads: int | None,
    as_json: bool,
    uncertain: bool,
    draws: int,
) -> None:
    """Play a scenario under one policy.

    SCENARIO is a shipped name (see 'skypact list') or the path of a file.

    \b
    Example:
      skypact run ukraine-2024-08-26 --policy sky-shield
    """
    from skypact.cli.playing import how, material, studied
    from skypact.cli.terminal import console
    from skypact.report import printed
    from skypact.study import Study

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        _, document, doubt = studied(study, playing, draws if uncertain else None)
    result = next(iter(document["policies"].values()))
    if "incident" in document:
        result["incident"] = document["incident"]
    if doubt is not None:
        result["uncertain"] = {**doubt, **next(iter(doubt["policies"].values()))}
        del result["uncertain"]["policies"]
    if as_json:
        print_json(result)
    else:
        printed.one_policy(console(), material(study, document, doubt), study.asked or study.scenario.id)
