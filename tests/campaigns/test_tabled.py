"""Nights from the small table of the package, decisions that end, and statements about stocks."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from skypact.campaigns.find import find_campaign, shipped
from skypact.campaigns.load import ask
from skypact.campaigns.measures import Counted
from skypact.campaigns.model import Campaign
from skypact.campaigns.recorded import recorded_by_month
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.statements import Statement, probability, statements
from skypact.campaigns.tabled import flown, table, tables
from skypact.reading import read_document
from skypact.scenario.load import load_scenario


@pytest.fixture(scope="module")
def israel() -> CampaignStudy:
    return ask("israel-two-nights")


def test_the_first_night_is_that_of_the_scenario_and_every_version_has_a_source() -> None:
    nights = flown("israel-2024")
    assert nights[date(2024, 4, 14)].waves == load_scenario("israel-2024-04-13").raid.waves
    for name in tables():
        found = table(name)
        used = {one for night in found.nights for wave in night.waves for one in wave.sources}
        used |= {
            one
            for night in found.nights
            for class_ in night.counts
            for version in class_.versions
            for one in version.sources
        }
        assert used == set(found.sources)


def test_both_sides_versions_stand_beside_the_result(israel: CampaignStudy) -> None:
    (october,) = [row for row in recorded_by_month(israel.nights) if row["month"] == "2024-10"]
    by = {one["by"]: one for one in october["versions"]}
    assert by["Israel's military"]["launched"] == 181
    assert by["Iran's Revolutionary Guards"]["arrived"] == 180
    assert october["destroyed"] is None


def test_a_decision_ends_as_well_as_begins(israel: CampaignStudy) -> None:
    first, second = (israel.state("help-in-october-only", night.day).decisions for night in israel.nights)
    assert first == ("isr-forward-syria",)
    assert "usa-destroyers" in second


def _counted(stock: list[list[int]], kills: list[float]) -> Counted:
    """A page of one munition over two nights, and kills of drones in December."""
    key = ("by_month", "2024-10", "by_class", "ballistic-medium")
    by_night = np.array(stock, np.int32)[:, :, None].repeat(4, axis=2)
    nothing = np.zeros((len(stock), 4), np.int32)
    return Counted(
        ((*key, "kills"),),
        np.array(kills)[:, None],
        {(*key, "launched"): 100},
        by_night,
        nothing,
        nothing,
        nothing,
    )


def test_the_probability_of_a_statement_is_its_share_of_the_replications(israel: CampaignStudy) -> None:
    counted = _counted([[5, 20], [30, 5], [30, 20], [30, 20]], [10, 30, 30, 10])

    def said(**more: object) -> Statement:
        common = {
            "id": "s",
            "date": "2024-10-15",
            "speaker": "x",
            "text": "x",
            "came": "unknown",
            "sources": ["x"],
        }
        return Statement.model_validate(
            {**common, "campaign": "israel-two-nights", "policy": "as-happened", "owner": "ISR", **more}
        )

    of = {"arrow-3": 10}
    assert probability(said(of=of, by="2024-10-31"), israel, [counted]) == 0.5
    assert probability(said(of=of, on="2024-10-31"), israel, [counted]) == 0.25
    assert probability(said(of=of, on="2024-10-31", denies=True), israel, [counted]) == 0.75
    stopped = {"classes": ["ballistic-medium"], "month": "2024-10", "at_most": 0.2}
    assert probability(said(stopped=stopped), israel, [counted]) == 0.5
    with pytest.raises(ValueError, match="lacks patriot"):
        probability(said(of={"patriot": 1}, on="2024-10-31"), israel, [counted])
    with pytest.raises(ValueError, match="said once"):
        said(of=of)


def test_every_statement_is_about_something_that_is_shipped() -> None:
    ledgers = {name: Campaign.model_validate(read_document(find_campaign(name)).data) for name in shipped()}
    for one in statements().statements:
        if one.campaign is not None:
            campaign = ledgers[one.campaign]
            assert one.policy in campaign.policies
            assert set(one.of) <= {
                stock.munition for stock in campaign.ledger.stocks if stock.owner == one.owner
            }
