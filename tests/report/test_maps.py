"""Maps show what the rules allow, in true proportions."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely

from skypact.catalog import load_catalog
from skypact.geometry.atlas import atlas_of
from skypact.policy import build_situation
from skypact.report.areas import hatching, longest_reach_km, permitted_abroad
from skypact.report.canvas import canvas_around, flight_line
from skypact.report.drawing import NARROW, WIDE
from skypact.report.maps import overview, permissions
from skypact.scenario.load import load_scenario
from tests.report.conftest import Case

CORNERS = [(48.0, 22.0), (52.5, 31.0)]


def canvas_of(case: Case):
    return canvas_around(atlas_of(case.situations["helped"].geography), CORNERS)


def classes_at(case: Case, policy: str, lat: float, lon: float) -> set[str]:
    """The classes that allied units may intercept at a point abroad."""
    canvas = canvas_of(case)
    point = shapely.Point(canvas.xy([(lat, lon)])[0])
    areas = permitted_abroad(canvas, case.situations[policy], frozenset({"POL"}))
    return {name for area in areas if area.shape.contains(point) for name in area.classes}


def test_the_area_of_a_decision_is_where_it_says(case: Case) -> None:
    lutsk_side = (50.6, 24.5)  # about 40 km from Poland
    deep = (50.3, 26.5)  # about 160 km from Poland
    assert classes_at(case, "helped", *lutsk_side) == {"drone"}
    assert classes_at(case, "helped", *deep) == set()
    assert classes_at(case, "alone", *lutsk_side) == set()


def test_own_territory_is_not_shaded(case: Case) -> None:
    assert classes_at(case, "helped", 51.2, 22.6) == set()  # Lublin


def test_each_policy_has_a_map_that_says_what_is_allowed(case: Case) -> None:
    maps = {one.title: one for one in permissions(case.material)}
    assert list(maps) == ["Ukraine alone", "Poland helps"]
    assert "allies: drones" in [key.text for key in maps["Poland helps"].keys]
    assert "allies: drones" in maps["Poland helps"].drawing
    assert "no fire unit" not in maps["Poland helps"].drawing


def test_a_right_beyond_all_range_is_not_drawn(case: Case) -> None:
    """Over the open sea anyone may fire, but a battery in Poland reaches none of the Black Sea or of Azov."""
    situation = case.situations["helped"]
    canvas = canvas_around(atlas_of(situation.geography), [(42.0, 20.0), (53.0, 40.0)])
    areas = permitted_abroad(canvas, situation, frozenset({"POL", "UKR"}))
    for lat, lon in ((43.5, 31.5), (46.2, 36.4)):
        point = shapely.Point(canvas.xy([(lat, lon)])[0])
        assert not any(area.shape.contains(point) for area in areas)
    units = [unit for unit in situation.units if unit.owner in ("POL", "UKR")]
    reached = shapely.union_all(
        [
            shapely.Point(canvas.xy([(unit.lat, unit.lon)])[0]).buffer(longest_reach_km(unit) + 2)
            for unit in units
        ]
    )
    assert areas
    assert all(reached.contains(area.shape) for area in areas)


def test_the_range_of_a_fighter_counts_from_where_it_can_fly() -> None:
    situation = build_situation(load_scenario("israel-2024-04-13"), load_catalog(), "as-happened")
    (fighter, *_) = (unit for unit in situation.units if unit.aircraft)
    longest = max(one.max_range_km for one in fighter.engages.values())
    assert longest_reach_km(fighter) == fighter.radius_km + fighter.aircraft.reach_km + longest
    assert longest_reach_km(fighter) > longest


@pytest.mark.parametrize("width", [336, 700])
def test_a_kilometre_is_as_long_in_both_directions(case: Case, width: int) -> None:
    canvas = canvas_of(case)
    square = shapely.box(0.0, 0.0, 100.0, 100.0)
    west, south, east, north = canvas.pixels(width)(square).bounds
    assert east - west == pytest.approx(north - south, abs=0.2)
    assert east - west == pytest.approx(100 * width / (canvas.frame[2] - canvas.frame[0]), abs=0.2)


def test_the_overview_is_drawn_for_wide_and_for_narrow_screens(case: Case) -> None:
    drawing = overview(case.material).drawing
    widths = []
    for svg in re.findall(r"<svg .*?</svg>", drawing, re.S):
        width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups())
        box = [float(part) for part in re.search(r'viewBox="([^"]+)"', svg)[1].split()]
        assert box == [0, 0, width, height]
        widths.append(width)
    assert widths == [pytest.approx(WIDE, abs=6), pytest.approx(NARROW, abs=6)]


def test_routes_are_great_circles() -> None:
    line = np.array(flight_line(((60.0, 0.0), (60.0, 60.0))))
    assert line[:, 0].max() > 63.0, "the shortest way between two points on a parallel bends to the pole"
    assert len(line) > 20


def test_hatching_stays_inside() -> None:
    shape = shapely.Point(0, 0).buffer(50).union(shapely.box(200, 0, 260, 40))
    for slope in (1, -1):
        lines = hatching(shape, 5.0, slope)
        assert lines.length > 0
        assert lines.difference(shape.buffer(1e-6)).is_empty
        ink = lines.length * 5.0
        assert ink == pytest.approx(shape.area, rel=0.05), "lines so far apart as they should be"
