"""The command that looks for mistakes in a scenario file: check."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skypact import kept
from skypact.cli.terminal import say, tell

if TYPE_CHECKING:
    from skypact.reading import Problem


@click.command("check")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Check a scenario or campaign file and report every problem at once.

    One line a problem: file, line, column, field, what is wrong and what would be right. Warnings
    leave the exit status 0; errors make it 2.

    \b
    Example:
      skypact check my-scenario.yaml
    """
    from skypact.reading import Problems

    problems = _problems(_found(file))
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise Problems(problems)
    for problem in problems:
        tell(str(problem))
    warnings = f", {len(problems)} warning{'s'[: len(problems) > 1]}" if problems else ""
    say(f"{file}: no errors{warnings}.")


def _found(file: str) -> Path:
    """The file of a shipped scenario or campaign, or of a path."""
    from skypact.campaigns.find import find_campaign, shipped
    from skypact.scenario.find import find_scenario

    return find_campaign(file) if file in shipped() else find_scenario(file)


def _problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file; what was found for the same text by the same program is remembered.

    To find it anew takes seconds, for every unit's reach is worked out under every policy.
    """
    from skypact.reading.problem import Problem

    try:
        mark = kept.mark(path.read_bytes() if path.is_file() else None, str(path), kept.program())
    except OSError:
        mark = ""
    if mark and (found := kept.read("check", mark)) is not None:
        return tuple(Problem(*row) for row in json.loads(found))
    from skypact.campaigns.load import check_file

    problems = check_file(path)
    if mark:
        kept.write("check", mark, json.dumps([astuple(problem) for problem in problems]).encode())
    return problems
