"""Tables as CSV, Parquet and XLSX."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import shapely

from skypact.exports.sheet import Layer, Sheet
from skypact.reading import parquet

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""
MOST_ROWS = 1_048_575
"""Of a sheet, below its head."""
EVER = datetime(2000, 1, 1)
"""A workbook says when it was made; always the same, so that equal tables are equal files."""


def csv_text(sheet: Sheet) -> str:
    """A table as CSV (RFC 4180, UTF-8): a head, then a line a row; booleans as ``true`` and ``false``."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([parquet.cell(value) for value in row] for row in sheet.values())
    return stream.getvalue()


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write a table as CSV."""
    path.write_bytes(csv_text(sheet).encode())


def write_parquet(path: Path, sheet: Sheet) -> None:
    """Write a table as Parquet; one with shapes as GeoParquet 1.1, whose shapes are well-known binary."""
    kinds = {column.name: column.kind for column in sheet.columns}
    if not isinstance(sheet, Layer):
        parquet.write_parquet(path, kinds, sheet.values())
        return
    shapes = (shapely.to_wkb(one, hex=True) for one in sheet.shapes)
    rows = ([*row, shape] for row, shape in zip(sheet.values(), shapes, strict=True))
    geo = {"geo": json.dumps(_geo(sheet))}
    parquet.write_parquet(path, {**kinds, "geometry": "string"}, rows, "geometry", geo)


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables as one workbook, with a sheet that says what the columns mean."""
    import xlsxwriter

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, settings) as book:
        book.set_properties({"created": EVER})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, [column.name for column in sheet.columns], bold)
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.values(), start=1):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, place, value[:LONGEST_CELL])
                    elif value is not None:
                        page.write(number, place, value)
        about = book.add_worksheet("columns")
        about.write_row(0, 0, ["sheet", "column", "unit", "what it is"], bold)
        lines = [
            (one.name, column.name, column.unit, column.means) for one in sheets for column in one.columns
        ]
        for number, line in enumerate(lines, start=1):
            about.write_row(number, 0, line)


def _geo(layer: Layer) -> dict[str, Any]:
    """What the file says of its shapes (GeoParquet 1.1); degrees on WGS84, longitude first, are its default."""
    kinds = sorted({one.geom_type for one in layer.shapes})
    west, south, east, north = shapely.total_bounds(list(layer.shapes)).tolist()
    column = {
        "encoding": "WKB",
        "geometry_types": kinds,
        "orientation": "counterclockwise",
        "edges": "planar",
        "bbox": [west, south, east, north],
    }
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
