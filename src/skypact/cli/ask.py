"""The command that answers why: explain."""

from __future__ import annotations

from typing import Any

import click

from skypact.cli import options
from skypact.cli.aid import transfers
from skypact.cli.terminal import print_json


@click.command()
@options.scenario
@options.policy
@click.option("--unit", metavar="NAME", help="A unit, an entry of the laydown, a system or an owner.")
@click.option("--threat", metavar="NAME", help="A threat, a wave, a type of threat or a class.")
@transfers
@options.as_json
def explain(
    scenario: str, policy: str | None, unit: str | None, threat: str | None, as_json: bool, **asked: Any
) -> None:
    """Say why a unit could or could not engage a threat, or a transfer was or was not allowed.

    The rule, the decision, its date and source; or doctrine; or the geometry: out of range, below the
    horizon, too late, too deep.

    \b
    Example:
      skypact explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat drone
      skypact explain lethal-aid-2021-10 --donor USA --recipient UKR --system javelin
      skypact explain hranitne-2021-10-26
    """
    from skypact.cli.aid import explain_aid
    from skypact.scenario.load import load_scenario

    if unit is None or threat is None or load_scenario(scenario).incident is not None:
        explain_aid(scenario, policy, unit, as_json, **asked)
        return
    from skypact.cli import tables
    from skypact.study import Study
    from skypact.study.explain import explain as explained

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    document = explained(study, study.policies[0], unit, threat)
    if as_json:
        print_json(document)
    else:
        tables.explanation(document)
