"""When a flight is inside an area: exact crossings of its legs with the edges of a polygon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from skypact.compiled import njit
from skypact.world.earth import Floats

EDGES_PER_BAND = 4
"""Edges are kept in bands of the plane's y, so that a leg is tested against few of them."""


@dataclass(frozen=True)
class Outlines:
    """The edges of several areas, by area and band.

    Attributes
    ----------
    edges
        One row an entry: x and y of both ends (km). An edge stands in every band that it touches.
    band_first
        Row of the first entry of each band of each area, and one more for the end.
    area_band
        The first band of each area, and one more for the end.
    bounds
        Of each area: least x, least y, greatest x, greatest y.
    """

    edges: Floats
    band_first: NDArray[np.int64]
    area_band: NDArray[np.int64]
    bounds: Floats


@dataclass(frozen=True)
class Stays:
    """Intervals in which flights are inside areas.

    Attributes
    ----------
    first
        Row of the first interval of (flight, area), shape (flights, areas).
    count
        How many there are.
    interval
        Start and end of each, seconds after launch.
    """

    first: NDArray[np.int64]
    count: NDArray[np.int64]
    interval: Floats


def outlines(areas: Sequence[BaseGeometry]) -> Outlines:
    """Sort the edges of areas into bands."""
    edges, firsts, area_band, bounds = [np.empty((0, 4))], [], [0], []
    rows = 0
    for area in areas:
        own = _edges(area)
        box = area.bounds if len(own) else (np.inf, np.inf, -np.inf, -np.inf)
        bounds.append(box)
        bands = max(1, min(len(own) // EDGES_PER_BAND, 512))
        height = (box[3] - box[1]) / bands if len(own) else 1.0
        low = np.clip((np.minimum(own[:, 1], own[:, 3]) - box[1]) // height, 0, bands - 1).astype(np.int64)
        high = np.clip((np.maximum(own[:, 1], own[:, 3]) - box[1]) // height, 0, bands - 1).astype(np.int64)
        times = high - low + 1
        entry = np.repeat(np.arange(len(own)), times)
        band = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times) + low[entry]
        order = np.argsort(band, kind="stable")
        edges.append(own[entry[order]])
        firsts.append(rows + np.searchsorted(band[order], np.arange(bands)))
        rows += len(entry)
        area_band.append(area_band[-1] + bands)
    first = np.concatenate([*firsts, [rows]]).astype(np.int64)
    return Outlines(
        np.concatenate(edges), first, np.array(area_band), np.array(bounds, dtype=float).reshape(-1, 4)
    )


def _edges(area: BaseGeometry) -> Floats:
    rings = shapely.get_rings(shapely.get_parts([area]))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1] if len(ring) else np.zeros(0, dtype=bool)
    return (
        np.concatenate([points[:-1][joined], points[1:][joined]], axis=1) if len(ring) else np.empty((0, 4))
    )


def stays(
    first: NDArray[np.int64], time_s: Floats, plane: Floats, outline: Outlines, wanted: NDArray[np.bool_]
) -> Stays:
    """When flights are inside areas.

    Parameters
    ----------
    first
        Row of the first node of each flight, and one more for the end.
    time_s, plane
        Time and plane coordinates (km) of the nodes.
    outline
        The areas.
    wanted
        Which (flight, area) to look at.
    """
    starts, counts, intervals, rows = _stays(
        first, time_s, plane, outline.edges, outline.band_first, outline.area_band, outline.bounds, wanted
    )
    return Stays(starts, counts, intervals[:rows])


@njit(nogil=True)
def sort(values: Floats, size: int) -> None:
    """Sort the first values of an array in place (few, so by insertion: quick to compile)."""
    for last in range(1, size):
        value = values[last]
        place = last
        while place > 0 and values[place - 1] > value:
            values[place] = values[place - 1]
            place -= 1
        values[place] = value


@njit(nogil=True)
def doubled(rows: Floats) -> Floats:
    """The rows, with room for as many more (copied one by one: quick to compile)."""
    more = np.empty((2 * rows.shape[0], rows.shape[1]))
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            more[row, column] = rows[row, column]
    return more


@njit(nogil=True)
def _stays(
    first: NDArray[np.int64],
    time_s: Floats,
    plane: Floats,
    edges: Floats,
    band_first: NDArray[np.int64],
    area_band: NDArray[np.int64],
    bounds: Floats,
    wanted: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, int]:
    starts = np.zeros(wanted.shape, np.int64)
    counts = np.zeros(wanted.shape, np.int64)
    intervals = np.empty((1024, 2))
    cuts = np.empty((256, 1))
    rows = 0
    for flight in range(wanted.shape[0]):
        low, last = first[flight], first[flight + 1] - 1
        for area in range(wanted.shape[1]):
            starts[flight, area] = rows
            if not wanted[flight, area]:
                continue
            bands, end = area_band[area], area_band[area + 1]
            found, cuts = _cuts(low, last, time_s, plane, edges, band_first, bands, end, bounds[area], cuts)
            if found == 0:
                continue
            times = cuts[:, 0]
            sort(times, found)
            leg = low
            for cut in range(found - 1):
                middle = 0.5 * (times[cut] + times[cut + 1])
                if times[cut + 1] <= times[cut]:
                    continue
                while leg < last - 1 and time_s[leg + 1] <= middle:
                    leg += 1
                part = (middle - time_s[leg]) / (time_s[leg + 1] - time_s[leg])
                x = plane[leg, 0] + part * (plane[leg + 1, 0] - plane[leg, 0])
                y = plane[leg, 1] + part * (plane[leg + 1, 1] - plane[leg, 1])
                if not _inside(x, y, edges, band_first, bands, end, bounds[area]):
                    continue
                if rows > starts[flight, area] and intervals[rows - 1, 1] == times[cut]:
                    intervals[rows - 1, 1] = times[cut + 1]
                    continue
                if rows == intervals.shape[0]:
                    intervals = doubled(intervals)
                intervals[rows, 0], intervals[rows, 1] = times[cut], times[cut + 1]
                rows += 1
            counts[flight, area] = rows - starts[flight, area]
    return starts, counts, intervals, rows


@njit(nogil=True)
def _cuts(
    low: int,
    last: int,
    time_s: Floats,
    plane: Floats,
    edges: Floats,
    band_first: NDArray[np.int64],
    bands: int,
    end: int,
    bounds: Floats,
    cuts: Floats,
) -> tuple[int, Floats]:
    """Times of the ends of the flight and of its crossings with the edges, in no order."""
    found = 0
    height = (bounds[3] - bounds[1]) / (end - bands)
    touches = False
    for leg in range(low, last):
        ax, ay, bx, by = plane[leg, 0], plane[leg, 1], plane[leg + 1, 0], plane[leg + 1, 1]
        west, east, south, north = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if east < bounds[0] or west > bounds[2] or north < bounds[1] or south > bounds[3]:
            continue
        touches = True
        lowest = max(int((south - bounds[1]) / height), 0) + bands
        highest = min(max(int((north - bounds[1]) / height), 0) + bands, end - 1)
        for edge in range(band_first[min(lowest, end - 1)], band_first[highest + 1]):
            cx, cy, dx, dy = edges[edge, 0], edges[edge, 1], edges[edge, 2], edges[edge, 3]
            if (cx > east and dx > east) or (cx < west and dx < west):
                continue
            if (cy > north and dy > north) or (cy < south and dy < south):
                continue
            cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
            if cross == 0.0:
                continue
            along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross
            beside = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross
            if along < 0.0 or along > 1.0 or beside < 0.0 or beside > 1.0:
                continue
            if found + 3 > cuts.shape[0]:
                cuts = doubled(cuts)
            cuts[found, 0] = time_s[leg] + along * (time_s[leg + 1] - time_s[leg])
            found += 1
    if not touches:
        return 0, cuts
    cuts[found, 0], cuts[found + 1, 0] = time_s[low], time_s[last]
    return found + 2, cuts


@njit(nogil=True)
def _inside(
    x: float,
    y: float,
    edges: Floats,
    band_first: NDArray[np.int64],
    bands: int,
    end: int,
    bounds: Floats,
) -> bool:
    """Whether a point is inside: a ray from it crosses an odd number of edges."""
    if x < bounds[0] or x > bounds[2] or y < bounds[1] or y > bounds[3]:
        return False
    height = (bounds[3] - bounds[1]) / (end - bands)
    band = min(int((y - bounds[1]) / height) + bands, end - 1)
    inside = False
    for edge in range(band_first[band], band_first[band + 1]):
        cx, cy, dx, dy = edges[edge, 0], edges[edge, 1], edges[edge, 2], edges[edge, 3]
        if (cy > y) != (dy > y) and x < cx + (y - cy) / (dy - cy) * (dx - cx):
            inside = not inside
    return inside
