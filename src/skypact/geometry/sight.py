"""When a radar sees a threat: range by radar cross-section, and the radar horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from skypact.compiled import njit
from skypact.geometry.track import CHUNK, FlightTable, nearest_part, place_at
from skypact.policy.situation import Path, Site, Situation
from skypact.world.earth import RADIUS_KM, Floats, ground_km, slant_km, vectors

REFRACTION = 4 / 3
"""k: the factor by which the standard atmosphere bends radar beams, as a larger Earth."""
EDGE_S = 1e-4
"""To how many seconds an edge in time is found."""


def radar_range_km(range_km: float, reference_rcs_m2: float, rcs_m2: float) -> float:
    """Range against a target of another radar cross-section: by the fourth root (radar equation).

    Examples
    --------
    >>> round(radar_range_km(100.0, 1.0, 0.0625), 6)
    50.0
    """
    return float(range_km * (rcs_m2 / reference_rcs_m2) ** 0.25)


def horizon_km(height_m: ArrayLike) -> Floats:
    """Distance over the ground to the radar horizon, √(2·k·R·h); add those of both ends.

    Examples
    --------
    >>> round(float(horizon_km(100.0) + horizon_km(25.0)), 1)  # 4.12·(10 + 5)
    61.8
    """
    result: Floats = np.sqrt(2 * REFRACTION * RADIUS_KM * np.maximum(height_m, 0.0) / 1000)
    return result


@dataclass(frozen=True)
class Detections:
    """When and how well each group sees each path.

    Attributes
    ----------
    groups
        Names, in the order of the rows.
    sight_s
        First sight, seconds after the path's launch, shape (groups, paths); infinite: never.
    p_detect
        Chance that it is seen at all; 0 if never.
    delay_s
        Interval of the time from first sight to a usable track, shape (groups, paths, 2).
    """

    groups: tuple[str, ...]
    sight_s: Floats
    p_detect: Floats
    delay_s: Floats

    @property
    def usable_s(self) -> Floats:
        """First sight and the middle of the delay."""
        result: Floats = self.sight_s + self.delay_s.mean(axis=2)
        return result


def detections(situation: Situation, flown: FlightTable) -> Detections:
    """When each group first sees each path, through the sensors whose tracks it has.

    Of several sensors the one counts that gives a usable track first (first sight and the middle of its
    delay); its delay is the group's.  The sensors of one owner are one network: what hides a threat
    from one of them hides it from all, so that the network's chance is that of its best sensor that sees
    the path at all.  Networks of different owners (other radars, elsewhere, some airborne) miss
    independently: p = 1 - product of (1 - best of each owner).
    """
    sites, paths = situation.sites, situation.paths
    groups = tuple(situation.tracks)
    shape = (len(groups), len(paths))
    sight, chance, delay = np.full(shape, np.inf), np.zeros(shape), np.zeros((*shape, 2))
    seen = first_sights(sites, paths, flown)
    middle = np.array([sum(site.delay_s) / 2 for site in sites])
    delays = np.array([site.delay_s for site in sites]).reshape(-1, 2)
    chances = np.array([[site.p_detect.get(path.threat_class, 0.0) for path in paths] for site in sites])
    for row, group in enumerate(groups):
        own = np.array(
            [n for n, site in enumerate(sites) if site.owner in situation.tracks[group]], dtype=int
        )
        if not own.size or not paths:
            continue
        best = own[np.argmin(seen[own] + middle[own, None], axis=0)]
        sight[row] = seen[best, np.arange(len(paths))]
        missed = np.ones(len(paths))
        for owner in sorted({sites[n].owner for n in own}):
            network = own[[sites[n].owner == owner for n in own]]
            visible = np.isfinite(seen[network])
            missed *= 1.0 - np.where(visible, chances[network], 0.0).max(axis=0)
        chance[row] = 1.0 - missed
        delay[row] = np.where(np.isfinite(sight[row])[:, None], delays[best], 0.0)
    return Detections(groups, sight, chance, delay)


def first_sights(sites: Sequence[Site], paths: Sequence[Path], flown: FlightTable) -> Floats:
    """First sight of each path by each site, seconds after launch, shape (sites, paths)."""
    eyes = np.zeros((len(sites), 6))
    for row, site in enumerate(sites):
        antenna = site.antenna
        eyes[row, :3] = vectors(site.lat, site.lon)
        eyes[row, 3] = antenna.height_m / 1000
        eyes[row, 4] = antenna.range_km / antenna.reference_rcs_m2**0.25
        eyes[row, 5] = horizon_km(antenna.height_m)
    wanted = np.array(
        [[path.threat_class in site.p_detect for path in paths] for site in sites], dtype=np.bool_
    ).reshape(len(sites), len(paths))
    rcs = np.array([path.rcs_m2**0.25 for path in paths])
    return _first_sights(eyes, wanted, rcs, flown.first, flown.nodes, flown.ball_first, flown.balls)


@njit(nogil=True)
def target_horizon_km(altitude_km: float) -> float:
    return float(np.sqrt(2 * REFRACTION * RADIUS_KM * max(altitude_km, 0.0)))


@njit(nogil=True)
def _margin(eye: Floats, reach: float, x: float, y: float, z: float, altitude: float) -> float:
    """How far (km) inside range and horizon a target is; negative if it is not seen."""
    dx, dy, dz = x - eye[0], y - eye[1], z - eye[2]
    chord = np.sqrt(dx * dx + dy * dy + dz * dz)
    below = eye[5] + target_horizon_km(altitude) - ground_km(chord)
    return float(min(reach - slant_km(chord, eye[3], altitude), below))


@njit(nogil=True)
def _first_sights(
    eyes: Floats,
    wanted: NDArray[np.bool_],
    rcs: Floats,
    first: NDArray[np.int64],
    nodes: Floats,
    ball_first: NDArray[np.int64],
    balls: Floats,
) -> Floats:
    sights = np.full(wanted.shape, np.inf)
    for path in range(wanted.shape[1]):
        start, last = first[path], first[path + 1] - 1
        top = 0.0
        for node in range(start, last + 1):
            top = max(top, nodes[node, 4])
        for site in range(wanted.shape[0]):
            if not wanted[site, path]:
                continue
            eye = eyes[site]
            reach = eye[4] * rcs[path]
            bound = min(reach, eye[5] + target_horizon_km(top))
            for ball in range(ball_first[path], ball_first[path + 1]):
                dx, dy, dz = balls[ball, 0] - eye[0], balls[ball, 1] - eye[1], balls[ball, 2] - eye[2]
                if np.sqrt(dx * dx + dy * dy + dz * dz) - balls[ball, 3] > bound:
                    continue
                low = start + (ball - ball_first[path]) * CHUNK
                found = _first_on(eye, reach, bound, nodes, start, last, low, min(low + CHUNK, last))
                if found >= 0.0:
                    sights[site, path] = found
                    break
    return sights


@njit(nogil=True)
def _first_on(
    eye: Floats, reach: float, bound: float, nodes: Floats, start: int, last: int, low: int, high: int
) -> float:
    """First sight on the legs from one node to another; negative if there is none.

    On every leg the ends and the nearest point are looked at: between them the distance is monotone.
    """
    for leg in range(low, high):
        part = nearest_part(nodes, leg, eye[0], eye[1], eye[2])
        length = nodes[leg + 1, 0] - nodes[leg, 0]
        before = nodes[leg, 0]
        for where in (0.0, part, 1.0):
            time = nodes[leg, 0] + where * length
            x, y, z, altitude = place_at(nodes, start, last, time)
            if _margin(eye, reach, x, y, z, altitude) >= 0.0:
                dark, bright = before, time
                while bright - dark > EDGE_S:
                    middle = 0.5 * (dark + bright)
                    x, y, z, altitude = place_at(nodes, start, last, middle)
                    if _margin(eye, reach, x, y, z, altitude) >= 0.0:
                        bright = middle
                    else:
                        dark = middle
                return float(bright)
            before = time
    return -1.0
