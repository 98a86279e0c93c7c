"""Maps: the raid and the defence on one, the areas of permission on one for each policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt
import shapely
from markupsafe import Markup
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import atlas_of
from skypact.policy.situation import Situation
from skypact.report.areas import Permitted, permitted_abroad
from skypact.report.canvas import Canvas, canvas_around, flight_line
from skypact.report.drawing import INK, NARROW, both_widths, svg
from skypact.report.material import Material, class_names
from skypact.report.words import class_name, listed

# Dashes repeat what the colours say, for those who cannot tell the colours apart.
CLASS_STYLE = {
    "drone": ("var(--c1)", []),
    "cruise": ("var(--c2)", [7, 3]),
    "fast-cruise": ("var(--c3)", [7, 3, 2, 3]),
    "ballistic-short": ("var(--c4)", [2, 2]),
    "ballistic-medium": ("var(--c4)", [2, 2]),
    "aeroballistic": ("var(--c5)", [10, 2]),
}
DEFENDER, ALLY = ("var(--home-ink)", "circle"), ("var(--c2)", "square")
AREA_FILLS = ("var(--a1)", "var(--a2)", "var(--a3)", "var(--a4)")
DEFENDER_FILL = "var(--a5)"


@dataclass(frozen=True)
class Key:
    """An entry of a legend: a small drawing of a line, a mark or an area, and what it means."""

    kind: str
    colour: str
    text: str
    dash: str = ""


REPORTED_KEYS = (
    Key("bar", "var(--accent)", "simulated: mean, and 5th to 95th percentile"),
    Key("diamond", "var(--c2)", "reported, with its range where the report gives one"),
)


@dataclass(frozen=True)
class PolicyMap:
    """The map of one policy, with its legend."""

    title: str
    summary: str
    drawing: Markup
    keys: list[Key]


def overview(material: Material) -> tuple[Markup, list[Key]]:
    """Borders, laydown under the baseline by owner, launch areas and routes by class."""
    situation = material.situations[material.baseline]
    points = [point for path in situation.paths for point in path.points]
    atlas = atlas_of(situation.geography)
    canvas = canvas_around(atlas, [*points, *((unit.lat, unit.lon) for unit in situation.units)])
    classes = [name for name in CLASS_STYLE if any(path.threat_class == name for path in situation.paths)]
    scenario = material.scenario
    launches = dict.fromkeys(wave.launch for wave in scenario.raid.waves)
    assets = sorted(scenario.assets.values(), key=lambda asset: -asset.weight)
    named = dict.fromkeys([*launches, *(asset.place for asset in assets)])

    def draw(width: int) -> Any:
        layers = [*_ground(canvas, width, material)]
        layers += [_routes(canvas, width, situation, name) for name in classes]
        layers += _units(canvas, width, material, situation)
        layers.append(
            _marks(canvas, width, [_place(material, name) for name in launches], "triangle-up", INK)
        )
        layers += _labels(canvas, width, {name: _place(material, name) for name in named}, material)
        return _sheet(canvas, width, layers)

    owners = dict.fromkeys(unit.owner for unit in situation.units)
    label = (
        f"Map: fire units of {material.actors(tuple(owners))} under “{material.title(material.baseline)}”, and "
        f"the routes of {class_names(tuple(classes))} from "
        f"{listed(material.area_name(name) for name in launches)}. Positions are notional."
    )
    keys = [
        Key("line", CLASS_STYLE[n][0], class_name(n), ",".join(map(str, CLASS_STYLE[n][1]))) for n in classes
    ]
    keys.append(Key("triangle", INK, "launch area"))
    keys += _owner_keys(material, owners)
    return both_widths(draw, label), keys


def permissions(material: Material) -> list[PolicyMap]:
    """One map for each policy: its fire units, and where they may intercept outside their own territory."""
    situations = {
        name: material.situations[name] for name in material.policies if name in material.situations
    }
    points = {(unit.lat, unit.lon) for situation in situations.values() for unit in situation.units}
    if not points:
        return []
    points |= {_place(material, asset.place) for asset in material.scenario.assets.values()}
    atlas = atlas_of(next(iter(situations.values())).geography)
    canvas = canvas_around(atlas, sorted(points))
    ground = _ground(canvas, NARROW, material)
    return [_policy_map(material, name, situation, canvas, ground) for name, situation in situations.items()]


def _policy_map(
    material: Material, name: str, situation: Situation, canvas: Canvas, ground: list[Any]
) -> PolicyMap:
    home = frozenset(material.defended)
    allied = permitted_abroad(canvas, situation, frozenset(unit.owner for unit in situation.units) - home)
    own = permitted_abroad(canvas, situation, home)
    layers, keys = list(ground), []
    for permitted, fill in zip(allied, AREA_FILLS * len(allied), strict=False):
        layers.append(_area(canvas, permitted, fill, dashed=False))
        keys.append(Key("area", fill, f"allies may intercept {_those(permitted, situation)}"))
    for permitted in own:
        layers.append(_area(canvas, permitted, DEFENDER_FILL, dashed=True))
        who = material.actors(material.defended)
        keys.append(
            Key("area", DEFENDER_FILL, f"{who} may intercept {_those(permitted, situation)} abroad", "4,3")
        )
    layers += _units(canvas, NARROW, material, situation)
    owners = dict.fromkeys(unit.owner for unit in situation.units)
    keys += _owner_keys(material, owners)
    title = material.title(name)
    said = [key.text for key in keys if key.kind == "area"]
    label = f"Map of “{title}”: " + (
        "; ".join(said) if said else "nobody may intercept outside their own territory"
    )
    policy = material.scenario.policies.get(name)
    return PolicyMap(
        title, policy.summary if policy else "", svg(_sheet(canvas, NARROW, layers), label), keys
    )


def _those(permitted: Permitted, situation: Situation) -> str:
    coming = {path.threat_class for path in situation.paths}
    every = coming <= set(permitted.classes)
    return "all classes" if every else class_names(permitted.classes)


def _owner_keys(material: Material, owners: Iterable[str]) -> list[Key]:
    owners = list(owners)
    home = [name for name in owners if name in material.defended]
    allied = [name for name in owners if name not in material.defended]
    keys = []
    if home:
        keys.append(Key("circle", DEFENDER[0], f"fire units of {material.actors(tuple(home))}"))
    if allied:
        keys.append(Key("square", ALLY[0], f"fire units of {material.actors(tuple(allied))}"))
    return keys


# ---------------------------------------------------------------------------------- layers


def _sheet(canvas: Canvas, width: int, layers: list[Any]) -> Any:
    frame = {"stroke": "var(--border)", "fill": "var(--sea)"}
    return (
        alt.layer(*layers)
        .properties(width=width, height=round(width * canvas.ratio), view=frame)
        .project(type="identity")
    )


def _shapes(shapes: list[BaseGeometry], width: int, canvas: Canvas, tolerance: float = 0.5) -> Any:
    to_pixels = canvas.pixels(width)
    features = []
    for shape in shapes:
        flat = to_pixels(shape.simplify(tolerance * (canvas.frame[2] - canvas.frame[0]) / width))
        if not flat.is_empty:
            features.append({"type": "Feature", "geometry": mapping(flat), "properties": {}})
    return alt.Data(values=features)


def _ground(canvas: Canvas, width: int, material: Material) -> list[Any]:
    home = {
        code for name in material.defended for code in (material.scenario.actors[name].territory or (name,))
    }
    inside = {code: land.intersection(canvas.box) for code, land in canvas.atlas.land.items()}
    inside = {code: land for code, land in inside.items() if not land.is_empty}
    other = [land for code, land in inside.items() if code not in home]
    own = [land for code, land in inside.items() if code in home]
    style = {"stroke": "var(--border)", "strokeWidth": 0.7}
    layers = []
    if other:
        layers.append(alt.Chart(_shapes(other, width, canvas)).mark_geoshape(fill="var(--land)", **style))
    if own:
        layers.append(alt.Chart(_shapes(own, width, canvas)).mark_geoshape(fill="var(--home)", **style))
    return layers


def _routes(canvas: Canvas, width: int, situation: Situation, threat_class: str) -> Any:
    colour, dash = CLASS_STYLE[threat_class]
    ways = dict.fromkeys(path.points for path in situation.paths if path.threat_class == threat_class)
    lines = [shapely.LineString(canvas.xy(flight_line(way))).intersection(canvas.box) for way in ways]
    return alt.Chart(_shapes(lines, width, canvas)).mark_geoshape(
        filled=False, stroke=colour, strokeWidth=1.4, strokeDash=dash, opacity=0.75
    )


def _area(canvas: Canvas, permitted: Permitted, fill: str, dashed: bool) -> Any:
    dash = [4, 3] if dashed else []
    return alt.Chart(_shapes([permitted.shape], NARROW, canvas)).mark_geoshape(
        fill=fill, fillOpacity=0.4, stroke=fill, strokeWidth=1.2, strokeDash=dash
    )


def _units(canvas: Canvas, width: int, material: Material, situation: Situation) -> list[Any]:
    """Fire units by place: the mark's area grows with their number; discs are patrol areas."""
    layers = []
    for home, (colour, shape) in ((True, DEFENDER), (False, ALLY)):
        units = [unit for unit in situation.units if (unit.owner in material.defended) == home]
        discs = {
            (unit.lat, unit.lon, unit.radius_km) for unit in units if unit.basing == "air" and unit.radius_km
        }
        if discs:
            circles = [
                shapely.Point(canvas.xy([(lat, lon)])[0]).buffer(radius).intersection(canvas.box)
                for lat, lon, radius in sorted(discs)
            ]
            layers.append(
                alt.Chart(_shapes(circles, width, canvas)).mark_geoshape(
                    filled=False, stroke=colour, strokeWidth=0.9, strokeDash=[1, 2]
                )
            )
        number = Counter((unit.lat, unit.lon) for unit in units)
        if number:
            layers.append(_marks(canvas, width, list(number), shape, colour, list(number.values())))
    return layers


