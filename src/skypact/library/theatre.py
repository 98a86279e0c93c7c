"""The map of a scenario under a policy, as data that anything can draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.catalog.symbols import Side, sensor_symbol, unit_symbol
from skypact.formatting import class_name, class_names
from skypact.geometry.atlas import Atlas
from skypact.library.calls import Asked
from skypact.library.scenarios import Scenario, load
from skypact.policy import Situation
from skypact.policy.situation import Point
from skypact.report.areas import longest_reach_km, permitted_abroad
from skypact.report.canvas import Canvas, canvas_around, flight_line
from skypact.report.material import Material
from skypact.scenario import model
from skypact.study import Study
from skypact.study.ready import ready

Document = dict[str, Any]
CREDIT = "Borders: © OpenStreetMap contributors, ODbL 1.0"
NOTE = "Positions are notional: national totals spread over cities by a stated rule, no reports of where a unit stands."
FINEST_KM = 1.5
"""Borders are accurate to about 10 km; finer corners would only cost time."""
LEAST_KM = 500.0
"""Width of the smallest frame, so that it can be seen where it is."""
DIGITS = 3
"""Decimals of a degree: 0.1 km."""


@dataclass(frozen=True, repr=False)
class Theatre:
    """What a map of a scenario under a policy shows (`skypact.theatre`).

    Attributes
    ----------
    document
        Positions in degrees, longitude first (WGS84); lengths in km.  ``frame`` is west, south, east and north of the
        defence, ``whole`` of the whole raid; ``land``, ``places``, ``units`` and ``sensors`` grouped by place, ``routes`` by class and
        ``areas`` where intercepts are allowed abroad, within reach.
    """

    of: Scenario
    policy: str
    document: Document = field(repr=False)

    def to_dict(self) -> Document:
        """As JSON has it."""
        return self.document

    def __repr__(self) -> str:
        many = sum(group["count"] for group in self.document["units"])
        return f"<Theatre: {self.of.id}, {self.policy}, {many} fire units>"


def theatre(scenario: Asked, policy: str | None = None) -> Theatre:
    """Lay out a scenario under a policy on a map: borders, who stands where, routes, areas of permission.

    Parameters
    ----------
    scenario
        A shipped name, a path, YAML text or a loaded scenario.
    policy
        Its name; None: the scenario's baseline.

    Raises
    ------
    skypact.Problems
        If the scenario has errors or the policy is unknown.

    Examples
    --------
    >>> import skypact
    >>> map_ = skypact.theatre("ukraine-2024-08-11").to_dict()
    >>> any(one["code"] == "UKR" and one["defended"] for one in map_["land"])
    True
    """
    asked = load(scenario)
    study = asked.study(None if policy is None else (policy,), alone=True)
    name = study.policies[0]
    made = ready(study, name)
    material = Material(asked.data, study.catalog)
    shown = made.keep("theatre", lambda: _shown(study, material, made.compiled.situation))
    document = {"scenario": asked.id, "policy": name, "title": material.title(name), **shown}
    return Theatre(asked, name, document)


def _shown(study: Study, material: Material, situation: Situation) -> Document:
    """All but the names of scenario and policy."""
    defended, whole = _points(material.scenario, situation)
    canvas = canvas_around(study.atlas, sorted(whole))
    return {
        "frame": _frame(canvas_around(study.atlas, sorted(defended), pad=0.1)),
        "whole": _frame(canvas),
        "land": list(_land(canvas, material)),
        "places": list(_places(material)),
        "units": list(_units(material, situation)),
        "sensors": list(_sensors(material, situation)),
        "routes": list(_routes(situation)),
        "areas": list(_areas(canvas, material, situation)),
        "credit": CREDIT,
        "note": NOTE,
    }


def _points(scenario: model.Scenario, situation: Situation) -> tuple[set[Point], set[Point]]:
    """Where units and defended places are; and all that, with every way that threats fly."""
    places = scenario.places
    found = {(unit.lat, unit.lon) for unit in situation.units}
    found |= {(places[one.place].lat, places[one.place].lon) for one in scenario.assets.values()}
    return found, found.union(*(path.points for path in situation.paths))


def _frame(canvas: Canvas) -> list[float]:
    """West, south, east and north of the middle lines of a canvas, degrees."""
    west, south, east, north = canvas.frame
    x, y, more = (west + east) / 2, (south + north) / 2, max(0.0, LEAST_KM - (east - west)) / 2
    west, south, east, north = west - more, south - more, east + more, north + more
    ends = shapely.MultiPoint([(west, y), (east, y), (x, south), (x, north)])
    left, right, below, above = shapely.get_coordinates(canvas.atlas.lonlat(ends)).tolist()
    return [round(one, DIGITS) for one in (left[0], below[1], right[0], above[1])]


def _land(canvas: Canvas, material: Material) -> Iterator[Document]:
    actors = material.scenario.actors
    home = {code for name in material.defended for code in (actors[name].territory or (name,))}
    wider = canvas.box.buffer(0.5 * (canvas.frame[2] - canvas.frame[0]) + LEAST_KM)
    for code, land in canvas.atlas.land.items():
        shape = land.intersection(wider)
        if not shape.is_empty:
            yield {
                "code": code,
                "defended": code in home,
                "polygons": _polygons(canvas.atlas, shape),
            }


def _places(material: Material) -> Iterator[Document]:
    assets: Mapping[str, float] = {one.place: one.weight for one in material.scenario.assets.values()}
    launches = {wave.launch for wave in material.scenario.raid.waves}
    for name, place in material.scenario.places.items():
        yield {
            "id": name,
            "name": material.area_name(name),
            "at": _lonlat(place.lat, place.lon),
            "weight": assets.get(name),
            "launch": name in launches,
        }


def _units(material: Material, situation: Situation) -> Iterator[Document]:
    """Fire units of one owner and system at one place, together."""
    number = Counter((u.place, u.owner, u.system, u.entry) for u in situation.units)
    first = {(u.place, u.owner, u.system, u.entry): u for u in reversed(situation.units)}
    for key, many in number.items():
        unit = first[key]
        yield {
            **_stands(material, unit.place, unit.owner, unit.system),
            "entry": unit.entry,
            "count": many,
            "basing": unit.basing,
            "kind": unit.kind,
            "sidc": unit_symbol(unit.basing, unit.kind, _side(material, unit.owner)),
            "ready": unit.ready,
            "reserve": unit.reserve,
            "radius_km": unit.radius_km,
            "reach_km": round(min(longest_reach_km(unit), 5000.0), 1) if unit.engages else 0.0,
            "engages": [class_name(name) for name in unit.engages],
        }


def _sensors(material: Material, situation: Situation) -> Iterator[Document]:
    number = Counter((site.place, site.owner, site.system) for site in situation.sites)
    first = {(site.place, site.owner, site.system): site for site in reversed(situation.sites)}
    for key, many in number.items():
        site = first[key]
        yield {
            **_stands(material, site.place, site.owner, site.system),
            "count": many,
            "sidc": sensor_symbol(_basing(material, site.system), _side(material, site.owner)),
            "range_km": round(site.antenna.range_km, 1),
        }


def _side(material: Material, owner: str) -> Side:
    return "hostile" if material.scenario.actors[owner].role == "attacker" else "friend"


def _basing(material: Material, system: str) -> str:
    catalog = material.catalog
    found = catalog.sensors.get(system) or catalog.effectors.get(system)
    return "ground" if found is None else found.basing


def _stands(material: Material, place: str, owner: str, system: str) -> Document:
    found = material.scenario.places[place]
    return {
        "place": place,
        "place_name": material.area_name(place),
        "at": _lonlat(found.lat, found.lon),
        "owner": owner,
        "owner_name": material.actor(owner),
        "defender": owner in material.defended,
        "system": system,
        "system_name": material.system(system),
    }


def _routes(situation: Situation) -> Iterator[Document]:
    ways = Counter(
        (path.threat_class, path.points) for path in (situation.paths[one.path] for one in situation.incoming)
    )
    for (threat_class, points), many in ways.items():
        yield {
            "class": threat_class,
            "threats": many,
            "line": [_lonlat(lat, lon) for lat, lon in flight_line(points)],
        }


def _areas(canvas: Canvas, material: Material, situation: Situation) -> Iterator[Document]:
    owners = {unit.owner for unit in situation.units}
    home = frozenset(material.defended)
    for who, allied in ((frozenset(owners - home), True), (home, False)):
        for one in permitted_abroad(canvas, situation, who) if who else ():
            coming = {path.threat_class for path in situation.paths}
            every = coming <= set(one.classes)
            yield {
                "allied": allied,
                "classes": "all classes" if every else class_names(one.classes),
                "polygons": _polygons(canvas.atlas, one.shape),
            }


def _polygons(atlas: Atlas, shape: BaseGeometry) -> list[list[list[list[float]]]]:
    """Rings in degrees, the outer ones clockwise, as drawing on a sphere expects them."""
    found = []
    for part in _parts(shape.simplify(FINEST_KM)):
        turned = shapely.geometry.polygon.orient(atlas.lonlat(part), sign=-1.0)
        rings = [turned.exterior, *turned.interiors]
        found.append([[[round(x, DIGITS), round(y, DIGITS)] for x, y in ring.coords] for ring in rings])
    return found


def _parts(shape: BaseGeometry) -> Iterable[Any]:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return (part for part in parts if part.geom_type == "Polygon" and not part.is_empty)


def _lonlat(lat: float, lon: float) -> list[float]:
    return [round(lon, DIGITS), round(lat, DIGITS)]
