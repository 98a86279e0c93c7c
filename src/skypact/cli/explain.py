"""The command that answers why: explain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from skypact.cli import options
from skypact.cli.terminal import print_json

if TYPE_CHECKING:
    from skypact.report.terminal import Line

transfers = options.together(
    click.option("--donor", metavar="NAME", help="Of a transfer: who hands over."),
    click.option("--recipient", metavar="NAME", help="Of a transfer: to whom."),
    click.option("--system", metavar="NAME", help="Of a transfer: what."),
    click.option("--channel", metavar="NAME", help="Of a transfer: grant, government-sale and so on."),
)


@click.command("explain")
@options.scenario
@options.policy
@click.option("--unit", metavar="NAME", help="A unit, an entry of the laydown, a system or an owner.")
@click.option("--threat", metavar="NAME", help="A threat, a wave, a type of threat or a class.")
@transfers
@click.option("--step", metavar="NAME", help="Of an incident: a step of the ladder.")
@options.on_day
@options.as_json
def command(
    scenario: str,
    policy: str | None,
    unit: str | None,
    threat: str | None,
    donor: str | None,
    recipient: str | None,
    system: str | None,
    channel: str | None,
    step: str | None,
    day: date | None,
    as_json: bool,
) -> None:
    """Say why a unit could or could not engage a threat, or a transfer was or was not allowed.

    The rule, the decision, its date and source; or doctrine; or the geometry: out of range, below the
    horizon, too late, too deep. With a scenario alone: the steps of its incident, or else what can be
    asked about.

    \b
    Example:
      skypact explain ukraine-2024-08-26
      skypact explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat drone
      skypact explain lethal-aid-2021-10 --donor USA --recipient UKR --system javelin
      skypact explain hranitne-2021-10-26
    """
    from skypact.scenario.load import load_scenario

    read = load_scenario(scenario)
    if any((donor, recipient, system, channel)):
        _transfers(scenario, policy, (donor, recipient, system, channel), day, as_json)
    elif read.incident is not None:
        _steps(scenario, policy, step or unit, as_json)
    elif unit and threat:
        _engagement(scenario, policy, unit, threat, as_json)
    elif unit or threat:
        raise click.UsageError(
            f"--unit and --threat go together; skypact explain {scenario} lists what can be named"
        )
    else:
        _what_can_be_asked(read, scenario, as_json)


def _engagement(scenario: str, policy: str | None, unit: str, threat: str, as_json: bool) -> None:
    from skypact.report.told import explanation
    from skypact.study import Study
    from skypact.study.explain import explain

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    document = explain(study, study.policies[0], unit, threat)
    if as_json:
        print_json(document)
    else:
        _print(explanation(document))


def _print(lines: Iterable[Line]) -> None:
    from skypact.cli.terminal import console
    from skypact.report.terminal import print_lines

    print_lines(console(), lines)


def _transfers(
    scenario: str, policy: str | None, named: tuple[str | None, ...], day: date | None, as_json: bool
) -> None:
    """Every row that fits what is named."""
    from skypact.report import told
    from skypact.scenario.dates import first_day
    from skypact.study.aid import aid_scenario, explain_transfer, matching

    read, name = aid_scenario(scenario, policy)
    donor, recipient, system, channel = named
    wanted = matching(read, donor, recipient, system, channel)
    found = [explain_transfer(read, name, ask, day or first_day(read.date)) for ask in wanted]
    if as_json:
        print_json(found[0] if len(found) == 1 else found)
    else:
        for one in found:
            _print(told.transfer(one))


def _steps(scenario: str, policy: str | None, step: str | None, as_json: bool) -> None:
    from skypact.report import told
    from skypact.study.explain_incident import explain_incident
    from skypact.study.setup import Study

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    document = explain_incident(study, study.policies[0], step)
    if as_json:
        print_json(document)
    else:
        _print(told.steps(document))


def _what_can_be_asked(read: Any, scenario: str, as_json: bool) -> None:
    from skypact.cli.terminal import say
    from skypact.study.askable import askable

    document = askable(read)
    if as_json:
        print_json(document)
        return
    say(f"What skypact explain {scenario} can be asked about:")
    for title, names in (
        ("--policy", document["policies"]),
        ("--unit, by entry of the laydown", document["units"]["entries"]),
        ("  by system", document["units"]["systems"]),
        ("  by owner", document["units"]["owners"]),
        ("--threat, by wave", document["threats"]["waves"]),
        ("  by type", document["threats"]["types"]),
        ("  by class", document["threats"]["classes"]),
    ):
        say(f"  {title}: {', '.join(names) or 'none'}")
    if document["transfers"]:
        say("  --donor, --recipient, --system, --channel of a transfer:")
        for row in document["transfers"]:
            say("    " + ", ".join(str(row[key]) for key in ("donor", "recipient", "system", "channel")))
    ask = document["example"]
    say(f"Example: skypact explain {scenario} {ask}")
