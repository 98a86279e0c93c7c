"""The command that brings stocks and deliveries into a campaign file: stocks."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import say


def _pairs(given: tuple[str, ...], name: str) -> dict[str, str]:
    found = {}
    for one in given:
        left, sign, right = one.rpartition("=")
        if not sign or not left or not right:
            raise click.BadParameter(f"{one!r} (as NAME=NAME)", param_hint=name)
        found[left.strip()] = right.strip()
    return found


@click.command("stocks")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--item",
    multiple=True,
    metavar="ITEM=MUNITION",
    help="Of a workbook: an item, as it is called there, and the munition it is; as often as needed.",
)
@click.option(
    "--donor",
    multiple=True,
    metavar="DONOR=ACTOR",
    help="Of a workbook: a donor, as it is called there, and the actor; as often as needed.",
)
@options.output("Where to write the piece (default: to the terminal).")
def command(file: Path, item: tuple[str, ...], donor: tuple[str, ...], output: Path | None) -> None:
    """Make the piece of a campaign file that has stocks and deliveries, from a table.

    FILE is a CSV of your own, or the Kiel Institute's Ukraine Support Tracker workbook (.xlsx). Rows that are
    wrong are all named, and nothing is written then.

    \b
    Example:
      skypact stocks mine.csv
      skypact stocks tracker.xlsx --item "Patriot missile=patriot-gem-t" --donor Germany=DEU
    """
    from skypact.campaigns.bring_in import from_csv, from_kiel
    from skypact.reading import Problems
    from skypact.reading.write import write_text

    if file.suffix.lower() == ".xlsx":
        found = from_kiel(file, _pairs(item, "--item"), _pairs(donor, "--donor"))
    else:
        found = from_csv(file)
    for reason, count in found.passed_over.items():
        say(f"Passed over: {count} rows, {reason}")
    if found.problems:
        raise Problems(found.problems)
    if output is None:
        click.echo(found.to_yaml(), nl=False)
    else:
        write_text(output, found.to_yaml(), replace=False)
        say(f"Written: {output}")
