"""What is wrong with a campaign file: all of it at once, each with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

import skypact
from skypact.campaigns.check import examine_text
from skypact.campaigns.find import SHIPPED, shipped
from skypact.campaigns.load import examine
from skypact.campaigns.schema import campaign_schema
from skypact.reading import read_document
from tests.campaigns.made import NIGHTS, data, delivery, number, text


def problems(given: dict[str, Any]) -> list[str]:
    return [str(one) for one in examine_text(text(given), "c.yaml", Path()).problems]


@pytest.mark.parametrize("name", shipped())
def test_what_is_shipped_has_no_fault_and_fits_the_schema(name: str) -> None:
    assert examine(name).problems == ()
    validator = jsonschema.Draft202012Validator(campaign_schema())
    assert list(validator.iter_errors(read_document(SHIPPED / f"{name}.yaml").data)) == []


def test_a_good_campaign_has_no_problem() -> None:
    assert problems(data()) == []


def test_all_problems_at_once_with_their_lines() -> None:
    given = data(
        deliveries=[
            delivery("a", 10, "2024-12-03", munition="nasam"),
            delivery("a", 10, "2024-12-31"),
            delivery("b", 10, "2024-12-03", to="USA"),
        ]
    )
    given["ledger"]["stocks"][0]["opening"]["kind"] = "reported"
    given["ledger"]["stocks"].append({"owner": "UKR", "munition": "hawk", "opening": number(1)})
    given["decisions"]["alone"]["enacts"] = ["nato-refuse"]
    given["policies"]["alone"]["decisions"] = ["alone", "sooner"]
    given["nights"]["leave_out"] = ["2024-02-30"]
    found = problems(given)
    for wanted in (
        "reported without a source",
        "unknown munition 'nasam' (did you mean nasams?)",
        "the id 'a' stands twice",
        "this arrival lies after its last night: it changes nothing",
        "USA has no stock of 'nasams' in the ledger",
        "the stock of 'UKR hawk' stands twice",
        "unknown decision of the base scenario 'nato-refuse' (did you mean nato-refuses?)",
        "unknown decision 'sooner'",
        "there is no day '2024-02-30'",
    ):
        assert any(wanted in line for line in found), wanted
    assert all(line.split(":")[1].isdigit() for line in found)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"base": "ukrain-2024-08-26"}, "neither a shipped scenario nor a file"),
        ({"from": "2024-12-05"}, "until: it ends before it begins, on 2024-12-05 (from <= until)"),
        ({"from": "2026-01-01", "until": "2026-01-02"}, "the record has no night between from and until"),
        ({"nights": {"record": "nowhere"}}, "nights.record"),
        ({"nights": {"record": "ukraine"}}, "did you mean ukraine-to-2025-06?"),
        ({"intensity": 2}, "unknown field"),
    ],
)
def test_a_slip_is_said(change: dict[str, Any], wanted: str) -> None:
    assert any(wanted in line for line in problems({**data(), **change}))


def test_there_is_no_setting_for_the_attack() -> None:
    given = data()
    given["nights"]["times"] = 2
    assert any("unknown field" in line for line in problems(given))


def test_a_rule_of_rationing_says_one_thing() -> None:
    wrong = {"id": "r", "lasts_nights": 2, "classes": ["drone"], "kind": "notional", "note": "made"}
    assert any("do not go together" in line for line in problems(data(rationing=[wrong])))


def test_the_library_checks_campaigns_and_the_call_refuses_a_faulty_one() -> None:
    given = data(nights=(NIGHTS[0], NIGHTS[0]))
    assert skypact.check(text(given)) == ()
    given["baseline"] = "nobody"
    with pytest.raises(skypact.Problems, match="unknown policy 'nobody'"):
        skypact.campaign(text(given))
