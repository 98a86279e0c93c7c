"""The command that makes a scenario of a recorded night: evidence raid."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import print_json, say, tell


@click.command("raid")
@click.argument("store", metavar="STORE")
@click.option("--night", metavar="DATE", required=True, help="The date of its morning, as 2024-08-26.")
@options.output("Where to write the scenario (YAML).", required=True)
@options.as_json
def command(store: str, night: str, output: Path, as_json: bool) -> None:
    """Make a scenario of a recorded night.

    What flew is the record's: counts, types, launch areas, spans of time, regions. At which cities, which
    way and in which minute is assumed by a stated rule, and so is Ukraine's defence of that date, with its
    sources. The file says which is which, and what of the record is left out. STORE is a store that 'import'
    made, or ukraine-to-2025-06 for the nightly counts that come with the program.

    \b
    Example:
      skypact evidence raid record.duckdb --night 2024-11-28 --output night.yaml
      skypact check night.yaml
      skypact run night.yaml
    """
    from skypact.library.nights import recorded_night
    from skypact.reading.write import expect_writable

    expect_writable(output)
    found = recorded_night(store, night)
    found.write(output)
    for line in found.left_out:
        tell(f"left out: {line}")
    if as_json:
        print_json(found.to_dict())
        return
    launched = sum(flight.launched for flight in found.flights)
    say(f"Written: {output}, {launched:,} weapons. Now: skypact check {output}; skypact run {output}")
