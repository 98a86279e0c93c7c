"""Commands that play raids: run, compare, compile, simulate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skypact.cli import options
from skypact.cli.progress import telling
from skypact.cli.terminal import print_json

if TYPE_CHECKING:
    from skypact.study import CompiledPolicy, Progress, RunSettings, Study
    from skypact.study.results import Document


def how(replications: int, seed: int, threads: int | None, progress: Progress) -> RunSettings:
    """How to play, from the options; the kernels are compiled if this is the first time."""
    from skypact.study import RunSettings
    from skypact.study.kernels import warm

    warm(lambda text: click.echo(text, err=True))
    return RunSettings(replications, seed, threads, progress=progress)


@click.command()
@options.scenario
@options.policy
@options.playing
@options.uncertain
def run(
    scenario: str,
    policy: str | None,
    replications: int,
    seed: int,
    threads: int | None,
    as_json: bool,
    uncertain: bool,
    draws: int,
) -> None:
    """Play a scenario under one policy.

    SCENARIO is a shipped name (see 'skypact list') or the path of a file.

    \b
    Example:
      skypact run ukraine-2024-08-26 --policy sky-shield
    """
    from skypact.cli import tables
    from skypact.study import Study

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        _, document, doubt = studied(study, playing, draws if uncertain else None)
    result = next(iter(document["policies"].values()))
    if "incident" in document:
        result["incident"] = document["incident"]
    if doubt is not None:
        result["uncertain"] = {**doubt, **next(iter(doubt["policies"].values()))}
        del result["uncertain"]["policies"]
    if as_json:
        print_json(result)
    else:
        tables.result(study, document, doubt)


@click.command()
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
def compare(
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
    from skypact.cli import tables
    from skypact.reading.write import expect_writable
    from skypact.study import Study

    study = Study.ask(scenario, options.names(policies))
    if report_file is not None:
        expect_writable(report_file)
    with telling() as progress:
        playing = how(replications, seed, threads, progress)
        compiled, document, doubt = studied(study, playing, draws if uncertain else None)
        if report_file is not None:
            write(report_file, study, compiled, document, doubt, None, progress)
    if as_json:
        print_json(document if doubt is None else {**document, "uncertain": doubt})
        return
    tables.comparison(study, document, doubt)
    if report_file is not None:
        click.echo(f"The report: {report_file.resolve()}")


def studied(
    study: Study, playing: RunSettings, draws: int | None
) -> tuple[dict[str, CompiledPolicy], Document, Document | None]:
    """Compile and play every policy; with `draws` also with numbers drawn from their ranges."""
    from skypact.study import compare as compared

    result = compared(study, playing, draws)
    document = result.to_dict()
    document.pop("uncertain", None)
    return dict(result.compiled), document, result.uncertain


def write(
    target: Path,
    study: Study,
    compiled: dict[str, CompiledPolicy],
    document: Document,
    doubt: Document | None,
    beside: Document | None,
    progress: Progress,
) -> None:
    """Write the report of what was studied."""
    from skypact.report import write_report

    progress("writing the report", 0.0)
    situations = {name: one.situation for name, one in compiled.items()}
    used = {name: one.used for name, one in compiled.items()}
    write_report(target, study.scenario, study.catalog, document, situations, beside, doubt, used)
    progress("writing the report", 1.0)


@click.command("compile")
@options.scenario
@options.policy
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write (default: stdout).",
)
def compile_scenario(scenario: str, policy: str | None, output: Path | None) -> None:
    """Write the raid file of a scenario under a policy.

    \b
    Example:
      skypact compile ukraine-2024-08-26 --policy status-quo > raid.json
      skypact simulate raid.json
    """
    from skypact.raid import dump_raid
    from skypact.reading.write import write_text
    from skypact.study import Study

    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    text = dump_raid(study.compile(study.policies[0]).raid)
    if output is None:
        sys.stdout.write(text + "\n")
    else:
        write_text(output, text + "\n")


@click.command()
@click.argument("raid", metavar="RAID.json")
@options.playing
def simulate(raid: str, replications: int, seed: int, threads: int | None, as_json: bool) -> None:
    """Play a raid file as it is.

    \b
    Example:
      skypact simulate raid.json --json
    """
    from skypact.cli import tables
    from skypact.raid import read_raid
    from skypact.study import simulate as simulated

    problem = read_raid(raid)
    with telling() as progress:
        document = simulated(problem, how(replications, seed, threads, progress)).to_dict()
    if as_json:
        print_json(document)
    else:
        tables.raid_result(document)
