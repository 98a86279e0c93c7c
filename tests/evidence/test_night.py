"""A recorded night as a scenario: what the record says is in it, what is left out is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import skypact
from skypact.evidence import UNREPORTED
from skypact.evidence.arrays import Entry, still_eligible, understand
from skypact.evidence.load import load_entries
from skypact.evidence.night import NightScenario, claims, night_scenario
from skypact.evidence.night.defence import frame
from skypact.evidence.night.flights import flown
from skypact.evidence.night.places import cities, places
from skypact.evidence.read import parse_table
from skypact.evidence.weapons import names
from skypact.scenario.check import examine_text
from skypact.scenario.model import Scenario
from tests.evidence.made import RECORD, REGIONAL, Row, a_report, needs_record, text_of

NAME = "ukraine-to-2025-06"
NIGHT = date(2025, 5, 3)
NIGHTS = [
    "2023-05-09",
    "2023-05-28",
    "2023-07-19",
    "2023-09-21",
    "2023-12-14",
    "2024-01-13",
    "2024-01-23",
    "2024-02-07",
    "2024-03-22",
    "2024-04-11",
    "2024-07-08",
    "2024-08-26",
    "2024-09-02",
    "2024-11-28",
    "2024-12-25",
    "2025-01-15",
    "2025-03-07",
    "2025-04-24",
    "2025-05-24",
    "2025-06-09",
    "2025-06-17",
]


def entries(rows: Iterable[Row]) -> list[Entry]:
    good, _ = understand(parse_table(text_of(rows), "made.csv"))
    return good


def made(*rows: Row) -> tuple[NightScenario, Scenario]:
    """The scenario of rows of the usual night; without errors."""
    found = night_scenario(entries(rows), NIGHT)
    examined = examine_text(found.text, "made.yaml")
    assert [str(one) for one in examined.errors] == []
    assert examined.scenario is not None
    return found, examined.scenario


def flying(scenario: Scenario) -> Counter[str]:
    count: Counter[str] = Counter()
    for wave in scenario.raid.waves:
        count[wave.threat] += sum(wave.aims.values())
    return count


def aims(scenario: Scenario) -> Counter[str]:
    count: Counter[str] = Counter()
    for wave in scenario.raid.waves:
        count.update(wave.aims)
    return count


def test_counts_and_types_are_the_records() -> None:
    found, scenario = made(
        a_report(), a_report(model="Iskander-M", launched="2.0", destroyed="1.0", not_reach_goal="")
    )
    assert flying(scenario) == {"geran-2": 10, "iskander-m": 2}
    assert list(scenario.policies) == ["as-happened"]
    assert [(one.launched, one.destroyed, one.not_reached) for one in found.flights] == [
        (10, 7, 2),
        (2, 1, UNREPORTED),
    ]
    ids = {wave.id for wave in scenario.raid.waves}
    assert {name for one in found.flights for name in one.waves} == ids
    killed = {
        one.classes: (one.value, one.low, one.high) for one in scenario.observed if one.what == "killed"
    }
    assert killed == {("drone",): (9, 7, 9), ("ballistic-short",): (1, None, None)}


def test_the_header_names_source_and_licence() -> None:
    found, scenario = made(a_report())
    head = found.text.split("\nformat:")[0]
    assert all(line.startswith("#") for line in head.strip().splitlines())
    assert "ODC-BY 1.0" in head
    assert "Ivaniuk" in head
    assert scenario.sources["air-force-record"].publisher.startswith("Air Force Command")


def test_launch_areas_are_as_named_in_equal_shares() -> None:
    _, scenario = made(a_report(launch_place="Kursk oblast and Chauda, Crimea"))
    count: Counter[str] = Counter()
    for wave in scenario.raid.waves:
        count[wave.launch] += sum(wave.aims.values())
    assert count == {"kursk-region": 5, "chauda": 5}


def test_an_unknown_launch_place_is_said_and_the_usual_one_taken() -> None:
    found, scenario = made(a_report(launch_place="Made Place"))
    assert {wave.launch for wave in scenario.raid.waves} <= set(places().usual["shahed"])
    assert "Not in the table of places: Made Place." in found.text
    assert "Launch area assumed" in found.text


def test_targets_are_where_the_report_says() -> None:
    _, scenario = made(a_report(target="Lviv oblast"))
    assert aims(scenario) == {"lviv": 5, "stryi": 5}
    _, scenario = made(a_report(destroyed_details="{'Odesa oblast': 3, 'Kharkiv oblast': nan}"))
    assert aims(scenario) == {"odesa": 4, "kharkiv": 6}
    _, scenario = made(a_report(**{"affected region": "['Sumy oblast']"}))
    assert aims(scenario) == {"sumy": 10}


def test_a_weapon_goes_only_where_it_reaches() -> None:
    _, scenario = made(a_report(model="C-300", target="Lviv oblast", launch_place="Belgorod oblast"))
    assert aims(scenario) == {"kharkiv": 10}
    _, scenario = made(a_report(model="X-59", launch_place="Kursk oblast", launched="30.0"))
    assert set(aims(scenario)) <= {"kharkiv", "sumy", "poltava", "chernihiv"}


def test_weapons_together_fly_apart_where_the_report_says_how_many() -> None:
    together = a_report(
        model="X-101/X-555 and Kalibr",
        launched="20.0",
        destroyed="18.0",
        not_reach_goal="",
        launched_details="{'X-101/X-555': 12, 'Kalibr': 8}",
        launch_place_details="{'X-101/X-555': 'Saratov oblast', 'Kalibr': 'Black Sea'}",
    )
    found, scenario = made(together)
    assert flying(scenario) == {"kh-101": 12, "kalibr": 8}
    assert {(wave.threat, wave.launch) for wave in scenario.raid.waves} == {
        ("kh-101", "saratov-region"),
        ("kalibr", "black-sea"),
    }
    assert [one.destroyed for one in found.flights] == [18, UNREPORTED]
    assert [one["destroyed"] for one in claims(found.flights)] == [18]


def test_weapons_together_without_numbers_fly_as_the_first() -> None:
    found, scenario = made(a_report(model="X-101/X-555 and Kalibr", launched="20.0"))
    assert flying(scenario) == {"kh-101": 20}
    assert "all fly as the first, X-101/X-555" in found.text


def test_a_weapon_without_a_model_flies_as_its_class_does() -> None:
    found, scenario = made(a_report(model="Banderol", launched="3.0", destroyed="1.0"))
    assert flying(scenario) == {"kh-101": 3}
    assert "The catalogue has no Banderol" in found.text


def test_what_is_left_out_is_said_in_the_file_too() -> None:
    found, scenario = made(
        a_report(),
        a_report(source=REGIONAL, model="Orlan-10"),
        a_report(model="Lancet"),
        a_report(model="Kalibr", launched=""),
        a_report(model="Kalibr and Iskander-M", launched="8.0"),
        a_report(
            model="Intercontinental Ballistic Missile", launched="1.0", destroyed="0.0", not_reach_goal=""
        ),
    )
    assert flying(scenario) == {"geran-2": 10}
    assert len(found.left_out) == 5
    for line in found.left_out:
        assert f"# - {line}" in found.text
    assert any("no system for it" in line for line in found.left_out)
    assert any("without a number launched" in line for line in found.left_out)


@pytest.mark.parametrize(
    ("night", "said"),
    [
        ("2024-07-09", "no strike is recorded for 2024-07-09"),
        ("2019-01-01", "it goes from 2022-09-28 to 2025-06-30"),
        ("2022-10-10", "a night from 2023-05-01 to 2025-06-30"),
        ("2024-7-9", "is no date"),
    ],
)
def test_a_night_that_cannot_be_made_is_said_in_one_line(night: str, said: str) -> None:
    with pytest.raises(skypact.Problems) as refused:
        skypact.recorded_night(NAME, night)
    assert len(refused.value.problems) == 1
    assert said in str(refused.value)


def test_near_nights_are_named() -> None:
    with pytest.raises(skypact.Problems, match="2024-07-08, 2024-07-10"):
        skypact.recorded_night(NAME, "2024-07-09")


def test_the_nightly_counts_of_the_package_do_as_far_as_they_go() -> None:
    found = skypact.recorded_night(NAME, "2024-03-22")
    assert flying(found.scenario.data) == {
        "kh-59-69": 2,
        "kinzhal": 7,
        "kh-22-32": 5,
        "kh-101": 40,
        "geran-2": 63,
        "iskander-m": 12,
        "s-300-ground": 22,
    }


def test_the_same_record_gives_the_same_text(tmp_path: Path) -> None:
    found = skypact.recorded_night(NAME, "2024-03-22")
    assert found.text == skypact.recorded_night(NAME, date(2024, 3, 22)).text
    assert found.write(tmp_path / "n.yaml").read_text(encoding="utf-8") == found.text
    assert "left out" in repr(found)


def test_the_table_of_places_names_what_is_there() -> None:
    table, whole = places(), frame()
    assert set(table.launch.values()) <= set(table.places)
    assert {area for areas in table.usual.values() for area in areas} <= set(table.places)
    assert set(table.usual) == {name for name, weapon in names().weapons.items() if weapon.kind == "strike"}
    assert {city for some in (*table.targets.values(), *table.areas.values()) for city in some} <= set(
        whole["assets"]
    )
    assert {point for ways in table.ways.values() for way in ways.values() for point in way} <= set(
        whole["places"]
    )
    assert {area for ways in table.ways.values() for area in ways} <= set(table.areas)
    for name, place in table.places.items():
        known = whole["places"].get(name)
        assert known is None or (known["lat"], known["lon"]) == (place.lat, place.lon), name


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The whole record, with what was set aside and is scored."""
    store = tmp_path_factory.mktemp("record") / "record.duckdb"
    skypact.import_record(RECORD, store)
    found, aside = load_entries(store)
    return [*found, *still_eligible(aside)]


@needs_record
def test_every_place_of_the_record_is_known(whole: list[Entry]) -> None:
    table = places()
    for _, _, one in whole:
        if not one.eligible:
            continue
        for name in one.launch_places:
            assert name in table.launch or name.split(",")[0] in table.launch, name
        for name in (*one.targets, *one.regions):
            assert cities(name) or name in ("Ukraine", "Kursk oblast"), name


@needs_record
def test_the_nights_of_the_backtest_are_made_without_errors(whole: list[Entry]) -> None:
    for night in NIGHTS:
        day = date.fromisoformat(night)
        examined = examine_text(night_scenario(whole, day, "record").text, night)
        assert [str(one) for one in examined.problems] == []
        assert examined.scenario is not None
        launched = sum(one.launched for one in flown(whole, day).flights)
        assert sum(flying(examined.scenario).values()) == launched
