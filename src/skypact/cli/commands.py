"""All commands, in the order in which a newcomer meets them; each has a module of its own name."""

from __future__ import annotations

from importlib import import_module

import click

from skypact.version import __version__

NAMES = (
    "list",
    "catalog",
    "check",
    "run",
    "compare",
    "explain",
    "aid",
    "ledger",
    "landscapes",
    "campaign",
    "stocks",
    "report",
    "serve",
    "rerun",
    "compile",
    "simulate",
    "evidence",
    "calibrate",
    "sweep",
    "place",
    "export",
    "bench",
)


class _Commands(click.Group):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NAMES:
            return None
        found: click.Command = import_module(f"skypact.cli.{cmd_name}").command
        return found


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.option("--json", "as_json", is_flag=True, help="With --version: all that a report of a fault needs.")
@click.pass_context
def skypact(ctx: click.Context, version: bool, as_json: bool) -> None:
    """Compute what decisions about air defence and military aid would change.

    Describe who has what, who is allowed to do what, and what is coming. Learn what gets through,
    what is spent, what runs out, what each decision would change, and how sure one can be.

    A model for policy analysis and teaching, with public or notional numbers.

    \b
    Begin with:
      skypact list
      skypact compare ukraine-2024-08-26
      skypact explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat drone
      skypact report ukraine-2024-08-26 --output report.html
      skypact serve ukraine-2024-08-26
    """
    if version:
        _say_version(as_json)
        ctx.exit()
    if as_json:
        raise click.UsageError("--json goes with --version, or after a command: skypact run NAME --json")


def _say_version(as_json: bool) -> None:
    from skypact.cli.terminal import print_json, say

    if as_json:
        from skypact.library.installation import installation

        print_json(installation())
    else:
        say(f"skypact, version {__version__}")
