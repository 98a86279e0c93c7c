"""The command that compares policies: compare."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json, say


@click.command("compare")
@options.scenario
@options.policies
@options.playing
@options.uncertain
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the report as well, without playing again.",
)
def command(
    scenario: str,
    policies: str | None,
    replications: int,
    seed: int,
    threads: int | None,
    as_json: bool,
    uncertain: bool,
    draws: int,
    report_file: Path | None,
) -> None:
    """Compare policies over the same raid with the same luck.

    \b
    Example:
      skypact compare ukraine-2024-08-26 --policies status-quo,sky-shield
    """
    from skypact.cli.playing import how, material, studied, write
    from skypact.cli.terminal import console
    from skypact.reading.write import expect_writable
    from skypact.report import printed
    from skypact.report.extra import expect_extra
    from skypact.study import Study

    study = Study.ask(scenario, options.names(policies))
    if report_file is not None:
        expect_extra()
        expect_writable(report_file)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        compiled, document, doubt = studied(study, playing, draws if uncertain else None)
        if report_file is not None:
            write(report_file, study, compiled, document, doubt, None, progress)
    if as_json:
        print_json(document if doubt is None else {**document, "uncertain": doubt})
        return
    printed.comparison(console(), material(study, document, doubt), study.asked or study.scenario.id)
    if report_file is not None:
        say(f"The report: {report_file.resolve()}")
