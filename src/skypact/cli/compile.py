"""The command that writes a raid file: compile."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import print_utf8


@click.command("compile")
@options.scenario
@options.policy
@options.output("Where to write (default: stdout).")
def command(scenario: str, policy: str | None, output: Path | None) -> None:
    """Write the raid file of a scenario under a policy.

    \b
    Example:
      skypact compile ukraine-2024-08-26 --policy status-quo > raid.json
      skypact simulate raid.json
    """
    from skypact.raid import dump_raid
    from skypact.reading.write import expect_writable, write_text
    from skypact.study import Study

    if output is not None:
        expect_writable(output)
    study = Study.ask(scenario, (policy,) if policy else None, only_baseline=True)
    text = dump_raid(study.compile(study.policies[0]).raid)
    if output is None:
        print_utf8(text + "\n")
    else:
        write_text(output, text + "\n")
