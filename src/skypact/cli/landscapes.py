"""The command that puts two scenarios side by side: landscapes."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json


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
    from skypact.cli.playing import how
    from skypact.cli.terminal import console
    from skypact.report.tables.landscapes import landscapes as table
    from skypact.report.terminal import print_table
    from skypact.study.landscapes import landscapes as compare_landscapes

    with telling() as progress:
        document = compare_landscapes(first, second, how(replications, seed, threads, progress))
    if as_json:
        print_json(document)
    else:
        print_table(console(), table(document))
