"""Rows of one kind, kept as columns: a raid has thousands of windows, and who wants them all wants columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Row = TypeVar("Row", bound=NamedTuple)
Column = Sequence[Any] | NDArray[Any]


class Columns(Sequence[Row]):
    """A sequence of rows; a row is made when it is asked for.

    Parameters
    ----------
    kind
        The type of the rows.
    columns
        The values of each field, in the order of the fields, all of one length.  An array stands for the
        plain numbers in it.

    Examples
    --------
    >>> from skypact.raid import Track
    >>> tracks = Columns.of(Track, [Track("k0", "t0", ("l0",)), Track("k1", "t1", ("l1",))])
    >>> tracks[1].threat, tracks.column("id")
    ('t1', ('k0', 'k1'))
    """

    def __init__(self, kind: type[Row], columns: Iterable[Column]) -> None:
        self._kind = kind
        self._columns = dict(zip(kind._fields, columns, strict=True))

    @classmethod
    def of(cls, kind: type[Row], rows: Iterable[Row]) -> Columns[Row]:
        """The rows as columns; what is in columns stays as it is."""
        if isinstance(rows, cls):
            return rows
        columns = tuple(zip(*rows, strict=True))
        return cls(kind, columns or ((),) * len(kind._fields))

    def column(self, field: str) -> Column:
        """The values of a field."""
        return self._columns[field]

    def numbers(self, field: str) -> NDArray[np.float64]:
        """The values of a field, each a number."""
        return np.asarray(self._columns[field], np.float64)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def __iter__(self) -> Iterator[Row]:
        return map(self._kind._make, zip(*map(_plain, self._columns.values()), strict=True))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Columns[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Columns[Row]:
        if isinstance(place, slice):
            return Columns(self._kind, [column[place] for column in self._columns.values()])
        return self._kind._make(
            column[place].item() if isinstance(column, np.ndarray) else column[place]
            for column in self._columns.values()
        )

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Columns):
            pairs = zip(self._columns.values(), other._columns.values(), strict=True)
            return self._kind is other._kind and all(_equal(*pair) for pair in pairs)
        return isinstance(other, tuple) and tuple(self) == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


def _plain(column: Column) -> Sequence[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else column


def _equal(ours: Column, theirs: Column) -> bool:
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        return np.array_equal(ours, theirs)
    return len(ours) == len(theirs) and all(
        one == other for one, other in zip(_plain(ours), _plain(theirs), strict=True)
    )
