"""Whole rounds, each in one place: the ledger adds up whatever happens to it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from skypact.campaigns.ledger import ARRIVED, LOST, PRODUCED, SENT, Books, Entry, LedgerError, Plan, plan_of
from skypact.campaigns.rationing import NEVER, Rule, hand_out, shared
from skypact.policy import central
from tests.campaigns.made import data, delivery, number, study

FIRST = date(2024, 10, 1)
ORDER = {PRODUCED: 0, SENT: 1, ARRIVED: 2, LOST: 3}


def made(rng: random.Random) -> tuple[Plan, list[date]]:
    """A plan of a few pages with all that can happen to them, and the nights."""
    pages = rng.randint(1, 4)
    names = tuple((f"A{page}", "m") for page in range(pages))
    entries: list[Entry] = []
    deliveries = rng.randint(0, 5)

    def day(least: int = 0) -> date:
        return FIRST + timedelta(rng.randint(least, 30))

    for number_ in range(deliveries):
        rounds, giver, taker = rng.randint(0, 50), rng.randint(-1, pages - 1), rng.randint(0, pages - 1)
        sent = rng.randint(0, 30)
        arrives = day(sent)
        if giver >= 0:
            entries.append(Entry(FIRST + timedelta(sent), SENT, giver, rounds, number_))
        if rng.random() < 0.8:
            entries.append(Entry(arrives, ARRIVED, taker, rounds, number_, outside=giver < 0))
    for _ in range(rng.randint(0, 6)):
        entries.append(
            Entry(day(), rng.choice([PRODUCED, LOST]), rng.randint(0, pages - 1), rng.randint(0, 30))
        )
    entries.sort(key=lambda one: (one.day, ORDER[one.kind], one.stock, one.delivery))
    opening = tuple(rng.randint(0, 60) for _ in range(pages))
    return Plan(names, opening, tuple(entries), deliveries), sorted({day() for _ in range(8)})


@pytest.mark.parametrize("start", range(0, 10_000, 2_500))
def test_ten_thousand_made_ledgers_add_up(start: int) -> None:
    for seed in range(start, start + 2_500):
        rng = random.Random(seed)
        plan, nights = made(rng)
        book = Books(plan, 3)
        sent_in = sum(plan.opening)
        for night in nights:
            book.book_before(night)
            for page in range(len(plan.names)):
                loads = np.array([rng.randint(0, 9) for _ in range(3)], np.int64)
                out = shared(np.minimum(book.there[page], loads.sum()), loads)
                assert (out <= loads).all()
                assert (out.sum(axis=1) == np.minimum(book.there[page], loads.sum())).all()
                book.fire(page, out.sum(axis=1) // 2)
            book.check(night)
        book.book_before(FIRST + timedelta(60))
        book.check(nights[-1])
        have = {name: int(rows[:, 0].sum()) for name, rows in book.columns.items()}
        outside = sum(one.rounds for one in plan.entries if one.outside)
        whole = sent_in + have["produced"] + outside
        assert whole == have["fired"] + have["lost"] + int(
            book.there[:, 0].sum() + book.on_the_way[:, 0].sum()
        )


def test_a_round_that_is_made_out_of_nothing_is_found() -> None:
    book = Books(Plan((("A", "m"),), (5,), (), 0), 2)
    book.there[0, 1] += 1
    with pytest.raises(LedgerError, match=r"ledger of \('A', 'm'\) does not add up"):
        book.check(FIRST)


def test_what_arrives_on_a_day_is_there_the_night_after() -> None:
    entry = Entry(FIRST, ARRIVED, 0, 7, 0, outside=True)
    book = Books(Plan((("A", "m"),), (0,), (entry,), 1), 1)
    book.book_before(FIRST)
    assert book.there.tolist() == [[0]]
    book.book_before(FIRST + timedelta(1))
    assert book.there.tolist() == [[7]]


def test_production_comes_out_in_whole_rounds_and_adds_up_to_the_month() -> None:
    given = data(nights=("2024-12-01", "2024-12-31"))
    given["ledger"]["stocks"][0]["production"] = [
        {"per_month": number(10), "kind": "notional", "note": "made for a test"}
    ]
    plan = plan_of(study(given).campaign, "alone", central)
    assert sum(one.rounds for one in plan.entries) == 10
    assert all(one.rounds == 1 for one in plan.entries)


def test_a_giver_with_a_stock_gives_what_it_has() -> None:
    given = data(deliveries=[delivery("a", 100, "2024-12-04", sent="2024-12-02")])
    given["ledger"]["stocks"].append({"owner": "USA", "munition": "nasams", "opening": number(30)})
    plan = plan_of(study(given).campaign, "alone", central)
    book = Books(plan, 1)
    book.book_before(date(2024, 12, 4))
    assert book.on_the_way.tolist() == [[30]]
    book.book_before(date(2024, 12, 5))
    book.check(date(2024, 12, 5))
    page = plan.names.index(("UKR", "nasams"))
    assert book.columns["received"][page].tolist() == [30]
    assert book.there[plan.names.index(("USA", "nasams"))].tolist() == [0]


LOADS = np.array([4, 4, 2])


def rule(**given: object) -> Rule:
    fields = dict.fromkeys(("owners", "munitions", "lasts_nights", "keeps", "spares", "spares_loads"))
    return Rule(**{**fields, "classes": (), "costing_over_usd": -1.0, **given})  # type: ignore[arg-type]


def handed(there: int, *rules: Rule):
    return hand_out(("UKR", "m"), np.array([there]), LOADS, rules, ("ballistic-short", "drone"), 5.0)


def test_so_many_nights_worth_is_kept() -> None:
    assert handed(9, rule(lasts_nights=3)).rounds.sum() == 3
    assert handed(300, rule(lasts_nights=3)).rounds.sum() == 10


def test_the_last_rounds_are_for_the_named_classes() -> None:
    found = handed(6, rule(keeps=4, classes=("ballistic-short",)))
    assert list(found.hold) == ["drone"]
    assert (found.rounds.sum(), found.hold["drone"].sum()) == (6, 4)
    assert handed(100, rule(keeps=4, classes=("ballistic-short",))).hold == {}
    assert handed(3, rule(keeps=4, classes=("ballistic-short",))).hold["drone"].sum() == 3


def test_what_is_dear_and_scarce_is_not_fired_at_drones() -> None:
    spares = rule(spares_loads=2.0, classes=("drone",))
    assert (handed(19, spares).hold["drone"] == NEVER).all()
    assert handed(20, spares).hold == {}
    assert handed(1, rule(spares_loads=2.0, classes=("drone",), costing_over_usd=6.0)).hold == {}
