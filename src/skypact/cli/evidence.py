"""The commands about the public record: evidence import, show, forecast, score, raid."""

from __future__ import annotations

from importlib import import_module

import click

NAMES = ("import", "show", "forecast", "score", "raid")


class _Commands(click.Group):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NAMES:
            return None
        found: click.Command = import_module(f"skypact.cli.evidence_{cmd_name}").command
        return found


@click.group("evidence", cls=_Commands)
def command() -> None:
    """Learn from the public record of attacks, and be scored on what came after.

    The record is one side's reports, not independently verified: claims, not truth. STORE is a file
    that 'import' makes, or 'ukraine-to-2025-06' for the nightly counts that come with the program.

    \b
    Example:
      skypact evidence import attacks.csv --into record.duckdb
      skypact evidence show record.duckdb
      skypact evidence forecast record.duckdb --from 2024-07 --output predictions.csv
      skypact evidence score record.duckdb predictions.csv
      skypact evidence raid record.duckdb --night 2024-11-28 --output night.yaml
    """
