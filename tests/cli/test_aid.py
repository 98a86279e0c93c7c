"""The commands about aid, the incident and the ledger, on the shipped scenarios."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.test_commands import document, skypact

AID, FIRE = "lethal-aid-2021-10", "hranitne-2021-10-26"
RECORD = "as-of-2021-10-26"


def rows(*arguments: str) -> dict[tuple[str, ...], Any]:
    keys = ("donor", "recipient", "system", "channel")
    return {tuple(row[key] for key in keys): row for row in document("aid", AID, *arguments)}


@pytest.fixture(scope="module")
def record() -> dict[tuple[str, ...], Any]:
    return rows("--date", "2021-10-26", "--policy", RECORD)


def test_javelins_come_on_conditions(record: dict[tuple[str, ...], Any]) -> None:
    row = record["USA", "UKR", "javelin-launcher", "government-sale"]
    assert row["status"] == "conditional"
    assert row["held"] == 47
    why = row["because"][0]
    assert {"rule", "by", "since", "source"} <= set(why)
    assert "self-defence" in why["condition"]
    assert "secure" in why["condition"]


def test_explain_says_who_said_what_about_geographic_limits() -> None:
    found = document(
        *("explain", AID, "--donor", "USA", "--recipient", "UKR"),
        *("--system", "javelin-launcher", "--channel", "government-sale"),
    )
    said = [one for one in found["said"] if "geographic" in one["text"]]
    assert {(one["who"], one["date"]) for one in said} >= {("USA", "2021-04-12"), ("USA", "2021-12-08")}
    assert all(one["sources"] for one in said)


@pytest.mark.parametrize(
    ("day", "blocked", "contested"),
    [
        ("2021-04-30", False, False),
        ("2021-10-26", False, True),
        ("2021-11-20", True, False),
        ("2021-12-13", False, False),
    ],
)
def test_anti_drone_rifles_through_the_agency(day: str, blocked: bool, contested: bool) -> None:
    (row,) = (row for key, row in rows("--date", day).items() if key[2:] == ("anti-drone-rifle", "agency"))
    assert (row["status"] == "blocked") == blocked
    assert ("versions" in row) == contested
    if contested:
        assert "blocked" in row["versions"].values()


def test_the_request_changes_statuses_only(record: dict[tuple[str, ...], Any]) -> None:
    asked = rows("--date", "2021-10-26", "--policy", "us-request")
    assert list(asked) == list(record)
    differing = {
        name
        for key, row in asked.items()
        for name in ("donor", "recipient", "system", "category", "channel", "held")
        if row[name] != record[key][name]
    }
    assert differing == set()
    defensive = [row for row in asked.values() if row["category"] == "defensive-lethal"]
    assert all(row["status"] != "blocked" for row in defensive)
    assert any(row["status"] == "blocked" for row in record.values() if row["category"] == "defensive-lethal")


def test_a_month_stays_a_month(record: dict[tuple[str, ...], Any]) -> None:
    assert any(row["usable_from"] and len(row["usable_from"]) == 7 for row in record.values())


def test_changes_over_time() -> None:
    found = document("aid", AID, "--from", "2021-01-01", "--to", "2022-03-31")
    assert all("2021-01-01" <= row["date"] <= "2022-03-31" for row in found)
    german = [row for row in found if (row["donor"], row["channel"]) == ("DEU", "grant")]
    assert {row["status"] for row in german} >= {"blocked", "allowed"}


def test_explain_names_rule_date_and_source_of_a_blocked_transfer() -> None:
    found = document("explain", AID, "--system", "rifle-barrett-m82", "--channel", "agency")
    assert found["row"]["status"] == "blocked"
    assert all(why["rule"] and why["since"] and why["source"] for why in found["row"]["because"])
    text = skypact("explain", AID, "--system", "rifle-barrett-m82").stdout
    assert "blocked" in text


def test_the_fire_under_every_policy() -> None:
    found = document("compare", FIRE, "--central", "--replications", "2000")
    for one in found["policies"].values():
        for measure in ("minutes_of_fire", "rounds_fired", "harm"):
            assert {"mean", "sd", "se", "p05", "p50", "p95"} <= set(one[measure])
        assert sum(share["mean"] for share in one["ended_by"].values()) == pytest.approx(1)
    for row in found["differences"]:
        assert {"mean", "se", "ci95"} <= set(row["minutes_of_fire"])
    assert found["incident"]["if_it_did_not_end_it"]
    assert "demand" in document("run", FIRE, "--central", "--replications", "100")["ended_by"]


def test_explain_answers_for_the_steps_of_the_fire() -> None:
    found = document("explain", FIRE, "--policy", "as-happened")
    (strike,) = (step for step in found["steps"] if step["response"] == "armed-uav")
    assert strike["units"][0]["because"][0]["source"]
    blocked = document("explain", FIRE, "--policy", "tb2-not-sold")
    (strike,) = (step for step in blocked["steps"] if step["response"] == "armed-uav")
    assert strike["units"] == []
    assert strike["because"][0]["by"] == "TUR"


@pytest.mark.parametrize("scenario", [AID, FIRE])
def test_the_ledger_is_by_date(scenario: str) -> None:
    found = document("ledger", scenario)
    assert [row["date"] for row in found] == sorted(row["date"] for row in found)
    assert {row["kind"] for row in found} >= {"request", "decision", "report", "claim"}
    assert all(row["who"] and row["text"] and row["sources"] for row in found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("aid", "ukraine-2024-08-26"), "hands nothing over"),
        (("aid", AID, "--policy", "us-reqest"), "us-request"),
        (("aid", AID, "--date", "2021-13-01"), "is no day"),
        (("aid", AID, "--from", "2021-01-01"), "go together"),
        (("aid", AID, "--date", "2021", "--from", "2021", "--to", "2022"), "--date, or --from"),
        (("explain", AID, "--donor", "US"), "USA"),
        (("explain", AID, "--donor", "DEU", "--system", "javelin-launcher"), "no transfer fits all of this"),
        (("explain", "ukraine-2024-08-26", "--unit", "pol-patriot"), "--unit and --threat"),
    ],
)
def test_bad_input_says_what_would_be_right(arguments: tuple[str, ...], said: str) -> None:
    done = skypact(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
