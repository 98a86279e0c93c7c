"""Make ``src/skypact/world/data/borders.json.gz``: who owns which land, by ISO 3166-1 alpha-3 code.

Usage: ``python tools/borders.py path/to/map.geo.json``, with the file ``map.geo.json`` of the npm package
``@geo-maps/countries-land-10km`` 0.6.0, which was made from OpenStreetMap.

What is changed, and why:

- **Crimea** is in both Russia and Ukraine there.  It is Ukraine (UN General Assembly resolution 68/262).
- **The Golan Heights** are in Israel there.  They are Syria (UN Security Council resolution 497): the
  part of Israel east of a coarse line along the Hula valley and the east shore of the Sea of Galilee.
- **The Gaza Strip** is narrower than the data are accurate.  Its five corners are given here (PSE).
- **Other overlaps** go to the smaller of the two.  These are dependencies (in their own and in their
  state's outline), Western Sahara (ESH, not MAR), Lesotho, and slivers along borders.  The same rule gives
  areas whose status is open to one side: Abyei and Kafia Kingi to SSD, the Southern Patagonian
  ice field to CHL.
- **Coasts** are cut by up to 10 km there, so that Sevastopol or Beirut would lie in the sea.  Every
  country grows by 10 km into sea (or a gap between outlines) that is nobody's, in steps of 2 km, so
  that opposite shores meet half-way.
- **Coordinates** are rounded to 0.001 degree.

What is kept: Donetsk, Luhansk, Kherson and Zaporizhzhia in Ukraine; the West Bank with East Jerusalem
and Gaza as PSE; Kosovo as XKX; Taiwan as TWN; the north of Cyprus in CYP; Transnistria in MDA;
Abkhazia and South Ossetia in GEO; Nagorno-Karabakh in AZE; Somaliland in SOM.
"""

from __future__ import annotations

import argparse
import gzip
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry import Polygon, box, shape
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).parents[1] / "src/skypact/world/data/borders.json.gz"
LICENCE = "© OpenStreetMap contributors, ODbL 1.0; by way of @geo-maps/countries-land-10km 0.6.0"
GRID = 0.001  # degrees
STEPS, STEP_KM = 5, 2.0
KM_PER_DEGREE = 111.2

# Longitude, latitude: from Mount Hermon along the edge of the Hula valley and the lake's east shore
# to the Yarmuk, then back round by the east.
GOLAN = Polygon(
    [
        (35.66, 33.40),
        (35.66, 33.24),
        (35.65, 33.10),
        (35.64, 32.98),
        (35.645, 32.90),
        (35.66, 32.80),
        (35.65, 32.70),
        (35.70, 32.60),
        (36.20, 32.60),
        (36.20, 33.40),
    ]
)
GAZA = Polygon([(34.22, 31.325), (34.49, 31.595), (34.565, 31.54), (34.37, 31.36), (34.27, 31.22)])


def land(area: BaseGeometry) -> BaseGeometry:
    """The polygons of an area on the grid, valid, without lines and points."""
    area = shapely.set_precision(shapely.make_valid(area), GRID)
    polygons = [part for part in shapely.get_parts(shapely.get_parts([area])) if part.geom_type == "Polygon"]
    return shapely.unary_union(polygons, grid_size=GRID)


def without(area: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    return land(shapely.difference(area, other, grid_size=GRID))


def as_recognised(countries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Crimea to Ukraine, the Golan Heights to Syria, Gaza to Palestine, other overlaps to the smaller."""
    countries = dict(countries)
    countries["RUS"] = without(countries["RUS"], countries["UKR"])
    golan = land(countries["ISR"].intersection(GOLAN))
    countries["ISR"] = without(countries["ISR"], golan)
    countries["SYR"] = land(countries["SYR"].union(golan))
    countries["PSE"] = land(countries["PSE"].union(GAZA))
    codes = sorted(countries, key=lambda code: (countries[code].area, code))
    tree = shapely.STRtree([countries[code] for code in codes])
    for index, code in enumerate(codes):
        for other in sorted(tree.query(countries[code], predicate="intersects")):
            if other > index:
                countries[codes[other]] = without(countries[codes[other]], countries[code])
    return countries


def grown(area: BaseGeometry, km: float) -> BaseGeometry:
    """The area with a margin; by bands of latitude, because a degree of longitude shrinks polewards."""
    parts = []
    _, south, _, north = area.bounds
    edges = [*np.arange(south, north, 4.0), north]
    for low, high in pairwise(edges):
        squeeze = np.cos(np.radians((low + high) / 2))
        band = scale(area.intersection(box(-180, low, 180, high)), squeeze, 1.0, origin=(0, 0))
        parts.append(scale(band.buffer(km / KM_PER_DEGREE, quad_segs=2), 1 / squeeze, 1.0, origin=(0, 0)))
    return shapely.unary_union([area, *parts]).intersection(box(-180, -90, 180, 90))


def with_coasts(countries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Every country grown into what is nobody's, in steps, so that neighbours meet half-way."""
    core = dict(countries)
    codes = [code for code in sorted(core) if code != "ATA"]
    for _ in range(STEPS):
        tree = shapely.STRtree([core[code] for code in codes])
        new: dict[str, BaseGeometry] = {}
        for code in codes:
            wider = grown(core[code], STEP_KM).simplify(0.004)
            near = [codes[i] for i in sorted(tree.query(wider)) if codes[i] != code]
            taken = shapely.unary_union([core[other] for other in near] + [new[o] for o in near if o in new])
            new[code] = land(shapely.unary_union([core[code], wider.difference(taken)]))
        core.update(new)
    return {
        code: land(shapely.unary_union([countries[code], core[code].simplify(0.02)])) for code in codes
    } | {"ATA": countries["ATA"]}


def apart(countries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Take away what little of a neighbour's own land the last simplification covered."""
    codes = sorted(countries)
    result = dict(countries)
    tree = shapely.STRtree([countries[code] for code in codes])
    for index, code in enumerate(codes):
        near = [codes[i] for i in sorted(tree.query(countries[code])) if i < index]
        if near:
            result[code] = without(result[code], shapely.unary_union([result[other] for other in near]))
    return result


def rings(area: BaseGeometry) -> list[list[list[int]]]:
    """Polygons as lists of rings; a ring is x, y of the first corner, then the steps to the next ones."""
    polygons = []
    for part in shapely.get_parts(shapely.normalize(area)):
        outlines = [part.exterior, *part.interiors]
        whole = [np.round(np.asarray(line.coords)[:-1] / GRID).astype(int) for line in outlines]
        polygons.append([np.diff(line, axis=0, prepend=0).ravel().tolist() for line in whole])
    return polygons


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source", type=Path, help="map.geo.json of @geo-maps/countries-land-10km 0.6.0")
    features = json.loads(parser.parse_args().source.read_text())["features"]
    given = {f["properties"]["A3"]: land(shape(f["geometry"])) for f in features}
    own = as_recognised(given)
    countries = with_coasts(own)
    # A country's own land stays its own: only the strips of sea may be cut.
    everyone = shapely.STRtree([own[code] for code in sorted(own)])
    for code in sorted(countries):
        near = [sorted(own)[i] for i in sorted(everyone.query(countries[code])) if sorted(own)[i] != code]
        if near:
            countries[code] = without(countries[code], shapely.unary_union([own[o] for o in near]))
    countries = apart(countries)
    document = {
        "licence": LICENCE,
        "resolution_km": 10,
        "scale": round(1 / GRID),
        "countries": {code: rings(area) for code, area in sorted(countries.items())},
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
