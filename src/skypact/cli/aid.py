"""Commands about aid and what was said: aid, ledger."""

from __future__ import annotations

import re
from datetime import date

import click

from skypact.cli import options


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day as an option gives it; a month or a year stands for its first day."""
    from skypact.scenario.dates import first_day

    if value is None:
        return None
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            return first_day(value)
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is no day; write it as 2021-10-26", ctx, param)


on_day = click.option(
    "--date", "day", callback=day_of, metavar="DATE", help="The day asked about (default: the scenario's)."
)


transfers = options.together(
    click.option("--donor", metavar="NAME", help="Of a transfer: who hands over."),
    click.option("--recipient", metavar="NAME", help="Of a transfer: to whom."),
    click.option("--system", metavar="NAME", help="Of a transfer: what."),
    click.option("--channel", metavar="NAME", help="Of a transfer: grant, government-sale and so on."),
    click.option("--step", metavar="NAME", help="Of an incident: a step of the ladder."),
    on_day,
)


@click.command()
@options.scenario
@options.policy
@on_day
@click.option("--from", "start", callback=day_of, metavar="DATE", help="Show the changes from this day on.")
@click.option("--to", "end", callback=day_of, metavar="DATE", help="With --from: until this day.")
@options.as_json
def aid(
    scenario: str,
    policy: str | None,
    day: date | None,
    start: date | None,
    end: date | None,
    as_json: bool,
) -> None:
    """Show what each donor may hand over, by which channel, and what is held.

    \b
    Example:
      skypact aid lethal-aid-2021-10 --date 2021-10-26
      skypact aid lethal-aid-2021-10 --policy us-request
      skypact aid lethal-aid-2021-10 --from 2021-04-01 --to 2022-03-01
    """
    from skypact.cli import aid_tables
    from skypact.cli.terminal import print_json
    from skypact.scenario.dates import first_day
    from skypact.study.aid import aid_over_time, aid_scenario, aid_table

    if (start is None) != (end is None) or (start is not None and end is not None and start > end):
        raise click.UsageError("--from and --to go together, the earlier day first")
    if start is not None and day is not None:
        raise click.UsageError("give --date, or --from and --to")
    read, name = aid_scenario(scenario, policy)
    if start is not None and end is not None:
        rows = aid_over_time(read, name, start, end)
        print_json(rows) if as_json else aid_tables.changes(read, name, rows)
        return
    asked = day or first_day(read.date)
    rows = aid_table(read, name, asked)
    print_json(rows) if as_json else aid_tables.table(read, name, asked, rows)


@click.command()
@options.scenario
@options.as_json
def ledger(scenario: str, as_json: bool) -> None:
    """List the statements and acts that a scenario rests on, by date.

    \b
    Example:
      skypact ledger hranitne-2021-10-26
    """
    from skypact.cli import aid_tables
    from skypact.cli.terminal import print_json
    from skypact.scenario.load import load_scenario
    from skypact.study.ledger import ledger as listed

    rows = listed(load_scenario(scenario))
    print_json(rows) if as_json else aid_tables.ledger(rows)


def explain_aid(
    scenario: str,
    policy: str | None,
    unit: str | None,
    as_json: bool,
    donor: str | None,
    recipient: str | None,
    system: str | None,
    channel: str | None,
    step: str | None,
    day: date | None,
) -> None:
    """Answer why for transfers (every row that fits what is named), or for the steps of an incident."""
    from skypact.cli import aid_tables
    from skypact.cli.terminal import print_json
    from skypact.scenario.dates import first_day
    from skypact.scenario.load import load_scenario
    from skypact.study.aid import aid_scenario, explain_transfer, matching
    from skypact.study.explain_incident import explain_incident
    from skypact.study.setup import Study

    if any((donor, recipient, system, channel)):
        read, name = aid_scenario(scenario, policy)
        wanted = matching(read, donor, recipient, system, channel)
        found = [explain_transfer(read, name, ask, day or first_day(read.date)) for ask in wanted]
        if as_json:
            print_json(found[0] if len(found) == 1 else found)
        else:
            for one in found:
                aid_tables.explained(one)
        return
    if load_scenario(scenario).incident is None:
        raise click.UsageError(
            "name --unit and --threat, or a transfer: --donor, --recipient, --system, --channel"
        )
    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    document = explain_incident(study, study.policies[0], step or unit)
    print_json(document) if as_json else aid_tables.steps(document)
