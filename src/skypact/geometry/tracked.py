"""Launch windows cut where a track can end, each piece with the track that it needs.

A unit launches at the soonest its reaction after the track.  Which look gives the track is chance, so a piece
opens the reaction after the first of its looks would give it, the delay at its middle; the raid holds the
launch back further, to the track that was drawn.  So where the first look misses and a later one finds, or
where the delay is longer than its middle and the reaction together, a launch comes up to the reaction too
soon.  To cut at the beginnings of looks as well would mend that and do harm: a piece that closes soon is
*late* in the engine's sense, and late pieces draw second shots.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skypact.geometry.flown import Indices
from skypact.geometry.looks import Looks, Tracks, looks_at, pictures, spread, tracks_of
from skypact.geometry.windows import Opportunities, Windows, cut, for_threats
from skypact.policy.situation import Situation
from skypact.world.earth import Floats


@dataclass(frozen=True)
class Tracked:
    """The windows of every threat, and what has to be found for them.

    Attributes
    ----------
    windows
        At the raid's times, within times on station, in the order of threats, units and times.
    track
        Index of the track of each.
    looks, tracks
        Every look, and every track of every picture.
    """

    windows: Windows
    track: Indices
    looks: Looks
    tracks: Tracks


def tracked(situation: Situation, found: Opportunities) -> Tracked:
    """Cut the windows of a situation to what can be tracked.

    Parameters
    ----------
    situation
        Who shares tracks with whom, and when threats are launched.
    found
        Its windows and passages, by path.
    """
    looks = looks_at(situation, found.sensors, found.passages, found.flights)
    seen, of_group = pictures(situation, found.sensors)
    threats = len(situation.incoming)
    tracks = tracks_of(looks, seen, threats)
    windows = for_threats(situation, found)
    picture = np.array([of_group[unit.group] for unit in situation.units], np.int64)[windows.unit]
    key = picture * threats + windows.threat
    number, track = spread(*_holding(tracks, key, windows, threats))
    opens, closes = windows.opens_s[number], windows.closes_s[number]
    reaction = np.array([unit.reaction_s for unit in situation.units])[windows.unit[number]]
    low = np.maximum.reduce([opens, tracks.after_s[track], tracks.usable_s[track] + reaction])
    high = np.minimum(closes, tracks.until_s[track])
    # A piece that is a moment has its neighbour's track as well, unless its window is no more than that.
    kept = (low < high) | ((low == high) & (opens == closes))
    pieces = cut(windows, number[kept], low[kept], high[kept])
    return Tracked(pieces, track[kept], looks, tracks)


def _holding(tracks: Tracks, key: Indices, windows: Windows, threats: int) -> tuple[Indices, Indices]:
    """The first track that ends no sooner than each window opens, and the one after that of its closing.

    `key` is the picture and threat of each window: picture · threats + threat.
    """
    if not len(tracks) or not len(windows):
        return np.zeros(len(windows), np.int64), np.zeros(len(windows), np.int64)
    # Tracks are sorted by picture, threat and end; one number puts these one behind the other.
    least = min(float(tracks.until_s.min()), float(windows.opens_s.min()))
    span = max(float(tracks.until_s.max()), float(windows.closes_s.max())) - least + 1.0
    of = tracks.picture * threats + tracks.threat
    ends = of * span + (tracks.until_s - least)
    first = np.searchsorted(ends, key * span + (windows.opens_s - least), side="left")
    last = np.searchsorted(ends, key * span + (windows.closes_s - least), side="left")
    return first, np.minimum(last + 1, np.searchsorted(of, key, side="right"))


def first_sights(situation: Situation, found: Opportunities, group: str) -> Floats:
    """When each threat is first in sight of a sensor whose tracks a group has; infinite: never."""
    looks = looks_at(situation, found.sensors, found.passages, found.flights)
    seen, of_group = pictures(situation, found.sensors)
    first = np.full(len(situation.incoming), np.inf)
    if group in of_group:
        mine = seen[of_group[group]][looks.sensor]
        np.minimum.at(first, looks.threat[mine], looks.sight_s[mine])
    return first
