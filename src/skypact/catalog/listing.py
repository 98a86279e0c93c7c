"""The catalogue as a list: every number of every system with its unit, kind, range and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from skypact.catalog.model import Catalog, Effector, Family, Sensor, Threat, ThreatClass
from skypact.formatting import unit_of
from skypact.quantity import Quantity
from skypact.reading import Problem, Problems, suggest

System = Threat | Effector | Sensor | Family
PARTS = {"threats": "threat", "effectors": "effector", "sensors": "sensor", "families": "family"}


@dataclass(frozen=True)
class Entry:
    """One number of one system.

    Attributes
    ----------
    part
        ``threat``, ``effector``, ``sensor`` or ``family``.
    system, title
        Name in files, and name for people.
    number
        Path of the number in the system, with dots: ``against.drone.p_kill``.
    value, low, high
        The central value and the range; None where there is none.
    unit
        In words; empty for a plain count.
    kind
        ``reported``, ``estimated`` or ``notional``; empty for what is counted and not measured.
    sources
        Names of sources.
    note
        The reason, or what a reader should know.
    """

    part: str
    system: str
    title: str
    number: str
    value: float
    low: float | None
    high: float | None
    unit: str
    kind: str
    sources: tuple[str, ...]
    note: str

    def to_dict(self) -> dict[str, Any]:
        """The entry as a flat row."""
        return {**self.__dict__, "sources": list(self.sources)}


def systems(
    catalog: Catalog, name: str | None = None, threat_class: str | None = None
) -> dict[tuple[str, str], System]:
    """The systems that are asked for, by part of the catalogue and name.

    Parameters
    ----------
    catalog
        What there is.
    name
        One system alone.
    threat_class
        Threats of this class, effectors that can engage it, sensors that see it and families that it is of.

    Raises
    ------
    Problems
        If there is no such name or class; with the nearest.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> list(systems(load_catalog(), name="nasams"))
    [('effector', 'nasams')]
    """
    found: dict[tuple[str, str], System] = {
        (part, key): system
        for field, part in PARTS.items()
        for key, system in getattr(catalog, field).items()
    }
    classes = get_args(ThreatClass)
    if threat_class is not None and threat_class not in classes:
        right = suggest(threat_class, classes)
        raise Problems([Problem("class", 0, 0, threat_class, "no such class of threats", right)])
    if name is not None:
        known = [key for _, key in found]
        if name not in known:
            what = "no such threat, effector, sensor or family"
            right = suggest(name, known, "skypact catalog")
            right += "; a scenario's own systems: skypact catalog --scenario FILE"
            raise Problems([Problem("NAME", 0, 0, name, what, right)])
        found = {which: system for which, system in found.items() if which[1] == name}
    if threat_class is not None:
        found = {which: system for which, system in found.items() if _about(system, threat_class)}
    return found


def _about(system: System, threat_class: str) -> bool:
    if isinstance(system, Threat):
        return system.threat_class == threat_class
    if isinstance(system, Effector):
        return threat_class in system.against
    return threat_class in (system.susceptible if isinstance(system, Family) else system.p_detect)


def entries(catalog: Catalog, name: str | None = None, threat_class: str | None = None) -> tuple[Entry, ...]:
    """Every number of the systems that are asked for; parameters as of `systems`.

    With a class, envelopes and chances against other classes are left out.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> first = entries(load_catalog(), "geran-2")[0]
    >>> first.number, first.value, first.low, first.high, first.unit, first.kind
    ('speed_m_s', 45.0, 33.0, 52.0, 'm/s', 'reported')
    """
    found: list[Entry] = []
    for (part, key), system in systems(catalog, name, threat_class).items():
        for path, value in _numbers(system, ()):
            if threat_class is not None and not _concerns(path, threat_class):
                continue
            found.append(_entry(part, key, system.name, path, value))
    return tuple(found)


def _concerns(path: tuple[str, ...], threat_class: str) -> bool:
    """Whether a number is about a class, or about none in particular."""
    by_class = [after for step, after in pairwise(path) if step in ("against", "p_detect", "susceptible")]
    return by_class in ([], [threat_class])


def _numbers(part: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Quantity | int]]:
    """Quantities and counts below a part, with their paths."""
    if isinstance(part, Quantity) or (isinstance(part, int) and not isinstance(part, bool)):
        yield path, part
    elif isinstance(part, BaseModel):
        for field in type(part).model_fields:
            yield from _numbers(getattr(part, field), (*path, field))
    elif isinstance(part, Mapping):
        for key, item in part.items():
            yield from _numbers(item, (*path, str(key)))


def _entry(part: str, system: str, title: str, path: tuple[str, ...], value: Quantity | int) -> Entry:
    number, unit = ".".join(path), unit_of(".".join(path))
    if isinstance(value, int):
        return Entry(part, system, title, number, float(value), None, None, unit, "", (), "")
    low, high = value.low, value.high
    return Entry(
        part, system, title, number, value.value, low, high, unit, value.kind, value.sources, value.note
    )
