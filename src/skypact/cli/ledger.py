"""The command that lists statements and acts: ledger."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.terminal import print_json


@click.command("ledger")
@options.scenario
@options.as_json
def command(scenario: str, as_json: bool) -> None:
    """List the statements and acts that a scenario rests on, by date.

    \b
    Example:
      skypact ledger hranitne-2021-10-26
    """
    from skypact.cli import aid_tables
    from skypact.scenario.load import load_scenario
    from skypact.study.ledger import ledger as listed

    rows = listed(load_scenario(scenario))
    print_json(rows) if as_json else aid_tables.ledger(rows)
