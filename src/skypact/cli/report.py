"""The command that writes a report: report."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import say


@click.command("report")
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
def command(
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
    from skypact.cli.playing import how, studied, write
    from skypact.reading.write import expect_writable
    from skypact.report.extra import expect_extra
    from skypact.study import Study
    from skypact.study.landscapes import landscapes as compare_landscapes

    study = Study.ask(scenario, options.names(policies))
    target = output or Path(f"{study.scenario.id}.html")
    expect_extra()
    expect_writable(target)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        compiled, document, doubt = studied(study, playing, draws if uncertain else None)
        both = compare_landscapes(scenario, beside, playing) if beside else None
        write(target, study, compiled, document, doubt, both, progress)
    say(f"Written: {target}")
