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
    from skypact.catalog import load_catalog
    from skypact.cli.terminal import console
    from skypact.report.material import Material
    from skypact.report.tables.scenario import statements
    from skypact.report.terminal import print_table
    from skypact.scenario.load import load_scenario
    from skypact.study.ledger import ledger as listed

    read = load_scenario(scenario)
    if as_json:
        print_json(listed(read))
        return
    material = Material(read, load_catalog())
    table = statements(material)
    if table is None:
        console().print("The scenario records no statements.")
    else:
        print_table(console(), table, material.sources)
