"""The command that writes a report: report."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import say


@click.command("report")
@options.scenario
@options.policies
@options.output("Where to write; a file of that name is replaced (default: a new file NAME.html here).")
@click.option("--beside", metavar="SCENARIO", help="Another scenario, to show both landscapes side by side.")
@click.option(
    "--full",
    is_flag=True,
    help="Also Sobol indices, other correlations and placements; takes minutes.",
)
@options.drawing
@options.cluster
@options.calibrated
def command(
    scenario: str,
    policies: str | None,
    output: Path | None,
    beside: str | None,
    full: bool,
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    calibrated: str | None,
) -> None:
    """Write a report: one HTML file that works offline.

    A map, what gets through under each policy, paired differences, what is spent, reported beside
    simulated, what is notional, and the sources.

    \b
    Example:
      skypact report ukraine-2024-08-26 --output report.html
    """
    from skypact.library.calibration import calibration_of
    from skypact.library.calls import compare, landscapes
    from skypact.library.full import in_full
    from skypact.library.scenarios import load
    from skypact.reading import Problem, Problems
    from skypact.reading.write import expect_writable
    from skypact.report.extra import expect_extra

    if full and calibrated is not None:
        raise click.UsageError("--full goes without --calibrated: its draws are of the ranges as they were")
    asked, names = load(scenario), options.names(policies)
    of = calibration_of(calibrated, central)
    asked.study(names)
    expect_extra()
    target = output or Path(f"{asked.id}.html")
    there = target.exists()
    if output is None and there:
        what, right = "there is such a file already", "name it with --output to replace it"
        raise Problems([Problem(str(target), 0, 0, "", what, right)])
    expect_writable(target)
    with playing(replications, seed, threads, sets=sets, central=central, cluster=cluster) as settings:
        result = compare(asked, names, calibrated=of, **settings)
        if full:
            result = in_full(result, threads, settings["progress"], settings["cluster"])
        alone = {name: settings[name] for name in ("seed", "threads", "progress")}
        if replications is not None:
            alone["replications"] = replications
        both = landscapes(asked, beside, **alone) if beside else None
        settings["progress"]("writing the report", 0.0)
        result.report(target, both)
        settings["progress"]("writing the report", 1.0)
    say(f"{'Replaced' if there else 'Written'}: {target}")
