"""What a campaign rests on is shown with who says so: every stock, delivery, decision and rule, and every version of a night."""

from __future__ import annotations

from functools import cache

import pytest

from skypact.campaigns.find import shipped
from skypact.campaigns.load import ask
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.words import rationing_words
from skypact.report.table import Number, Table, Words
from skypact.report.tables import campaign_inputs as inputs
from tests.campaigns.made import NIGHTS, data, delivery, number, study


@cache
def asked(name: str) -> CampaignStudy:
    return ask(name)


def column(table: Table, place: int) -> list[str]:
    return [
        cell.text if isinstance(cell, Words) else str(cell.value) for cell in (r[place] for r in table.rows)
    ]


@pytest.mark.parametrize("name", shipped())
def test_every_number_of_a_shipped_campaign_has_a_source_or_a_reason(name: str) -> None:
    found = asked(name)
    stocks, brought = inputs.ledger(found), inputs.deliveries(found)
    for table in (stocks, brought, inputs.rationing(found)):
        for cells in table.rows:
            why = cells[-1]
            assert isinstance(why, Words)
            assert why.mark in ("reported", "estimated", "notional")
            assert why.sources if why.mark != "notional" else why.text
    versions = inputs.versions(found)
    tables = [*inputs.inputs(found), *([] if versions is None else [versions])]
    assert set(inputs.sources_of(tables)) <= set(found.sources)
    ledger = found.campaign.ledger
    given = [*ledger.stocks, *(one for stock in ledger.stocks for one in (*stock.production, *stock.losses))]
    made = [one for one in ledger.munitions.values() if one.made is not None]
    assert len(stocks.rows) == len(given) + len(made)
    under = {one.id for policy in found.policies for one in found.campaign.deliveries(policy)}
    assert {cells[0].note for cells in brought.rows if isinstance(cells[0], Words)} == under


def test_a_delivery_says_under_which_policy_it_comes_when() -> None:
    given = data(deliveries=[delivery("help", 60, NIGHTS[0]), delivery("more", 8, NIGHTS[1])])
    given["decisions"]["later"] = {
        **{name: value for name, value in given["decisions"]["alone"].items() if name != "enacts"},
        "moves": {"help": {"arrives": NIGHTS[2], "kind": "notional", "note": "made for a test"}},
        "cancels": ["more"],
    }
    given["policies"]["late"] = {"title": "Late", "summary": "Late.", "decisions": ["alone", "later"]}
    help_, more = inputs.deliveries(study(given)).rows
    assert isinstance(help_[2], Words)
    assert isinstance(more[2], Words)
    assert isinstance(more[3], Number)
    assert help_[2].items == (f"arrives on {NIGHTS[0]}: “Alone”", f"arrives on {NIGHTS[2]}: “Late”")
    assert more[2].items == (f"arrives on {NIGHTS[1]}: “Alone”",)
    assert more[3].value == 8
    said = column(inputs.decisions(study(given)), 4)
    assert sorted(said) == ["Alone; Late", "Late"]


def test_the_versions_of_contested_nights_are_all_there() -> None:
    israel = asked("israel-two-nights")
    table = inputs.versions(israel)
    assert table is not None
    assert len(table.rows) == sum(len(night.versions) for night in israel.nights) > 10
    assert "Iranian state television" in column(table, 2)
    assert inputs.versions(asked("ukraine-spring-2024")) is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"lasts_nights": 3}, "no night gets more than one part in 3 of the stock"),
        ({"keeps": number(32), "classes": ["drone"]}, "the last 32 rounds are kept for drones"),
        (
            {"spares": number(50), "classes": ["drone"]},
            "not fired at drones while fewer than 50 rounds are there",
        ),
        (
            {"spares_loads": number(2), "classes": ["drone"], "costing_over_usd": number(300_000)},
            "not fired at drones while less than 2 full loads of all units is there",
        ),
    ],
)
def test_a_rule_of_rationing_is_said_in_words(rule: dict[str, object], said: str) -> None:
    given = {"id": "rule", "owners": ["UKR"], "kind": "notional", "note": "made for a test", **rule}
    found = study(data(rationing=[given]))
    words = rationing_words(found, found.campaign.ledger.rationing[0])
    assert words.startswith("Of Ukraine, all munitions")
    assert words.endswith(f": {said}.")
    assert ("300,000 USD" in words) == ("costing_over_usd" in rule)
