"""By whose word one may intercept over a territory: against areas of permission, and against single points."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import atlas_of
from skypact.geometry.permission import permitted
from skypact.geometry.words import words_over
from skypact.policy.precedence import deciding
from skypact.policy.situation import Because, Clause, FireUnit

from . import cases

ATLAS = atlas_of(cases.GEOGRAPHY)
UKRAINE = ATLAS.named("UKR")
shapely.prepare(UKRAINE)


def named(*clauses: Clause) -> tuple[Clause, ...]:
    """The same clauses, each by a rule of its own name."""
    return tuple(
        replace(one, because=Because(f"rule-{number}", "POL", "", "", ()))
        for number, one in enumerate(clauses)
    )


def clauses_of(rng: np.random.Generator) -> tuple[Clause, ...]:
    """Some layers in some order, of one actor or of two."""
    chosen = rng.permutation(len(cases.LAYERS))[: rng.integers(1, len(cases.LAYERS) + 1)]
    return named(*(replace(cases.LAYERS[one], by=str(rng.choice(["POL", "NATO"]))) for one in chosen))


@cache
def airspace(actors: tuple[str, ...]) -> BaseGeometry:
    """Where nobody else's country lies below."""
    shape = ATLAS.consented(ATLAS.world, actors)
    shapely.prepare(shape)
    return shape


def units(rng: np.random.Generator, aircraft: bool, count: int) -> list[FireUnit]:
    found: list[FireUnit] = []
    while len(found) < count:
        unit = cases.unit(rng, len(found), clauses_of(rng))
        if (unit.aircraft is not None) == aircraft:
            found.append(unit)
    return found


def test_the_parts_make_up_the_territory() -> None:
    rng = np.random.default_rng(1)
    for unit in [*units(rng, False, 10), *units(rng, True, 10)]:
        parts = words_over(ATLAS, unit, unit.engages["drone"], "UKR")
        assert sum(one.shape.area for one in parts) == pytest.approx(UKRAINE.area, rel=1e-6)
        for one in parts:
            assert one.by is None or one.by.allow == one.allowed
            assert one.by is not None or not one.allowed
            assert one.overruled is None or not one.allowed


@pytest.mark.parametrize("aircraft", [False, True])
def test_one_may_where_its_windows_may_lie(aircraft: bool) -> None:
    rng, some = np.random.default_rng(2), 0
    for unit in units(rng, aircraft, 20):
        free = [one.shape for one in words_over(ATLAS, unit, unit.engages["drone"], "UKR") if one.allowed]
        area = permitted(ATLAS, unit, unit.engages["drone"]).intersection(UKRAINE)
        assert shapely.union_all(free).symmetric_difference(area).area < 1e-6 * UKRAINE.area
        some += 0.01 < area.area / UKRAINE.area < 0.99
    assert some >= 5


@pytest.mark.parametrize("aircraft", [False, True])
def test_what_is_overruled_would_be_allowed_without_prohibitions(aircraft: bool) -> None:
    rng, some = np.random.default_rng(3), 0
    for unit in units(rng, aircraft, 20):
        drone = unit.engages["drone"]
        mild = replace(drone, clauses=tuple(one for one in drone.clauses if one.allow))
        free = shapely.union_all(
            [one.shape for one in words_over(ATLAS, unit, mild, "UKR") if one.by is not None]
        )
        for one in words_over(ATLAS, unit, drone, "UKR"):
            if one.overruled is not None:
                some += 1
                assert not one.allowed
                assert one.by is not None
                assert one.overruled.allow
                if not aircraft:  # which may be too far from its part
                    assert one.shape.difference(free).area < 1e-6 * UKRAINE.area
    assert some >= 3


def test_of_a_battery_the_word_is_the_one_that_decides_at_every_point() -> None:
    rng = np.random.default_rng(4)
    points = shapely.points(rng.uniform(-600, 600, (300, 2)))
    inside = [one for one in points if UKRAINE.contains(one)]
    assert len(inside) > 40
    for unit in units(rng, False, 10):
        place = ATLAS.point(unit.lat, unit.lon)
        parts = words_over(ATLAS, unit, unit.engages["drone"], "UKR")
        for point in inside:
            covering = [
                one
                for one in unit.engages["drone"].clauses
                if (one.stand is None or ATLAS.shape(one.stand).intersects(place))
                and (one.over is None or any(ATLAS.shape(area).contains(point) for area in one.over))
                and (one.airspace is None or airspace(one.airspace).contains(point))
            ]
            (here,) = [one for one in parts if one.shape.intersects(point)]
            assert here.by == deciding(covering)


def test_of_the_same_effect_each_unit_has_its_own_reason() -> None:
    rng = np.random.default_rng(5)
    (first,) = units(rng, False, 1)
    drone = first.engages["drone"]
    for name in ("one", "another"):
        clauses = tuple(
            replace(one, because=Because(name, "POL", "", "", ())) for one in named(*cases.LAYERS[3:])
        )
        parts = words_over(ATLAS, first, replace(drone, clauses=clauses), "UKR")
        assert [one.by.because.rule for one in parts if one.by is not None] == [name]
