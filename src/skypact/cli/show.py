"""Commands that show more than a table: landscapes, report."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.play import how, studied, write
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json


@click.command()
@click.argument("first", metavar="SCENARIO")
@click.argument("second", metavar="SCENARIO")
@options.playing
def landscapes(
    first: str, second: str, replications: int, seed: int, threads: int | None, as_json: bool
) -> None:
    """Put two scenarios side by side: are the landscapes different, and in what?

    Threats, distances over friendly or consenting ground, airspace and consent, warning times, fire
    units and rounds for the area defended, the attacker's reach over patrols, and what joint
    interception changes in each.

    \b
    Example:
      skypact landscapes ukraine-2024-08-26 israel-2024-04-13
    """
    from skypact.cli import tables
    from skypact.study.landscapes import landscapes as compare_landscapes

    with telling() as progress:
        document = compare_landscapes(first, second, how(replications, seed, threads, progress))
    if as_json:
        print_json(document)
    else:
        tables.landscapes(document)


@click.command()
@options.scenario
@options.policies
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write (default: NAME.html here).",
)
@click.option("--beside", metavar="SCENARIO", help="Another scenario, to show both landscapes side by side.")
@options.replications
@options.seed
@options.threads
@options.uncertain
def report(
    scenario: str,
    policies: str | None,
    output: Path | None,
    beside: str | None,
    replications: int,
    seed: int,
    threads: int | None,
    uncertain: bool,
    draws: int,
) -> None:
    """Write a report: one HTML file that works offline.

    A map, what gets through under each policy, paired differences, what is spent, reported beside
    simulated, what is notional, and the sources.

    \b
    Example:
      skypact report ukraine-2024-08-26 --uncertain --output report.html
    """
    from skypact.reading.write import expect_writable
    from skypact.study import Study
    from skypact.study.landscapes import landscapes as compare_landscapes

    study = Study.ask(scenario, options.names(policies))
    target = output or Path(f"{study.scenario.id}.html")
    expect_writable(target)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        compiled, document, doubt = studied(study, playing, draws if uncertain else None)
        both = compare_landscapes(scenario, beside, playing) if beside else None
        write(target, study, compiled, document, doubt, both, progress)
    click.echo(f"Written: {target}")
