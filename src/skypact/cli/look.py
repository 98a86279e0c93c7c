"""Commands that look at scenarios: list, check, export."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.terminal import print_json


@click.command("list")
@options.as_json
def list_scenarios(as_json: bool) -> None:
    """List the shipped scenarios and their policies.

    \b
    Example:
      skypact list
    """
    from skypact.scenario.load import load_scenario, shipped

    scenarios = [load_scenario(name) for name in shipped()]
    if as_json:
        rows = [
            {
                "scenario": s.id,
                "title": s.title,
                "date": s.date,
                "baseline": s.baseline,
                "policies": list(s.policies),
            }
            for s in scenarios
        ]
        print_json(rows)
        return
    from skypact.cli.tables import listing

    listing(scenarios)


@click.command()
@click.argument("file", metavar="FILE")
def check(file: str) -> None:
    """Check a scenario file and report every problem at once.

    One line a problem: file, line, column, field, what is wrong and what would be right. Warnings
    leave the exit status 0; errors make it 2.

    \b
    Example:
      skypact check my-scenario.yaml
    """
    from skypact.reading import BadInput
    from skypact.scenario.load import find_scenario
    from skypact.study.check import check_scenario

    problems = check_scenario(find_scenario(file))
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise BadInput(problems)
    for problem in problems:
        click.echo(str(problem), err=True)
    warnings = f", {len(problems)} warnings" if problems else ""
    click.echo(f"{file}: no errors{warnings}.")


@click.command()
@options.scenario
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write (default: NAME.yaml here).",
)
def export(scenario: str, output: Path | None) -> None:
    """Copy a shipped scenario to a file of your own, to edit.

    \b
    Example:
      skypact export ukraine-2024-08-26 --output mine.yaml
      skypact check mine.yaml
      skypact compare mine.yaml
    """
    from skypact.reading import read_text
    from skypact.reading.write import write_text
    from skypact.scenario.load import find_scenario

    source = find_scenario(scenario)
    target = output or Path(source.name)
    write_text(target, read_text(source), replace=False)
    click.echo(f"Written: {target}. Edit it, then: skypact check {target}")
