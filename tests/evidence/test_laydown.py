"""The laydown with dates: sourced, in order, and on 26 August 2024 what the shipped scenario has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from skypact.catalog import load_catalog
from skypact.evidence.laydown import laydown
from skypact.evidence.night.defence import FRAME, defence_on
from skypact.policy.apportion import apportion
from skypact.reading import Problems, read_document
from skypact.scenario.find import find_scenario

SHIPPED = read_document(find_scenario(FRAME)).data
WEIGHTS = {name: float(one["weight"]) for name, one in SHIPPED["assets"].items()}


def numbers(count: dict[str, Any] | None) -> tuple[Any, ...]:
    return tuple((count or {}).get(name) for name in ("value", "low", "high"))


@pytest.mark.parametrize("section", ["laydown", "sensors"])
def test_on_the_day_of_the_shipped_raid_it_is_the_shipped_one(section: str) -> None:
    ours = {one["id"]: one for one in getattr(laydown().on(date(2024, 8, 26), WEIGHTS), section)}
    theirs = {one["id"]: one for one in SHIPPED[section] if one["owner"] == "UKR"}
    assert set(ours) == set(theirs)
    for name, one in theirs.items():
        assert ours[name]["system"] == one["system"]
        assert [ours[name].get(key) for key in ("spread", "at")] == [one.get(key) for key in ("spread", "at")]
        assert "count" not in one or numbers(ours[name]["count"]) == numbers(one["count"]), name
        patrol = {key: value for key, value in one.get("patrol", {}).items() if key != "on_station_min"}
        assert ours[name].get("patrol", {}) == patrol


def test_everything_named_is_there() -> None:
    found, catalog = laydown(), load_catalog()
    assert {one.system for one in found.laydown} <= set(catalog.effectors)
    assert {one.system for one in found.sensors} <= set(catalog.sensors)
    named = {
        source
        for one in (*found.laydown, *found.sensors)
        for basis in (one, *one.counts)
        for source in basis.sources
    }
    assert named <= set(found.sources) | set(SHIPPED["sources"])
    assert set(found.sources) <= named
    assert not set(found.sources) & set(SHIPPED["sources"])
    cities = {city for names in found.sets.values() for city in names}
    assert cities <= set(SHIPPED["assets"])
    assert {place for one in found.sensors for place in one.at or ()} <= set(SHIPPED["places"])


def test_what_is_public_grows_by_deliveries() -> None:
    for name in ("ukr-patriot-gem-t", "ukr-samp-t", "ukr-iris-t", "ukr-nasams", "ukr-hawk", "ukr-gepard"):
        (entry,) = (one for one in laydown().laydown if one.id == name)
        values = [count.value for count in entry.counts]
        assert values == sorted(values), name
        assert all(count.kind != "notional" for count in entry.counts)


def test_units_of_one_list_have_the_seats_that_follow() -> None:
    for day in (date(2023, 5, 9), date(2023, 12, 14), date(2024, 8, 26), date(2025, 6, 17)):
        found = {one["id"]: one for one in laydown().on(day, WEIGHTS).laydown}
        sent: dict[str, int] = dict.fromkeys(laydown().sets["rear"], 0)
        total = 0
        for name in ("ukr-iris-t", "ukr-nasams", "ukr-hawk"):
            spread, number = found[name]["spread"], round(found[name]["count"]["value"])
            weights = [WEIGHTS[city] for city in spread["over"]]
            for city, share in zip(
                spread["over"], apportion(number, weights, spread.get("at_most")), strict=True
            ):
                sent[city] += share
            total += number
        assert list(sent.values()) == apportion(total, [WEIGHTS[city] for city in sent])


def test_counts_begin_and_change_on_their_days() -> None:
    (patriot,) = (one for one in laydown().laydown if one.id == "ukr-patriot-gem-t")

    def on(day: date) -> float | None:
        count = laydown().count_on(patriot, day)
        return None if count is None else count.value

    before = on(date(2023, 4, 18))
    assert before is None
    assert (on(date(2024, 7, 4)), on(date(2024, 7, 5))) == (3, 4)


def test_there_is_a_defence_on_every_day_and_none_outside() -> None:
    found = laydown()
    first, last = date.fromisoformat(found.since), date.fromisoformat(found.until)
    for day in (first, last):
        assert defence_on(day).laydown
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Problems, match="there is no laydown"):
            defence_on(day)
