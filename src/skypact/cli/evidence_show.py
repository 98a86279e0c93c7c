"""The command that shows what the public record claims: evidence show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skypact.cli import options
from skypact.cli.terminal import console, print_json, say

if TYPE_CHECKING:
    from skypact.library.evidence import Record


@click.command("show")
@click.argument("store", metavar="STORE")
@click.option("--class", "strike", metavar="C", help="One class by month, or 'all' for each.")
@click.option("--from", "since", metavar="MONTH", help="The first month, as 2024-07.")
@click.option("--until", metavar="MONTH", help="The last month.")
@options.output("Write a page (HTML) with charts of every class as well.")
@options.as_json
def command(
    store: str, strike: str | None, since: str | None, until: str | None, output: Path | None, as_json: bool
) -> None:
    """Show what the record claims, by month and class: launched, destroyed, not reached, through.

    Claims, not truth: one side's reports, not independently verified. Counted are national reports of
    weapons that fly to targets behind the front. STORE is a store that 'import' made, or
    ukraine-to-2025-06 for the nightly counts that come with the program.

    \b
    Classes: shahed, cruise, airguided, ballistic, s300, kinzhal, supersonic, antirad,
    several (reported together).

    \b
    Example:
      skypact evidence show ukraine-to-2025-06
      skypact evidence show record.duckdb --class ballistic --from 2024-07
      skypact evidence show record.duckdb --output record.html
    """
    from skypact.evidence.counts import CLASS_NAMES
    from skypact.library.evidence import record
    from skypact.reading.write import expect_writable
    from skypact.report.extra import expect_extra

    if strike is not None and strike not in (*CLASS_NAMES, "all"):
        raise click.BadParameter(f"{strike!r} is none of {', '.join(CLASS_NAMES)}, all", param_hint="--class")
    if output is not None:
        expect_extra()
        expect_writable(output)
    found = record(store, since=since, until=until)
    if output is not None:
        found.report(output)
    if as_json:
        print_json(found.to_dict())
        return
    _print(found, strike)
    if output is not None:
        say(f"Written: {output}")


def _print(found: Record, strike: str | None) -> None:
    """Tables and bars on the terminal."""
    from skypact.evidence.counts import CLASS_NAMES
    from skypact.report import bars, told_record
    from skypact.report.tables import evidence as tables
    from skypact.report.terminal import Line, print_lines, print_table

    screen, document = console(), found.to_dict()
    print_lines(screen, [Line(told_record.CAUTION)])
    if document["nightly"]:
        print_lines(screen, [Line(told_record.NIGHTLY)])
    if strike is None:
        print_table(screen, tables.by_class(document))
    for name in [strike] if strike not in (None, "all") else CLASS_NAMES if strike else ():
        if any(one["class"] == name for one in document["counts"]):
            print_table(screen, tables.by_month(document, name))
    for title, counts in found.charts(strike):
        print_lines(screen, bars.monthly(title, counts, screen.width))
    print_lines(screen, [Line("")])
    if left_out := list(told_record.left_out(document)):
        print_lines(screen, [Line("Not counted:"), *(Line(text, 1) for text in left_out)])
    print_lines(screen, told_record.changes(document))
