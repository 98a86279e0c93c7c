"""The descriptor beside exported files: a Data Package, which says what columns mean, whose numbers they are, and the licence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skypact.catalog import Source
from skypact.exports.sheet import Layer, Sheet
from skypact.version import __version__

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCES = {
    "MIT": ("MIT License", "https://opensource.org/license/mit"),
    "ODbL-1.0": (
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    "ODC-BY-1.0": (
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
}
MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "czml": "application/json",
    "gpkg": "application/geopackage+sqlite3",
    "json": "application/json",
}


@dataclass(frozen=True)
class Package:
    """What is said of exported files together.

    Attributes
    ----------
    name, title, note
        What it is.
    sources
        Who says what the numbers rest on.
    licences
        Keys of `LICENCES`; empty where the owner of the scenario has to say.
    played
        How it was made: what is needed to make it again.
    """

    name: str
    title: str
    note: str
    sources: Sequence[Source] = ()
    licences: Sequence[str] = ()
    played: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Resource:
    """One file: its name, what it holds, and the tables or layers in it."""

    file: str
    title: str
    sheets: tuple[Sheet, ...] = ()


def descriptor(package: Package, resources: Iterable[Resource], folder: Path) -> str:
    """The text of ``datapackage.json`` for files that lie in a folder."""
    document = {
        "$schema": PROFILE,
        "name": package.name,
        "title": package.title,
        "description": package.note,
        "licenses": [
            {"name": name, "title": LICENCES[name][0], "path": LICENCES[name][1]} for name in package.licences
        ],
        "sources": [_source(one) for one in package.sources],
        "skypact": {"version": __version__, **package.played},
        "resources": [_resource(one, folder) for one in resources],
    }
    return (
        json.dumps({name: value for name, value in document.items() if value}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _source(source: Source) -> dict[str, str]:
    said = {"title": f"{source.publisher} {source.date}, {source.title}"}
    if source.url.startswith(("http://", "https://")):
        said["path"] = source.url
    return said


def _resource(resource: Resource, folder: Path) -> dict[str, Any]:
    data = (folder / resource.file).read_bytes()
    stem, ending = resource.file.rsplit(".", 1)
    found: dict[str, Any] = {
        "name": f"{stem}-{ending}",
        "path": resource.file,
        "title": resource.title,
        "format": ending,
        "mediatype": MEDIA[ending],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if len(resource.sheets) == 1:
        (sheet,) = resource.sheets
        if ending in ("csv", "parquet"):
            found["type"] = "table"
        found["schema"] = _schema(sheet, geometry=ending == "parquet" and isinstance(sheet, Layer))
    elif resource.sheets:
        found["tables"] = [
            {"name": one.name, "title": one.title, "schema": _schema(one)} for one in resource.sheets
        ]
    if ending in ("csv", "geojson", "kml", "czml", "json"):
        found["encoding"] = "utf-8"
    return found


def _schema(sheet: Sheet, geometry: bool = False) -> dict[str, Any]:
    fields = []
    for column in sheet.columns:
        one = {"name": column.name, "type": column.kind, "description": column.means}
        fields.append(one | ({"unit": column.unit} if column.unit else {}))
    if geometry:
        fields.append(
            {"name": "geometry", "type": "any", "description": "shape as well-known binary, degrees"}
        )
    return {"fields": fields, "missingValues": [""]}
