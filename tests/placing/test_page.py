"""What the page about placing shows is what comes out."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

from skypact.report.tables.placing import told

PAGE = Path(__file__).parents[2] / "docs" / "place.md"


def test_the_example_gives_what_the_page_shows() -> None:
    (block,) = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    parsed = doctest.DocTestParser().get_doctest(block, {}, "place", str(PAGE), 0)
    told: list[str] = []
    found = doctest.DocTestRunner().run(parsed, out=told.append)
    assert found.failed == 0, "".join(told)
    assert found.attempted == 4


def document(sets: int, pairs: list[str]) -> dict[str, Any]:
    """What `told` reads, of places that follow each other as said."""
    share = {"share": 0.5, "low": 0.4, "high": 0.6}
    places = [
        {
            "name": f"City {number}",
            "first": share,
            "tells": "fewer",
            "next": {"tells": tells} if tells else None,
        }
        for number, tells in enumerate([*pairs, ""])
    ]
    raid = {
        "title": "A raid",
        "policy": "alone",
        "launched": 9,
        "leakers": dict.fromkeys(("mean", "p05", "p95"), 3.0),
    }
    unit = {"name": "NASAMS", "effector": "nasams", "ready": 6, "reserve": 0}
    return {
        "unit": [unit],
        "owner_name": "Ukraine",
        "raids": [raid],
        "sets": sets,
        "replications": 20,
        "places": places,
        "left_out": [],
        "caution": [],
        "most": 1,
    }


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["cannot-tell", "nothing"], "That is a lean, and no more: no place of the order can be told apart"),
        (["cannot-tell", "fewer"], "It cannot be told apart from the next, City 1; of all 2 pairs"),
        (["fewer", "cannot-tell"], "It can be told apart from the next, City 1; of all 2 pairs"),
        ([], "no other place"),
    ],
)
def test_who_is_first_and_whether_that_is_known_is_one_statement(pairs: list[str], said: str) -> None:
    (line,) = (line for line in told(document(64, pairs)) if "first in the order" in line)
    assert "in 50 % of the sets (40 to 60)" in line
    assert said in line


def test_few_sets_are_called_few_and_ranges_are_said_to_be_over_sets() -> None:
    few, enough = " ".join(told(document(8, ["fewer"]))), " ".join(told(document(64, ["fewer"])))
    assert "These are few sets: where all 8 agree, up to 33 % of sets might still say otherwise." in few
    assert "few sets" not in enough
    for said in (few, enough):
        assert "Ranges are over the sets" in said
        assert "chance of a single raid is averaged out" in said
