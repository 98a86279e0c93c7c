"""Holdings, stationing, the table of aid and the ledger, on the invented case."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
import yaml

from skypact.policy import build_situation, in_force
from skypact.policy.holdings import AidTimeline
from skypact.policy.stationing import stationed
from skypact.policy.transfers import TransferQuery
from skypact.scenario.check import examine
from skypact.scenario.model import Scenario
from skypact.study.aid import aid_over_time, aid_table, explain_transfer, questions
from skypact.study.ledger import ledger
from tests.aid.case import DATA, catalog, number, scenario

SALE = TransferQuery("TUR", "UKR", "armed-drone", "commercial-sale")


def holding(
    policy: str = "nothing", change: dict[str, Any] | None = None, **transfer: Any
) -> tuple[Any, Any]:
    """First day in hand and of use of the one transfer."""
    changes = {**(change or {}), **{f"transfers.0.{key}": value for key, value in transfer.items()}}
    (found,) = AidTimeline(scenario(changes), "nothing").holdings()
    return found.arrives, found.usable_from


def rules(*more: dict[str, Any]) -> dict[str, Any]:
    """The case's rules and more of Turkey's."""
    basic = {"holder": ["TUR"], "effect": "may-not", "action": "transfer", "sources": ["paper"]}
    own = [{**basic, "id": f"r{n}", **one} for n, one in enumerate(more)]
    return {"rules": [*DATA["rules"], *own]}


def test_delivered_and_trained() -> None:
    assert holding() == (date(2019, 3, 6), "2019-05-05")


def test_a_month_stays_a_month() -> None:
    assert holding(delivered="2019-03", training_days=number(0)) == (date(2019, 3, 1), "2019-03")


def test_lead_time_counts_from_the_agreement() -> None:
    assert holding(delivered=None, lead_days=number(90)) == (date(2019, 4, 1), "2019-05")


def test_what_was_only_asked_for_is_never_held() -> None:
    assert holding(agreed=None) == (None, None)


def test_neither_delivered_nor_a_lead_time() -> None:
    assert holding(delivered=None) == (None, None)


def test_a_prohibition_keeps_it_back_until_it_ends() -> None:
    change = rules({"since": "2019-02", "until": "2019-07"})
    assert holding(change=change) == (date(2019, 8, 1), "2019-09-30")


def test_a_prohibition_that_never_ends() -> None:
    assert holding(change=rules({"since": "2019-02"})) == (None, None)


def test_a_prohibition_after_the_delivery_takes_nothing_back() -> None:
    assert holding(change=rules({"since": "2019-04"})) == (date(2019, 3, 6), "2019-05-05")


def test_a_condition_of_use_holds_nothing_up() -> None:
    assert holding(change=rules({"effect": "may", "condition": "In storage."}))[0] == date(2019, 3, 6)


def test_a_reform_opens_the_tranche() -> None:
    reform = {"effect": "may", "condition": "Reforms.", "before_delivery": True}
    assert holding(change=rules(reform)) == (None, None)
    assert holding(change=rules({**reform, "met": "2019-06-15"}))[0] == date(2019, 6, 15)


def test_cancelled_before_and_after_the_delivery() -> None:
    decision = {
        "actor": "TUR",
        "status": "taken",
        "title": "off",
        "sources": ["paper"],
        "cancels": ["drones"],
    }
    for day, expected in (("2019-02", None), ("2019-04", date(2019, 3, 6))):
        change = {
            "decisions.off": {**decision, "date": day},
            "policies.nothing": {"title": "-", "summary": "-", "decisions": ["off"]},
        }
        assert holding(change=change)[0] == expected


def units(change: dict[str, Any] | None = None, policy: str = "nothing") -> list[tuple[str, str]]:
    made = build_situation(scenario(change), catalog(), policy).units
    return [(unit.id, unit.place) for unit in made]


def test_holdings_become_units() -> None:
    assert units() == [("ukr-drone-field-1", "field")]
    assert units({"stationing.0.most": number(3), "stationing.0.at": {"field": 2, "village": 2}}) == [
        ("ukr-drone-field-1", "field"),
        ("ukr-drone-field-2", "field"),
        ("ukr-drone-village-1", "village"),
    ]


def test_so_many_items_make_a_unit() -> None:
    change = {"stationing.0.most": number(9), "stationing.0.each": 4, "stationing.0.at": {"field": 9}}
    assert len(units(change)) == 1  # of six
    assert units({"stationing.0.each": 7}) == []


def test_units_that_cannot_be_used_yet_are_not_there() -> None:
    assert units({"transfers.0.delivered": "2021-10-01"}) == []
    assert units({"transfers.0.delivered": "2021-08-01"}) != []


def test_a_spread_shares_them_out() -> None:
    change = {"stationing.0.at": None, "stationing.0.spread": {"over": ["village"]}}
    assert units(change) == [("ukr-drone-village-1", "village")]


def moved(**more: Any) -> dict[str, Any]:
    """A decision that stations the drones at the village."""
    order = {**copy.deepcopy(DATA["stationing"][0]), "at": {"village": 1}, **more}
    return {
        "decisions.move": {
            "actor": "UKR",
            "date": "2021-10-01",
            "status": "hypothetical",
            "title": "-",
            "sources": ["paper"],
            "stationing": [order],
        },
        "policies.nothing": {"title": "-", "summary": "-", "decisions": ["move"]},
    }


def test_a_later_stationing_takes_the_place_of_the_first() -> None:
    assert units(moved()) == [("ukr-drone-village-1", "village")]


def test_what_must_stay_away_is_not_stationed_forward() -> None:
    away = rules({"effect": "may", "condition": "Away from the line.", "where": "away"})
    assert units(moved(forward=True)) == [("ukr-drone-village-1", "village")]
    assert units({**moved(forward=True), **away}) == [("ukr-drone-field-1", "field")]
    assert units({**moved(forward=False), **away}) == [("ukr-drone-village-1", "village")]


def test_the_way_from_store_to_line_takes_time() -> None:
    (unit,) = build_situation(scenario({"stationing.0.arrives_min": number(45)}), catalog(), "nothing").units
    assert unit.on_station_s[0][0] == 45 * 60


def test_units_keep_their_decision() -> None:
    case = scenario(moved())
    force = stationed(case, "nothing", in_force(case, "nothing"))
    assert [held.decision for held in force.laydown] == ["move"]


# ------------------------------------------------------------------------------------- the table


def test_the_table_has_what_the_issue_asks_for() -> None:
    (row,) = aid_table(scenario(), "nothing", date(2021, 10, 26))
    assert row == {
        "donor": "TUR",
        "recipient": "UKR",
        "system": "armed-drone",
        "category": "lethal",
        "channel": "commercial-sale",
        "status": "allowed",
        "because": [],
        "held": 6,
        "usable_from": "2019-05-05",
    }


def test_every_policy_has_the_same_rows() -> None:
    case = scenario(
        {"asked": [{"donor": "USA", "recipient": "UKR", "item": "armed-drone", "channel": "grant"}]}
    )
    rows = {
        policy: [
            (row["donor"], row["recipient"], row["system"], row["channel"])
            for row in aid_table(case, policy, date(2021, 10, 26))
        ]
        for policy in case.policies
    }
    assert len(questions(case)) == 2
    assert all(found == rows["nothing"] for found in rows.values())


def test_a_blocked_row_names_rule_actor_date_and_source() -> None:
    (row,) = aid_table(scenario(), "unsold", date(2021, 10, 26))
    assert (row["status"], row["held"], row["usable_from"]) == ("blocked", 0, None)
    (why,) = row["because"]
    assert (why["rule"], why["by"], why["since"]) == ("no-sale", "TUR", "2018-11")
    assert why["source"] == "The Newspaper 2021-10-27, A report"


def test_terms_make_an_agreed_transfer_conditional() -> None:
    case = scenario({"transfers.0.terms": "Not to be resold."})
    assert aid_table(case, "nothing", date(2018, 12, 31))[0]["status"] == "allowed"
    (row,) = aid_table(case, "nothing", date(2019, 1, 1))
    assert row["status"] == "conditional"
    assert row["because"][0]["condition"] == "Not to be resold."


CONTESTED = {
    "versions": {
        "one": {"fact": "veto", "title": "Since November", "sources": ["paper"]},
        "two": {"fact": "veto", "title": "Since May", "sources": ["paper"]},
    },
    **rules({"since": "2021-11", "version": "one"}, {"since": "2021-05", "version": "two"}),
}


@pytest.mark.parametrize(
    ("day", "status", "versions"),
    [
        ("2021-04-30", "allowed", None),
        ("2021-10-26", "allowed", {"one": "allowed", "two": "blocked"}),
        ("2021-11-20", "blocked", None),
    ],
)
def test_contested_versions_are_both_shown(day: str, status: str, versions: dict[str, str] | None) -> None:
    (row,) = aid_table(scenario(CONTESTED), "nothing", date.fromisoformat(day))
    assert row["status"] == status
    assert row.get("versions") == versions
    if versions:
        assert [why["version"] for why in row["because"]] == ["two"]


def test_over_time_only_changes_are_listed() -> None:
    rows = aid_over_time(scenario(CONTESTED), "nothing", date(2018, 1, 1), date(2021, 12, 31))
    assert [(row["date"], row["status"], row["held"], row["usable"]) for row in rows] == [
        ("2018-01-01", "allowed", 0, 0),
        ("2019-03-06", "allowed", 6, 0),
        ("2019-05-05", "allowed", 6, 6),
        ("2021-05-01", "allowed", 6, 6),  # contested from here on
        ("2021-11-01", "blocked", 6, 6),
    ]


def test_explain_says_what_was_said() -> None:
    found = explain_transfer(scenario(), "nothing", SALE, date(2021, 10, 26))
    assert [said["id"] for said in found["said"]] == ["sale"]
    assert found["transfers"][0]["in_hand_from"] == "2019-03-06"
    found = explain_transfer(
        scenario(), "nothing", TransferQuery("USA", "UKR", "armed-drone", "grant"), date(2021, 10, 26)
    )
    assert found["row"]["because"][0]["rule"] == "us-allows"
    assert "said-so" in [said["id"] for said in found["said"]]


# ------------------------------------------------------------------------------ ledger and checks


def test_the_ledger_is_by_date_and_knows_what_points_to_it() -> None:
    first, second = ledger(scenario())
    assert (first["id"], second["id"]) == ("sale", "said-so")
    assert "transfers.drones" in first["pointed_to_by"]
    assert second["pointed_to_by"] == ["rules.us-allows"]
    assert first["sources"] == ["The Newspaper 2021-10-27, A report"]


def problems(tmp_path: Any, change: dict[str, Any]) -> list[str]:
    data = copy.deepcopy(DATA)
    for path, value in change.items():
        *steps, last = path.split(".")
        part: Any = data
        for step in steps:
            part = part[int(step)] if isinstance(part, list) else part[step]
        if value is None:
            del part[last]
        elif isinstance(part, list):
            part.insert(int(last), value)
        else:
            part[last] = value
    file = tmp_path / "case.yaml"
    plain = json.loads(
        json.dumps(data, default=str)
    )  # no part of it stands twice, so that YAML has no aliases
    file.write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return [f"{p.level}: {p.field}: {p.what}" for p in examine(file, catalog()).problems]


STATEMENT = {"id": "more", "actor": "UKR", "date": "2021", "kind": "claim", "text": "-", "sources": ["paper"]}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ""),
        ({"statements.2": STATEMENT}, "nothing points to this statement"),
        ({"decisions.notes.said": None}, "no statement is about this decision"),
        ({"decisions.notes.said": ["nobody"]}, "unknown statement 'nobody'"),
        ({"decisions.notes.steps": ["nod"]}, "unknown step 'nod'"),
        ({"decisions.notes.steps": []}, "no decision takes this step"),
        ({"transfers.0.item": "tank"}, "unknown item 'tank'"),
        ({"transfers.0.delivered": "2018"}, "before it was agreed"),
        ({"transfers.0.delivered": None}, "it never arrives"),
        ({"transfers.0.recipient": "TUR"}, "TUR is the donor itself"),
        ({"transfers.0.channel": "re-export"}, "that is no re-export"),
        ({"stationing.0.holder": "USA"}, "no transfer brings armed-drone to USA"),
        ({"stationing.0.patrol": None}, "flies, but has no patrol"),
        ({"rules.0.classes": ["drone"]}, "transfer has no classes"),
        ({"rules.0.donors": ["USA"]}, "transfer has no donors"),
        ({"rules.0.met": "2020"}, "never met once and for all"),
        ({"rules.0.before_delivery": True, "rules.0.condition": None}, "none is given"),
        ({"decisions.strikes.adds.0.items": ["armed-drone"]}, "strike has no items"),
        ({"incident": None}, "nothing is coming"),
        (
            {
                "incident.ladder.again": DATA["incident"]["ladder"]["strike"],
                "decisions.strikes.steps": ["strike", "again"],
            },
            "are both taken by ukr-drone",
        ),
        ({"incident.ladder.demand.harm_if_hit": number(1)}, "comes with units that hit"),
        ({"incident.ladder.demand.renews": number(0.5)}, "lasts for a time"),
        ({"incident.ladder.demand.delay_min.low": 20.0}, "runs backwards"),
        ({"incident.fire.lasts_min.low": number(110, low=90, high=130)}, "ranges of low and high overlap"),
        ({"incident.fire.lasts_min.low": "long"}, "'long' is not right here"),
        ({"incident.fire.lasts_min.low": number(3000)}, "3,000 is impossible"),
        ({"incident.ladder.strike.units": "nobody"}, "unknown entry of the laydown or of stationing"),
        ({"versions": {"one": {"fact": "x", "title": "-", "sources": ["paper"]}}}, "the only version"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_check_finds(tmp_path: Any, change: dict[str, Any], expected: str) -> None:
    found = problems(tmp_path, change)
    if expected:
        assert any(expected in line for line in found), found
    else:
        assert found == []


def test_two_views_of_one_day(tmp_path: Any) -> None:
    view = {"by": "UKR", "category": "lethal", "since": "2020", "sources": ["paper"]}
    change = {"items.armed-drone.views": [view, {**view, "category": "non-lethal"}]}
    assert any("classes it as lethal and as non-lethal" in line for line in problems(tmp_path, change))
    change["items.armed-drone.views"][1]["since"] = "2020-03-01"
    assert any("classes it as lethal and as non-lethal" in line for line in problems(tmp_path, change))
    change["items.armed-drone.views"][1]["since"] = "2021-03-01"
    assert not any("classes it" in line for line in problems(tmp_path, change))


def test_waves_or_an_incident() -> None:
    with pytest.raises(ValueError, match="nothing is coming"):
        Scenario.model_validate({key: value for key, value in DATA.items() if key != "incident"})
