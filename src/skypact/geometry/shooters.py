"""Which paths each unit can reach, and when: the search of `search`, shooter by shooter.

A shooter is one unit against one class.  What it can reach follows from its record, its area of permission
and the paths, whoever else is there; so a change of one decision searches anew only for whom it concerns.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from skypact.catalog.model import ThreatClass
from skypact.geometry.atlas import Atlas
from skypact.geometry.flown import Flown, Indices, Stay
from skypact.geometry.permission import permitted_all
from skypact.geometry.reach import SHOOTER
from skypact.geometry.search import search
from skypact.geometry.sight import horizon_km
from skypact.policy.situation import Engagement, FireUnit, Situation
from skypact.world.earth import Floats, ground_km, vectors


@dataclass(frozen=True)
class Shooters:
    """One row for each unit and class that it engages, sorted by class.

    Attributes
    ----------
    records
        Of the type `skypact.geometry.reach.SHOOTER`.
    unit
        Index of the unit.
    engagement
        How it engages the class.
    of_class
        The class.
    """

    records: NDArray[np.void]
    unit: tuple[int, ...]
    engagement: tuple[Engagement, ...]
    of_class: tuple[ThreatClass, ...]


def shooters_of(units: Sequence[FireUnit], classes: Sequence[ThreatClass]) -> Shooters:
    """The units as the kernels see them, against these classes."""
    rows = [
        (unit, number, unit.engages[name], name)
        for name in classes
        for number, unit in enumerate(units)
        if name in unit.engages
    ]
    places = vectors([unit.lat for unit in units], [unit.lon for unit in units]).tolist()
    return Shooters(
        np.array([_record(unit, one, places[number]) for unit, number, one, _ in rows], dtype=SHOOTER),
        tuple(number for _, number, _, _ in rows),
        tuple(one for _, _, one, _ in rows),
        tuple(name for _, _, _, name in rows),
    )


def shooter(unit: FireUnit, engagement: Engagement) -> np.void:
    """One unit against one class, as a record of `SHOOTER`."""
    place = vectors([unit.lat], [unit.lon]).tolist()[0]
    record: np.void = np.array([_record(unit, engagement, place)], dtype=SHOOTER)[0]
    return record


def _record(unit: FireUnit, engagement: Engagement, place: Sequence[float]) -> tuple[float, ...]:
    air = unit.aircraft
    height = 0.0 if air is None else air.altitude_m / 1000
    sees, eye, horizon = np.inf, 0.0, np.inf
    if unit.site is not None:
        antenna = unit.site.antenna
        sees = antenna.range_km / antenna.reference_rcs_m2**0.25
        eye = antenna.height_m / 1000 if air is None else height
        horizon = float(horizon_km(eye * 1000))
    return (
        *place,
        unit.radius_km,
        0.0 if air is None else air.reach_km,
        1.0 if air is None else air.dash_m_s / 1000,
        height,
        unit.interceptor_m_s / 1000,
        engagement.min_range_km,
        engagement.max_range_km,
        engagement.min_altitude_m / 1000,
        engagement.max_altitude_m / 1000,
        engagement.from_range_km,
        sees,
        eye,
        horizon,
    )


def reach(situation: Situation, atlas: Atlas | None, flown: Flown, step: float) -> tuple[Indices, Floats]:
    """Launch windows of every shooter: the unit of each, and a row of path, launch from, to, flight at both.

    Without an atlas everything is permitted.
    """
    shooters = shooters_of(situation.units, tuple(flown.by_class))
    records, stays = shooters.records, _stays(situation, atlas, flown, shooters)
    keys = [
        (record.tobytes(), name, 0 if stay is None else stay.number, step)
        for record, name, stay in zip(records, shooters.of_class, stays, strict=True)
    ]
    found = {key: flown.rows.get(key) for key in keys}
    new = {key: row for row, key in enumerate(keys) if found[key] is None}
    chosen = list(new.values())
    parts = _search(
        flown, records[chosen], [shooters.of_class[n] for n in chosen], [stays[n] for n in chosen], step
    )
    for key, part in zip(new, parts, strict=True):
        flown.rows.put(key, part)
        found[key] = part
    own = [found[key] for key in keys]
    unit = np.repeat(np.array(shooters.unit, np.int64), [len(part) for part in own])
    return unit, np.concatenate([np.empty((0, 5)), *own])


def _stays(
    situation: Situation, atlas: Atlas | None, flown: Flown, shooters: Shooters
) -> Sequence[Stay | None]:
    if atlas is None:
        return [None] * len(shooters.unit)
    units = [situation.units[number] for number in shooters.unit]
    areas = permitted_all(atlas, units, shooters.engagement)
    return flown.stays(list(zip(areas, shooters.of_class, strict=True)))


def _search(
    flown: Flown,
    records: NDArray[np.void],
    of_class: Sequence[ThreatClass],
    stays: Sequence[Stay | None],
    step: float,
) -> list[Floats]:
    """The windows of some shooters, sorted by class, each by path."""
    if not len(records):
        return []
    table, paths = flown.table, len(flown.paths)
    areas = list({stay.number: stay for stay in stays if stay is not None}.values())
    place = {stay.number: number for number, stay in enumerate(areas)}
    area = np.array([-1 if stay is None else place[stay.number] for stay in stays], np.int64)
    offset = np.cumsum([0, *(len(stay.interval) for stay in areas)])
    first = np.array([stay.first + start for stay, start in zip(areas, offset, strict=False)], np.int64)
    count = np.array([stay.count for stay in areas], np.int64)
    intervals = np.concatenate([np.empty((0, 2)), *(stay.interval for stay in areas)])
    first, count = (np.ascontiguousarray(one.reshape(-1, paths).T) for one in (first, count))
    bounds = records["radius"] + records["reach"] + np.array([ground_km(km) for km in records["range"]])
    row_first = np.zeros((paths, 2), np.int64)
    classes = np.array(of_class)
    for name, mine in flown.by_class.items():
        own = np.flatnonzero(classes == name)
        if len(own):
            row_first[mine] = own[0], own[-1] + 1

    def part(marks: tuple[int, int]) -> Floats:
        rows, size = search(
            *marks,
            step,
            table.first,
            table.nodes,
            table.ball_first,
            table.balls,
            records,
            bounds,
            flown.rcs,
            row_first,
            area,
            first,
            count,
            intervals,
        )
        return rows[:size]

    threads = min(cpu_count() or 1, 8)
    marks = np.linspace(0, paths, 4 * threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        found = np.concatenate(list(pool.map(part, pairwise(marks))))
    found = found[np.argsort(found[:, 1], kind="stable")]
    ends = np.searchsorted(found[:, 1], np.arange(1, len(records)))
    return np.split(found[:, [0, 2, 3, 4, 5]], ends)
