"""What can reach what, and when: launch windows and detections of a situation."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from os import cpu_count

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skypact.catalog.model import ThreatClass
from skypact.geometry.atlas import Atlas, atlas_of
from skypact.geometry.crossings import Stays, outlines, stays
from skypact.geometry.flight import Flight, fly
from skypact.geometry.permission import permitted
from skypact.geometry.reach import SHOOTER
from skypact.geometry.search import search
from skypact.geometry.sight import Detections, detections, horizon_km
from skypact.geometry.track import FlightTable, tracks
from skypact.policy.situation import Engagement, FireUnit, Situation
from skypact.world.earth import Floats, ground_km, vectors

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Windows:
    """Launch windows, one entry each, in the order of threats and units.

    Attributes
    ----------
    threat
        Index of the path (`Opportunities.windows`) or of the threat (`for_threats`).
    unit
        Index of the unit.
    opens_s, closes_s
        Bounds of the launch: seconds after the path's launch, or after the raid's zero time.
    flight_open_s, flight_close_s
        From launch to intercept at both bounds; an aircraft's dash included.
    """

    threat: Indices
    unit: Indices
    opens_s: Floats
    closes_s: Floats
    flight_open_s: Floats
    flight_close_s: Floats

    def __len__(self) -> int:
        return len(self.threat)


@dataclass(frozen=True)
class Opportunities:
    """All windows and detections of a situation, by path.

    Attributes
    ----------
    windows
        Times count from the launch of the path; times on station are not yet regarded.
    flights
        Each path's flight; its duration is the time from launch to impact.
    detections
        By group and path.  A pair never seen has no windows.
    """

    windows: Windows
    flights: tuple[Flight, ...]
    detections: Detections


@dataclass(frozen=True)
class ShooterTable:
    """Units as the kernels see them: one row for each unit and class that it engages.

    Attributes
    ----------
    shooters
        Records of `skypact.geometry.reach.SHOOTER`.
    unit
        Index of the unit.
    engagement
        How it engages the class.
    by_class
        First row of each class and the one after its last.
    """

    shooters: NDArray[np.void]
    unit: Indices
    engagement: tuple[Engagement, ...]
    by_class: dict[ThreatClass, tuple[int, int]]


def opportunities(
    situation: Situation, atlas: Atlas | None = None, permission: bool = True, step: float = 1.0
) -> Opportunities:
    """Compute every launch window and detection of a situation.

    A launch comes no sooner than the unit's reaction after the middle of the delay with which its group
    has a usable track.  The raid draws that delay as well, and a launch waits for the later of the two: so
    chance in the delay shows only where it is longer than middle and reaction together.

    Parameters
    ----------
    situation
        Units, sensors and paths.
    atlas
        The map of the situation's geography; made if it is not given.
    permission
        Whether the units' clauses bound where they may intercept.
    step
        Scales the sampling; smaller is finer.  Edges are exact whatever it is, unless it is so coarse that
        something short falls between two samples.
    """
    flights = fly(situation.paths)
    flown = tracks(flights)
    seen = detections(situation, flown)
    shooters = shooter_table(situation)
    if permission:
        area, stayed = areas(situation, atlas or atlas_of(situation.geography), shooters, flights, flown)
    else:
        area = np.full(len(shooters.unit), -1)
        stayed = Stays(
            np.zeros((len(flights), 1), np.int64), np.zeros((len(flights), 1), np.int64), np.empty((0, 2))
        )
    found = _search(situation, flown, seen, shooters, area, stayed, step)
    unit = shooters.unit[found[:, 1].astype(np.int64)]
    windows = Windows(found[:, 0].astype(np.int64), unit, *found[:, 2:].T)
    order = np.lexsort((windows.opens_s, windows.unit, windows.threat))
    return Opportunities(_take(windows, order), flights, seen)


def for_threats(situation: Situation, found: Opportunities) -> Windows:
    """The windows of every threat at the raid's times, within its units' times on station.

    The times on station cut at the threat's nominal time: where the raid shifts a wave by chance, its
    windows shift as a whole, the cuts with them.
    """
    windows = found.windows
    bounds = np.searchsorted(windows.threat, np.arange(len(situation.paths) + 1))
    path = np.array([threat.path for threat in situation.incoming], dtype=np.int64)
    counts = bounds[path + 1] - bounds[path]
    threat = np.repeat(np.arange(len(path)), counts)
    entry = (
        np.arange(counts.sum())
        - np.repeat(np.cumsum(counts) - counts, counts)
        + np.repeat(bounds[path], counts)
    )
    shift = np.array([incoming.launch_s for incoming in situation.incoming])[threat]
    chosen = _take(windows, entry)
    moved = Windows(
        threat,
        chosen.unit,
        chosen.opens_s + shift,
        chosen.closes_s + shift,
        chosen.flight_open_s,
        chosen.flight_close_s,
    )
    return on_station(moved, [unit.on_station_s for unit in situation.units])


def on_station(windows: Windows, intervals: Sequence[Sequence[tuple[float, float]]]) -> Windows:
    """Cut windows to the intervals in which their units can launch."""
    pieces = []
    for number in range(max((len(own) for own in intervals), default=0)):
        start = np.array([own[number][0] if number < len(own) else np.inf for own in intervals])
        end = np.array([own[number][1] if number < len(own) else -np.inf for own in intervals])
        opens = np.maximum(windows.opens_s, start[windows.unit])
        closes = np.minimum(windows.closes_s, end[windows.unit])
        kept = np.flatnonzero(opens <= closes)
        pieces.append(_cut(_take(windows, kept), opens[kept], closes[kept]))
    together = Windows(
        *(
            np.concatenate([getattr(piece, name) for piece in pieces] or [getattr(windows, name)[:0]])
            for name in Windows.__dataclass_fields__
        )
    )
    return _take(together, np.lexsort((together.opens_s, together.unit, together.threat)))


def _cut(windows: Windows, opens: Floats, closes: Floats) -> Windows:
    length = windows.closes_s - windows.opens_s
    slope = (windows.flight_close_s - windows.flight_open_s) / np.where(length > 0, length, 1.0)
    return Windows(
        windows.threat,
        windows.unit,
        opens,
        closes,
        windows.flight_open_s + slope * (opens - windows.opens_s),
        windows.flight_close_s - slope * (windows.closes_s - closes),
    )


def shooter_table(situation: Situation) -> ShooterTable:
    """One row for each unit and class, sorted by class."""
    classes = sorted({path.threat_class for path in situation.paths})
    rows = [
        (unit, number, unit.engages[name])
        for name in classes
        for number, unit in enumerate(situation.units)
        if name in unit.engages
    ]
    counts = [sum(name in unit.engages for unit in situation.units) for name in classes]
    ends = np.cumsum([0, *counts])
    shooters = np.array([shooter(unit, engagement) for unit, _, engagement in rows], dtype=SHOOTER)
    return ShooterTable(
        shooters,
        np.array([number for _, number, _ in rows], dtype=np.int64),
        tuple(engagement for _, _, engagement in rows),
        {name: (int(ends[n]), int(ends[n + 1])) for n, name in enumerate(classes)},
    )


def shooter(unit: FireUnit, engagement: Engagement) -> tuple[float, ...]:
    """One unit against one class, as a record of `SHOOTER`."""
    air = unit.aircraft
    height = 0.0 if air is None else air.altitude_m / 1000
    sees, eye, horizon = np.inf, 0.0, np.inf
    if unit.site is not None:
        antenna = unit.site.antenna
        sees = antenna.range_km / antenna.reference_rcs_m2**0.25
        eye = antenna.height_m / 1000 if air is None else height
        horizon = float(horizon_km(eye * 1000))
    x, y, z = vectors(unit.lat, unit.lon)
    return (
        x,
        y,
        z,
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
        unit.reaction_s,
    )


def areas(
    situation: Situation, atlas: Atlas, shooters: ShooterTable, flights: Sequence[Flight], flown: FlightTable
) -> tuple[Indices, Stays]:
    """Each row's area of permission (an index), and when every path is in every area."""
    shapes: dict[int, tuple[int, BaseGeometry]] = {}
    area = np.empty(len(shooters.unit), np.int64)
    wanted = np.zeros((len(flights), len(area)), np.bool_)
    classes = [path.threat_class for path in situation.paths]
    of_class = {name: np.array([own == name for own in classes]) for name in shooters.by_class}
    for name, (low, high) in shooters.by_class.items():
        for row in range(low, high):
            shape = permitted(atlas, situation.units[shooters.unit[row]], shooters.engagement[row])
            area[row], _ = shapes.setdefault(id(shape), (len(shapes), shape))
            wanted[:, area[row]] |= of_class[name]
    plane = atlas.project(
        np.concatenate([flight.lat for flight in flights] or [np.empty(0)]),
        np.concatenate([flight.lon for flight in flights] or [np.empty(0)]),
    )
    outline = outlines([shape for _, shape in shapes.values()])
    return area, stays(flown.first, flown.nodes[:, 0].copy(), plane, outline, wanted[:, : len(shapes)].copy())


