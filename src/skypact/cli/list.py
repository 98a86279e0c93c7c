"""The command that lists what there is: list."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.terminal import print_json, say


@click.command("list")
@options.as_json
def command(as_json: bool) -> None:
    """List the shipped scenarios and their policies.

    \b
    Example:
      skypact list
    """
    from skypact.scenario.find import overview

    rows = overview()
    if as_json:
        print_json([{**row, "policies": list(row["policies"])} for row in rows])
        return
    for row in rows:
        say(f"{row['scenario']}  {row['title']}")
        for name, title in row["policies"].items():
            mark = " (baseline)" if name == row["baseline"] else ""
            say(f"  {name:<26} {title}{mark}")
        say()
