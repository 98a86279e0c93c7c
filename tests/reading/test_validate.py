"""From data to typed values: every problem in plain words, with its place and what would be right."""

from __future__ import annotations

import time
from typing import Annotated, Literal

import pytest
from pydantic import AwareDatetime, Field

from skypact.quantity import Kilometres, Quantity
from skypact.reading import (
    Problems,
    Ref,
    Strict,
    nearest,
    parse_document,
    pieces,
    references,
    suggest,
    validate,
)
from skypact.scenario.dates import PartialDate
from skypact.scenario.forces import Plain


class Leg(Strict):
    to: Annotated[str, Ref("place")]
    speed_m_s: Annotated[float, Field(strict=True, gt=0, le=8000)]


class Trip(Strict):
    id: Plain
    day: PartialDate
    kind: Literal["there", "back"] = "there"
    start: Annotated[str, Ref("place")] | None = None
    legs: tuple[Leg, ...]
    stops: dict[Annotated[str, Ref("place")], Annotated[int, Field(strict=True, ge=1)]] = {}
    pair: tuple[Leg, Leg] | None = None
    min_range_km: Kilometres | None = None
    max_range_km: Kilometres | None = None
    at: AwareDatetime | None = None
    by_kind: dict[Literal["there", "back"], float] = {}


GOOD = "id: a\nday: '2024'\nlegs: []\n"


def said(text: str) -> list[str]:
    with pytest.raises(Problems) as bad:
        validate(Trip, parse_document(text, "t"))
    return [str(problem) for problem in bad.value.problems]


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        ("kind: their\n",
         "t:4:7: kind: 'their' is not one of the choices (did you mean there? must be there or back)"),
        ("range: 40\n",
         "t:4:1: range: the key lacks its unit (write max_range_km (kilometres) or min_range_km"
         " (kilometres))"),
        ("max_range_mi: 40\n",
         "t:4:1: max_range_mi: the unit is another one here (write max_range_km (kilometres))"),
        ("max_range_km: 40\n",
         "t:4:15: max_range_km: a number without its basis"
         " (write {value: 40, kind: notional, note: why this value})"),
        ("max_range_km: {value: -3, kind: notional, note: x}\n",
         "t:4:15: max_range_km: -3 is impossible (must be between 0 and 20,000)"),
        ("strat: x\n",
         "t:4:1: strat: unknown field (did you mean start?)"),
        ("at: 2024-08-26\n",
         "t:4:5: at: '2024-08-26' is not right here"
         " (must be a moment with its offset from UTC, such as 2024-08-26T03:00:00+03:00)"),
        ("stops: {lviv: 0}\n",
         "t:4:15: stops.lviv: 0 is impossible (must be at least 1)"),
        ("stops: [lviv]\n",
         "t:4:8: stops: a list is not right here (must be a mapping, name: value)"),
        ("by_kind: {ther: 1}\n",
         "t:4:11: by_kind.ther: 'ther' is not one of the choices"
         " (did you mean there? must be there or back)"),
        ("pair: [{to: a, speed_m_s: 1}]\n",
         "t:4:7: pair: the list is too short (entry 2 is missing)"),
        ("start: 3\n",
         "t:4:8: start: 3 is not right here (must be text; put it in quotes)"),
    ],
)  # fmt: skip
def test_one_problem_is_one_line(extra: str, line: str) -> None:
    assert said(GOOD + extra) == [line]


def test_everything_is_reported_at_once_and_in_order() -> None:
    lines = said("id: Not Good\nday: 2024\nlegs:\n  - {to: lviv, speed: 3}\n  - {to: 4, speed_m_s: .nan}\n")
    assert [line.split(" ")[0] for line in lines] == ["t:1:5:", "t:2:6:", "t:4:16:", "t:5:10:", "t:5:24:"]
    assert "lower-case letters" in lines[0]
    assert "must be text; put it in quotes" in lines[1]
    assert "write speed_m_s (metres per second)" in lines[2]
    assert "must be a finite number" in lines[4]


def test_a_missing_field_is_named_and_a_misspelt_one_is_not_also_missing() -> None:
    assert said("id: a\nday: '2024'\n") == ["t:1:1: legs: missing (add legs)"]
    assert said("id: a\nday: '2024'\nleg: []\n") == ["t:3:1: leg: unknown field (did you mean legs?)"]


def test_a_document_that_is_no_mapping() -> None:
    assert said("- a\n") == ["t:1:1: a list is not right here (must be a mapping, name: value)"]


def test_names_are_found_wherever_they_may_stand_and_whatever_else_is_wrong() -> None:
    data = {
        "id": 7,
        "start": "a",
        "legs": [{"to": "b"}, {"to": 5}, "c"],
        "stops": {"d": "many"},
        "pair": [{"to": "e"}],
        "unknown": {"to": "f"},
    }
    assert list(references(Trip, data)) == [
        (("start",), "place", "a"),
        (("legs", 0, "to"), "place", "b"),
        (("stops", "d"), "place", "d"),
        (("pair", 0, "to"), "place", "e"),
    ]


def test_sound_pieces_are_found_among_wrong_ones() -> None:
    data = {"legs": [{"to": "b", "speed_m_s": 3}, {"to": "c", "speed_m_s": -3}], "max_range_km": 3}
    assert list(pieces(Trip, data, Leg)) == [(("legs", 0), Leg(to="b", speed_m_s=3.0))]
    assert list(pieces(Trip, data, Quantity)) == []


def test_suggestions() -> None:
    assert nearest("KYIV", ["kyiv", "kharkiv"]) == "kyiv"
    assert nearest("zzz", ["kyiv"]) == ""
    assert suggest("zzz", []) == "none is defined"
    assert suggest("zzz", ["b", "a"]) == "known: a, b"
    many = [f"n{i}" for i in range(20)]
    assert suggest("zzz", many) == "such as n0, n1, n10"
    assert suggest("zzz", many, "places in this file") == "such as n0, n1, n10; all 20: places in this file"
    cities = ["kharkiv", "lutsk", "lviv", "odesa", "poltava", "rivne", "sumy", "ternopil", "uzhhorod"]
    assert suggest("sebastopol", cities, "places") == "nearest: ternopil, poltava; all 9: places"
    assert suggest("lisbon", cities, "places") == "nearest: lviv, lutsk, rivne; all 9: places"


def test_every_name_that_is_as_near_is_suggested() -> None:
    known = ["patriot-pac-2", "patriot-pac-3", "hawk", "bayraktar-tb2"]
    assert suggest("patriot", known) == "did you mean patriot-pac-2 or patriot-pac-3?"
    assert suggest("tb2", known) == "did you mean bayraktar-tb2?"
    assert suggest("patriot-pac-4", known) == "did you mean patriot-pac-2 or patriot-pac-3?"


def test_suggestions_are_quick_however_long_and_many_the_names() -> None:
    started = time.process_time()
    for number in range(20):
        suggest(f"{number}" * 100_000, [f"unit-{index}" for index in range(2_000)])
    assert time.process_time() - started < 5
