"""What must hold between the fields of a raid file.

The checks look at the raw data and pass over what the schema finds wrong, so that one reading reports
every problem.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from skypact.raid.check_chances import looks, tracks, windows
from skypact.raid.rows import Rows, Unknown, interval, number, rows_of, texts
from skypact.raid.schema import MOST_COUNT
from skypact.reading import Document, Problem, Steps

MAX_DEPTH = 60
LONE_HALF = re.compile("[\ud800-\udfff]")


def problems(document: Document) -> Iterator[Problem]:
    """Every problem that the schema does not see."""
    data = document.data
    if not isinstance(data, dict):
        return
    tables = {name: rows_of(data, name) for name in ("threats", "units", "looks", "tracks", "windows")}
    for name in ("threats", "units", "looks", "tracks"):
        yield from _ids(document, name, tables[name])
    unknown = Unknown(
        document, {kind: texts(tables[f"{kind}s"], "id") for kind in ("threat", "unit", "look", "track")}
    )
    yield from _threats(document, tables["threats"])
    yield from _units(document, tables["units"], tables["windows"])
    yield from looks(document, tables["looks"], unknown)
    yield from tracks(document, tables, unknown)
    yield from windows(document, tables, unknown)
    yield from _concurrency(document, data)
    yield from _descriptions(document, data.get("info"), ("info",))
    for name in ("threats", "units", "looks"):
        for index, row in tables[name]:
            yield from _descriptions(document, row.get("info"), (name, index, "info"))


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
        impact, fails = number(row.get("impact_s")), number(row.get("fails_s"))
        if impact is not None and fails is not None and fails > impact:
            what = f"{fails:g} is after impact_s, {impact:g}"
            yield document.problem((*here, "fails_s"), what, f"at most {impact:g}")
        offset = interval(row.get("offset_s", [0, 0]))
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


def _units(document: Document, rows: Rows, windows: Rows) -> Iterator[Problem]:
    at_once: dict[str, int] = {}  # the first window of each unit with a flight that takes no time
    for index, row in windows:
        unit = row.get("unit")
        if isinstance(unit, str) and 0 in (
            number(row.get("flight_open_s")),
            number(row.get("flight_close_s")),
        ):
            at_once.setdefault(unit, index)
    for index, row in rows:
        here = ("units", index)
        reserve, reload_at = number(row.get("reserve", 0)), number(row.get("reload_at", 0))
        given = row.get("magazine")
        magazine = number(row.get("ready") if given is None else given)
        if None not in (reserve, magazine, reload_at) and reserve > 0 and magazine <= reload_at:  # type: ignore[operator]
            field = "magazine" if given is not None else "reload_at" if "reload_at" in row else "reserve"
            what = f"a reserve of {reserve:g} rounds behind a magazine of {magazine:g}"
            what += f", which is reloaded at {reload_at:g}"
            yield document.problem((*here, field), what, f"a magazine of at least {(reload_at or 0) + 1:g}")
        one = row.get("id")
        assess, recover = (number(row.get(name, 0)) for name in ("assess_s", "recover_s"))
        if row.get("attempts") is None and isinstance(one, str) and one in at_once and assess == recover == 0:
            field = "assess_s" if "assess_s" in row else "recover_s"
            what = f"engagements take no time: a flight of windows[{at_once[one]}] is 0, and so are "
            what += "assess_s and recover_s"
            right = "one of the two above 0, all flights above 0, or a limit of attempts"
            yield document.problem((*here, field), what, right)


def _concurrency(document: Document, data: dict[str, Any]) -> Iterator[Problem]:
    """By class of threat a number for every group, or a mapping from group to number."""
    for name in ("concurrency", "concurrency_late"):
        limits = data.get(name)
        for class_, by_group in limits.items() if isinstance(limits, dict) else ():
            one = isinstance(by_group, dict)
            here: Steps = (name, class_)
            for path, limit in [((*here, g), n) for g, n in by_group.items()] if one else [(here, by_group)]:
                if _is_limit(limit):
                    continue
                shown = "a list" if isinstance(limit, list) else repr(limit)[:60]
                right = f"a whole number from 1 to {MOST_COUNT}" + ("" if one else ", or one for each group")
                yield document.problem(path, f"{shown} is not a number of engagements", right)
    usual, late = data.get("concurrency", {}), data.get("concurrency_late")
    if isinstance(usual, dict) and isinstance(late, dict):
        for class_, by_group in late.items():
            yield from _late(document, class_, by_group, usual.get(class_, 1))


def _late(document: Document, class_: str, late: Any, usual: Any) -> Iterator[Problem]:
    """Shooting again where there is no time to look is never allowed less than with time."""
    every = usual if _is_limit(usual) else 1
    by_group = usual if isinstance(usual, dict) else {}
    here: Steps = ("concurrency_late", class_)
    if isinstance(late, dict):
        pairs = [((*here, group), limit, by_group.get(group, every)) for group, limit in late.items()]
    else:
        numbers = [limit for limit in by_group.values() if _is_limit(limit)]
        pairs = [(here, late, max([every, *numbers]))]
    for path, limit, least in pairs:
        if _is_limit(limit) and _is_limit(least) and limit < least:
            yield document.problem(path, f"{limit} is below concurrency, {least}", f"at least {least}")


def _is_limit(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_COUNT


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
