"""Night after night: the limits, one night alone, the same luck, and a run that goes on."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from skypact.campaigns.compiled import Compiler
from skypact.campaigns.load import ask
from skypact.campaigns.measures import Counted
from skypact.campaigns.play import Job, night_seed, play_nights
from skypact.campaigns.setup import POLICY, CampaignStudy
from skypact.engine import LEAKED, Stock, prepare, replicate, workers
from skypact.study.draw import Sets
from skypact.study.setup import Study
from tests.campaigns.made import NIGHTS, data, delivery, number, study, text

RUNS = 20


def played(given: dict[str, Any] | CampaignStudy, runs: int = RUNS, first: int = 0) -> dict[str, Counted]:
    one = study(given) if isinstance(given, dict) else given
    with workers(1) as team:
        return play_nights(one, Sets(4, 1).drawn(one.catalog).of(1), Job(first, runs, 1, runs), team)


def column(found: Counted, *key: str) -> list[float]:
    return found.values[:, found.keys.index(key)].tolist()


@pytest.fixture(scope="module")
def three() -> CampaignStudy:
    return study(data(60))


def alone(one: CampaignStudy, number_: int) -> Any:
    """A night by the ordinary way: its scenario, compiled and prepared as `run` does."""
    scenario = one.scenario("alone", one.nights[number_])
    drawn = Sets(4, 1).drawn(one.catalog).of(1)
    return Study(scenario, one.catalog, (POLICY,), POLICY).compile(POLICY, drawn).raid


def test_a_night_is_compiled_as_it_is_alone(three: CampaignStudy) -> None:
    compiler = Compiler(three, Sets(4, 1).drawn(three.catalog).of(1))
    for number_ in range(len(three.nights)):
        ours, theirs = compiler.compile(number_, "alone").raid, alone(three, number_)
        assert ours.threats == theirs.threats
        assert ours.units == theirs.units
        assert ours.tracks == theirs.tracks
        assert list(ours.looks) == list(theirs.looks)
        assert list(ours.windows) == list(theirs.windows)
        assert ours.concurrency == theirs.concurrency
        assert ours.concurrency_late == theirs.concurrency_late


def test_endless_stock_gives_the_single_nights_added_up(three: CampaignStudy) -> None:
    found = played(data(1_000_000))["alone"]
    whole = np.zeros(RUNS)
    for number_, night in enumerate(three.nights):
        prepared = prepare(alone(three, number_))
        for part in replicate(prepared, RUNS, night_seed(1, night.day)):
            whole += (part.fate == LEAKED).sum(axis=1)
    assert column(found, "leakers") == whole.tolist()


def test_one_night_alone_is_what_run_gives_with_that_stock() -> None:
    one = study(data(30, nights=(NIGHTS[1], NIGHTS[1])))
    found = played(one)["alone"]
    raid = alone(one, 0)
    page = {
        munition: row
        for row, (_, munition) in enumerate((s.owner, s.munition) for s in one.campaign.ledger.stocks)
    }
    load = np.array([unit.ready + unit.reserve for unit in raid.units])
    rounds = load.copy()
    for name in page:
        mine = [
            row for row, unit in enumerate(raid.units) if unit.info["system"] == name and unit.owner == "UKR"
        ]
        if mine:
            out = min(30, int(load[mine].sum()))
            ends = np.concatenate([[0], np.cumsum(load[mine])])
            rounds[mine] = np.diff(out * ends // ends[-1])
    ready = np.minimum(rounds, [unit.ready for unit in raid.units])
    rows = np.tile(ready, (RUNS, 1)), np.tile(rounds - ready, (RUNS, 1))
    (part,) = replicate(prepare(raid), RUNS, night_seed(1, one.nights[0].day), stock=Stock(*rows))
    assert column(found, "leakers") == (part.fate == LEAKED).sum(axis=1).tolist()
    fired = part.rounds.sum(axis=2)
    for name in page:
        mine = [
            row for row, unit in enumerate(raid.units) if unit.info["system"] == name and unit.owner == "UKR"
        ]
        assert column(found, "stock", "UKR", name, "fired") == fired[:, mine].sum(axis=1).tolist()


def test_no_stock_is_arrivals_without_defence() -> None:
    given = data(0)
    given["ledger"]["munitions"]["jamming"] = {"name": "jamming", "systems": ["electronic-warfare"]}
    given["ledger"]["stocks"].append({"owner": "UKR", "munition": "jamming", "opening": number(0)})
    found = played(given)["alone"]
    assert set(column(found, "kills")) == {0.0}
    arrived = np.array(column(found, "leakers")) + column(found, "failed")
    assert set(arrived.tolist()) == {float(str(found.facts["launched",]))}


def test_a_delivery_after_the_last_night_changes_nothing_and_one_before_does() -> None:
    plain = played(data(5))["alone"]
    late = played(data(5, deliveries=[delivery("late", 500, NIGHTS[-1])]))["alone"]
    assert column(late, "leakers") == column(plain, "leakers")
    assert set(column(late, "stock", "UKR", "nasams", "received")) == {500.0}
    soon = played(data(5, deliveries=[delivery("soon", 500, NIGHTS[0])]))["alone"]
    assert column(soon, "stock", "UKR", "nasams", "fired") != column(plain, "stock", "UKR", "nasams", "fired")


def test_months_and_classes_add_up_to_the_whole(three: CampaignStudy) -> None:
    found = played(three)["alone"]
    for part in ("by_month", "by_class"):
        parts = [
            np.array(column(found, *key)) for key in found.keys if key[0] == part and key[2:] == ("leakers",)
        ]
        assert sum(parts).tolist() == column(found, "leakers")


def test_replications_are_what_they_are_alone(three: CampaignStudy) -> None:
    whole, part = played(three)["alone"], played(three, 7, first=9)["alone"]
    assert np.array_equal(whole.values[9:16], part.values)


def test_a_night_left_out_shifts_no_luck(three: CampaignStudy) -> None:
    given = data(1_000_000)
    given["nights"]["leave_out"] = [NIGHTS[1]]
    left = played(given)["alone"]
    parts = [played(data(1_000_000, nights=(day, day)))["alone"] for day in (NIGHTS[0], NIGHTS[2])]
    assert column(left, "leakers") == sum(np.array(column(one, "leakers")) for one in parts).tolist()


def test_a_month_played_again_is_under_other_dates() -> None:
    given = data(nights=("2025-02-02", "2025-02-04"))
    given["nights"]["repeat"] = [{"month": "2024-12", "as": "2025-02", "why": "made for a test"}]
    nights = study(given).nights
    assert [str(night.day) for night in nights] == ["2025-02-02", "2025-02-03", "2025-02-04"]
    assert [str(night.recorded) for night in nights] == list(NIGHTS)


def test_a_policy_s_decision_counts_from_its_day() -> None:
    given = data()
    given["decisions"]["joint"] = {
        **given["decisions"]["alone"],
        "from": NIGHTS[1],
        "enacts": ["joint-as-over-israel", "joint-picture", "joint-tracks", "ukraine-consents"],
    }
    given["policies"]["joint"] = {"title": "Jointly", "summary": "Jointly.", "decisions": ["joint"]}
    one = study(given)
    assert one.state("joint", date(2024, 12, 2)).decisions == ()
    assert "joint-as-over-israel" in one.state("joint", date(2024, 12, 3)).decisions
    assert ask(text(given), ("joint",)).baseline == "joint"
