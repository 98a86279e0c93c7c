"""Laws of permission: points and areas agree, the order of the file is nothing, words only act their way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from skypact.geometry.permission import cover, may_be, permitted
from skypact.policy import in_force
from skypact.policy.permission import Assets, Resolution, clauses, resolve
from skypact.policy.precedence import deciding, settled
from skypact.policy.situation import Aircraft, Clause, FireUnit
from skypact.scenario.model import Scenario
from tests.geometry import cases

from .test_rules import ATLAS, scenario_of

ASSETS = Assets("POL", "patriot-pac-2-gem-t", "ground")
AREAS: list[dict[str, Any]] = [
    {"inside": ["UKR"]},
    {"inside": ["UKR"], "within": [{"of": ["POL", "ROU"], "km": 150}]},
    {"inside": ["UKR", "ROU"], "outside": ["east"]},
    {"beyond": [{"of": ["RUS"], "km": 200}]},
    {"inside": ["east"]},
]
RULES = st.fixed_dictionaries(
    {"may": st.booleans(), "over": st.lists(st.sampled_from(AREAS), min_size=1, max_size=2, unique_by=str)},
    optional={
        "stand": st.sampled_from([{"inside": ["POL"]}, {"inside": ["UKR"]}, {"outside": ["east"]}]),
        "classes": st.sampled_from([["drone"], ["cruise"]]),
        "needs_consent": st.booleans(),
    },
)
CONSENTS = st.fixed_dictionaries({"may": st.booleans(), "consenting": st.sampled_from(["UKR", "ROU"])})
DATES = st.sampled_from(["2024", "2024-05", "2024-05-01", "2024-05-31", "2024-06-02", "2024-07"])
DECISIONS = st.lists(
    st.tuples(
        DATES, st.sampled_from(["POL", "UKR", "ROU"]), st.lists(st.one_of(RULES, CONSENTS), max_size=2)
    ),
    max_size=5,
)
Decisions = list[tuple[str, str, list[dict[str, Any]]]]


def rules_of(number: int, short: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for index, rule in enumerate(short):
        named = {"id": f"r{number}-{index}", **rule}
        if "consenting" in rule:
            who = named.pop("consenting")
            found.append({**named, "who": who, "action": "consent", "to": ["POL"]})
        else:
            found.append({**named, "who": "POL"})
    return found


def made(decisions: Decisions, order: list[int] | None = None, turned: bool = False) -> Scenario:
    listed = []
    for number, (date, actor, short) in enumerate(decisions):
        adds = rules_of(number, short)
        listed.append({date: adds[::-1] if turned else adds, "actor": actor})
    return scenario_of({"decisions": listed}, order)


PLANE = np.random.default_rng(5).uniform(-700, 700, (40, 2))


def resolved(scenario: Scenario, stand: BaseGeometry, target: BaseGeometry) -> Resolution:
    def covers(clause: Clause) -> bool:
        here = clause.stand is None or ATLAS.shape(clause.stand).intersects(stand)
        return bool(here and cover(ATLAS, clause).intersects(target))

    return resolve(in_force(scenario, "asked"), "engage", ASSETS.against("drone"), covers)


def shooter(scenario: Scenario, stand: BaseGeometry, aircraft: Aircraft | None = None) -> FireUnit:
    lon, lat = shapely.get_coordinates(ATLAS.lonlat(stand))[0]
    base = cases.unit(np.random.default_rng(1), 0, ())
    said = clauses(in_force(scenario, "asked"), "engage", ASSETS.against("drone"))
    drone = replace(base.engages["drone"], clauses=said, max_range_km=90.0)
    return replace(
        base, lat=lat, lon=lon, aircraft=aircraft, radius_km=0.0, owner="POL", engages={"drone": drone}
    )


@given(decisions=DECISIONS, stand=st.sampled_from([0, 1, 2, 3, 4]))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_point_and_an_area_agree(decisions: Decisions, stand: int) -> None:
    scenario = made(decisions)
    place = shapely.Point(PLANE[stand])
    unit = shooter(scenario, place)
    area = permitted(ATLAS, unit, unit.engages["drone"])
    for target in shapely.points(PLANE):
        assert resolved(scenario, place, target).allowed == bool(area.intersects(target))


@given(decisions=DECISIONS, start=st.integers(0, 4))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_an_aircraft_may_do_what_it_may_from_some_place(decisions: Decisions, start: int) -> None:
    scenario = made(decisions)
    middle = shapely.Point(PLANE[start])
    unit = shooter(scenario, middle, Aircraft(100.0, 250.0, 6000.0))
    engagement = unit.engages["drone"]
    area, stands = permitted(ATLAS, unit, engagement), may_be(ATLAS, unit, engagement)
    rng = np.random.default_rng(start)
    for _ in range(40):
        place = shapely.Point(PLANE[start] + rng.uniform(-65, 65, 2))
        target = shapely.Point(shapely.get_coordinates(place)[0] + rng.uniform(-60, 60, 2))
        if resolved(scenario, place, target).allowed:
            assert area.intersects(target)
            assert stands.intersects(place)
    # It may be where a battery at that place could shoot at something in range, and nowhere else.
    for _ in range(6):
        place = shapely.Point(PLANE[start] + rng.uniform(-65, 65, 2))
        battery = shooter(scenario, place)
        reached = permitted(ATLAS, battery, battery.engages["drone"]).intersection(place.buffer(90.0))
        if reached.is_empty or reached.area > 1.0:
            assert stands.intersects(place) != reached.is_empty


@given(decisions=DECISIONS, data=st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_order_in_the_file_never_matters(decisions: Decisions, data: st.DataObject) -> None:
    order = list(data.draw(st.permutations(range(len(decisions)))))
    one, other = made(decisions), made(decisions, order, turned=True)
    place = shapely.Point(PLANE[0])
    for target in shapely.points(PLANE[:12]):
        assert resolved(one, place, target) == resolved(other, place, target)


@given(decisions=DECISIONS, date=DATES, actor=st.sampled_from(["POL", "UKR"]), more=RULES)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_prohibition_never_widens_and_another_actors_permission_never_narrows(
    decisions: Decisions, date: str, actor: str, more: dict[str, Any]
) -> None:
    before, after = made(decisions), made([*decisions, (date, actor, [more])])
    place = shapely.Point(PLANE[0])
    for target in shapely.points(PLANE[:20]):
        was, now = resolved(before, place, target).allowed, resolved(after, place, target).allowed
        assert now >= was if more["may"] else now <= was


WORDS = st.lists(
    st.tuples(st.sampled_from(["", "A", "B"]), st.booleans(), st.frozensets(st.integers(0, 5))), max_size=7
)


class Word:
    """A clause about numbers."""

    def __init__(self, by: str, allow: bool, ground: frozenset[int]) -> None:
        self.by, self.allow, self.ground = by, allow or not by, ground


def joined(sets: Any) -> frozenset[int]:
    return frozenset().union(*sets)


@given(said=WORDS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_decides_is_what_is_settled(said: list[tuple[str, bool, frozenset[int]]]) -> None:
    words = [Word(*each) for each in said]
    allowed = settled(words, lambda word: word.ground, joined)
    for number in range(6):
        decides = deciding([word for word in words if number in word.ground])
        assert (decides is not None and decides.allow) == (number in allowed)


def test_the_order_of_precedence_in_full() -> None:
    """Against the sentence in words, for every way in which three clauses of two actors can be said."""

    def by_the_sentence(words: list[Word]) -> bool:
        last = {word.by: word.allow for word in words}
        return "" in last or (any(last.values()) and all(last.values()))

    choices = [
        Word(by, allow, frozenset())
        for by, allow in (("A", True), ("A", False), ("B", True), ("B", False), ("", True))
    ]
    for one in choices:
        for two in choices:
            for three in choices:
                decides = deciding([one, two, three])
                assert decides is not None
                assert decides.allow == by_the_sentence([one, two, three])
