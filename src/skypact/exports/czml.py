"""One replication as a moving picture: CZML, which Cesium plays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from skypact.exports.layers import Map
from skypact.exports.sheet import Layer, Row
from skypact.exports.tables import Played, engagements, threats
from skypact.geometry.flight import Flight

Packet = dict[str, Any]
MOST_NODES = 60
"""Of a path: between so many points a line is a curve."""
SPEED = 60
"""A minute of the raid a second."""
LEAST_S = 0.5
"""Nearer to each other no two points of a path are told: times must rise when they are rounded."""
TRAIL_S = 900
FATES = {"leaked": [220, 60, 40, 255], "killed": [120, 120, 120, 255], "failed": [180, 180, 120, 255]}
"""Colours: red, green, blue, opacity."""
SIDES = {"friend": [30, 90, 176, 255], "hostile": [200, 36, 36, 255]}
SHOT = {True: [40, 160, 60, 255], False: [230, 160, 30, 200]}
"""An engagement that stops its threat, and one that does not."""


def write_czml(path: Path, of: Map, units: Layer | None, played: Played, note: str) -> None:
    """Write one replication; a second of the picture is a minute of the raid."""
    packets = list(_packets(of, units, played, note))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in packets)
    path.write_bytes(f"[\n{lines}\n]\n".encode())


def _packets(of: Map, units: Layer | None, played: Played, note: str) -> Iterator[Packet]:
    zero = _zero(of)
    flown = [row for row in threats(played).rows if row["launch_s"] is not None and row["end_s"] is not None]
    begin = min((row["launch_s"] for row in flown), default=0.0)
    end = max((row["end_s"] for row in flown), default=0.0) + 60.0
    yield {
        "id": "document",
        "name": f"{of.study.scenario.title}: {of.material.title(of.policy)}",
        "description": escape(note),
        "version": "1.0",
        "clock": {
            "interval": f"{_at(zero, begin)}/{_at(zero, end)}",
            "currentTime": _at(zero, begin),
            "multiplier": SPEED,
            "range": "LOOP_STOP",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        },
    }
    if units is not None:
        for row, shape in zip(units.rows, units.shapes, strict=True):
            yield _unit(of, row, shape.x, shape.y)
    situation = played.compiled.situation
    paths = {one.id: one.path for one in situation.incoming}
    flights = played.compiled.opportunities.flights
    ways = {row["threat"]: flights[paths[row["threat"]]] for row in flown}
    for row in flown:
        yield _threat(of, zero, row, ways[row["threat"]])
    launches = {row["threat"]: row["launch_s"] for row in flown}
    for number, row in enumerate(engagements(played).rows):
        if row["threat"] in ways and row["place"] in of.study.scenario.places:
            yield _shot(of, zero, number, row, ways[row["threat"]], launches[row["threat"]])


def _unit(of: Map, row: Row, lon: float, lat: float) -> Packet:
    return {
        "id": f"unit/{row['place']}/{row['owner']}/{row['system']}/{row['entry']}",
        "name": f"{row['count']} × {row['system_name']}, {of.material.actor(row['owner'])}",
        "position": {"cartographicDegrees": [lon, lat, 0.0]},
        "point": {"pixelSize": 8.0, "color": {"rgba": SIDES[of.side(row["owner"])]}},
        "properties": {"sidc": row["sidc"], "place": row["place"], "notional": True},
    }


def _threat(of: Map, zero: datetime, row: Row, flight: Flight) -> Packet:
    colour = {"rgba": FATES[row["fate"]]}
    said = f"{row['class']}, wave {row['wave']}, aimed at {row['asset']}: {row['fate']}"
    if row["because"]:
        said += f" ({row['because']})"
    begin, end = row["launch_s"], max(row["end_s"], row["launch_s"] + 1.0)
    return {
        "id": f"threat/{row['threat']}",
        "name": row["threat"],
        "description": escape(said),
        "availability": f"{_at(zero, begin)}/{_at(zero, end)}",
        "position": {
            "epoch": _at(zero, 0.0),
            "interpolationAlgorithm": "LINEAR",
            "interpolationDegree": 1,
            "cartographicDegrees": _samples(flight, begin, end),
        },
        "point": {"pixelSize": 5.0, "color": colour},
        "path": {
            "width": 1.0,
            "leadTime": 0.0,
            "trailTime": float(TRAIL_S),
            "material": {"solidColor": {"color": colour}},
        },
        "properties": {"class": row["class"], "fate": row["fate"], "sidc": of.threat_symbol(row["class"])},
    }


def _shot(of: Map, zero: datetime, number: int, row: Row, flight: Flight, launch_s: float) -> Packet:
    lat, lon = of.at(row["place"])
    met = flight.at(row["intercept_s"] - launch_s)
    line = [round(lon, 2), round(lat, 2), 0.0, round(met[1], 3), round(met[0], 3), round(met[2], -1)]
    end = max(row["intercept_s"], row["launch_s"] + 1.0)
    return {
        "id": f"engagement/{number}",
        "name": f"{row['unit']} at {row['threat']}: {'killed' if row['killed'] else 'missed'}",
        "availability": f"{_at(zero, row['launch_s'])}/{_at(zero, end)}",
        "polyline": {
            "positions": {"cartographicDegrees": line},
            "width": 1.0,
            "arcType": "NONE",
            "material": {"solidColor": {"color": {"rgba": SHOT[row["killed"]]}}},
        },
    }


def _samples(flight: Flight, begin: float, end: float) -> list[float]:
    """Seconds after zero, longitude, latitude and metres, from launch to the end of the flight."""
    step = max(1, -(-len(flight.time_s) // MOST_NODES))
    seconds = flight.time_s[::step]
    seconds = np.append(seconds[seconds < end - begin - LEAST_S], end - begin)
    found: list[float] = []
    for second in seconds.tolist():
        lat, lon, metres = flight.at(second)
        found += [round(begin + second, 1), round(lon, 3), round(lat, 3), round(metres, -1)]
    return found


def _zero(of: Map) -> datetime:
    return of.study.scenario.raid.zero.astimezone(UTC)


def _at(zero: datetime, seconds: float) -> str:
    return (
        (zero + timedelta(seconds=round(seconds, 1)))
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
