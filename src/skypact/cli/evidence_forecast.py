"""The command that forecasts the public record: evidence forecast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import console, print_json, say

if TYPE_CHECKING:
    from skypact.library.forecasts import Forecasts


@click.command("forecast")
@click.argument("store", metavar="STORE")
@click.option("--from", "since", metavar="MONTH", required=True, help="The first month, as 2024-07.")
@click.option("--until", metavar="MONTH", help="The last month (default: the record's last).")
@click.option(
    "--target",
    type=click.Choice(["D", "S"]),
    default="D",
    show_default=True,
    help="D destroyed, S stopped: destroyed or did not reach.",
)
@click.option(
    "--origin",
    type=click.Choice(["month", "day"]),
    default="month",
    show_default=True,
    help="Made before the month began, or before the night.",
)
@options.output("Write the predictions, to be scored (CSV).")
@click.option(
    "--as", "formats", metavar="A,B,...", help="Write tables as csv, parquet or xlsx (with --into)."
)
@click.option(
    "--into", metavar="DIR", type=click.Path(path_type=Path), help="With --as: the folder to write into."
)
@options.as_json
def command(
    store: str,
    since: str,
    until: str | None,
    target: str,
    origin: str,
    output: Path | None,
    formats: str | None,
    into: Path | None,
    as_json: bool,
) -> None:
    """Forecast how many of each report's weapons are stopped, from the reports before it alone.

    Each report of the months gets a distribution over 0 to launched, given how many were launched and
    what the report says of the target. It is made from the reports before the first of its month, or
    before its night. STORE is a store that 'import' made, or ukraine-to-2025-06 for the nightly counts
    that come with the program.

    \b
    Example:
      skypact evidence forecast record.duckdb --from 2024-07 --until 2025-06 --output predictions.csv
      skypact evidence forecast ukraine-to-2025-06 --from 2025-06 --target S --origin day
      skypact evidence forecast ukraine-to-2025-06 --from 2025-06 --as csv,xlsx --into tables
    """
    if (formats is None) != (into is None):
        raise click.UsageError("--as and --into DIR go together")
    from skypact.library.forecasts import forecast
    from skypact.reading.write import expect_writable

    if output is not None:
        expect_writable(output)
    with telling() as progress:
        progress("forecasting", 0.0)
        found = forecast(store, since=since, until=until, target=target, origin=origin)
        progress("forecasting", 1.0)
    if output is not None:
        found.write(output)
    written = _exported(found, formats, into)
    if as_json:
        print_json(found.to_dict())
        return
    from skypact.report.terminal import print_table

    print_table(console(), found.table())
    for path in (*((output,) if output is not None else ()), *written):
        say(f"Written: {path}")


def _exported(found: Forecasts, formats: str | None, into: Path | None) -> tuple[Path, ...]:
    """The tables asked for."""
    if formats is None or into is None:
        return ()
    from skypact.library.export import export

    return export(found, formats, into)
