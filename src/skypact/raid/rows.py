"""The raw rows of a raid file, and what the checks ask of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from skypact.reading import Document, Problem, Steps, suggest

Rows = list[tuple[int, dict[str, Any]]]


def rows_of(data: dict[str, Any], name: str) -> Rows:
    """The rows of a table that are mappings, each with its index."""
    rows = data.get(name)
    return [(i, row) for i, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []


def texts(rows: Rows, field: str) -> dict[str, dict[str, Any]]:
    """The rows by a field, where it is text; of equal ones the first."""
    found: dict[str, dict[str, Any]] = {}
    for _, row in rows:
        value = row.get(field)
        if isinstance(value, str):
            found.setdefault(value, row)
    return found


def number(value: Any) -> float | None:
    """The value if it is a finite number, so that it can be compared."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf:
        return value
    return None


def interval(value: Any) -> tuple[float, float] | None:
    """The two numbers of a list of two numbers."""
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = number(value[0]), number(value[1])
        if low is not None and high is not None:
            return low, high
    return None


class Unknown:
    """Finds ids that nothing has; what it suggests is kept, because many rows share a slip.

    Attributes
    ----------
    known
        By kind (threat, unit, look, track), the rows by their ids.
    """

    def __init__(self, document: Document, known: Mapping[str, Mapping[str, dict[str, Any]]]) -> None:
        self.known = known
        self._document = document
        self._suggested: dict[tuple[str, str], str] = {}

    def check(self, kind: str, name: Any, path: Steps) -> Iterator[Problem]:
        """The problem of an id that nothing of the kind has."""
        if not isinstance(name, str) or name in self.known[kind]:
            return
        if (kind, name) not in self._suggested:
            self._suggested[kind, name] = suggest(name, self.known[kind])
        yield self._document.problem(path, f"unknown {kind} {name!r}", self._suggested[kind, name])

    def threat_of(self, kind: str, name: Any) -> str | None:
        """The threat that a look or track of this id names."""
        row = self.known[kind].get(name) if isinstance(name, str) else None
        threat = None if row is None else row.get("threat")
        return threat if isinstance(threat, str) else None
