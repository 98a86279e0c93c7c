"""How near an allied aircraft comes: it is where the one resolver lets it shoot from, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from skypact.geometry.atlas import atlas_of
from skypact.geometry.permission import may_be
from skypact.policy.situation import Aircraft, Clause, FireUnit
from skypact.scenario.rules import Area
from tests.geometry import cases

ATLAS = atlas_of(cases.GEOGRAPHY)
UKRAINE = Area(inside=("UKR",))
EVERYWHERE = (Area(),)


def fighter(*clauses: Clause, range_km: float = 90.0) -> FireUnit:
    """A patrol at Lviv that can fly 200 km."""
    base = cases.unit(np.random.default_rng(0), 0, ())
    drone = replace(base.engages["drone"], clauses=clauses, max_range_km=range_km)
    aircraft = Aircraft(200.0, 250.0, 6000.0)
    return replace(base, lat=49.8, lon=24.0, aircraft=aircraft, radius_km=0.0, engages={"drone": drone})


def clause(by: str, allow: bool, stand: Area | None, over: tuple[Area, ...] | None = None) -> Clause:
    return Clause(by, allow, stand, over, None, cases.WHY)


def in_ukraine(*clauses: Clause) -> float:
    """How much of the area where it may be lies deep in Ukraine, in square kilometres."""
    unit = fighter(*clauses)
    deep = ATLAS.named("UKR").buffer(-5.0)
    return float(may_be(ATLAS, unit, unit.engages["drone"]).intersection(deep).area)


def test_another_actors_later_permission_takes_no_prohibition_away() -> None:
    forbidden, allowed = clause("NATO", False, UKRAINE), clause("POL", True, None)
    assert in_ukraine(forbidden, allowed) == 0.0
    assert in_ukraine(allowed, forbidden) == 0.0
    assert in_ukraine(clause("POL", False, UKRAINE), allowed) > 10_000.0


def test_a_prohibition_that_names_all_intercepts_is_one_about_the_place() -> None:
    assert in_ukraine(clause("POL", True, None), clause("POL", False, UKRAINE, EVERYWHERE)) == 0.0


def test_nowhere_without_something_to_shoot_at_in_range() -> None:
    near = shapely.Point(ATLAS.project(49.8, 24.0))
    city = Area(within=(cases.depth(("lviv",), 30.0),))
    unit = fighter(clause("POL", True, None, (city,)))
    area = may_be(ATLAS, unit, unit.engages["drone"])
    assert area.hausdorff_distance(near.buffer(120.0)) == pytest.approx(0.0, abs=1.0)
