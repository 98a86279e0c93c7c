"""The command that opens the what-if in the browser: serve."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli.terminal import say


@click.command("serve")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Listen here (default: 8717, or the next free).",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="H",
    help="Listen at this address. Beyond this machine a token is asked for.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def command(scenario: str | None, port: int | None, host: str, no_browser: bool) -> None:
    """Switch decisions in the browser and see what changes.

    Scenario files are read from and saved to the folder of SCENARIO, or the one in which you are. The page needs no internet
    and asks no other host for anything. Ctrl-C stops it.

    \b
    Example:
      skypact serve
      skypact serve ukraine-2024-08-26
      skypact serve mine.yaml --port 9000 --no-browser
    """
    from skypact.app.extra import expect_extra

    expect_extra()
    from skypact.app.server import open_browser, serving

    folder, first = _where(scenario)
    found = serving(folder, first, host, port)
    say(f"Skypact: {found.address}")
    say("Ctrl-C stops it.")
    if not no_browser:
        open_browser(found.address)
    found.run()


def _where(scenario: str | None) -> tuple[Path, str | Path | None]:
    """The working folder, and the shipped scenario or the file to begin with."""
    from skypact.scenario.find import find_scenario, shipped

    if scenario is None:
        return Path.cwd(), None
    if scenario in shipped():
        return Path.cwd(), scenario
    path = find_scenario(scenario).resolve()
    return path.parent, path
