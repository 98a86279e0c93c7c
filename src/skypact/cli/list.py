"""The command that lists what there is: list."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.terminal import print_json, say


@click.command("list")
@options.as_json
def command(as_json: bool) -> None:
    """List the shipped scenarios and campaigns, and their policies.

    \b
    Example:
      skypact list
    """
    from skypact.campaigns.find import overview as campaigns
    from skypact.scenario.find import overview

    rows = [*overview(), *campaigns()]
    if as_json:
        print_json([{**row, "policies": list(row["policies"])} for row in rows])
        return
    for row in rows:
        name = row.get("scenario") or f"{row['campaign']}  (campaign)"
        say(f"{name}  {row['title']}")
        for policy, title in row["policies"].items():
            mark = " (baseline)" if policy == row["baseline"] else ""
            say(f"  {policy:<26} {title}{mark}")
        say()
