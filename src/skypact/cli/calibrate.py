"""The command that calibrates a scenario on recorded nights: calibrate."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json, say


@click.command("calibrate")
@options.scenario
@click.option("--evidence", "store", metavar="STORE", required=True, help="The public record.")
@click.option("--nights", metavar="A,B,...", required=True, help="Recorded nights, as 2024-11-28,2025-01-15.")
@click.option("--until", metavar="DATE", required=True, help="No night may lie after this day.")
@options.output("Where to write the calibration (JSON).", required=True)
@click.option(
    "--long", is_flag=True, help="About three times as many sets: ten nights take some seven minutes."
)
@click.option(
    "--overclaimed",
    metavar="CLASS=SHARE,...",
    help="Of what got through, up to this share may be claimed as shot down: drone=0.3,cruise=0.3.",
)
@options.seed
@options.threads
@options.cluster
@options.as_json
def command(
    scenario: str,
    store: str,
    nights: str,
    until: str,
    output: Path,
    long: bool,
    overclaimed: str | None,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Narrow the numbers of a scenario by what was recorded: all nights together.

    Sets of numbers are drawn from their ranges and played on the recorded nights. What comes out is a
    sample of sets that go with the record, which is one side's claims. It says how far each family of numbers
    has moved, what the record does not tell, and with which nights no set agrees. Ten nights take under three
    minutes on two cores. STORE is a store that 'evidence import' made, or ukraine-to-2025-06.

    \b
    Example:
      skypact calibrate ukraine-2024-08-26 --evidence record.duckdb --nights 2023-05-28,2024-03-22 \\
        --until 2024-08-25 --output narrowed.json
      skypact compare ukraine-2024-08-26 --calibrated narrowed.json
    """
    from skypact.library.calibration import calibrate
    from skypact.library.scenarios import load
    from skypact.reading.write import expect_writable
    from skypact.report.tables.calibration import lines, tables
    from skypact.report.terminal import Line, print_lines, print_table
    from skypact.study.calibration import write_calibration

    asked = load(scenario)
    expect_writable(output)
    with playing(None, seed, threads, cluster=cluster) as settings:
        found = calibrate(
            asked,
            store,
            options.names(nights) or (),
            until=until,
            long=long,
            overclaimed=options.shares(overclaimed, "--overclaimed"),
            seed=seed,
            threads=threads,
            cluster=settings["cluster"],
            progress=settings["progress"],
        )
    write_calibration(output, found)
    document = found.to_dict()
    if as_json:
        print_json(document)
        return
    print_lines(console(), [Line(text) for text in lines(document)])
    for table in tables(document, asked.study().catalog):
        print_table(console(), table)
    say(f"Written: {output}. Now: skypact compare {scenario} --calibrated {output}")
