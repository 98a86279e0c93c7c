"""The store: one DuckDB file, written anew and put in place in one step.

Whatever happens during an import, the file under the store's name is the old store or the new one, whole.
Its tables can be asked in SQL by anyone: ``reports``, ``quarantine``, ``imports``, ``about``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skypact.evidence.merge import Kept
from skypact.evidence.read import Aside
from skypact.evidence.reports import NO_ROW, UNREPORTED
from skypact.evidence.rows import Report
from skypact.reading import Problem, Problems
from skypact.reading.write import expect_writable
from skypact.version import __version__

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMAT = "skypact-evidence/1"
STALE_S = 3600
"""After this time what an import that was killed left behind is removed by the next one."""

_REPORTS: Mapping[str, str] = {
    "id": "integer",
    "row": "integer",
    "night": "date",
    "starts": "timestamp",
    "ends": "timestamp",
    "model": "varchar",
    "weapons": "varchar[]",
    "kind": "varchar",
    "strike": "varchar",
    "class": "varchar",
    "systems": "varchar[]",
    "launched": "integer",
    "destroyed": "integer",
    "not_reached": "integer",
    "still_attacking": "integer",
    "target": "varchar",
    "launch_place": "varchar",
    "launch_places": "varchar[]",
    "targets": "varchar[]",
    "regions": "varchar[]",
    "crossings": "map(varchar, integer)",
    "launched_by": "map(varchar, integer)",
    "source": "varchar",
    "publisher": "varchar",
    "level": "varchar",
    "eligible": "boolean",
    "doubts": "varchar[]",
    "written": "varchar",
}
_QUARANTINE: Mapping[str, str] = {
    "row": "integer",
    "line": "integer",
    "col": "varchar",
    "reason": "varchar",
    "text": "varchar",
    "written": "varchar",
}
_IMPORTS: Mapping[str, str] = {
    "imported": "timestamp",
    "file": "varchar",
    "sha256": "varchar",
    "rows": "integer",
    "added": "integer",
    "changed": "integer",
    "absent": "integer",
    "set_aside": "integer",
}


@dataclass(frozen=True)
class Import:
    """An import that the store remembers; numbers of reports."""

    imported: datetime
    file: str
    sha256: str
    rows: int
    added: int
    changed: int
    absent: int
    set_aside: int


@dataclass(frozen=True)
class Stored:
    """What a store holds.

    Attributes
    ----------
    kept
        The reports.
    aside
        Rows of the file imported last that were set aside.
    imports
        What was imported, the last one last.
    state
        Tells whether the file was replaced since it was read.
    """

    kept: tuple[Kept, ...] = ()
    aside: tuple[Aside, ...] = ()
    imports: tuple[Import, ...] = ()
    state: tuple[int, ...] = ()


def read_store(path: str | Path) -> Stored:
    """Read a store.

    Raises
    ------
    Problems
        If there is none, or it is something else.
    """
    state = _state(Path(path))
    with _opened(path) as connection:
        kept = connection.execute("select id, row, written from reports order by id").fetchall()
        aside = connection.execute(
            "select row, line, col, reason, text, written from quarantine order by row"
        ).fetchall()
        imports = connection.execute(
            f"select {', '.join(_IMPORTS)} from imports order by imported"
        ).fetchall()
    return Stored(
        tuple(Kept(name, NO_ROW if row is None else row, json.loads(text)) for name, row, text in kept),
        tuple(
            Aside(row, line, column, reason, text, json.loads(written))
            for row, line, column, reason, text, written in aside
        ),
        tuple(Import(*one) for one in imports),
        state,
    )


def expect_store_writable(path: str | Path) -> None:
    """Make sure, before work is done for it, that a store can be written here.

    Raises
    ------
    Problems
        If it cannot.
    """
    expect_writable(path)
    if Path(f"{path}.wal").exists():
        what = f"another program is writing to it: {Path(path).name}.wal is beside it"
        raise Problems([Problem(str(path), 0, 0, "", what, "close that program first")])


def write_store(path: str | Path, stored: Stored, reports: Sequence[Report]) -> None:
    """Put a store in place of the one that is there, in one step.

    Parameters
    ----------
    path
        The file.
    stored
        What it is to hold; ``state`` is that of the store it was made from.
    reports
        Every kept report as understood, in the same order.

    Raises
    ------
    Problems
        If it cannot be written, or the store was replaced since it was read.
    """
    target = Path(os.path.realpath(path))
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
        try:
            made = folder / "store"
            _write(made, stored, reports)
            _to_disk(made)
            if _state(target) != stored.state:
                what = "the store was changed by another program meanwhile"
                raise Problems([Problem(str(path), 0, 0, "", what, "import again")])
            os.replace(made, target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise Problems([Problem(str(path), 0, 0, "", what, "choose another place")]) from None
    _tidy(target)


def _write(made: Path, stored: Stored, reports: Sequence[Report]) -> None:
    import duckdb

    kept = stored.kept
    columns: dict[str, list[Any]] = {
        "id": [one.id for one in kept],
        "row": [None if one.row == NO_ROW else one.row for one in kept],
        "night": [one.night.date() for one in reports],
        "starts": [one.starts for one in reports],
        "ends": [one.ends for one in reports],
        "model": [one.fields["model"] for one in kept],
        "weapons": [list(one.named.weapons) for one in reports],
        "kind": [one.named.kind for one in reports],
        "strike": [one.named.strike or None for one in reports],
        "class": [one.named.threat_class or None for one in reports],
        "systems": [list(one.named.systems) for one in reports],
        "launched": [_number(one.launched) for one in reports],
        "destroyed": [_number(one.destroyed) for one in reports],
        "not_reached": [_number(one.not_reached) for one in reports],
        "still_attacking": [_number(one.still_attacking) for one in reports],
        "target": [one.fields["target"] or None for one in kept],
        "launch_place": [one.fields["launch_place"] or None for one in kept],
        "launch_places": [list(one.launch_places) for one in reports],
        "targets": [list(one.targets) for one in reports],
        "regions": [list(one.regions) for one in reports],
        "crossings": [dict(one.crossings) for one in reports],
        "launched_by": [dict(one.launched_by) for one in reports],
        "source": [one.fields["source"] for one in kept],
        "publisher": [one.publisher for one in reports],
        "level": [one.level for one in reports],
        "eligible": [one.eligible for one in reports],
        "doubts": [list(one.doubts) for one in reports],
        "written": [json.dumps(one.fields, ensure_ascii=False) for one in kept],
    }
    aside: dict[str, list[Any]] = {
        "row": [one.number for one in stored.aside],
        "line": [one.line for one in stored.aside],
        "col": [one.column for one in stored.aside],
        "reason": [one.reason for one in stored.aside],
        "text": [one.text for one in stored.aside],
        "written": [json.dumps(one.fields, ensure_ascii=False) for one in stored.aside],
    }
    imports: dict[str, list[Any]] = {
        name: [getattr(one, name) for one in stored.imports] for name in _IMPORTS
    }
    about: dict[str, list[Any]] = {"key": ["format", "program"], "value": [FORMAT, f"skypact {__version__}"]}
    with duckdb.connect(str(made)) as connection:
        _table(connection, "reports", _REPORTS, columns)
        _table(connection, "quarantine", _QUARANTINE, aside)
        _table(connection, "imports", _IMPORTS, imports)
        _table(connection, "about", {"key": "varchar", "value": "varchar"}, about)


def _table(
    connection: DuckDBPyConnection, name: str, kinds: Mapping[str, str], columns: Mapping[str, list[Any]]
) -> None:
    """A table of whole columns, which is a hundred times as fast as row by row.

    Lists and maps go as JSON: a list of lists would be taken apart to the last.
    """
    declared = ", ".join(f'"{one}" {kind}' for one, kind in kinds.items())
    connection.execute(f"create table {name} ({declared})")
    if not next(iter(columns.values())):
        return
    values, given = [], []
    for one, kind in kinds.items():
        nested = kind.endswith("[]") or kind.startswith("map")
        given.append([json.dumps(found) for found in columns[one]] if nested else columns[one])
        values.append(f"unnest(?::varchar[])::json::{kind}" if nested else f"unnest(?::{kind}[])")
    connection.execute(f"insert into {name} select {', '.join(values)}", given)


@contextmanager
def _opened(path: str | Path) -> Iterator[DuckDBPyConnection]:
    """A store to read from.

    Raises
    ------
    Problems
        If there is none, or it is something else.
    """
    import duckdb

    def bad(what: str, right: str) -> Problems:
        return Problems([Problem(str(path), 0, 0, "", what, right)])

    if not Path(path).exists():
        right = f"skypact evidence import FILE.csv --into {path}, or the name of a record in the package"
        raise bad("there is no such store", right)
    if not Path(path).is_file():
        raise bad("this is not a store of evidence", "a file that skypact evidence import made")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise bad("another program is writing to it", "close that program first") from None
        raise bad("this is not a store of evidence", "a file that skypact evidence import made") from None
    try:
        with connection:
            found = connection.execute("select value from about where key = 'format'").fetchone()
            if found is None or found[0] != FORMAT:
                raise bad(f"a store of another version: {found and found[0]}", f"{FORMAT}: import anew")
            yield connection
    except duckdb.Error as error:
        raise bad(f"the store cannot be read: {str(error).splitlines()[0]}", "import anew") from None


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _to_disk(made: Path) -> None:
    with open(made, "rb+") as stream:
        os.fsync(stream.fileno())


def _tidy(target: Path) -> None:
    """Remove what imports that were killed left behind, once they cannot be at work any more."""
    for folder in target.parent.glob(f".{target.name}.new-*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > STALE_S:
                shutil.rmtree(folder, ignore_errors=True)


def _number(value: int) -> int | None:
    return None if value == UNREPORTED else value
