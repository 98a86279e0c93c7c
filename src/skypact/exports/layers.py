"""The map of a scenario under a policy as layers: places, who stands where, routes, reach, and what is allowed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.catalog import symbols
from skypact.exports import earthly
from skypact.exports.sheet import Column, Layer, Row
from skypact.geometry.atlas import Atlas
from skypact.geometry.permission import cover, permitted
from skypact.policy.situation import Clause, FireUnit, Situation
from skypact.report.areas import longest_reach_km
from skypact.report.canvas import flight_line
from skypact.report.material import Material
from skypact.study.setup import CompiledPolicy, Study

FARTHEST_KM = 5000.0
"""Nothing is drawn that reaches farther: from orbit, or without limit."""
LEAST_KM2 = 1.0
"""Smaller areas of permission come from rounding at borders."""
SIDC = Column("sidc", "string", "symbol identification code (APP-6D, MIL-STD-2525D)")
OWNER = Column("owner", "string", "actor that owns it")
PLACE = Column("place", "string", "name of the place: a city, a region or a sea, no site")
SYSTEM = Column("system", "string", "system, by its name in the catalogue")
SYSTEM_NAME = Column("system_name", "string", "what the system is called")
CLASS = Column("class", "string", "class of threat")
Found = Iterator[tuple[Row, BaseGeometry]]


@dataclass(frozen=True)
class Map:
    """What layers are made of."""

    study: Study
    policy: str
    situation: Situation
    material: Material

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> Map:
        """The map of a compiled policy."""
        return cls(study, compiled.policy, compiled.situation, Material(study.scenario, study.catalog))

    @property
    def atlas(self) -> Atlas:
        return self.study.atlas

    def at(self, place: str) -> tuple[float, float]:
        found = self.study.scenario.places[place]
        return found.lat, found.lon

    def side(self, owner: str) -> symbols.Side:
        actor = self.study.scenario.actors.get(owner)
        return "hostile" if actor is not None and actor.role == "attacker" else "friend"

    def threat_symbol(self, threat_class: str) -> str:
        return symbols.threat_symbol(threat_class)


def layers(of: Map) -> tuple[Layer, ...]:
    """Every layer that has anything in it."""
    made = []
    for name, (title, columns, find) in LAYERS.items():
        found = [(row, shape) for row, shape in find(of) if not shape.is_empty]
        if found:
            rows, shapes = zip(*found, strict=True)
            made.append(Layer(name, title, columns, rows, shapes=shapes))
    return tuple(made)


def _places(of: Map) -> Found:
    scenario = of.study.scenario
    weights = {one.place: one.weight for one in scenario.assets.values()}
    launches = {wave.launch for wave in scenario.raid.waves} if scenario.raid else set()
    for name in scenario.places:
        row = {
            "place": name,
            "name": of.material.area_name(name),
            "defended": name in weights,
            "weight": weights.get(name),
            "launch": name in launches,
        }
        yield row, earthly.place(*of.at(name))


def _units(of: Map) -> Found:
    number = Counter((u.place, u.owner, u.system, u.entry) for u in of.situation.units)
    first = {(u.place, u.owner, u.system, u.entry): u for u in reversed(of.situation.units)}
    for key, many in number.items():
        unit = first[key]
        row = {
            "place": unit.place,
            "owner": unit.owner,
            "system": unit.system,
            "system_name": of.material.system(unit.system),
            "entry": unit.entry,
            "count": many,
            "kind": unit.kind,
            "basing": unit.basing,
            "channels": unit.channels,
            "ready": unit.ready,
            "reserve": unit.reserve,
            "availability": unit.availability,
            "reach_km": round(longest_reach_km(unit), 1) if unit.engages else None,
            "engages": tuple(unit.engages),
            "sidc": symbols.unit_symbol(unit.basing, unit.kind, of.side(unit.owner)),
        }
        yield row, earthly.place(*of.at(unit.place))


def _sensors(of: Map) -> Found:
    number = Counter((site.place, site.owner, site.system) for site in of.situation.sites)
    first = {(site.place, site.owner, site.system): site for site in reversed(of.situation.sites)}
    for key, many in number.items():
        site = first[key]
        row = {
            "place": site.place,
            "owner": site.owner,
            "system": site.system,
            "system_name": of.material.system(site.system),
            "count": many,
            "range_km": round(site.antenna.range_km, 1),
            "reference_rcs_m2": site.antenna.reference_rcs_m2,
            "finds": tuple(name for name, chance in site.p_detect.items() if chance),
            "sidc": symbols.sensor_symbol(_basing(of, site.system), of.side(site.owner)),
        }
        yield row, earthly.place(*of.at(site.place))


def _basing(of: Map, system: str) -> str:
    catalog = of.study.catalog
    found = catalog.sensors.get(system) or catalog.effectors.get(system)
    return found.basing if found is not None else "ground"


def _routes(of: Map) -> Found:
    paths = of.situation.paths
    ways = Counter(
        (path.threat, path.threat_class, path.points) for path in map(_path(paths), of.situation.incoming)
    )
    for (threat, threat_class, points), many in ways.items():
        row = {
            "class": threat_class,
            "threat": threat,
            "count": many,
            "sidc": of.threat_symbol(threat_class),
        }
        rough = tuple(
            (round(lat, earthly.CITY_DIGITS), round(lon, earthly.CITY_DIGITS)) for lat, lon in points
        )
        yield row, earthly.line(flight_line(rough))


def _path(paths: Any) -> Callable[[Any], Any]:
    return lambda one: paths[one.path]


def _coverage(of: Map) -> Found:
    seen: set[tuple[str, str, str, str, float]] = set()
    for unit in of.situation.units:
        dash = unit.aircraft.reach_km if unit.aircraft else 0.0
        for name, engagement in unit.engages.items():
            km = unit.radius_km + dash + engagement.max_range_km
            yield from _circle(of, seen, "engage", unit.place, unit.owner, unit.system, name, km)
    for site in of.situation.sites:
        for name, chance in site.p_detect.items():
            if chance:
                yield from _circle(
                    of, seen, "find", site.place, site.owner, site.system, name, site.antenna.range_km
                )


def _circle(
    of: Map, seen: set[Any], what: str, place: str, owner: str, system: str, name: str, km: float
) -> Found:
    key = (what, place, owner, system, name, km)
    if key in seen or not 0.0 < km <= FARTHEST_KM:
        return
    seen.add(key)
    row = {
        "what": what,
        "place": place,
        "owner": owner,
        "system": system,
        "system_name": of.material.system(system),
        "class": name,
        "range_km": round(km, 1),
    }
    lat, lon = of.at(place)
    yield row, earthly.circle(round(lat, earthly.CITY_DIGITS), round(lon, earthly.CITY_DIGITS), km)


def _rules(of: Map) -> Found:
    """Each rule about engagements that names an area, whether or not any unit gains by it."""
    clauses: dict[tuple[str, str, str], Clause] = {}
    for unit in of.situation.units:
        for engagement in unit.engages.values():
            for clause in engagement.clauses:
                if clause.rule is not None and clause.over is not None:
                    clauses.setdefault((clause.by, clause.rule.id, clause.because.decision), clause)
    for (by, rule, decision), clause in clauses.items():
        assert clause.rule is not None
        shape = earthly.area(of.atlas, cover(of.atlas, clause))
        row = {
            "actor": by,
            "rule": rule,
            "decision": decision,
            "effect": "may" if clause.allow else "may not",
            "classes": clause.rule.classes or ("all",),
            "since": clause.because.since or None,
            "sources": clause.because.sources,
            "area_km2": round(earthly.area_km2(shape), 1),
        }
        yield row, shape


def _permission(of: Map) -> Found:
    """Where somebody's units may intercept, all rules together, within their reach."""
    by: dict[tuple[str, str], dict[int, tuple[BaseGeometry, set[tuple[float, float, float]]]]] = {}
    for unit in of.situation.units:
        for name, engagement in unit.engages.items():
            shape = permitted(of.atlas, unit, engagement)
            own = by.setdefault((unit.owner, name), {})
            own.setdefault(id(shape), (shape, set()))[1].add((*of.at(unit.place), _reach_km(unit, name)))
    for (owner, against), parts in by.items():
        allowed = shapely.union_all([_within(of.atlas, shape, discs) for shape, discs in parts.values()])
        home = of.atlas.named(owner) if owner in of.atlas.geography.territories else shapely.Polygon()
        for where, part in (("home", allowed.intersection(home)), ("abroad", allowed.difference(home))):
            shape = earthly.area(of.atlas, part)
            km2 = earthly.area_km2(shape)
            if km2 >= LEAST_KM2:
                yield {"owner": owner, "class": against, "where": where, "area_km2": round(km2, 1)}, shape


