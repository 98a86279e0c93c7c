"""The command that copies a shipped scenario: export."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import say


@click.command("export")
@options.scenario
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write (default: NAME.yaml here).",
)
def command(scenario: str, output: Path | None) -> None:
    """Copy a shipped scenario to a file of your own, to edit.

    \b
    Example:
      skypact export ukraine-2024-08-26 --output mine.yaml
      skypact check mine.yaml
      skypact compare mine.yaml
    """
    from skypact.reading import read_text
    from skypact.reading.write import write_text
    from skypact.scenario.find import find_scenario

    source = find_scenario(scenario)
    target = output or Path(source.name)
    write_text(target, read_text(source), replace=False)
    say(f"Written: {target}. Edit it, then: skypact check {target}")
