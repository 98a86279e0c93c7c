"""What a delivery is worth, how much of it is enough, from whose shelves it is, and the page about it all."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import skypact
from skypact.campaigns.break_even import asked_of, interval, least
from skypact.campaigns.model import Made
from skypact.campaigns.schema import campaign_results
from skypact.campaigns.shelves import shelves
from skypact.campaigns.variants import with_worth
from skypact.report.tables import campaign as tables
from skypact.study.estimates import Estimate
from skypact.study.schema import results_schema
from tests.campaigns.made import NIGHTS, data, delivery, number, study, text

SMALL = {"sets": 3, "replications": 6, "threads": 1}


def given(opening: float = 4) -> dict[str, Any]:
    """Two nights with too little of everything, and a delivery before them."""
    found = data(opening, nights=("2024-12-01", NIGHTS[1]), deliveries=[delivery("help", 60, "2024-12-01")])
    found["nights"]["leave_out"] = ["2024-12-01"]
    found["ledger"]["munitions"]["nasams"]["made"] = {
        "per_month": {"value": 50, "low": 25, "high": 100, "kind": "notional", "note": "made for a test"},
        "kind": "notional",
        "note": "made for a test",
    }
    found["policies"]["late"] = {"title": "Late", "summary": "Late.", "decisions": ["alone", "later"]}
    found["decisions"]["later"] = {
        **{name: value for name, value in found["decisions"]["alone"].items() if name != "enacts"},
        "moves": {"help": {"arrives": NIGHTS[0], "kind": "notional", "note": "made for a test"}},
    }
    return found


@cache
def played() -> skypact.CampaignResult:
    return skypact.campaign(text(given()), worth="help", break_even="help", **SMALL)


def test_variants_are_the_baseline_with_one_change_each() -> None:
    asked, variants = with_worth(study(given()), ("help",))
    assert [one.change for one in variants] == ["later", "without", "more", "month"]
    found = {
        one.change: {part.id: part for part in asked.campaign.deliveries(one.policy)} for one in variants
    }
    assert found["later"]["help"].arrives == "2025-03-01"
    assert found["without"] == {}
    assert found["more"]["help-more"].rounds.value == 100
    assert found["month"]["help-month"].rounds.high == 100
    assert set(asked.policies) == {"alone", "late", *(one.policy for one in variants)}


def test_not_at_all_and_after_the_last_night_are_worth_the_same() -> None:
    found = {one["change"]: one for one in played().to_dict()["worth"]}
    assert found["later"]["leakers"] == found["without"]["leakers"]
    assert found["without"]["nights_empty"]["mean"] >= 0 >= found["more"]["nights_empty"]["mean"]
    assert found["without"]["fired"]["mean"] <= 0


def test_variants_are_in_no_list_of_policies() -> None:
    document = played().to_dict()
    assert list(document["policies"]) == ["alone", "late"]
    assert [one["policy"] for one in document["differences"]] == ["late"]
    assert document["order"]["policies"][0] in ("alone", "late")


def test_enough_is_the_least_that_keeps_it_in_nine_of_ten() -> None:
    (found,) = played().break_even
    shares = dict(sorted(found.tried.items()))
    assert list(shares.values()) == sorted(shares.values()), "more never keeps it less often here"
    assert found.rounds is not None
    assert shares[found.rounds] >= 0.9
    assert all(share < 0.9 for rounds, share in shares.items() if rounds < found.rounds)
    assert found.low is not None
    assert found.low <= found.rounds


def test_that_something_arrives_for_lack_of_a_round_all_the_same_is_said() -> None:
    """Rules of rationing may keep the last rounds: then it never runs out, and yet goes short."""
    document = played().to_dict()
    stock = document["policies"]["alone"]["stock"]["UKR"]["nasams"]
    stock["short"][-1]["share"] = 0.04
    assert "all the same" not in tables.break_even(document).note
    stock["short"][-1]["share"] = 0.25
    assert (
        "nasams: in 25 % of the results something in reach arrives all the same"
        in tables.break_even(document).note
    )


def test_none_in_the_range_and_beyond_it() -> None:
    grid = np.array([0, 10, 20])
    assert least(grid, np.array([0.1, 0.2, 0.3])) is None
    assert interval(grid, np.array([[0.0, 0.0], [0.0, 0.2], [0.1, 0.5]]), 1) == (None, None)
    assert interval(grid, np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]), 1) == (10, 20)


@pytest.mark.parametrize(("asked", "said"), [("hlep", "no such delivery"), ("help:hawks", "no stock of it")])
def test_what_there_is_not_is_said_in_a_line(asked: str, said: str) -> None:
    with pytest.raises(skypact.Problems, match=said):
        asked_of(study(given()), asked)
    if ":" not in asked:
        with pytest.raises(skypact.Problems, match=said):
            with_worth(study(given()), (asked,))


def test_shelves_in_months_of_production() -> None:
    measures = {
        ("by_owner", "USA", "by_munition", "m", "handed_over"): Estimate(30),
        ("by_owner", "USA", "by_munition", "m", "rounds"): Estimate(20),
        ("by_owner", "USA", "rounds"): Estimate(20),
    }
    made = Made.model_validate({"per_month": number(25), "kind": "notional", "note": "made for a test"})
    one = shelves(measures, {"m": made})["USA"]["m"]
    assert (one["given"]["mean"], one["fired"]["mean"], one["months"]) == (30, 20, {"mean": 2.0})


def test_the_published_schema_describes_the_document() -> None:
    definitions = results_schema()["$defs"] | campaign_results()
    schema = {"$ref": "#/$defs/campaign", "$defs": definitions}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(played().to_dict())))
    given = played().to_dict()["policies"]["alone"]["shelves"]["USA"]["nasams"]["given"]
    assert given["mean"] == 60


def test_the_page_says_first_what_runs_out_and_what_decisions_change(tmp_path: Path) -> None:
    pytest.importorskip("altair", reason="reports are not installed")
    page = played().report(tmp_path / "page.html").read_text(encoding="utf-8")
    said = [page.index(words) for words in ("threats arrive on 2 nights", "Runs out:", "“Late”:")]
    assert said == sorted(said)
    assert page.count('role="img"') >= 8
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.index("What this rests on") < page.index("UA AirDefense Tracker")


def test_few_lines_and_few_tables_unless_more_is_asked_for() -> None:
    short, long = played().tables(), played().tables(long=True)
    assert [one.id for one in short] == [
        "campaign",
        "campaign-differences",
        "campaign-runs-out",
        "campaign-worth",
        "campaign-break-even",
    ]
    assert len(long) == len(short) + 5 + 3  # what it rests on: stocks, deliveries, decisions
    assert len(played().lines()) <= 7
