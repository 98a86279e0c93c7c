"""Every format, and what of a scenario it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from skypact.exports import maps, tabular
from skypact.exports.czml import write_czml
from skypact.exports.files import Format, Planned, chosen, expect_room, write_files
from skypact.exports.layers import LAYERS, Map, layers
from skypact.exports.package import Package, Resource
from skypact.exports.sheet import Layer, Sheet
from skypact.exports.tables import Played, engagements, replications, statements, threats
from skypact.raid import dump_raid
from skypact.study.draw import Sets
from skypact.study.play import RunSettings
from skypact.study.setup import CompiledPolicy, Study

NOTE = (
    "Computed by Skypact, a model for policy analysis and teaching. Positions are notional: national totals spread over "
    "cities by a stated rule, no reports of where a unit stands, and no finer than a city. Arrivals are not damage."
)
TABLES = ("replications", "engagements", "threats", "statements")
GDAL = ("pyogrio", "pyogrio (GDAL)")
FORMATS = {
    "geojson": Format("map layers, a file each (RFC 7946)", tuple(f"{name}.geojson" for name in LAYERS)),
    "kml": Format("map layers in one file (KML 2.2)", ("map.kml",)),
    "gpkg": Format("map layers in one file (GeoPackage)", ("map.gpkg",), GDAL),
    "geoparquet": Format(
        "map layers, a file each (GeoParquet 1.1)", tuple(f"{name}.parquet" for name in LAYERS)
    ),
    "czml": Format("one replication as a moving picture (Cesium)", ("replication.czml",)),
    "csv": Format("tables, a file each", tuple(f"{name}.csv" for name in TABLES)),
    "parquet": Format("tables, a file each", tuple(f"{name}.parquet" for name in TABLES)),
    "xlsx": Format("tables in one workbook", ("tables.xlsx",), ("xlsxwriter", "XlsxWriter")),
    "raid": Format("the raid file, to be played by 'skypact simulate'", ("raid.json",)),
}


@dataclass(frozen=True)
class Contents:
    """What is exported: a compiled policy, and how it is played where a table needs it."""

    study: Study
    compiled: CompiledPolicy
    settings: RunSettings
    sets: Sets | None
    replication: int = 0

    @cached_property
    def map(self) -> Map:
        return Map.of(self.study, self.compiled)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        return layers(self.map)

    @cached_property
    def played(self) -> Played:
        return Played.of(self.compiled, self.replication, self.settings.seed)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        found = (
            replications(self.study, self.compiled, self.settings, self.sets),
            engagements(self.played),
            threats(self.played),
            statements(self.study),
        )
        return tuple(sheet for sheet in found if sheet.rows)

    @property
    def title(self) -> str:
        return f"{self.study.scenario.title}: {self.map.material.title(self.compiled.policy)}"


def plan(contents: Contents, formats: Iterable[str]) -> Iterator[Planned]:
    """The files of these formats."""
    for name in formats:
        yield from PLANS[name](contents)


def each(sheets: Iterable[Sheet], ending: str, write: Callable[[Path, Any], None]) -> Iterator[Planned]:
    """A file for each table or layer."""
    for sheet in sheets:
        resource = Resource(f"{sheet.name}.{ending}", sheet.title, (sheet,))
        yield Planned(resource, partial(_swapped, write, sheet))


def _swapped(write: Callable[[Path, Any], None], sheet: Sheet, path: Path) -> None:
    write(path, sheet)


def _kml(contents: Contents) -> Iterator[Planned]:
    resource = Resource("map.kml", contents.title, contents.layers)
    yield Planned(resource, lambda path: maps.write_kml(path, contents.layers, contents.title, NOTE))


def _gpkg(contents: Contents) -> Iterator[Planned]:
    resource = Resource("map.gpkg", contents.title, contents.layers)
    yield Planned(resource, lambda path: maps.write_gpkg(path, contents.layers))


def _czml(contents: Contents) -> Iterator[Planned]:
    units = next((one for one in contents.layers if one.name == "units"), None)
    title = f"{contents.title}, replication {contents.replication}"
    note = f"{title}. {NOTE}"
    yield Planned(
        Resource("replication.czml", title),
        lambda path: write_czml(path, contents.map, units, contents.played, note),
    )


def workbook(name: str, title: str, sheets: tuple[Sheet, ...]) -> Planned:
    """Tables as one workbook."""
    return Planned(Resource(f"{name}.xlsx", title, sheets), lambda path: tabular.write_xlsx(path, sheets))


def _raid(contents: Contents) -> Iterator[Planned]:
    text = dump_raid(contents.compiled.raid)
    yield Planned(Resource("raid.json", contents.title), lambda path: _written(path, text))


def _written(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


PLANS: dict[str, Callable[[Contents], Iterator[Planned]]] = {
    "geojson": lambda contents: each(contents.layers, "geojson", maps.write_geojson),
    "kml": _kml,
    "gpkg": _gpkg,
    "geoparquet": lambda contents: each(contents.layers, "parquet", tabular.write_parquet),
    "czml": _czml,
    "csv": lambda contents: each(contents.sheets, "csv", tabular.write_csv),
    "parquet": lambda contents: each(contents.sheets, "parquet", tabular.write_parquet),
    "xlsx": lambda contents: iter([workbook("tables", contents.title, contents.sheets)]),
    "raid": _raid,
}


def write_tables(
    sheets: Sequence[Sheet],
    stem: str,
    formats: str | Sequence[str],
    into: str | Path,
    package: Package,
    replace: bool = False,
) -> tuple[Path, ...]:
    """Write tables alone, whatever they are of, and their descriptor.

    Parameters
    ----------
    sheets
        The tables.
    stem
        Name of the workbook that holds them all, without its ending.
    formats
        Of ``csv``, ``parquet`` and ``xlsx``.
    into, package, replace
        As for `skypact.exports.files.write_files`.

    Raises
    ------
    Problems
        If a format is unknown or its library not installed, or a file cannot be written or is there already.
    """
    files = {name: tuple(f"{sheet.name}.{name}" for sheet in sheets) for name in ("csv", "parquet")}
    known = {name: replaced(FORMATS[name], files=own) for name, own in files.items()}
    known["xlsx"] = replaced(FORMATS["xlsx"], files=(f"{stem}.xlsx",))
    names = chosen(formats, known)
    expect_room(into, (file for name in names for file in known[name].files), replace)
    writers = {"csv": tabular.write_csv, "parquet": tabular.write_parquet}
    planned: list[Planned] = []
    for name in names:
        if name == "xlsx":
            planned.append(workbook(stem, package.title, tuple(sheets)))
        else:
            planned += each(sheets, name, writers[name])
    return write_files(into, planned, package, replace)
