"""The command that plays a raid file: simulate."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json


@click.command("simulate")
@click.argument("raid", metavar="RAID.json")
@options.playing
def command(raid: str, replications: int, seed: int, threads: int | None, as_json: bool) -> None:
    """Play a raid file as it is.

    \b
    Example:
      skypact simulate raid.json --json
    """
    from skypact.library.calls import simulate
    from skypact.raid import read_raid

    read = read_raid(raid)
    with playing(replications, seed, threads) as settings:
        result = simulate(read, **settings)
    if as_json:
        print_json(result.to_dict())
        return
    from skypact.report import printed

    printed.raid(console(), result.to_dict())
