"""Launch windows cut where a track can end, each piece with the track that it needs.

An engagement begins with an *order*, the unit's reaction before its launch: from then on the unit is busy
with the threat, and until then the threat must be tracked.  The order is what a track holds back: it comes
no sooner than the track, and no later than the track's end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skypact.geometry.looks import Indices, Looks, Tracks, looks_at, pictures, spread, tracks_of
from skypact.geometry.windows import Opportunities, Windows, cut, for_threats
from skypact.policy.situation import Situation
from skypact.world.earth import Floats


@dataclass(frozen=True)
class Tracked:
    """The windows of every threat, and what has to be found for them.

    Attributes
    ----------
    windows
        At the raid's times, within times on station, in the order of threats, units and times.  Their
        times are those of the launch: the order is the unit's reaction earlier.
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
    reaction = np.array([unit.reaction_s for unit in situation.units])[windows.unit]
    opens, closes = windows.opens_s - reaction, windows.closes_s - reaction
    key = picture * threats + windows.threat
    number, track = spread(
        _first_ending(tracks, key, opens, threats),
        np.minimum(
            _first_ending(tracks, key, closes, threats) + 1,
            np.searchsorted(tracks.picture * threats + tracks.threat, key, side="right"),
        ),
    )
    low = np.maximum.reduce([opens[number], tracks.after_s[track], tracks.soonest_s[track]])
    high = np.minimum(closes[number], tracks.until_s[track])
    # A piece that is a moment has its neighbour's track as well, unless its window is no more than that.
    kept = (low < high) | ((low == high) & (opens == closes)[number])
    number, track = number[kept], track[kept]
    wait = reaction[number]
    # What is not cut keeps its bounds to the last bit.
    low = np.where(low[kept] == opens[number], windows.opens_s[number], low[kept] + wait)
    high = np.where(high[kept] == closes[number], windows.closes_s[number], high[kept] + wait)
    return Tracked(cut(windows, number, low, high), track, looks, tracks)


def _first_ending(tracks: Tracks, key: Indices, time: Floats, threats: int) -> Indices:
    """The first track of a picture and threat that ends at a time or later, or the one after its last."""
    if not len(tracks) or not len(time):
        return np.zeros(len(time), np.int64)
    # Tracks are sorted by picture, threat and time; one number puts these one behind the other.
    least = min(float(tracks.until_s.min()), float(time.min()))
    span = max(float(tracks.until_s.max()), float(time.max())) - least + 1.0
    own = (tracks.picture * threats + tracks.threat) * span + (tracks.until_s - least)
    return np.searchsorted(own, key * span + (time - least), side="left").astype(np.int64)


def first_sights(situation: Situation, found: Opportunities, group: str) -> Floats:
    """When each threat is first in sight of a sensor whose tracks a group has; infinite: never."""
    looks = looks_at(situation, found.sensors, found.passages, found.flights)
    seen, of_group = pictures(situation, found.sensors)
    first = np.full(len(situation.incoming), np.inf)
    if group in of_group:
        mine = seen[of_group[group]][looks.sensor]
        np.minimum.at(first, looks.threat[mine], looks.sight_s[mine])
    return first
