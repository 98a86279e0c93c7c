"""The command about what may be handed over: aid."""

from __future__ import annotations

from datetime import date

import click

from skypact.cli import options
from skypact.cli.terminal import console, print_json, say


@click.command("aid")
@options.scenario
@options.policy
@options.on_day
@click.option(
    "--from", "start", callback=options.day_of, metavar="DATE", help="Show the changes from this day on."
)
@click.option("--to", "end", callback=options.day_of, metavar="DATE", help="With --from: until this day.")
@options.as_json
def command(
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
    from skypact.library.calls import aid

    if (start is None) != (end is None) or (start is not None and end is not None and start > end):
        raise click.UsageError("--from and --to go together, the earlier day first")
    if start is not None and day is not None:
        raise click.UsageError("give --date, or --from and --to")
    found = aid(scenario, policy, day, since=start, until=end)
    if as_json:
        print_json(found.to_dict())
        return
    from skypact.report.terminal import print_table

    print_table(console(), found.table())
    if start is None:
        say(f"Sources: --json, or skypact explain {found.of.name} --donor D --system S --channel C")
