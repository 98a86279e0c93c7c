"""Raid files: read strictly, with every problem at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from skypact.raid.check import problems
from skypact.raid.model import FORMAT, Look, Raid, Threat, Track, Unit, Window
from skypact.raid.places import Places
from skypact.raid.schema import LookRow, RaidFile, ThreatRow, TrackRow, UnitRow, WindowRow
from skypact.reading import Document, Problem, Problems, dotted, read_text, schema_problems

MAX_BYTES = 512 * 2**20
EARLIER = "skypact-raid/1"


def read_raid(path: str | Path) -> Raid:
    """Read a raid file.

    Parameters
    ----------
    path
        A JSON file of the format ``skypact-raid/2``.

    Returns
    -------
    Raid
        With every default filled in: a window's salvo and rank, a unit's magazine.

    Raises
    ------
    skypact.reading.Problems
        With every problem of the file: line, column, field, what is wrong and what would be right.
    """
    file = str(path)
    text = read_text(path, MAX_BYTES)
    repeated = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        data = dict(items)
        repeated = repeated or len(data) < len(items)
        return data

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_int=_whole)
    except json.JSONDecodeError as error:
        what = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        right = "check commas, quotes and brackets"
        raise Problems([Problem(file, error.lineno, error.colno, "", what, right)]) from None
    except RecursionError:
        raise Problems([Problem(file, 1, 1, "", "nested too deep", "the fields of a raid file")]) from None
    places = Places(text)
    found = []
    if repeated:
        for path_ in places.twice:
            line, column = places.keys[path_]
            found.append(
                Problem(file, line, column, dotted(path_), f"{path_[-1]!r} is given twice", "keep one")
            )
    return _raid(Document(file, data, places.marks, places.keys), found)


def parse_raid(data: dict[str, Any], name: str = "raid") -> Raid:
    """Make a raid of an already loaded JSON object, with the same checks as `read_raid`.

    Examples
    --------
    >>> raid = parse_raid({"format": "skypact-raid/2",
    ...                    "threats": [{"id": "t0", "class": "cruise", "impact_s": 3600}]})
    >>> raid.threats[0].impact_s
    3600.0
    """
    return _raid(Document(name, data), [])


def _raid(document: Document, found: list[Problem]) -> Raid:
    data = document.data
    if isinstance(data, dict) and data.get("format") == EARLIER:
        what = f"{EARLIER} is an earlier format, which is not read any more"
        _fail([document.problem(("format",), what, f"{FORMAT}: compile the scenario anew")])
    try:
        file = RaidFile.model_validate(document.data)
    except ValidationError as error:
        found = found + schema_problems(RaidFile, document, error)
        _fail([*found, *problems(document)])
    if found := [*found, *problems(document)]:
        _fail(found)
    units = {row.id: row for row in file.units}
    return Raid(
        threats=tuple(Threat(**_frozen(row)) for row in file.threats),
        units=tuple(_unit(row) for row in file.units),
        looks=tuple(Look(**_frozen(row)) for row in file.looks),
        tracks=tuple(Track(**_frozen(row)) for row in file.tracks),
        windows=tuple(_window(row, units[row.unit]) for row in file.windows),
        concurrency=file.concurrency,
        concurrency_late=file.concurrency_late,
        info=file.info,
    )


def _fail(found: list[Problem]) -> NoReturn:
    raise Problems(found)


def _frozen(row: ThreatRow | LookRow | TrackRow) -> dict[str, Any]:
    """The fields of a row, with tuples for lists."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.__dict__.items()}


def _unit(row: UnitRow) -> Unit:
    values = row.__dict__
    if row.magazine is None:
        values = values | {"magazine": row.ready}
    return Unit(**values)


def _window(row: WindowRow, unit: UnitRow) -> Window:
    values = row.__dict__
    if row.salvo is None or row.rank is None:
        salvo = unit.salvo if row.salvo is None else row.salvo
        rank = unit.rank if row.rank is None else row.rank
        values = values | {"salvo": salvo, "rank": rank}
    return Window(*values.values())


def _whole(digits: str) -> int | float:
    """A whole number, or where it has too many digits for any field a real one."""
    return int(digits) if len(digits) <= 18 else float(digits)
