"""The command that scores predictions of the public record: evidence score."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import console, print_json, say, tell


@click.command("score")
@click.argument("store", metavar="STORE")
@click.argument("predictions", metavar="PREDICTIONS.csv")
@click.option("--from", "since", metavar="MONTH", help="The first month (default: of the first prediction).")
@click.option("--until", metavar="MONTH", help="The last month (default: of the last prediction).")
@options.as_json
def command(store: str, predictions: str, since: str | None, until: str | None, as_json: bool) -> None:
    """Score predictions of how many of a report's weapons are stopped, beside the baselines.

    PREDICTIONS.csv has the columns row (0-based data row of the file imported last), target (D
    destroyed, S destroyed or did not reach), origin (month or day), trained_to (the last night used)
    and pmf (the probabilities of 0 to launched, with blanks between). Every report that can be scored
    in these months must be there.

    \b
    Example:
      skypact evidence score record.duckdb predictions.csv --from 2024-07 --until 2025-06
    """
    from skypact.library.evidence import score

    with telling() as progress:
        progress("scoring", 0.0)
        found = score(store, predictions, since=since, until=until)
        progress("scoring", 1.0)
    if found.beside:
        tell(f"{predictions}: {found.beside:,} predictions are of other rows or months and are not scored")
    if as_json:
        print_json(found.to_dict())
        return
    from skypact.report.terminal import print_table

    say(f"{found.predictions:,} predictions, {found.since} to {found.until}")
    for table in found.tables():
        print_table(console(), table)
