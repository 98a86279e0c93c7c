"""Maps: the raid and the defence on one, the areas of permission on one for each policy."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from skypact.formatting import class_name, class_names, listed
from skypact.geometry.atlas import Atlas, atlas_of
from skypact.policy.situation import Point, Situation
from skypact.report.areas import Permitted, permitted_abroad
from skypact.report.canvas import Canvas, canvas_around
from skypact.report.drawing import INK, NARROW, both_widths, svg
from skypact.report.layers import (
    ALLY,
    AREA_STYLES,
    CLASS_STYLE,
    DASHED,
    DEFENDER,
    DOTTED,
    LAST_STYLE,
    area,
    ground,
    home_land,
    labels,
    marks,
    place_of,
    routes,
    sheet,
    units,
)
from skypact.report.material import Material
from skypact.report.section import Key

MOST_LEFT_OUT, LEAST_GAIN = 0.06, 0.3
"""A launch area with at most this share of the threats is left off if the map then shrinks so much."""


@dataclass(frozen=True)
class Overview:
    """The map of the raid, with its legend and what is off it."""

    drawing: Markup
    keys: list[Key]
    note: str


@dataclass(frozen=True)
class PolicyMap:
    """The map of one policy, with its legend."""

    title: str
    drawing: Markup
    keys: list[Key]
    shaded: bool


def overview(material: Material) -> Overview:
    """Borders, laydown under the baseline by owner, launch areas and routes by class."""
    situation = material.situations[material.baseline]
    canvas, beyond = _extent(atlas_of(situation.geography), situation, material)
    classes = [name for name in CLASS_STYLE if any(path.threat_class == name for path in situation.paths)]
    scenario = material.scenario
    launches = [n for n in dict.fromkeys(wave.launch for wave in scenario.raid.waves) if n not in beyond]
    assets = sorted(scenario.assets.values(), key=lambda asset: -asset.weight)
    named = dict.fromkeys([*launches, *(asset.place for asset in assets)])

    def draw(width: int) -> Any:
        layers = [*ground(canvas, width, material)]
        layers += [routes(canvas, width, situation, name) for name in classes]
        layers += units(canvas, width, material, situation)
        layers.append(marks(canvas, width, [place_of(material, n) for n in launches], "triangle-up", INK))
        shown = list(named) if width > NARROW else list(named)[: len(launches) + 5]
        layers += labels(canvas, width, {name: place_of(material, name) for name in shown}, material)
        return sheet(canvas, width, layers)

    owners = dict.fromkeys(unit.owner for unit in situation.units)
    label = (
        f"Map: fire units of {material.actors(tuple(owners))} under “{material.title(material.baseline)}”, "
        f"and the routes of {class_names(tuple(classes))} from "
        f"{listed(material.area_name(name) for name in launches)}. Positions are notional."
    )
    keys = [
        Key("line", CLASS_STYLE[n][0], class_name(n), ",".join(map(str, CLASS_STYLE[n][1]))) for n in classes
    ]
    keys.append(Key("triangle", INK, "launch area"))
    keys += _owner_keys(material, owners)
    said = [f"{number} threats from {material.area_name(name)}" for name, number in beyond.items()]
    note = f"Off the map: {listed(said)}." if said else ""
    return Overview(both_widths(draw, label), keys, note)


def _extent(atlas: Atlas, situation: Situation, material: Material) -> tuple[Canvas, dict[str, int]]:
    """The canvas of the overview, and the launch areas left off it with their numbers of threats.

    One far launch area with few threats would shrink everything else to a spot.
    """
    launch = {wave.id: wave.launch for wave in material.scenario.raid.waves}
    number = Counter(launch[threat.wave] for threat in situation.incoming)
    ways: dict[str, set[Point]] = {name: set() for name in number}
    for threat in situation.incoming:
        ways[launch[threat.wave]].update(situation.paths[threat.path].points)
    standing = {(unit.lat, unit.lon) for unit in situation.units}

    def canvas(names: Iterable[str]) -> Canvas:
        return canvas_around(atlas, sorted(standing.union(*(ways[name] for name in names))))

    whole = canvas(number)
    for name, few in sorted(number.items(), key=lambda item: item[1]):
        if few > MOST_LEFT_OUT * len(situation.incoming):
            break
        rest = canvas(other for other in number if other != name)
        if rest.box.area < (1 - LEAST_GAIN) * whole.box.area:
            return rest, {name: few}
    return whole, {}


def permissions(material: Material) -> list[PolicyMap]:
    """One map for each policy: its fire units, and where they may intercept outside their own territory."""
    situations = {
        name: material.situations[name] for name in material.policies if name in material.situations
    }
    points = {(unit.lat, unit.lon) for situation in situations.values() for unit in situation.units}
    if not points:
        return []
    points |= {place_of(material, asset.place) for asset in material.scenario.assets.values()}
    atlas = atlas_of(next(iter(situations.values())).geography)
    canvas = canvas_around(atlas, sorted(points), home_land(atlas, material))
    land = ground(canvas, NARROW, material)
    return [_policy_map(material, name, situation, canvas, land) for name, situation in situations.items()]


def _policy_map(
    material: Material, name: str, situation: Situation, canvas: Canvas, land: list[Any]
) -> PolicyMap:
    home = frozenset(material.defended)
    allied = permitted_abroad(canvas, situation, frozenset(unit.owner for unit in situation.units) - home)
    own = permitted_abroad(canvas, situation, home)
    layers, keys = list(land), []
    styles = [*itertools.islice(itertools.cycle(AREA_STYLES), len(allied) - 1), LAST_STYLE] if allied else []
    for permitted, (kind, colour) in zip(allied, styles, strict=True):
        layers += area(canvas, permitted.shape, kind, colour)
        keys.append(Key(kind, colour, f"allies: {_those(permitted, situation)}"))
    for permitted, kind in zip(own, (DASHED, *[DOTTED] * len(own)), strict=False):
        layers += area(canvas, permitted.shape, kind, DEFENDER[0])
        who = material.actors(material.defended)
        outside = canvas.box.difference(home_land(canvas.atlas, material))
        reach = ", anywhere on this map" if permitted.shape.area > 0.9 * outside.area else ""
        keys.append(
            Key(kind, DEFENDER[0], f"{who}, outside its territory: {_those(permitted, situation)}{reach}")
        )
    layers += units(canvas, NARROW, material, situation)
    owners = dict.fromkeys(unit.owner for unit in situation.units)
    keys += _owner_keys(material, owners)
    title = material.title(name)
    said = [key.text for key in keys if key.kind not in ("circle", "square")]
    label = f"Map of “{title}”: " + (
        "; ".join(said) if said else "no fire unit may and can intercept outside its owner’s territory"
    )
    return PolicyMap(title, svg(sheet(canvas, NARROW, layers), label), keys, bool(said))


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
        keys.append(Key("circle", DEFENDER[0], f"fire units: {material.actors(tuple(home))}"))
    if allied:
        keys.append(Key("square", ALLY[0], f"fire units: {material.actors(tuple(allied))}"))
    return keys