def _reach_km(unit: FireUnit, name: str) -> float:
    dash = unit.aircraft.reach_km if unit.aircraft else 0.0
    return unit.radius_km + dash + unit.engages[name].max_range_km  # type: ignore[index]


def _within(atlas: Atlas, shape: BaseGeometry, discs: set[tuple[float, float, float]]) -> BaseGeometry:
    if any(math.isinf(km) for _, _, km in discs):
        return shape
    near = shapely.union_all([atlas.point(lat, lon).buffer(km, 16) for lat, lon, km in sorted(discs)])
    return shapely.union_all([one.intersection(near) for one in earthly.polygons(shape)])


LAYERS: dict[str, tuple[str, tuple[Column, ...], Callable[[Map], Found]]] = {
    "places": (
        "Places that the scenario names",
        (
            PLACE,
            Column("name", "string", "what it is called"),
            Column("defended", "boolean", "whether something there is defended"),
            Column("weight", "number", "by which national totals are shared out"),
            Column("launch", "boolean", "whether threats start there"),
        ),
        _places,
    ),
    "units": (
        "Fire units by place, owner, system and entry of the laydown; notional positions",
        (
            PLACE,
            OWNER,
            SYSTEM,
            SYSTEM_NAME,
            Column("entry", "string", "entry of the scenario's laydown"),
            Column("count", "integer", "how many there are", "units"),
            Column("kind", "string", "hard, or soft for jamming"),
            Column("basing", "string", "ground, air or ship"),
            Column("channels", "integer", "engagements at once, of one unit", "engagements"),
            Column("ready", "integer", "rounds ready to fire, of one unit", "rounds"),
            Column("reserve", "integer", "rounds behind them, of one unit", "rounds"),
            Column("availability", "number", "chance that a unit takes part", "probability"),
            Column("reach_km", "number", "longest reach from the middle of its place, dash included", "km"),
            Column("engages", "string", "classes of threat that it engages"),
            SIDC,
        ),
        _units,
    ),
    "sensors": (
        "Sensors by place, owner and system; notional positions",
        (
            PLACE,
            OWNER,
            SYSTEM,
            SYSTEM_NAME,
            Column("count", "integer", "how many there are", "sensors"),
            Column("range_km", "number", "range against the reference cross-section", "km"),
            Column("reference_rcs_m2", "number", "radar cross-section at which the range holds", "m²"),
            Column("finds", "string", "classes of threat that it can find"),
            SIDC,
        ),
        _sensors,
    ),
    "routes": (
        "Ways of the threats from launch to aim",
        (
            CLASS,
            Column("threat", "string", "type of threat, by its name in the catalogue"),
            Column("count", "integer", "how many fly so", "threats"),
            SIDC,
        ),
        _routes,
    ),
    "coverage": (
        "How far units can engage and sensors can find, from the middle of their place; hills and the horizon left out",
        (
            Column("what", "string", "engage or find"),
            PLACE,
            OWNER,
            SYSTEM,
            SYSTEM_NAME,
            CLASS,
            Column("range_km", "number", "greatest range, patrol and dash of aircraft included", "km"),
        ),
        _coverage,
    ),
    "rules": (
        "Areas of the rules about engagements that are in force, airspace without consent left out",
        (
            Column("actor", "string", "whose rule it is"),
            Column("rule", "string", "the rule"),
            Column("decision", "string", "decision that brought it; empty for a rule that stood before"),
            Column("effect", "string", "may or may not"),
            Column("classes", "string", "classes of threat that it is about"),
            Column("since", "string", "since when it holds"),
            Column("sources", "string", "who says so"),
            Column("area_km2", "number", "area on the WGS84 ellipsoid", "km²"),
        ),
        _rules,
    ),
    "permission": (
        "Where an owner's units may intercept a class, all rules together, within their reach",
        (
            OWNER,
            CLASS,
            Column(
                "where", "string", "home: the owner's own territory; abroad: anywhere else, the sea included"
            ),
            Column("area_km2", "number", "area on the WGS84 ellipsoid", "km²"),
        ),
        _permission,
    ),
}
"""By name: what it holds, its columns, and who finds them."""
