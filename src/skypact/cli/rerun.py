"""The command that makes a report again: rerun."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import say

MOST_NAMED = 12


@click.command("rerun")
@click.argument("report", metavar="REPORT.html")
@options.output("Write the report made anew (default: only say whether it agrees).")
@click.option(
    "--calibrated", metavar="FILE", help="The calibration that the report was made with, if it was."
)
@options.threads
@options.cluster
def command(
    report: str, output: Path | None, calibrated: str | None, threads: int | None, cluster: str | None
) -> None:
    """Play again what a report was made from, and say what no longer agrees.

    A report carries its scenario, seed, settings and versions. The exit status is 0 if every number came
    out again, and 3 if some did not.

    \b
    Example:
      skypact rerun ukraine-2024-08-26.html
      skypact rerun ukraine-2024-08-26.html --output again.html
    """
    from skypact.library.rerun import record_of_report, rerun
    from skypact.reading.write import expect_writable

    if output is not None:
        expect_writable(output)
    record_of_report(report)
    with playing(0, 0, threads, cluster=cluster) as settings:
        again = rerun(
            report,
            calibrated=calibrated,
            threads=threads,
            cluster=settings["cluster"],
            progress=settings["progress"],
        )
        if output is not None:
            again.report(output)
    for what, was, now in again.changed[:MOST_NAMED]:
        say(f"{what}: {was} in the report, {'nothing' if now is None else now} now")
    if len(again.changed) > MOST_NAMED:
        say(f"... and {len(again.changed) - MOST_NAMED} more")
    if output is not None:
        say(f"Written: {output}")
    if again.agrees:
        say(f"{report}: every number came out again.")
        return
    say(f"{report}: some numbers did not come out again.")
    raise click.exceptions.Exit(3)
