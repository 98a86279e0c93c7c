"""From what became of a command to an exit status, with one line about what went wrong."""

from __future__ import annotations

import errno
import gc
import sys

# The machine's faults and the place's, not the program's.
_OF_THE_PLACE = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "ENXIO", "EMFILE", "ENFILE")
    if hasattr(errno, name)
}


COLLECT = 100_000, 20, 100
"""How seldom Python looks for rings of objects (`gc.set_threshold`).  There are few, and many thousand small
objects that live for one set of numbers: looking as often as usual takes an eighth of the time."""


def leave() -> int:
    """Run what the command line asks for; the exit status."""
    from skypact.cli import terminal

    gc.set_threshold(*COLLECT)
    try:
        terminal.prepare()
        status = _run()
        terminal.finish()
    except terminal.OutputError as failed:
        return _not_printed(failed)
    return status


def _not_printed(failed: Exception) -> int:
    """Nothing more can be printed; a reader that left early has had enough."""
    from skypact.cli import terminal

    terminal.give_up()
    if getattr(failed, "reader_left", False):
        return 0
    terminal.tell(f"skypact: the output cannot be written: {failed}")
    return 2


def _run() -> int:
    import click

    from skypact.cli.commands import skypact
    from skypact.cli.stopping import asked, end
    from skypact.cli.terminal import OutputError, tell

    try:
        done = skypact(prog_name="skypact", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        tell("Stopped.")
        return 130
    except OutputError:
        raise
    except Exception as error:
        if asked():
            end()
        return _told(error)
    return done if isinstance(done, int) else 0


def _told(error: Exception) -> int:
    """Say what went wrong; the exit status."""
    from skypact.cli.terminal import tell
    from skypact.reading.problem import Problems

    if isinstance(error, Problems):
        for problem in error.problems:
            tell(str(problem))
        return 2
    if isinstance(error, OSError) and error.errno in _OF_THE_PLACE:
        where = f": {error.filename}" if error.filename else ""
        tell(f"skypact: {error.strerror}{where}")
        return 2
    _internal(error)
    return 1


def _internal(error: Exception) -> None:
    import os
    import traceback

    from skypact.cli.terminal import tell

    tell(f"skypact: internal error: {type(error).__name__}: {error}")
    if os.environ.get("SKYPACT_DEBUG"):
        traceback.print_exc(file=sys.stderr)
    else:
        tell("This is a fault of the program. Set SKYPACT_DEBUG=1 to see where, and report it.")
