"""The command about what may be handed over: aid."""

from __future__ import annotations

from datetime import date

import click

from skypact.cli import options
from skypact.cli.terminal import print_json


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
    from skypact.catalog import load_catalog
    from skypact.cli.terminal import console
    from skypact.report.material import Material
    from skypact.report.tables import aid as tables
    from skypact.report.terminal import print_table
    from skypact.scenario.dates import first_day
    from skypact.study.aid import aid_over_time, aid_scenario, aid_table

    if (start is None) != (end is None) or (start is not None and end is not None and start > end):
        raise click.UsageError("--from and --to go together, the earlier day first")
    if start is not None and day is not None:
        raise click.UsageError("give --date, or --from and --to")
    read, name = aid_scenario(scenario, policy)
    if start is not None and end is not None:
        rows = aid_over_time(read, name, start, end)
        if as_json:
            print_json(rows)
        else:
            print_table(console(), tables.over_time(Material(read, load_catalog()), name, rows))
        return
    asked = day or first_day(read.date)
    rows = aid_table(read, name, asked)
    if as_json:
        print_json(rows)
        return
    out = console()
    print_table(out, tables.on_day(Material(read, load_catalog()), name, asked, rows))
    out.print(f"Sources: --json, or skypact explain {read.id} --donor D --system S --channel C")
