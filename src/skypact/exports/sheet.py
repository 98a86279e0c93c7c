"""Tables and map layers that are to be written: named columns with units, and rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from skypact.reading.parquet import Kind

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its name, what its values are, their unit ("" for none) and what they mean."""

    name: str
    kind: Kind
    means: str
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table to be written.

    Attributes
    ----------
    name
        Of the file or sheet.
    title
        What it holds, in a line.
    columns
        In the order of the file.
    rows
        A mapping a row; what is missing is empty.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row] = field(repr=False)

    def values(self) -> Iterable[list[Any]]:
        """The rows as lists in the order of the columns; numbers and texts that are none are empty."""
        for row in self.rows:
            yield [_plain(row.get(column.name)) for column in self.columns]


@dataclass(frozen=True)
class Layer(Sheet):
    """A table whose rows have a shape in longitude and latitude (degrees, WGS84)."""

    shapes: Sequence[BaseGeometry] = field(repr=False, kw_only=True)


def _plain(value: Any) -> Any:
    """A value as files have it."""
    if value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value)) or None
    return value
