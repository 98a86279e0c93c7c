"""The rules of transfers, as a table of facts, question, answer and reason (transfers.yaml), and laws."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.policy import in_force
from skypact.policy.transfers import Ruling, TransferQuery, accounts, may_transfer
from skypact.reading import read_document
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario

HERE = Path(__file__).parent
SMALL = read_document(HERE.parent / "scenario" / "small.yaml").data
ROWS = read_document(HERE / "transfers.yaml").data
DAY = "2021-10-26"
ACTORS = ("UKR", "GEO", "USA", "DEU", "NLD", "TUR", "EST", "LTU", "FIN")
ITEMS: dict[str, dict[str, Any]] = {
    "launcher": {"origin": "USA", "category": "defensive-lethal"},
    "drone": {"origin": "TUR", "category": "lethal"},
    "rifle": {"origin": "USA", "category": "non-lethal"},
    "howitzer": {"origin": "DEU", "category": "lethal", "consent": ["DEU", "FIN"]},
    "radar": {"origin": "USA", "category": "non-lethal"},
}
SHORT = {"by": "channels", "kind": "categories", "what": "items", "from": "donors"}
ORDER = {"blocked": 0, "conditional": 1, "allowed": 2}


def rule(short: dict[str, Any]) -> dict[str, Any]:
    """A rule of the table in the form of a scenario."""
    full = {SHORT.get(key, key): value for key, value in short.items() if key not in ("who", "may")}
    effect = "may" if short["may"] in (True, "yes") else "may-not"
    return {"holder": [short["who"]], "effect": effect, "action": "transfer", "sources": ["proposal"], **full}


def decision(facts: dict[str, Any]) -> dict[str, Any]:
    """A decision of the table in the form of a scenario."""
    if "date" not in facts:
        ((date, adds),) = facts.items()
        facts = {"date": date, "adds": adds}
    adds = [rule(short) for short in facts.get("adds", [])]
    actor = adds[0]["holder"][0] if adds else "USA"
    head = {"actor": actor, "status": "taken", "title": "an example", "sources": ["proposal"]}
    return {**head, **facts, "adds": adds}


def scenario_of(row: dict[str, Any], order: list[int] | None = None) -> Scenario:
    data = copy.deepcopy(SMALL)
    data["date"] = DAY
    data["actors"] |= {name: {"name": name, "role": "other"} for name in ACTORS if name not in data["actors"]}
    data["actors"]["NSPA"] = {
        "name": "Agency",
        "role": "other",
        "territory": [],
        "members": ["USA", "DEU", "NLD"],
    }
    items = copy.deepcopy(ITEMS)
    for item in items.values():
        item |= {"name": "an example", "sources": ["proposal"], "views": []}
    for view in copy.deepcopy(row.get("views", [])):
        named = {"category": view.pop("kind"), "sources": ["proposal"]}
        items[view.pop("what")]["views"].append({**view, **named})
    data["items"] = items
    facts = {"ft": "veto", "bild": "veto", "strict": "terms", "free": "terms"}
    data["versions"] = {
        name: {"fact": fact, "title": name, "sources": ["proposal"]} for name, fact in facts.items()
    }
    data["rules"] = [rule(short) for short in row.get("rules", [])]
    decisions = {f"d{number}": decision(facts) for number, facts in enumerate(row.get("decisions", []))}
    names = list(decisions)
    names = [names[index] for index in order] if order else names
    data["decisions"] = {name: decisions[name] for name in names}
    data["policies"] = {"asked": {"title": "asked", "summary": "asked", "decisions": names}}
    data["baseline"] = data["reported_under"] = "asked"
    return Scenario.model_validate(data)


def decide(scenario: Scenario, ask: dict[str, str]) -> Ruling:
    day = first_day(ask.get("on", DAY))
    handing = TransferQuery(ask["from"], ask["to"], ask["what"], ask["by"])  # type: ignore[arg-type]
    versions = accounts(scenario)[ask["version"]] if "version" in ask else None
    return may_transfer(scenario, in_force(scenario, "asked", day), handing, day, versions)


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 60
    assert len({row["name"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_answer_and_reason(row: dict[str, Any]) -> None:
    found = decide(scenario_of(row), row["ask"])
    assert (found.status, [why.rule for why in found.because]) == (row["answer"], row["because"])
    if "away" in row:
        assert found.away
    assert found.waits == ("waits" in row or row["answer"] == "blocked")


@pytest.mark.parametrize(
    "row", [row for row in ROWS if len(row.get("decisions", [])) > 1], ids=lambda r: r["name"]
)
def test_order_of_decisions_in_the_file_does_not_matter(row: dict[str, Any]) -> None:
    turned = list(reversed(range(len(row["decisions"]))))
    assert decide(scenario_of(row, turned), row["ask"]) == decide(scenario_of(row), row["ask"])


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


RULES = st.fixed_dictionaries(
    {"who": st.sampled_from(["USA", "DEU", "NLD"]), "may": st.booleans()},
    optional={
        "by": some(["grant", "agency", "re-export", "commercial-sale"]),
        "kind": some(["lethal", "defensive-lethal", "non-lethal"]),
        "what": some(["launcher", "rifle", "radar"]),
        "action": st.sampled_from(["transfer", "re-export"]),
    },
)
DATED = st.lists(st.tuples(st.sampled_from(["2014", "2017-05", "2018-03-01", "2021-05"]), RULES), max_size=5)
ASKS = st.one_of(
    st.fixed_dictionaries(
        {
            "from": st.sampled_from(["USA", "DEU"]),
            "to": st.just("UKR"),
            "what": st.sampled_from(["launcher", "rifle", "radar"]),
            "by": st.sampled_from(["grant", "commercial-sale"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "from": st.just("NSPA"),
            "to": st.just("UKR"),
            "what": st.sampled_from(["launcher", "rifle"]),
            "by": st.just("agency"),
        }
    ),
    st.fixed_dictionaries(
        {
            "from": st.just("DEU"),
            "to": st.just("UKR"),
            "what": st.just("launcher"),
            "by": st.just("re-export"),
        }
    ),
)


def with_rules(dated: list[tuple[str, dict[str, Any]]], **more: Any) -> dict[str, Any]:
    decisions = [{"date": date, "adds": [{**short, "id": f"r{n}"}]} for n, (date, short) in enumerate(dated)]
    return {"decisions": [*decisions, *more.get("decisions", [])]}


@given(dated=DATED, more=RULES, when=st.sampled_from(["2014", "2019", "2021-06"]), ask=ASKS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_prohibition_never_allows(
    dated: list[Any], more: dict[str, Any], when: str, ask: dict[str, str]
) -> None:
    before = decide(scenario_of(with_rules(dated)), ask)
    forbidding = {"date": when, "adds": [{**more, "may": False, "id": "more"}]}
    after = decide(scenario_of(with_rules(dated, decisions=[forbidding])), ask)
    assert ORDER[after.status] <= ORDER[before.status]


@given(dated=DATED, ask=ASKS, data=st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_lifting_a_restriction_never_blocks(
    dated: list[Any], ask: dict[str, str], data: st.DataObject
) -> None:
    against = [number for number, (_, short) in enumerate(dated) if not short["may"]]
    if not against:
        return
    lifted = {"date": "2021-10", "lifts": [f"r{data.draw(st.sampled_from(against))}"]}
    before = decide(scenario_of(with_rules(dated)), ask)
    after = decide(scenario_of(with_rules(dated, decisions=[lifted])), ask)
    assert ORDER[after.status] >= ORDER[before.status]


@given(dated=DATED, ask=ASKS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_before_every_decision_the_baseline_holds(dated: list[Any], ask: dict[str, str]) -> None:
    early = {**ask, "on": "2013-12-31"}
    assert decide(scenario_of(with_rules(dated)), early) == decide(scenario_of({}), early)


@given(dated=DATED, ask=ASKS, data=st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_order_in_the_file_never_matters(
    dated: list[Any], ask: dict[str, str], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(dated))))
    row = with_rules(dated)
    assert decide(scenario_of(row, list(order)), ask) == decide(scenario_of(row), ask)
