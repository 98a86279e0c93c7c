"""The command that plays nights in a row: campaign."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json, say


@click.command("campaign")
@click.argument("campaign", metavar="CAMPAIGN")
@options.policies
@click.option(
    "--sets",
    type=click.IntRange(2, 10_000),
    default=16,
    show_default=True,
    metavar="N",
    help="How many sets of numbers are drawn from their ranges.",
)
@click.option(
    "--replications",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="How often each set is played with new chance (default: 200; with --central 500).",
)
@click.option("--central", is_flag=True, help="Play central values alone: no range says what is not known.")
@options.seed
@options.threads
@options.cluster
@click.option(
    "--resume",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Keep each set in this folder as it is played; a run that was killed goes on from there.",
)
@click.option(
    "--worth",
    metavar="DELIVERY",
    multiple=True,
    help="Say what a delivery is worth: three months earlier or later, not at all, with 100 rounds more, with a month's"
    " production more.",
)
@click.option(
    "--break-even",
    metavar="DELIVERY[:MUNITION]",
    multiple=True,
    help="Say how much of a delivery keeps its munition (or another) from running out in nine of ten replications.",
)
@options.calibrated
@click.option(
    "--long", is_flag=True, help="Show months, shelves, the whole ledger, and what it rests on as well."
)
@click.option(
    "--report",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write a page (HTML) with pictures as well.",
)
@click.option(
    "--ledger",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the ledger into this folder: CSV, Parquet, and a Data Package that describes them.",
)
@options.as_json
def command(
    campaign: str,
    policies: str | None,
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    resume: Path | None,
    worth: tuple[str, ...],
    break_even: tuple[str, ...],
    calibrated: str | None,
    long: bool,
    page: Path | None,
    ledger: Path | None,
    as_json: bool,
) -> None:
    """Play recorded nights in a row: what arrives, what is fired, what runs out and when.

    CAMPAIGN is a shipped name or the path of a file. Stocks go on from night to night; what is made and
    delivered is added on its day.

    \b
    Example:
      skypact campaign ukraine-winter-2024
      skypact campaign ukraine-winter-2024 --sets 64 --resume winter-run
      skypact campaign ukraine-winter-2024 --worth usa-mse --break-even usa-mse --report winter.html
    """
    from skypact.campaigns.load import ask
    from skypact.library.calibration import calibration_of
    from skypact.library.campaigns import campaign as play
    from skypact.reading.write import expect_writable

    names = options.names(policies)
    ask(campaign, names)
    of = calibration_of(calibrated, central)
    if page is not None:
        from skypact.report.extra import expect_extra

        expect_extra()
        expect_writable(page)
    with playing(replications, seed, threads, sets=sets, central=central, cluster=cluster) as settings:
        result = play(
            campaign,
            names,
            resume=resume,
            worth=worth,
            break_even=break_even,
            calibrated=of,
            **settings,
        )
    if page is not None:
        result.report(page)
    if ledger is not None:
        from skypact.exports.ledger import write_ledger

        for written in write_ledger(result, ledger):
            say(f"Written: {written}")
    if as_json:
        print_json(result.to_dict())
        return
    from skypact.report.printed import more
    from skypact.report.terminal import Line, print_lines, print_table

    screen = console()
    print_lines(screen, result.lines())
    shown = result.tables(long)
    for table in shown:
        print_table(screen, table)
    words = "--report FILE writes all of it as a page, with pictures."
    print_lines(screen, [Line(""), Line(more(shown, result.tables(long=True), words))])
    if page is not None:
        say(f"Written: {page}")
