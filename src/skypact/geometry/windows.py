"""What can reach what, and when: launch windows and passages through sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skypact.geometry.atlas import Atlas, atlas_of
from skypact.geometry.flight import Flight
from skypact.geometry.flown import Indices, flown_of
from skypact.geometry.looks import sensors_of
from skypact.geometry.shooters import reach
from skypact.geometry.sight import Passages
from skypact.policy.situation import Site, Situation
from skypact.world.earth import Floats


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
    """What can be reached, and what can be seen, by path.

    Attributes
    ----------
    windows
        Times count from the launch of the path.  Neither times on station nor tracks are regarded yet.
    flights
        Each path's flight; its duration is the time from launch to impact.
    sensors
        Everything that looks, fire units' own radars included.
    passages
        Of every path through the sight of every sensor.
    """

    windows: Windows
    flights: tuple[Flight, ...]
    sensors: tuple[Site, ...]
    passages: Passages


def opportunities(
    situation: Situation, atlas: Atlas | None = None, permission: bool = True, step: float = 1.0
) -> Opportunities:
    """Compute every launch window of a situation, whoever sees the threat, and every passage.

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
    atlas = atlas or atlas_of(situation.geography)
    flown = flown_of(atlas, situation.paths)
    sensors = sensors_of(situation)
    unit, found = reach(situation, atlas if permission else None, flown, step)
    windows = Windows(found[:, 0].astype(np.int64), unit, *found[:, 1:].T)
    order = np.lexsort((windows.opens_s, windows.unit, windows.threat))
    return Opportunities(_take(windows, order), flown.flights, sensors, flown.passages(sensors))


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
        pieces.append(cut(windows, kept, opens[kept], closes[kept]))
    together = Windows(
        *(
            np.concatenate([getattr(piece, name) for piece in pieces] or [getattr(windows, name)[:0]])
            for name in Windows.__dataclass_fields__
        )
    )
    return _take(together, np.lexsort((together.opens_s, together.unit, together.threat)))


def cut(windows: Windows, entries: Indices, opens: Floats, closes: Floats) -> Windows:
    """Pieces of windows: of which, from when and until when."""
    from_s, until_s = windows.opens_s[entries], windows.closes_s[entries]
    flight, flight_end = windows.flight_open_s[entries], windows.flight_close_s[entries]
    length = until_s - from_s
    slope = (flight_end - flight) / np.where(length > 0, length, 1.0)
    return Windows(
        windows.threat[entries],
        windows.unit[entries],
        opens,
        closes,
        flight + slope * (opens - from_s),
        flight_end - slope * (until_s - closes),
    )


def _take(windows: Windows, entries: Indices) -> Windows:
    return Windows(*(getattr(windows, name)[entries] for name in Windows.__dataclass_fields__))
