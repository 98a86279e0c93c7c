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
MOST_BANDS = 512


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
    """Sort the edges of areas into bands, all areas at once."""
    edges, area = _edges(areas)
    count = np.bincount(area, minlength=len(areas))
    empty = np.array([np.inf, np.inf, -np.inf, -np.inf])
    bounds = np.where(
        (count > 0)[:, None], shapely.bounds(np.array(areas, dtype=object)).reshape(-1, 4), empty
    )
    bands = np.clip(count // EDGES_PER_BAND, 1, MOST_BANDS)
    area_band = np.concatenate([[0], np.cumsum(bands)]).astype(np.int64)
    height = np.ones(len(areas))
    np.divide(bounds[:, 3] - bounds[:, 1], bands, out=height, where=count > 0)
    low, high = (
        np.clip((one(edges[:, 1], edges[:, 3]) - bounds[area, 1]) // height[area], 0, bands[area] - 1)
        for one in (np.minimum, np.maximum)
    )
    times = (high - low).astype(np.int64) + 1
    entry = np.repeat(np.arange(len(edges)), times)
    band = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
    band += low.astype(np.int64)[entry] + area_band[area[entry]]
    order = np.argsort(band, kind="stable")
    first = np.searchsorted(band[order], np.arange(area_band[-1] + 1))
    return Outlines(edges[entry[order]], first.astype(np.int64), area_band, bounds)


def _edges(areas: Sequence[BaseGeometry]) -> tuple[Floats, NDArray[np.int64]]:
    """The edges of all areas, and of which area each is; by area."""
    parts, of_part = shapely.get_parts(list(areas), return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = np.flatnonzero(ring[1:] == ring[:-1])
    edges = np.concatenate([points[joined], points[joined + 1]], axis=1)
    return edges, of_part[of_ring[ring[joined]]].astype(np.int64)


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
