"""A result as a file to be taken away."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from starlette.responses import Response

from skypact.app.endpoint import as_json
from skypact.app.models import Form
from skypact.reading.parquet import Kind, write_parquet


class Result(Protocol):
    """What can be taken away."""

    def to_dict(self) -> dict[str, Any]: ...
    def rows(self) -> Iterable[dict[str, Any]]: ...
    def report(self, path: str | Path) -> Path: ...


def as_file(found: Result, name: str, form: Form) -> Response:
    """The file that was asked for, under a name that says what it is."""
    file = f"{name}.{'html' if form == 'report' else form}"
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    if form == "json":
        return as_json(found.to_dict(), headers=headers)
    if form == "csv":
        return Response(_csv(list(found.rows())), 200, headers, "text/csv; charset=utf-8")
    if form == "parquet":
        return Response(_parquet(list(found.rows())), 200, headers, "application/vnd.apache.parquet")
    return Response(_report(found), 200, headers, "text/html; charset=utf-8")


def _csv(rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(stream, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    columns = dict.fromkeys(name for row in rows for name in row)
    kinds = {name: _kind([row.get(name) for row in rows]) for name in columns}
    with tempfile.TemporaryDirectory(prefix="skypact-") as folder:
        made = Path(folder) / "rows.parquet"
        write_parquet(made, kinds, ([row.get(name) for name in kinds] for row in rows))
        return made.read_bytes()


def _kind(values: list[Any]) -> Kind:
    """What the values of a column are; texts where they are of several kinds."""
    found = {type(value) for value in values if value is not None}
    if found == {bool}:
        return "boolean"
    if found == {int}:
        return "integer"
    return "number" if found and found <= {int, float} else "string"


def _report(found: Result) -> bytes:
    with tempfile.TemporaryDirectory(prefix="skypact-") as folder:
        return found.report(Path(folder) / "report.html").read_bytes()
