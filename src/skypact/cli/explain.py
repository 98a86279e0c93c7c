"""The command that answers why: explain."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from skypact.cli import options
from skypact.cli.terminal import console, print_json

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
    from skypact.library.calls import explain
    from skypact.library.scenarios import load

    asked = load(scenario)
    transfer = {"donor": donor, "recipient": recipient, "system": system, "channel": channel}
    steps = asked.data.incident is not None and threat is None
    if not (any(transfer.values()) or steps or (unit and threat)):
        if unit or threat:
            raise click.UsageError(
                f"--unit and --threat go together; skypact explain {scenario} lists what can be named"
            )
        _what_can_be_asked(asked.data, scenario, as_json)
        return
    found = explain(asked, policy, unit=unit, threat=threat, step=step, day=day, **transfer)
    if as_json:
        documents = [one.to_dict() for one in found]
        print_json(documents[0] if len(documents) == 1 else documents)
        return
    from skypact.report.terminal import print_lines

    for one in found:
        print_lines(console(), one.lines)


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
