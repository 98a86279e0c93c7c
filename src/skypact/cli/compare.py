"""The command that compares policies, or two scenario files: compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json, say


@click.command("compare")
@options.scenario
@click.argument("other", metavar="[OTHER]", required=False)
@options.policies
@options.drawing
@options.cluster
@options.calibrated
@options.long
@options.as_json
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the report as well, without playing again.",
)
def command(
    scenario: str,
    other: str | None,
    policies: str | None,
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    calibrated: str | None,
    long: bool,
    as_json: bool,
    report_file: Path | None,
) -> None:
    """Compare policies over the same raid with the same random numbers.

    With a second scenario: what differs in the two files, and what that changes under the first one's
    baseline, or under the policies that are named (FIRST:SECOND for one of each file). --long and
    --report are for one scenario.

    \b
    Example:
      skypact compare ukraine-2024-08-26 --policies status-quo,sky-shield
      skypact compare ukraine-2024-08-26 mine.yaml
      skypact compare ukraine-2024-08-26 mine.yaml --policies status-quo:my-policy
    """
    from skypact.library.calibration import calibration_of
    from skypact.library.calls import compare
    from skypact.library.scenarios import load

    names = options.names(policies)
    if other is not None:
        if report_file is not None:
            raise click.UsageError("--report goes with one scenario, not with two")
        if long:
            raise click.UsageError("--long goes with one scenario, not with two")
        if calibrated is not None:
            raise click.UsageError("--calibrated goes with one scenario, not with two")
        with playing(replications, seed, threads, sets=sets, central=central, cluster=cluster) as settings:
            _two_files(scenario, other, names, settings, as_json)
        return
    asked = load(scenario)
    asked.study(names)
    of = calibration_of(calibrated, central)
    if report_file is not None:
        from skypact.reading.write import expect_writable
        from skypact.report.extra import expect_extra

        expect_extra()
        expect_writable(report_file)
    with playing(replications, seed, threads, sets=sets, central=central, cluster=cluster) as settings:
        result = compare(asked, names, calibrated=of, **settings)
        if report_file is not None:
            settings["progress"]("writing the report", 0.0)
            result.report(report_file)
            settings["progress"]("writing the report", 1.0)
    if as_json:
        print_json(result.to_dict())
        return
    from skypact.report import printed
    from skypact.report.material import Material

    printed.comparison(console(), Material.of(result), long)
    if report_file is not None:
        say(f"The report: {report_file.resolve()}")


def _two_files(
    first: str, second: str, policies: tuple[str, ...] | None, settings: dict[str, Any], as_json: bool
) -> None:
    from skypact.library.two_files import compare_files
    from skypact.report.terminal import print_table

    result = compare_files(first, second, policies, **settings)
    if as_json:
        print_json(result.to_dict())
        return
    for line in result.lines():
        console().print(line, style="bold", highlight=False)
    for table in result.tables():
        print_table(console(), table)
