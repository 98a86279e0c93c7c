"""The ways of threats through the air, as a picture that moves needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from skypact.geometry.flight import Flight, fly
from skypact.policy import Situation

MOST_NODES = 60
"""Of a path: on a map of a thousand pixels a line between so many points is a curve."""


def flights(situation: Situation, offsets_s: Mapping[str, float]) -> dict[str, Any]:
    """Paths, and who flies which of them when.

    Parameters
    ----------
    situation
        Who flies which way.
    offsets_s
        By threat: by how much chance shifts its whole history, seconds.

    Returns
    -------
    dict
        ``paths``: of each its class and ``nodes`` of seconds since launch, longitude, latitude (degrees, WGS84) and altitude
        (km), between which all is linear in time; ``threats``: of each its path, its wave, what it is aimed at and its launch,
        seconds from the raid's zero time, offset included; ``units``: of each owner, system, entry and the middle of its place.
    """
    return {
        "paths": [
            {"class": path.threat_class, "type": path.threat, "nodes": _nodes(flight)}
            for path, flight in zip(situation.paths, fly(situation.paths), strict=True)
        ],
        "threats": [
            {
                "id": one.id,
                "path": one.path,
                "wave": one.wave,
                "asset": one.asset,
                "launch_s": round(one.launch_s + offsets_s.get(one.id, 0.0), 1),
            }
            for one in situation.incoming
        ],
        "units": {
            unit.id: {
                "owner": unit.owner,
                "system": unit.system,
                "kind": unit.kind,
                "entry": unit.entry,
                "place": unit.place,
                "at": [round(degree, 3) for degree in reversed(situation.geography.places[unit.place])],
            }
            for unit in situation.units
        },
    }


def _nodes(flight: Flight) -> list[list[float]]:
    step = max(1, -(-len(flight.time_s) // MOST_NODES))
    kept = np.unique(np.append(np.arange(0, len(flight.time_s), step), len(flight.time_s) - 1))
    table = np.column_stack([flight.time_s, flight.lon, flight.lat, flight.altitude_m / 1000])[kept]
    return [
        [round(time, 1), round(lon, 3), round(lat, 3), round(km, 2)] for time, lon, lat, km in table.tolist()
    ]
