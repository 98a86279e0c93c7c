"""The command that answers why: explain."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.play import print_json


@click.command()
@options.scenario
@options.policy
@click.option(
    "--unit", required=True, metavar="NAME", help="A unit, an entry of the laydown, a system or an owner."
)
@click.option(
    "--threat", required=True, metavar="NAME", help="A threat, a wave, a type of threat or a class."
)
@options.as_json
def explain(scenario: str, policy: str | None, unit: str, threat: str, as_json: bool) -> None:
    """Say why a unit could or could not engage a threat.

    The rule, the decision, its date and source; or doctrine; or the geometry: out of range, below the
    horizon, too late.

    \b
    Example:
      skypact explain ukraine-2024-08-26 --policy neighbours-drones-70km --unit usa-patriot-gem-t --threat drone
    """
    from skypact.cli import tables
    from skypact.study import Question
    from skypact.study.explain import explain as explained

    question = Question.ask(scenario, (policy,) if policy else None, only_baseline=True)
    document = explained(question, question.policies[0], unit, threat)
    if as_json:
        print_json(document)
    else:
        tables.explanation(document)