def _search(
    situation: Situation,
    flown: FlightTable,
    seen: Detections,
    shooters: ShooterTable,
    area: Indices,
    stayed: Stays,
    step: float,
) -> Floats:
    groups = {name: number for number, name in enumerate(seen.groups)}
    group = np.array([groups[situation.units[number].group] for number in shooters.unit], dtype=np.int64)
    records = shooters.shooters
    level = np.array([ground_km(km) for km in records["range"]])
    bounds = records["radius"] + records["reach"] + level
    row_first = np.array([shooters.by_class[path.threat_class] for path in situation.paths], dtype=np.int64)
    rcs = np.array([path.rcs_m2**0.25 for path in situation.paths])

    def part(bounds_of_part: tuple[int, int]) -> Floats:
        rows, count = search(
            *bounds_of_part,
            step,
            flown.first,
            flown.nodes,
            flown.ball_first,
            flown.balls,
            records,
            bounds,
            rcs,
            row_first.reshape(-1, 2),
            seen.usable_s,
            group,
            area,
            stayed.first,
            stayed.count,
            stayed.interval,
        )
        return rows[:count]

    threads = min(cpu_count() or 1, 8)
    marks = np.linspace(0, len(situation.paths), 4 * threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(part, pairwise(marks))))


def _take(windows: Windows, entries: Indices) -> Windows:
    return Windows(*(getattr(windows, name)[entries] for name in Windows.__dataclass_fields__))
