"""Layers as GeoJSON, KML and GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.exports.sheet import Layer

KML = "http://www.opengis.net/kml/2.2"
COLOURS = {
    "places": "ff404040",
    "units": "ffb05a1e",
    "sensors": "ff2e8b57",
    "routes": "ff2424c8",
    "coverage": "ffa08020",
    "rules": "ff8a3ab0",
    "permission": "ff3a8ab0",
}
"""Lines and signs in KML: opacity, blue, green, red."""
FILL = "30"
HIDDEN = frozenset({"coverage"})
"""Layers of many circles upon each other: there, and shown when asked for."""
NUMPY = {"string": object, "integer": np.int64, "number": np.float64, "boolean": np.bool_}


def geojson_text(layer: Layer) -> str:
    """A layer as GeoJSON (RFC 7946)."""
    names = [column.name for column in layer.columns]
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(names, row, strict=True)),
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(layer.values(), layer.shapes, strict=True)
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in features)
    head = json.dumps({"type": "FeatureCollection", "title": layer.title}, ensure_ascii=False)[:-1]
    return f'{head}, "features": [\n{lines}\n]}}\n'


def write_geojson(path: Path, layer: Layer) -> None:
    """Write a layer as GeoJSON."""
    path.write_bytes(geojson_text(layer).encode())


def write_kml(path: Path, layers: Sequence[Layer], title: str, note: str) -> None:
    """Write layers as one KML 2.2 document, a folder each."""
    xml.register_namespace("", KML)
    root = xml.Element(f"{{{KML}}}kml")
    document = _under(root, "Document")
    _under(document, "name", title)
    _under(document, "description", note)
    for layer in layers:
        colour = COLOURS[layer.name]
        style = _under(document, "Style", {"id": layer.name})
        _under(_under(style, "IconStyle"), "color", colour)
        _under(_under(style, "LineStyle"), "color", colour)
        _under(_under(style, "PolyStyle"), "color", FILL + colour[2:])
    for layer in layers:
        folder = _under(document, "Folder")
        _under(folder, "name", layer.name)
        _under(folder, "visibility", "0" if layer.name in HIDDEN else "1")
        _under(folder, "description", layer.title)
        for row, shape in zip(layer.values(), layer.shapes, strict=True):
            _placemark(folder, layer, row, shape)
    path.write_bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def write_gpkg(path: Path, layers: Sequence[Layer]) -> None:
    """Write layers as one GeoPackage; GDAL writes it."""
    import pyogrio.raw

    for layer in layers:
        flat = layer.shapes[0].geom_type in ("Point", "LineString")
        kind = layer.shapes[0].geom_type if flat else "MultiPolygon"
        if any(one.geom_type != kind for one in layer.shapes) and kind == "LineString":
            kind = "MultiLineString"
        shapes = [one if one.geom_type == kind else _many(one, kind) for one in layer.shapes]
        table = list(zip(*layer.values(), strict=True))
        data, masks = list[Any](), list[Any]()
        for column, found in zip(layer.columns, table, strict=True):
            empty = np.array([value is None for value in found])
            some: Any = {"string": "", "integer": 0, "number": 0.0, "boolean": False}[column.kind]
            data.append(np.array([some if v is None else v for v in found], dtype=NUMPY[column.kind]))
            masks.append(empty)
        pyogrio.raw.write(
            str(path),
            geometry=np.array([shapely.to_wkb(one) for one in shapes], dtype=object),
            field_data=data,
            fields=np.array([column.name for column in layer.columns], dtype=object),
            field_mask=masks,
            layer=layer.name,
            driver="GPKG",
            geometry_type=kind,
            crs="EPSG:4326",
            append=path.exists(),
            layer_options={"DESCRIPTION": layer.title},
        )


def _many(shape: BaseGeometry, kind: str) -> BaseGeometry:
    return {"MultiPolygon": shapely.multipolygons, "MultiLineString": shapely.multilinestrings}[kind]([shape])


def _placemark(folder: xml.Element, layer: Layer, row: list[Any], shape: BaseGeometry) -> None:
    mark = _under(folder, "Placemark")
    known = dict(zip((column.name for column in layer.columns), row, strict=True))
    _under(mark, "name", _title(known))
    _under(mark, "visibility", "0" if layer.name in HIDDEN else "1")
    _under(mark, "styleUrl", f"#{layer.name}")
    extended = _under(mark, "ExtendedData")
    for name, value in known.items():
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            _under(_under(extended, "Data", {"name": name}), "value", text)
    _shape(mark, shape)


def _title(known: dict[str, Any]) -> str:
    """What a placemark is called."""
    parts = (known.get(name) for name in ("name", "system_name", "rule", "place", "owner", "threat", "class"))
    return ", ".join(dict.fromkeys(str(part) for part in parts if part))


def _shape(mark: xml.Element, shape: BaseGeometry) -> None:
    if shape.geom_type.startswith("Multi"):
        under = _under(mark, "MultiGeometry")
        for part in shape.geoms:
            _shape(under, part)
    elif shape.geom_type == "Polygon":
        polygon = _under(mark, "Polygon")
        _ring(_under(polygon, "outerBoundaryIs"), shape.exterior)
        for ring in shape.interiors:
            _ring(_under(polygon, "innerBoundaryIs"), ring)
    else:
        drawn = _under(mark, shape.geom_type)
        if shape.geom_type == "LineString":
            _under(drawn, "tessellate", "1")
        _under(drawn, "coordinates", _pairs(shape.coords))


def _ring(under: xml.Element, ring: BaseGeometry) -> None:
    _under(_under(under, "LinearRing"), "coordinates", _pairs(ring.coords))


def _pairs(coords: Iterable[Any]) -> str:
    return " ".join(f"{lon:.5f},{lat:.5f}" for lon, lat in coords)


def _under(parent: xml.Element, name: str, holds: str | dict[str, str] = "") -> xml.Element:
    """A new element with a text or with attributes."""
    attributes, text = ({}, holds) if isinstance(holds, str) else (holds, "")
    made = xml.SubElement(parent, f"{{{KML}}}{name}", attributes)
    if text:
        made.text = "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)
    return made
