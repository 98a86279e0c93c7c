"""The command that lists statements and acts: ledger."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.terminal import console, print_json


@click.command("ledger")
@options.scenario
@options.as_json
def command(scenario: str, as_json: bool) -> None:
    """List the statements and acts that a scenario rests on, by date.

    \b
    Example:
      skypact ledger hranitne-2021-10-26
    """
    from skypact.library.calls import ledger

    found = ledger(scenario)
    if as_json:
        print_json(found.to_dict())
        return
    from skypact.report.terminal import print_table

    print_table(console(), found.table(), found.sources)
