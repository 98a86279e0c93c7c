"""What must hold of looks, tracks and windows: their names, times and chances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skypact.raid.rows import Rows, Unknown, interval, number
from skypact.raid.schema import MOST_S
from skypact.reading import Document, Problem, Steps

Tables = Mapping[str, Rows]


def looks(document: Document, rows: Rows, unknown: Unknown) -> Iterator[Problem]:
    """Looks name a threat; delays run forwards; who is susceptible can be found."""
    for index, row in rows:
        here = ("looks", index)
        yield from unknown.check("threat", row.get("threat"), (*here, "threat"))
        delay = interval(row.get("delay_s", [0, 0]))
        if delay is not None and delay[0] > delay[1]:
            right = f"[{delay[1]:g}, {delay[0]:g}]?"
            yield document.problem((*here, "delay_s"), "the interval runs backwards", right)
        chance = number(row.get("p_detect", 1))
        yield from _susceptible(document, here, row, "p_detect", chance, row.get("family"), "the look")


def tracks(document: Document, tables: Tables, unknown: Unknown) -> Iterator[Problem]:
    """A track and its looks name the same threat."""
    for index, row in tables["tracks"]:
        here = ("tracks", index)
        threat = row.get("threat")
        yield from unknown.check("threat", threat, (*here, "threat"))
        names = row.get("looks")
        for place, name in enumerate(names) if isinstance(names, list | tuple) else ():
            path: Steps = (*here, "looks", place)
            yield from unknown.check("look", name, path)
            yield from _same_threat(document, path, f"look {name!r}", unknown.threat_of("look", name), threat)


def windows(document: Document, tables: Tables, unknown: Unknown) -> Iterator[Problem]:
    """A window runs forwards, its intercepts come in time, and its track follows its threat."""
    families = {name: row.get("family") for name, row in unknown.known["unit"].items()}
    impacts = {name: _microseconds(row.get("impact_s")) for name, row in unknown.known["threat"].items()}
    for index, row in tables["windows"]:
        here = ("windows", index)
        threat, unit, track = row.get("threat"), row.get("unit"), row.get("track")
        for kind, name in (("threat", threat), ("unit", unit), ("track", track)):
            yield from unknown.check(kind, name, (*here, kind))
        if track is not None:
            theirs = unknown.threat_of("track", track)
            yield from _same_threat(document, (*here, "track"), f"track {track!r}", theirs, threat)
        if isinstance(unit, str) and unit in families:
            chance, family = number(row.get("p_kill")), families[unit]
            yield from _susceptible(document, here, row, "p_kill", chance, family, f"unit {unit!r}")
        yield from _times(document, here, row, impacts.get(threat) if isinstance(threat, str) else None)


def _same_threat(
    document: Document, path: Steps, what: str, theirs: str | None, ours: Any
) -> Iterator[Problem]:
    if theirs is not None and isinstance(ours, str) and theirs != ours:
        yield document.problem(path, f"{what} is of threat {theirs!r}", f"one of threat {ours!r}")


def _susceptible(
    document: Document,
    here: Steps,
    row: dict[str, Any],
    field: str,
    chance: float | None,
    family: Any,
    whose: str,
) -> Iterator[Problem]:
    """No chance is above the chance of being susceptible, which needs a family to belong to."""
    share = number(row.get("susceptible", 1))
    if share is None or not 0 < share <= 1:
        return
    if family is None and share != 1:
        what = f"{share:g}, but {whose} has no family"
        yield document.problem((*here, "susceptible"), what, "1, or a family that misses together")
    if chance is not None and share < chance <= 1:
        yield document.problem(
            (*here, "susceptible"), f"{share:g} is below {field}, {chance:g}", f"at least {chance:g}"
        )


def _times(document: Document, here: Steps, row: dict[str, Any], impact: int | None) -> Iterator[Problem]:
    opens, closes = number(row.get("opens_s")), number(row.get("closes_s"))
    if opens is not None and closes is not None and closes < opens:
        what = f"{closes:g} is before opens_s, {opens:g}"
        yield document.problem((*here, "closes_s"), what, f"at least {opens:g}")
        return
    if impact is None:
        return
    for moment, flight in (("opens_s", "flight_open_s"), ("closes_s", "flight_close_s")):
        launch, takes = _microseconds(row.get(moment)), _microseconds(row.get(flight))
        if launch is None or takes is None or launch + takes <= impact:
            continue
        if launch > impact:
            what = f"{_shown(launch)} is after the impact, {_shown(impact)}"
            yield document.problem((*here, moment), what, f"at most {_shown(impact)}")
        else:
            what = f"the intercept at {_shown(launch + takes)} is after the impact, {_shown(impact)}"
            yield document.problem((*here, flight), what, f"at most {_shown(impact - launch)}")


def _microseconds(seconds: Any) -> int | None:
    """A time as the engine has it: whole microseconds, half to even."""
    value = number(seconds)
    return round(value * 1e6) if value is not None and abs(value) <= MOST_S else None


def _shown(microseconds: int) -> str:
    """Seconds as a person writes them, to the last microsecond.

    >>> _shown(3_600_000_000), _shown(1_500_001)
    ('3600', '1.500001')
    """
    return f"{microseconds / 1e6:.6f}".rstrip("0").rstrip(".")
