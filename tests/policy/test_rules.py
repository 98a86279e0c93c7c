"""The rules of permission, as a table of facts, question, answer and reason (rules.yaml)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.geometry.atlas import atlas_of
from skypact.geometry.permission import cover, stands
from skypact.policy import in_force
from skypact.policy.build import geography
from skypact.policy.permission import Assets, resolve
from skypact.policy.situation import Clause
from skypact.reading import read_document
from skypact.scenario.actions import shot_at
from skypact.scenario.model import Scenario

HERE = Path(__file__).parent
SMALL = read_document(HERE.parent / "scenario" / "small.yaml").data
ROWS = read_document(HERE / "rules.yaml").data
PLACES = {
    "odesa": {"name": "Odesa", "lat": 46.5, "lon": 30.7},
    "kharkiv": {"name": "Kharkiv", "lat": 50.0, "lon": 36.2},
    "chernivtsi": {"name": "Chernivtsi", "lat": 48.3, "lon": 25.9},
    "suceava": {"name": "Suceava", "lat": 47.6, "lon": 26.3},
}
EAST = {
    "name": "the east",
    "corners": [[52.0, 34.0], [52.0, 41.0], [46.0, 41.0], [46.0, 34.0]],
    "note": "an example",
}


def rule(short: dict[str, Any]) -> dict[str, Any]:
    """A rule of the table in the form of a scenario."""
    short = copy.deepcopy(short)
    for area in [*short.get("over", []), *([short["stand"]] if "stand" in short else [])]:
        for distance in [*area.get("within", []), *area.get("beyond", [])]:
            distance["km"] = {"value": distance["km"], "kind": "notional", "note": "an example"}
    return {
        "holder": [short.pop("who")],
        "effect": "may" if short.pop("may") in (True, "yes") else "may-not",
        "action": short.pop("action", "engage"),
        "sources": ["proposal"],
        **short,
    }


def scenario_of(row: dict[str, Any], order: list[int] | None = None) -> Scenario:
    data = copy.deepcopy(SMALL)
    data["actors"]["ROU"] = {"name": "Romania", "role": "ally"}
    data["places"] |= PLACES
    data["regions"] = {"east": EAST}
    data["rules"] = [] if row.get("no_consent") else data["rules"]
    data["rules"] += [rule(short) for short in row.get("rules", [])]
    decisions = {}
    for number, facts in enumerate(row.get("decisions", [])):
        (date, rules), *rest = ((key, value) for key, value in facts.items() if key != "actor")
        decisions[f"d{number}"] = {
            "actor": facts.get("actor", "POL"),
            "date": date,
            "status": "hypothetical",
            "title": "an example",
            "sources": ["proposal"],
            "adds": [rule(short) for short in rules],
            **dict(rest),
        }
    names = list(decisions)
    names = [names[index] for index in order] if order else names
    data["decisions"] = {name: decisions[name] for name in names}
    data["policies"]["asked"] = {"title": "asked", "summary": "asked", "decisions": names}
    return Scenario.model_validate(data)


ATLAS = atlas_of(geography(scenario_of({})))


def decide(scenario: Scenario, ask: dict[str, str]) -> tuple[bool, str]:
    """Whether the pair is allowed, and by which rule."""
    assets = Assets(ask["who"], ask.get("system", "patriot-pac-2-gem-t"), ask.get("basing", "ground"))  # type: ignore[arg-type]
    stand, over = (
        shapely.Point(ATLAS.project(scenario.places[ask[key]].lat, scenario.places[ask[key]].lon))
        for key in ("from", "over")
    )

    def covers(clause: Clause) -> bool:
        return stands(ATLAS, clause, stand) and bool(cover(ATLAS, clause).intersects(over))

    found = resolve(
        in_force(scenario, "asked"),
        shot_at(ask["class"]),  # type: ignore[arg-type]
        assets.against(ask["class"]),  # type: ignore[arg-type]
        covers,
    )
    return found.allowed, "" if found.decided_by is None else found.decided_by.because.rule


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_answer_and_reason(row: dict[str, Any]) -> None:
    assert decide(scenario_of(row), row["ask"]) == (row["answer"] in (True, "yes"), row["because"])


@pytest.mark.parametrize(
    "row", [row for row in ROWS if len(row.get("decisions", [])) > 1], ids=lambda r: r["name"]
)
def test_order_of_decisions_in_the_file_does_not_matter(row: dict[str, Any]) -> None:
    turned = list(reversed(range(len(row["decisions"]))))
    assert decide(scenario_of(row, turned), row["ask"]) == decide(scenario_of(row), row["ask"])


RULES = st.fixed_dictionaries(
    {
        "who": st.just("POL"),
        "may": st.booleans(),
        "classes": st.sampled_from([["drone"], ["cruise"], ["drone", "cruise"]]),
        "over": st.sampled_from(
            [
                [{"inside": ["UKR"]}],
                [{"inside": ["UKR"], "within": [{"of": ["POL"], "km": 70}]}],
                [{"inside": ["UKR"], "beyond": [{"of": ["RUS"], "km": 200}]}],
                [{"inside": ["east"]}],
            ]
        ),
    }
)
ASKS = st.fixed_dictionaries(
    {
        "who": st.just("POL"),
        "class": st.sampled_from(["drone", "cruise"]),
        "from": st.sampled_from(["przemysl", "lviv"]),
        "over": st.sampled_from(["lviv", "lutsk", "ternopil", "kharkiv", "przemysl"]),
    }
)


@given(rules=st.lists(RULES, max_size=4), more=RULES, ask=ASKS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_prohibition_never_allows_and_a_permission_never_blocks(
    rules: list[dict[str, Any]], more: dict[str, Any], ask: dict[str, str]
) -> None:
    named = [{**each, "id": f"r{number}"} for number, each in enumerate(rules)]
    before, _ = decide(scenario_of({"decisions": [{"2024-05-11": named}]}), ask)
    after, _ = decide(scenario_of({"decisions": [{"2024-05-11": [*named, {**more, "id": "more"}]}]}), ask)
    if more["may"]:
        assert after or not before
    else:
        assert before or not after
