"""Maps, as GDAL, GeoPandas and a KML schema read them."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from fastkml.validator import validate
from shapely.geometry.polygon import LinearRing

import skypact
from skypact.exports import earthly
from skypact.exports.layers import LAYERS
from skypact.geometry.atlas import atlas_of
from skypact.policy.situation import Geography
from skypact.study import Study
from skypact.world.borders import countries
from skypact.world.earth import RADIUS_KM

EQUAL_AREA = "+proj=laea +lat_0=49 +lon_0=28 +datum=WGS84 +units=m"
UKRAINE = "ukraine-2024-08-26"


def as_rows(frame: geopandas.GeoDataFrame) -> list[tuple[object, ...]]:
    """What the readers agree on: names, numbers and places; GDAL takes a text for a day where it can."""
    flat = frame.drop(columns="geometry").astype(object).where(lambda cell: cell.notna(), None)
    columns = sorted(set(flat.columns))
    areas = frame.geometry.to_crs(EQUAL_AREA).area.round(-2)
    return sorted(
        (*(str(cell).removesuffix(" 00:00:00") for cell in row), area)
        for row, area in zip(flat[columns].to_numpy(), areas, strict=True)
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_every_reader_finds_the_same(exported: Path, layer: str) -> None:
    """GDAL reads GeoJSON and GeoPackage, GeoPandas GeoParquet: rows, columns and areas are the same."""
    geojson = pyogrio.read_dataframe(exported / f"{layer}.geojson")
    gpkg = pyogrio.read_dataframe(exported / "map.gpkg", layer=layer)
    parquet = geopandas.read_parquet(exported / f"{layer}.parquet")
    names = [column.name for column in LAYERS[layer][1]]
    for frame in (geojson, gpkg, parquet):
        assert [name for name in frame.columns if name != "geometry"] == names
        assert frame.crs.equals("EPSG:4326", ignore_axis_order=True)
        assert frame.geometry.is_valid.all()
        assert not frame.geometry.is_empty.any()
    assert len(geojson) == len(gpkg) == len(parquet) > 0
    assert as_rows(geojson) == as_rows(gpkg) == as_rows(parquet)


def test_the_file_itself_says_what_its_shapes_are(exported: Path) -> None:
    """GeoParquet 1.1: the metadata that any reader looks for."""
    found = json.loads(pyarrow.parquet.read_metadata(exported / "routes.parquet").metadata[b"geo"])
    assert found["version"] == "1.1.0"
    assert found["columns"][found["primary_column"]]["encoding"] == "WKB"
    assert found["columns"]["geometry"]["geometry_types"] == ["LineString"]


def test_gdal_reads_every_placemark(exported: Path) -> None:
    """One folder a layer, as many placemarks as the layer has rows, with their data."""
    assert [name for name, _ in pyogrio.list_layers(exported / "map.kml")] == list(LAYERS)
    for layer in LAYERS:
        here = pyogrio.read_dataframe(exported / f"{layer}.geojson")
        there = pyogrio.read_dataframe(exported / "map.kml", layer=layer)
        assert len(here) == len(there)
        assert shapely.equals_exact(
            here.geometry, shapely.force_2d(there.geometry), 1e-4, normalize=True
        ).all()
    units = pyogrio.read_dataframe(exported / "map.kml", layer="units")
    assert set(units["sidc"]) == {"10031000001301000000"}


def test_the_kml_schema_holds(exported: Path) -> None:
    """The XML Schema of KML 2.2, as fastkml carries it."""
    assert validate(file_to_validate=exported / "map.kml") is True


@pytest.mark.parametrize("layer", LAYERS)
def test_geojson_is_as_its_standard_asks(exported: Path, layer: str) -> None:
    """RFC 7946: no other reference system, degrees in range, outer rings counter-clockwise."""
    document = json.loads((exported / f"{layer}.geojson").read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    for feature in document["features"]:
        shape = feature["geometry"]
        polygons = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}.get(
            shape["type"], []
        )
        for outer, *inner in polygons:
            assert LinearRing(outer).is_ccw
            assert not any(LinearRing(ring).is_ccw for ring in inner)


def test_nothing_stands_finer_than_a_city(exported: Path) -> None:
    """Places, units and sensors are given to a hundredth of a degree, whatever the scenario says."""
    for layer in ("places", "units", "sensors", "routes"):
        document = json.loads((exported / f"{layer}.geojson").read_text(encoding="utf-8"))
        for feature in document["features"]:
            ends = np.array(feature["geometry"]["coordinates"], float).reshape(-1, 2)[[0, -1]]
            assert np.allclose(ends, ends.round(2), atol=1e-9)


def test_the_permission_of_a_70_km_zone_has_its_area(tmp_path: Path) -> None:
    """On an equal-area map, as GDAL reads it, and in the plane in which the library looks who may shoot where."""
    skypact.export(UKRAINE, "geojson", tmp_path, "neighbours-all-70km")
    read = pyogrio.read_dataframe(tmp_path / "rules.geojson").set_index("rule")
    zone = read.loc["zone-70km-all"]
    drawn = geopandas.GeoSeries([zone.geometry], crs=4326).to_crs(EQUAL_AREA).area.iloc[0] / 1e6
    assert drawn == pytest.approx(zone.area_km2, rel=1e-4)
    study = Study.ask(UKRAINE)
    (rule,) = study.scenario.decisions["zone-70km-all"].adds
    plane = shapely.union_all([study.atlas.shape(area) for area in rule.over or ()]).area
    assert drawn == pytest.approx(plane, rel=study.atlas.distance_error)
    # With all rules together and within reach, Romania's units may intercept over Ukraine in the zone alone.
    areas = pyogrio.read_dataframe(tmp_path / "permission.geojson").to_crs(EQUAL_AREA)
    abroad = areas[(areas.owner == "ROU") & (areas["where"] == "abroad")].geometry
    both = geopandas.GeoSeries([countries()["UKR"], zone.geometry], crs=4326).to_crs(EQUAL_AREA)
    over = abroad.intersection(both[0])
    assert (over.area > 5e8).all()
    assert (over.difference(both[1].buffer(100)).area < 1e6).all()


def test_areas_beyond_the_180th_meridian_are_cut_and_poles_are_in_them() -> None:
    """RFC 7946, 3.1.9; their area stays what it was."""
    circle = earthly.circle(60.0, 179.0, 300.0)
    assert circle.geom_type == "MultiPolygon"
    assert circle.bounds[0] >= -180
    assert circle.bounds[2] <= 180
    assert earthly.area_km2(circle) == pytest.approx(np.pi * 300**2, rel=2e-3)
    around = earthly.circle(80.0, 100.0, 2000.0)
    assert around.bounds == (-180.0, pytest.approx(62.2, abs=0.5), 180.0, 90.0)
    cap = 2 * np.pi * RADIUS_KM**2 * (1 - np.cos(2000 / RADIUS_KM))
    assert earthly.area_km2(around) == pytest.approx(cap, rel=5e-3)
    way = earthly.line([(50.0, 170.0), (55.0, -170.0)])
    assert way.geom_type == "MultiLineString"
    atlas = atlas_of(
        Geography({}, {"far": ((52.0, 177.0), (52.0, -177.0), (55.0, -177.0), (55.0, 177.0))}, {})
    )
    shape = earthly.area(atlas, atlas.named("far"))
    assert shape.geom_type == "MultiPolygon"
    assert earthly.area_km2(shape) == pytest.approx(atlas.named("far").area, rel=1e-3)
