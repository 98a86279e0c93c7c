"""The command line: few verbs, plain words, JSON where asked.

Commands import what they need when they run, so that ``skypact --help`` answers at once.
"""

from __future__ import annotations

import sys

import click

from skypact import __version__
from skypact.cli.commands import COMMANDS


class _InOrder(click.Group):
    """Lists the commands in the order in which a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="skypact")
def skypact() -> None:
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
    """


for command in COMMANDS:
    skypact.add_command(command)


def main() -> None:
    """Run the command line: exit status 0 done, 1 an internal error, 2 bad input."""
    try:
        skypact(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        sys.exit(_told(error))


def _told(error: Exception) -> int:
    """Say what went wrong; the exit status."""
    from skypact.reading import BadInput

    if isinstance(error, BadInput):
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return 2
    _internal(error)
    return 1


def _internal(error: Exception) -> None:
    import os
    import traceback

    click.echo(f"skypact: internal error: {type(error).__name__}: {error}", err=True)
    if os.environ.get("SKYPACT_DEBUG"):
        traceback.print_exc()
    else:
        click.echo(
            "This is a fault of the program. Set SKYPACT_DEBUG=1 to see where, and report it.", err=True
        )
