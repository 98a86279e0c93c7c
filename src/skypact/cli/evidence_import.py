"""The command that brings the public record into a store: evidence import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skypact.cli import options
from skypact.cli.terminal import console, print_json, tell

if TYPE_CHECKING:
    from skypact.library.evidence import Imported

MOST_TOLD = 20


@click.command("import")
@click.argument("file", metavar="FILE.csv")
@click.option(
    "--into",
    "store",
    metavar="STORE",
    required=True,
    type=click.Path(path_type=Path),
    help="The store; made if it is not there, else only what differs changes in it.",
)
@options.as_json
def command(file: str, store: Path, as_json: bool) -> None:
    """Bring a published file of the record into a store.

    FILE.csv has the format of the UA AirDefense Tracker (missile_attacks_daily.csv). A row that cannot
    be used is said on stderr and kept apart with its text; the others are imported. A file that is not
    the record is refused, and the store stays as it was. Reports that a shorter file lacks stay.

    \b
    Example:
      skypact evidence import missile_attacks_daily.csv --into record.duckdb
    """
    from skypact.library.evidence import import_record

    done = import_record(file, store)
    _tell_aside(done)
    if as_json:
        print_json(done.to_dict())
        return
    from skypact.report.terminal import print_lines

    print_lines(console(), done.lines)


def _tell_aside(done: Imported) -> None:
    """The rows that were set aside, on stderr."""
    from skypact.reading import Problem

    for one in done.aside[:MOST_TOLD]:
        what = f"{one.reason}; data row {one.number} is set aside"
        tell(str(Problem(done.file, one.line, 1, one.column, what, level="warning")))
    if (more := len(done.aside) - MOST_TOLD) > 0:
        tell(f"{done.file}: and {more} more; all are in the store's table quarantine")
