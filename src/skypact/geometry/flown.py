"""Flights of paths as the kernels see them, with what was found out about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skypact.catalog.model import ThreatClass
from skypact.geometry.atlas import Atlas
from skypact.geometry.crossings import outlines, stays
from skypact.geometry.flight import Flight, fly
from skypact.geometry.memory import Memory
from skypact.geometry.sight import Passages, passages
from skypact.geometry.track import FlightTable, tracks
from skypact.policy.situation import Path, Site
from skypact.world.earth import Floats

Indices = NDArray[np.int64]

KEPT_PATHS, KEPT_SIGHTS, KEPT_STAYS, KEPT_ROWS = 4, 2048, 1024, 8192
"""How much is kept: sets of paths for an atlas; for each, sensors, areas, and shooters."""
_NUMBERS = count(1)


@dataclass(frozen=True)
class Stay:
    """When the paths of one class are inside one area.

    Attributes
    ----------
    number
        No other stay has it: what was found with it is known by it.
    shape
        The area.
    first, count
        Rows of each path's intervals.
    interval
        Start and end of each, seconds after launch.
    """

    number: int
    shape: BaseGeometry
    first: Indices
    count: Indices
    interval: Floats


@dataclass(frozen=True)
class Flown:
    """Paths and their flights.  Make it with `flown_of`."""

    atlas: Atlas
    paths: tuple[Path, ...]
    flights: tuple[Flight, ...]
    table: FlightTable
    rows: Memory = field(default_factory=lambda: Memory(KEPT_ROWS), repr=False)
    _sights: Memory = field(default_factory=lambda: Memory(KEPT_SIGHTS), repr=False)
    _stays: Memory = field(default_factory=lambda: Memory(KEPT_STAYS), repr=False)

    @cached_property
    def by_class(self) -> dict[ThreatClass, NDArray[np.bool_]]:
        """Which paths are of each class, in the order of the classes' names."""
        classes = [path.threat_class for path in self.paths]
        return {name: np.array([own == name for own in classes], np.bool_) for name in sorted(set(classes))}

    @cached_property
    def rcs(self) -> Floats:
        """The fourth root of each path's radar cross-section."""
        return np.array([path.rcs_m2**0.25 for path in self.paths])

    @cached_property
    def plane(self) -> Floats:
        """The nodes in the plane of the atlas."""
        lat = np.concatenate([flight.lat for flight in self.flights] or [np.empty(0)])
        return self.atlas.project(lat, np.concatenate([flight.lon for flight in self.flights] or [lat]))

    def passages(self, sensors: Sequence[Site]) -> Passages:
        """The passages through the sight of these sensors."""
        keys = [
            (one.lat, one.lon, one.antenna, tuple(name for name in self.by_class if one.p_detect.get(name)))
            for one in sensors
        ]
        found = {key: self._sights.get(key) for key in keys}
        new = {key: one for key, one in zip(keys, sensors, strict=True) if found[key] is None}
        if new:
            seen = passages(list(new.values()), self.paths, self.table)
            order = np.argsort(seen.sensor, kind="stable")
            ends = np.searchsorted(seen.sensor[order], np.arange(1, len(new)))
            for key, rows in zip(new, np.split(order, ends), strict=True):
                found[key] = seen.path[rows], seen.enters_s[rows], seen.leaves_s[rows]
                self._sights.put(key, found[key])
        parts = [found[key] for key in keys]
        path, enters, leaves = (
            np.concatenate([np.empty(0, kind), *(part[place] for part in parts)])
            for place, kind in enumerate((np.int64, np.float64, np.float64))
        )
        sensor = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
        order = np.argsort(path, kind="stable")
        return Passages(path[order], sensor[order], enters[order], leaves[order])

    def stays(self, wanted: Sequence[tuple[BaseGeometry, ThreatClass]]) -> list[Stay]:
        """When the paths of a class are inside an area, for several of both."""
        found: dict[tuple[int, ThreatClass], Stay] = {}
        new: dict[tuple[int, ThreatClass], tuple[BaseGeometry, ThreatClass]] = {}
        keys = [(id(shape), name) for shape, name in wanted]
        for key, pair in dict(zip(keys, wanted, strict=True)).items():
            stay = self._stays.get(key)
            # The number of an object may be used again when it is gone: what is kept holds on to its shape.
            if stay is None or stay.shape is not pair[0]:
                new[key] = pair
            else:
                found[key] = stay
        for key, stay in zip(new, self._enter(list(new.values())), strict=True):
            self._stays.put(key, stay)
            found[key] = stay
        return [found[key] for key in keys]

    def _enter(self, wanted: Sequence[tuple[BaseGeometry, ThreatClass]]) -> list[Stay]:
        if not wanted:
            return []
        looked_at = np.array([self.by_class[name] for _, name in wanted], np.bool_).T
        shapes = [shape for shape, _ in wanted]
        found = stays(
            self.table.first,
            self.table.nodes[:, 0].copy(),
            self.plane,
            outlines(shapes),
            np.ascontiguousarray(looked_at),
        )
        made = []
        for column, shape in enumerate(shapes):
            counts = found.count[:, column]
            start = np.cumsum(counts) - counts
            inside = np.repeat(found.first[:, column] - start, counts) + np.arange(counts.sum())
            made.append(Stay(next(_NUMBERS), shape, start, counts.copy(), found.interval[inside]))
        return made


def flown_of(atlas: Atlas, paths: tuple[Path, ...]) -> Flown:
    """The flights of paths; the atlas keeps them, so that policies share them."""

    def make() -> Flown:
        flights = fly(paths)
        return Flown(atlas, paths, flights, tracks(flights))

    memory = atlas.keep("flown", lambda: Memory(KEPT_PATHS))
    return memory.keep(paths, make)
