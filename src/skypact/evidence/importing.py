"""Bringing a published file into a store."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from skypact.evidence.arrays import understand
from skypact.evidence.changes import DefinitionChange, definition_changes
from skypact.evidence.merge import Merged, merge
from skypact.evidence.read import Aside, read_table
from skypact.evidence.rows import DOUBTS, Report, report_of
from skypact.evidence.store import Import, Stored, expect_store_writable, read_store, write_store
from skypact.reading import Problem, Problems


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes
    ----------
    file, store
        Where it was from, and where to.
    rows
        Data rows of the file.
    added, changed, unchanged, absent
        Reports: new, saying something else than before, as before, in the store but not in the file.
    reports
        How many the store holds now.
    aside
        Rows that were set aside; the store keeps them with their text in ``quarantine``.
    doubts
        How many reports of the file have which doubt (`skypact.evidence.rows.DOUBTS`).
    unknown_weapons
        Names that the table of weapons lacks, with the number of reports.
    unknown_columns, missing_columns
        Columns that the program does not know (they are kept), and later ones that the file lacks.
    open_end
        Whether the file's last line has no end, as where a file was cut off.
    changes
        Where a column changes its use, over all reports of the store.
    written
        Whether the store was written; not where nothing is different.
    """

    file: str
    store: str
    rows: int
    added: int
    changed: int
    unchanged: int
    absent: int
    reports: int
    aside: tuple[Aside, ...]
    doubts: Mapping[str, int]
    unknown_weapons: Mapping[str, int]
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    open_end: bool
    changes: tuple[DefinitionChange, ...]
    written: bool


def import_file(file: str | Path, into: str | Path) -> Imported:
    """Bring a file in the published format into a store; a store that is not there is made.

    Raises
    ------
    Problems
        If the file cannot be used or the store cannot be written; the store is then as it was.
    """
    expect_store_writable(into)
    table = read_table(file)
    good, aside = understand(table)
    if not good:
        raise Problems([_nothing(str(file), aside)])
    before = read_store(into) if Path(into).exists() else Stored()
    merged = merge(before.kept, [(number, fields) for number, fields, _ in good])
    reports = [report_of(one.fields) for one in merged.kept]
    written = merged.kept != before.kept or tuple(aside) != before.aside
    if written:
        done = _import(file, len(table.rows) + len(table.aside), merged, aside)
        write_store(into, Stored(merged.kept, tuple(aside), (*before.imports, done), before.state), reports)
    read = [report for _, _, report in good]
    return Imported(
        file=str(file),
        store=str(into),
        rows=len(table.rows) + len(table.aside),
        added=len(merged.added),
        changed=len(merged.changed),
        unchanged=merged.unchanged,
        absent=len(merged.absent),
        reports=len(merged.kept),
        aside=tuple(aside),
        doubts=_doubts(read),
        unknown_weapons=dict(Counter(name for report in read for name in report.named.unknown)),
        unknown_columns=table.unknown,
        missing_columns=table.missing,
        open_end=table.open_end,
        changes=definition_changes(list(zip((one.fields for one in merged.kept), reports, strict=True))),
        written=written,
    )


def _import(file: str | Path, rows: int, merged: Merged, aside: list[Aside]) -> Import:
    """What the store remembers of it."""
    return Import(
        imported=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        file=Path(file).name,
        sha256=hashlib.sha256(Path(file).read_bytes()).hexdigest(),
        rows=rows,
        added=len(merged.added),
        changed=len(merged.changed),
        absent=len(merged.absent),
        set_aside=len(aside),
    )


def _nothing(file: str, aside: list[Aside]) -> Problem:
    """Not one row can be used."""
    if not aside:
        return Problem(file, 1, 1, "", "no rows below the header", "at least one report")
    first = aside[0]
    where = f"{first.column}: " if first.column else ""
    what = f"none of its {len(aside)} rows can be used; the first: {where}{first.reason}"
    return Problem(file, first.line, 1, "", what, "the published format")


def _doubts(reports: list[Report]) -> dict[str, int]:
    counted = Counter(name for report in reports for name in report.doubts)
    return {name: counted[name] for name in DOUBTS if counted[name]}
