"""What is kept changes no result: a used atlas gives the bytes that a fresh one gives."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.geometry import flown as kept
from skypact.geometry.atlas import Atlas, atlas_of
from skypact.geometry.memory import Memory
from skypact.geometry.windows import Opportunities, opportunities
from skypact.policy.situation import Situation

from . import cases

FIRST = cases.situation(40, units=10, paths=6, sites=8)


def changed(situation: Situation, what: str) -> Situation:
    """The situation under another policy, or with other numbers."""
    units, sites = list(situation.units), situation.sites
    rules = {name: replace(one, clauses=cases.FREE) for name, one in units[0].engages.items()}
    if what == "permission":
        units = [replace(unit, engages=rules) if unit.engages else unit for unit in units]
    elif what == "one more unit":
        units.insert(3, replace(cases.situation(41).units[2], id="more"))
    elif what == "one unit less":
        del units[4]
    elif what == "no units":
        units = []
    elif what == "range":
        longer = {name: replace(one, max_range_km=60.0) for name, one in units[5].engages.items()}
        units[5] = replace(units[5], engages=longer)
    elif what == "sensors":
        sites = (*sites[2:], replace(sites[0], p_detect={"drone": 0.4}))
    elif what == "paths":
        return replace(situation, paths=situation.paths[:3], incoming=situation.incoming[:3])
    return replace(situation, units=tuple(units), sites=sites)


CHANGES = ("nothing", "permission", "one more unit", "one unit less", "no units", "range", "sensors", "paths")
FRESH: dict[tuple[str, bool], bytes] = {}


def content(found: Opportunities) -> bytes:
    parts = [found.windows, found.passages, *found.flights]
    arrays = [getattr(part, field.name) for part in parts for field in fields(part)]
    return b"|".join(np.ascontiguousarray(array).tobytes() for array in arrays)


def fresh(what: str, permission: bool) -> bytes:
    if (what, permission) not in FRESH:
        found = opportunities(changed(FIRST, what), atlas_of(cases.GEOGRAPHY), permission)
        FRESH[what, permission] = content(found)
    return FRESH[what, permission]


@settings(max_examples=15, deadline=None)
@given(asked=st.lists(st.tuples(st.sampled_from(CHANGES), st.booleans()), min_size=2, max_size=6))
def test_one_change_after_another_gives_what_each_gives_alone(asked: list[tuple[str, bool]]) -> None:
    atlas = atlas_of(cases.GEOGRAPHY)
    for what, permission in asked:
        assert content(opportunities(changed(FIRST, what), atlas, permission)) == fresh(what, permission)


def test_what_is_asked_again_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = atlas_of(cases.GEOGRAPHY)
    searched = []
    real = kept.Memory.put

    def put(self: Memory, key: object, value: object) -> None:
        searched.append(key)
        real(self, key, value)  # type: ignore[arg-type]

    opportunities(FIRST, atlas)
    monkeypatch.setattr(Memory, "put", put)
    opportunities(FIRST, atlas)
    assert searched == []
    opportunities(changed(FIRST, "range"), atlas)
    assert 0 < len(searched) <= 6  # the area and the search of three classes


def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    memory = Memory(3)
    for number in range(10):
        assert memory.keep(number, lambda n=number: [n]) == [number]  # type: ignore[misc]
        memory.get(0)
    assert len(memory) == 3
    assert memory.get(0) == [0]
    assert memory.get(9) == [9]
    assert memory.get(5) is None


def test_a_full_memory_still_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEPT_PATHS", "KEPT_SIGHTS", "KEPT_STAYS", "KEPT_ROWS"):
        monkeypatch.setattr(kept, name, 1)
    base = atlas_of(cases.GEOGRAPHY)
    atlas = Atlas(base.geography, base.lat, base.lon, base.reach_km, base.land, Memory(2))
    for what in (*CHANGES[1:4], *CHANGES[1:3]):
        assert content(opportunities(changed(FIRST, what), atlas)) == fresh(what, True)


def test_a_point_is_the_same_whatever_it_is_projected_with() -> None:
    places = [(unit.lat, unit.lon) for unit in cases.situation(42, units=40).units]
    together = atlas_of(cases.GEOGRAPHY).points(places)
    alone = [atlas_of(cases.GEOGRAPHY).point(*place) for place in places[:8]]
    assert [(point.x, point.y) for point in together[:8]] == [(point.x, point.y) for point in alone]
