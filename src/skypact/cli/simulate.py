"""The command that plays a raid file: simulate."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json


@click.command("simulate")
@click.argument("raid", metavar="RAID.json")
@options.playing
def command(raid: str, replications: int, seed: int, threads: int | None, as_json: bool) -> None:
    """Play a raid file as it is.

    \b
    Example:
      skypact simulate raid.json --json
    """
    from skypact.cli.playing import how
    from skypact.cli.terminal import console
    from skypact.raid import read_raid
    from skypact.report import printed
    from skypact.study import simulate as simulated

    problem = read_raid(raid)
    with telling() as progress:
        document = simulated(problem, how(replications, seed, threads, progress)).to_dict()
    if as_json:
        print_json(document)
    else:
        printed.raid(console(), document)
