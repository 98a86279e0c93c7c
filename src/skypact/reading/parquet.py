"""Parquet files, written by the database that keeps the public record, so that they cost no other library."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

Kind = Literal["string", "integer", "number", "boolean"]
TYPES: Mapping[Kind, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}


def write_parquet(
    path: Path,
    kinds: Mapping[str, Kind],
    rows: Iterable[Sequence[Any]],
    binary: str = "",
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write a table, compressed, with the same bytes for the same table.

    Parameters
    ----------
    path
        The file.
    kinds
        What the values of each column are, in the order of the columns.
    rows
        The values of each row in that order; None is missing.
    binary
        A column of texts that are bytes in hexadecimal digits, and become bytes; "" for none.
    metadata
        What the file says of itself besides, by key.

    Raises
    ------
    OSError, duckdb.Error
        If it cannot be written.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="skypact-") as folder:
        given = Path(folder) / "rows.csv"
        with given.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerows([cell(value) for value in row] for row in rows)
        types = ", ".join(f"{_text(name)}: '{TYPES[kind]}'" for name, kind in kinds.items())
        chosen = [f"from_hex({_name(one)}) AS {_name(one)}" if one == binary else _name(one) for one in kinds]
        told = ", ".join(f"{key}: {_text(value)}" for key, value in (metadata or {}).items())
        how = f"FORMAT parquet, COMPRESSION zstd{f', KV_METADATA {{{told}}}' if told else ''}"
        with duckdb.connect() as base:
            base.execute("SET threads TO 1")
            base.execute(
                f"COPY (SELECT {', '.join(chosen)} FROM read_csv({_text(str(given))}, header=false, auto_detect=false, "
                f"delim=',', quote='\"', escape='\"', nullstr='', columns={{{types}}}, max_line_size=100000000)) "
                f"TO {_text(str(path))} ({how})"
            )


def cell(value: Any) -> Any:
    """A value as it stands in CSV."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
