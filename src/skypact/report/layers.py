"""The layers of a map: land, routes, areas, fire units, names of places."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import Atlas
from skypact.policy.situation import Situation
from skypact.report.areas import hatching
from skypact.report.canvas import Canvas, flight_line
from skypact.report.drawing import INK, NARROW, data
from skypact.report.lettering import room
from skypact.report.material import Material

# Dashes repeat what the colours say, for those who cannot tell the colours apart.
CLASS_STYLE = {
    "drone": ("var(--c1)", []),
    "cruise": ("var(--c2)", [7, 3]),
    "fast-cruise": ("var(--c3)", [7, 3, 2, 3]),
    "ballistic-short": ("var(--c4)", [2, 2]),
    "ballistic-medium": ("var(--c4)", [2, 2]),
    "aeroballistic": ("var(--c5)", [10, 2]),
    "armour": ("var(--c3)", [3, 3]),
    "artillery": ("var(--c3)", [3, 3]),
}
DEFENDER, ALLY = ("var(--home-ink)", "circle"), ("var(--ally)", "square")
# How areas are drawn, the smallest last and as a tint; the hatchings let what lies below show through.
TINT, RISING, FALLING, DASHED, DOTTED = "area", "rising", "falling", "dashed", "dotted"
OUTLINES = {DASHED: [5, 3], DOTTED: [1.5, 2.5]}
AREA_STYLES = ((RISING, "var(--a1)"), (FALLING, "var(--a2)"), (RISING, "var(--a4)"), (FALLING, "var(--a3)"))
LAST_STYLE = (TINT, "var(--a3)")
HATCH_PX = 5.5
LABEL_PX = 11


def sheet(canvas: Canvas, width: int, layers: list[Any]) -> Any:
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
    return data(features)


def _home_codes(material: Material) -> set[str]:
    actors = material.scenario.actors
    return {code for name in material.defended for code in (actors[name].territory or (name,))}


def home_land(atlas: Atlas, material: Material) -> BaseGeometry:
    """The territory that is defended."""
    return shapely.union_all([land for code, land in atlas.land.items() if code in _home_codes(material)])


def ground(canvas: Canvas, width: int, material: Material) -> list[Any]:
    home = _home_codes(material)
    inside = {code: land.intersection(canvas.box) for code, land in canvas.atlas.land.items()}
    inside = {code: land for code, land in inside.items() if not land.is_empty}
    other = [land for code, land in inside.items() if code not in home]
    own = [land for code, land in inside.items() if code in home]
    style: dict[str, Any] = {"stroke": "var(--border)", "strokeWidth": 0.7}
    layers = []
    if other:
        layers.append(alt.Chart(_shapes(other, width, canvas)).mark_geoshape(fill="var(--land)", **style))
    if own:
        layers.append(alt.Chart(_shapes(own, width, canvas)).mark_geoshape(fill="var(--home)", **style))
    return layers


def routes(canvas: Canvas, width: int, situation: Situation, threat_class: str) -> Any:
    colour, dash = CLASS_STYLE[threat_class]
    ways = dict.fromkeys(path.points for path in situation.paths if path.threat_class == threat_class)
    lines = [shapely.LineString(canvas.xy(flight_line(way))).intersection(canvas.box) for way in ways]
    return alt.Chart(_shapes(lines, width, canvas)).mark_geoshape(
        filled=False, stroke=colour, strokeWidth=1.4, strokeDash=dash, opacity=0.75
    )


def area(canvas: Canvas, shape: BaseGeometry, kind: str, colour: str) -> list[Any]:
    if kind in OUTLINES:
        outline: dict[str, Any] = {
            "filled": False,
            "stroke": colour,
            "strokeWidth": 1.6,
            "strokeDash": OUTLINES[kind],
        }
        return [alt.Chart(_shapes([shape], NARROW, canvas)).mark_geoshape(**outline)]
    edge = alt.Chart(_shapes([shape], NARROW, canvas)).mark_geoshape(
        fill=colour, fillOpacity=0.38 if kind == TINT else 0.06, stroke=colour, strokeWidth=1.2
    )
    if kind == TINT:
        return [edge]
    step = HATCH_PX * (canvas.frame[2] - canvas.frame[0]) / NARROW
    lines = hatching(shape, step, 1 if kind == RISING else -1)
    drawn = alt.Chart(_shapes([lines], NARROW, canvas, tolerance=0.0))
    return [edge, drawn.mark_geoshape(filled=False, stroke=colour, strokeWidth=0.9, opacity=0.8)]


def units(canvas: Canvas, width: int, material: Material, situation: Situation) -> list[Any]:
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
            layers.append(marks(canvas, width, list(number), shape, colour, list(number.values())))
    return layers


def marks(
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
        for (x, y), n in zip(pixels_of(canvas, width, points), number or [3] * len(points), strict=True)
    ]
    return (
        alt.Chart(data(values))
        .mark_point(shape=shape, fill=colour, stroke="var(--paper)", strokeWidth=0.8, opacity=0.9)
        .encode(
            longitude=alt.Longitude("x:Q"), latitude=alt.Latitude("y:Q"), size=alt.Size("size:Q", scale=None)
        )
    )


def labels(
    canvas: Canvas, width: int, places: dict[str, tuple[float, float]], material: Material
) -> list[Any]:
    """Names of places, the first ones first; a name that would cover another is left out."""
    height = width * canvas.ratio
    taken: list[tuple[float, float, float, float]] = []
    values = []
    for name, (x, y) in zip(places, pixels_of(canvas, width, list(places.values())), strict=True):
        text = material.area_name(name).split(" (")[0]
        long = room(text, LABEL_PX)
        for left, up in ((x + 7, y), (x - 7 - long, y), (x - long / 2, y - 12), (x - long / 2, y + 12)):
            box = (left - 2, up - 7, left + long + 2, up + 7)
            fits = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if fits and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                values.append({"x": left, "y": up, "text": text})
                break
    named = data(values)
    place = {
        "longitude": alt.Longitude("x:Q"),
        "latitude": alt.Latitude("y:Q"),
        "text": alt.Text("text:N"),
    }
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": LABEL_PX}
    halo = alt.Chart(named).mark_text(**style, stroke="var(--land)", strokeWidth=3, strokeJoin="round")
    return [halo.encode(**place), alt.Chart(named).mark_text(**style, color=INK).encode(**place)]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def pixels_of(canvas: Canvas, width: int, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    flat = canvas.pixels(width)(shapely.MultiPoint(canvas.xy(points)))
    return [(point.x, point.y) for point in flat.geoms]


def place_of(material: Material, name: str) -> tuple[float, float]:
    place = material.scenario.places[name]
    return place.lat, place.lon
