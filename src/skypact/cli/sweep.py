"""The commands about sweeps: sweep, and sweep show."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json, say


class _Sweep(click.Group):
    """A group whose first word may be a file: then it is played."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "play", self.commands["play"], args


@click.group(
    "sweep",
    cls=_Sweep,
    subcommand_metavar="STUDY.yaml --into DIR [--resume] [--threads K] [--cluster WHERE] [--json]",
)
def command() -> None:
    """Play a scenario at many points of what is not known, and see what the answer rests on.

    STUDY.yaml says which families or numbers are varied, and how. The attack is never varied. Each point is
    kept in the folder DIR as soon as it is played, and --resume goes on there after a stop; DuckDB or pandas reads the
    folder as one table. 'skypact sweep play --help' has every option, docs/sweep.md every field of the file. A small
    study.yaml (256 pieces, about a minute on two cores):

    \b
      format: skypact-sweep/1
      id: what-it-rests-on
      title: What joint defence rests on
      scenario: ukraine-2024-08-26
      policies: [status-quo, sky-shield]
      vary: {families: [detection, stock]}
      design: {kind: sobol, points: 64}      # fewer than 16 show no shares

    \b
    Example:
      skypact sweep study.yaml --into results
      skypact sweep study.yaml --into results --resume     # go on after it was stopped
      skypact sweep show results
      skypact sweep show results --output results.html
    """


@command.command("play", hidden=True)
@click.argument("study", metavar="STUDY.yaml")
@click.option("--into", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder.")
@click.option("--resume", is_flag=True, help="Go on in a folder that has pieces of this sweep.")
@options.threads
@options.cluster
@options.as_json
def play(
    study: str, into: Path, resume: bool, threads: int | None, cluster: str | None, as_json: bool
) -> None:
    """Play the points of a sweep.

    \b
    Example:
      skypact sweep study.yaml --into results
    """
    from skypact.library.sweeps import sweep

    with playing(None, 1, threads, cluster=cluster) as settings:
        how = {name: settings[name] for name in ("threads", "cluster", "progress")}
        found = sweep(study, into, resume=resume, **how)
    if as_json:
        print_json(found.to_dict())
        return
    _print(found)
    say(f"In {into}: {found.pieces:,} pieces. Now: skypact sweep show {into} --output FILE.html")


@command.command("show")
@click.argument("folder", metavar="DIR")
@options.output("Write a page (HTML) with the picture as well.")
@options.as_json
def show(folder: str, output: Path | None, as_json: bool) -> None:
    """Show what a sweep says: arrivals over the points, and what they rest on.

    \b
    Example:
      skypact sweep show results
    """
    from skypact.library.sweeps import sweep_in

    found = sweep_in(folder)
    if output is not None:
        found.report(output)
    if as_json:
        print_json(found.to_dict())
        return
    _print(found)
    if output is not None:
        say(f"Written: {output}")


def _print(found: object) -> None:
    from skypact.library.sweeps import SweepResult
    from skypact.report.tables.sweep import told
    from skypact.report.terminal import Line, print_lines, print_table

    assert isinstance(found, SweepResult)
    screen = console()
    print_lines(screen, [Line(text) for text in told(found.to_dict())])
    for table in found.tables():
        print_table(screen, table)
