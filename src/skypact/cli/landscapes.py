"""The command that puts two scenarios side by side: landscapes."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json


@click.command("landscapes")
@click.argument("first", metavar="SCENARIO")
@click.argument("second", metavar="SCENARIO")
@options.playing
def command(
    first: str, second: str, replications: int, seed: int, threads: int | None, as_json: bool
) -> None:
    """Put two scenarios side by side: are the landscapes different, and in what?

    Threats, distances over friendly or consenting ground, airspace and consent, warning times, fire
    units and rounds for the area defended, the attacker's reach over patrols, and what joint
    interception changes in each.

    \b
    Example:
      skypact landscapes ukraine-2024-08-26 israel-2024-04-13
    """
    from skypact.library.calls import landscapes

    with playing(replications, seed, threads) as settings:
        both = landscapes(first, second, **settings)
    if as_json:
        print_json(both.to_dict())
        return
    from skypact.report.terminal import print_table

    print_table(console(), both.table())