def _marks(
    canvas: Canvas,
    width: int,
    points: list[tuple[float, float]],
    shape: str,
    colour: str,
    number: list[int] | None = None,
) -> Any:
    unit = 10 if width == NARROW else 14
    values = [
        {"x": x, "y": y, "size": min(260, 14 + unit * n)}
        for (x, y), n in zip(_pixels(canvas, width, points), number or [3] * len(points), strict=True)
    ]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(shape=shape, fill=colour, stroke="var(--paper)", strokeWidth=0.8, opacity=0.9)
        .encode(longitude="x:Q", latitude="y:Q", size=alt.Size("size:Q", scale=None))
    )


def _labels(
    canvas: Canvas, width: int, places: dict[str, tuple[float, float]], material: Material
) -> list[Any]:
    """Names of places, the first ones first; a name that would cover another is left out."""
    height = width * canvas.ratio
    taken: list[tuple[float, float, float, float]] = []
    values = []
    for name, (x, y) in zip(places, _pixels(canvas, width, list(places.values())), strict=True):
        text = material.area_name(name).split(" (")[0]
        long = 6.3 * len(text)
        for left, up in ((x + 7, y), (x - 7 - long, y), (x - long / 2, y - 12), (x - long / 2, y + 12)):
            box = (left - 2, up - 7, left + long + 2, up + 7)
            fits = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if fits and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                values.append({"x": left, "y": up, "text": text})
                break
    data = alt.Data(values=values)
    place = {"longitude": "x:Q", "latitude": "y:Q", "text": "text:N"}
    style = {"align": "left", "baseline": "middle", "fontSize": 11}
    halo = alt.Chart(data).mark_text(**style, stroke="var(--land)", strokeWidth=3, strokeJoin="round")
    return [halo.encode(**place), alt.Chart(data).mark_text(**style, color=INK).encode(**place)]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _pixels(canvas: Canvas, width: int, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    flat = canvas.pixels(width)(shapely.MultiPoint(canvas.xy(points)))
    return [(point.x, point.y) for point in flat.geoms]


def _place(material: Material, name: str) -> tuple[float, float]:
    place = material.scenario.places[name]
    return place.lat, place.lon
