"""The command that copies a shipped scenario: export."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import say

EDITOR = "# yaml-language-server:"


@click.command("export")
@options.scenario
@options.output("Where to write (default: NAME.yaml here).")
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
    # The first line may point an editor to the schema beside the shipped file, which is not beside the copy.
    lines = [line for line in read_text(source).splitlines(keepends=True) if not line.startswith(EDITOR)]
    write_text(target, "".join(lines), replace=False)
    say(f"Written: {target}. Edit it, then: skypact check {target}")
