"""Names of weapons and publishers."""

from __future__ import annotations

import pytest

from skypact.catalog import load_catalog
from skypact.evidence.weapons import STRIKE_NAMES, eligible_class, names, publisher_of, understood


@pytest.mark.parametrize(
    ("name", "weapons"),
    [
        ("Shahed-136/131", ("shahed",)),
        ("X-101/X-555", ("kh-101",)),
        ("Х-101", ("kh-101",)),  # with the Cyrillic letter
        ("С-300", ("s-300",)),  # likewise
        ("Калібр", ("kalibr",)),
        ("  iskander-m ", ("iskander-m",)),
        ("Молнія", ("molniya",)),
        ("Картограф", ("kartograf",)),
        ("Фенікс", ("feniks",)),
        ("Привет-82", ("privet-82",)),
        ("X-101/X-555 and Kalibr", ("kh-101", "kalibr")),
        ("Шахед та Калібр", ("shahed", "kalibr")),
        ("Orlan-10 and ZALA and Supercam", ("orlan-10", "zala", "supercam")),
    ],
)
def test_a_name_in_any_writing(name: str, weapons: tuple[str, ...]) -> None:
    assert understood(name).weapons == weapons


@pytest.mark.parametrize("name", ["Iskander-M/KN-23", "X-59/X-69", "C-300/C-400", "Shahed-136/131"])
def test_a_slash_joins_nothing(name: str) -> None:
    found = understood(name)
    assert len(found.weapons) == 1
    assert found.strike
    assert found.kind == "strike"


@pytest.mark.parametrize(
    "name",
    [
        "X-101/X-555 and Kalibr and Iskander-M/KN-23",
        "X-22 and X-31P",
        "X-101/X-555 and Kalibr and X-59/X-69",
        "Iskander-M and Iskander-K",
        "C-400 and Iskander-M",
        "Shahed-136/131 and Lancet",
    ],
)
def test_names_joined_across_classes_have_no_class(name: str) -> None:
    assert understood(name).strike == ""
    assert eligible_class(name) == ""


def test_names_joined_within_a_class_keep_it() -> None:
    assert understood("X-101/X-555 and Kalibr").strike == eligible_class("X-101/X-555 and Kalibr") == "cruise"
    assert understood("X-22 and X-32").strike == "supersonic"
    assert understood("Orlan-10 and ZALA").kind == "reconnaissance"


def test_the_older_name_of_a_missile_is_the_same_weapon() -> None:
    assert understood("X-59").weapons == understood("X-59/X-69").weapons
    assert understood("X-59").strike == understood("X-59/X-69").strike == "airguided"


def test_an_unknown_part_is_named_and_makes_the_whole_unknown() -> None:
    found = understood("Kalibr and Zmiy")
    assert (found.unknown, found.weapons, found.kind, found.strike) == (("Zmiy",), (), "unknown", "")


def test_what_is_eligible_has_the_same_class_by_its_aliases() -> None:
    for strike, models in names().eligible.items():
        for model in models:
            assert understood(model).strike == eligible_class(model) == strike


def test_every_weapon_fits_the_catalogue() -> None:
    threats = load_catalog().threats
    for weapon in names().weapons.values():
        assert (weapon.kind == "strike") == (weapon.strike is not None)
        if weapon.catalogue is not None:
            assert threats[weapon.catalogue].threat_class == weapon.threat_class
    assert {weapon.strike for weapon in names().weapons.values()} - {None} == set(STRIKE_NAMES)


@pytest.mark.parametrize(
    ("source", "level"),
    [
        ("kpszsu/posts/1", "national"),
        ("https://t.me/kpszsu/1", "national"),
        ("PvKPivden/posts/1", "regional"),
        ("https://t.me/war_monitor/1", "other"),
        ("watch/?v=1", "unknown"),
        ("", "unknown"),
    ],
)
def test_who_reports(source: str, level: str) -> None:
    assert publisher_of(source)[1] == level
