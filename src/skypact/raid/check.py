"""What must hold between the fields of a raid file.

The checks look at the raw data and pass over what the schema finds wrong, so that one reading reports
every problem.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from skypact.raid.schema import MOST_COUNT
from skypact.reading import Document, Problem, Steps, suggest

MAX_DEPTH = 60
LONE_HALF = re.compile("[\ud800-\udfff]")

Rows = list[tuple[int, dict[str, Any]]]


def problems(document: Document) -> Iterator[Problem]:
    """Every problem that the schema does not see."""
    data = document.data
    if not isinstance(data, dict):
        return
    threats, units = _rows(data, "threats"), _rows(data, "units")
    yield from _ids(document, "threats", threats)
    yield from _ids(document, "units", units)
    yield from _threats(document, threats)
    yield from _units(document, units)
    known = {
        "threat": {row["id"] for _, row in threats if isinstance(row.get("id"), str)},
        "unit": {row["id"] for _, row in units if isinstance(row.get("id"), str)},
    }
    yield from _windows(document, _rows(data, "windows"), _unknown(document, known))
    yield from _detections(document, _rows(data, "detections"), _unknown(document, known))
    yield from _concurrency(document, data.get("concurrency", {}))
    yield from _descriptions(document, data.get("info"), ("info",))
    for name, rows in (("threats", threats), ("units", units)):
        for index, row in rows:
            yield from _descriptions(document, row.get("info"), (name, index, "info"))


def _rows(data: dict[str, Any], name: str) -> Rows:
    rows = data.get(name)
    return [(i, row) for i, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []


def _number(value: Any) -> float | None:
    """The value if it is a finite number, so that it can be compared."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf:
        return value
    return None


def _interval(value: Any) -> tuple[float, float] | None:
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = _number(value[0]), _number(value[1])
        if low is not None and high is not None:
            return low, high
    return None


def _ids(document: Document, name: str, rows: Rows) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, row in rows:
        one = row.get("id")
        if isinstance(one, str) and seen.setdefault(one, index) != index:
            what = f"{one!r} is also the id of {name}[{seen[one]}]"
            yield document.problem((name, index, "id"), what, "an id of its own")


def _threats(document: Document, rows: Rows) -> Iterator[Problem]:
    waves: dict[str, tuple[int, tuple[float, float]]] = {}
    for index, row in rows:
        here = ("threats", index)
        impact, fails = _number(row.get("impact_s")), _number(row.get("fails_s"))
        if impact is not None and fails is not None and fails > impact:
            what = f"{fails:g} is after impact_s, {impact:g}"
            yield document.problem((*here, "fails_s"), what, f"at most {impact:g}")
        offset = _interval(row.get("offset_s", [0, 0]))
        if offset is None:
            continue
        if offset[0] > offset[1]:
            right = f"[{offset[1]:g}, {offset[0]:g}]?"
            yield document.problem((*here, "offset_s"), "the interval runs backwards", right)
        wave = row.get("wave")
        if isinstance(wave, str):
            first, shared = waves.setdefault(wave, (index, offset))
            if shared != offset:
                what = f"differs from that of threats[{first}] of the same wave {wave!r}"
                right = f"[{shared[0]:g}, {shared[1]:g}], as threats of one wave have one offset"
                yield document.problem((*here, "offset_s"), what, right)


def _units(document: Document, rows: Rows) -> Iterator[Problem]:
    for index, row in rows:
        reserve = _number(row.get("reserve", 0))
        given = row.get("magazine")
        magazine = _number(row.get("ready") if given is None else given)
        if reserve is not None and magazine is not None and reserve > 0 and magazine < 1:
            field = "reserve" if given is None else "magazine"
            what = f"a reserve of {reserve:g} rounds behind a magazine of {magazine:g}"
            yield document.problem(("units", index, field), what, "a magazine of at least 1")


def _unknown(
    document: Document, known: dict[str, set[str]]
) -> Callable[[str, int, dict[str, Any]], Iterator[Problem]]:
    """A check of the ids in one row; what it suggests is kept, because many rows share a slip."""
    suggested: dict[tuple[str, str], str] = {}

    def check(table: str, index: int, row: dict[str, Any]) -> Iterator[Problem]:
        for kind, names in known.items():
            name = row.get(kind)
            if isinstance(name, str) and name not in names:
                if (kind, name) not in suggested:
                    suggested[kind, name] = suggest(name, names)
                what = f"unknown {kind} {name!r}"
                yield document.problem((table, index, kind), what, suggested[kind, name])

    return check


def _windows(
    document: Document, rows: Rows, unknown: Callable[[str, int, dict[str, Any]], Iterator[Problem]]
) -> Iterator[Problem]:
    for index, row in rows:
        yield from unknown("windows", index, row)
        opens, closes = _number(row.get("opens_s")), _number(row.get("closes_s"))
        if opens is not None and closes is not None and closes < opens:
            what = f"{closes:g} is before opens_s, {opens:g}"
            yield document.problem(("windows", index, "closes_s"), what, f"at least {opens:g}")


def _detections(
    document: Document, rows: Rows, unknown: Callable[[str, int, dict[str, Any]], Iterator[Problem]]
) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for index, row in rows:
        here = ("detections", index)
        yield from unknown("detections", index, {"threat": row.get("threat")})
        group, threat = row.get("group"), row.get("threat")
        if isinstance(group, str) and isinstance(threat, str):
            first = seen.setdefault((group, threat), index)
            if first != index:
                what = f"group {group!r} and threat {threat!r} already have detections[{first}]"
                yield document.problem(here, what, "one entry for a pair")
        delay = _interval(row.get("delay_s", [0, 0]))
        if delay is not None and delay[0] > delay[1]:
            right = f"[{delay[1]:g}, {delay[0]:g}]?"
            yield document.problem((*here, "delay_s"), "the interval runs backwards", right)


def _concurrency(document: Document, data: Any) -> Iterator[Problem]:
    """By class of threat a number for every group, or a mapping from group to number."""
    if not isinstance(data, dict):
        return
    for class_, by_group in data.items():
        here: Steps = ("concurrency", class_)
        one = isinstance(by_group, dict)
        limits = [((*here, g), n) for g, n in by_group.items()] if one else [(here, by_group)]
        for path, limit in limits:
            if isinstance(limit, int) and not isinstance(limit, bool) and 0 <= limit <= MOST_COUNT:
                continue
            shown = "a list" if isinstance(limit, list) else repr(limit)[:60]
            right = f"a whole number from 0 to {MOST_COUNT}" + ("" if one else ", or one for each group")
            yield document.problem(path, f"{shown} is not a number of engagements", right)


def _descriptions(document: Document, value: Any, path: Steps) -> Iterator[Problem]:
    """What describes may be anything that can be written as JSON again."""
    if len(path) > MAX_DEPTH:
        yield document.problem(path, f"nested more than {MAX_DEPTH} deep", "a flatter description")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _descriptions(document, key, (*path, key))
            yield from _descriptions(document, item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _descriptions(document, item, (*path, index))
    elif isinstance(value, str) and LONE_HALF.search(value):
        yield document.problem(path, f"{value!r} is not text", "text that can be written in UTF-8")
    elif isinstance(value, float) and not math.isfinite(value):
        yield document.problem(path, f"{value} is not a number in JSON", "a finite number, text or null")
