"""The ledger while it runs: whole rounds by owner, munition and replication, each in one place."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.model import Campaign, Production
from skypact.policy.draw import Draw

Rounds = NDArray[np.int64]
COLUMNS = ("opening", "produced", "received", "given", "fired", "lost")
"""What a page has; what is there is the first three less the last three."""
PRODUCED, ARRIVED, SENT, LOST = range(4)
"""What is booked first of what happens on one day."""


class LedgerError(Exception):
    """Rounds were made or lost on the way: a fault of the program."""


@dataclass(frozen=True, order=True)
class Entry:
    """Something that happens to stocks on a day.

    Attributes
    ----------
    day, kind
        When, and what (`PRODUCED` and so on).
    stock
        Whose page, by its number.
    rounds
        How many; of what is sent or lost at most what is there.
    delivery
        The number of the delivery that is sent or arrives; -1 for none.
    outside
        Whether what arrives comes from outside of the ledger.
    """

    day: date
    kind: int
    stock: int
    rounds: int
    delivery: int = -1
    outside: bool = False


@dataclass(frozen=True)
class Plan:
    """What the ledger of a policy begins with and what happens to it, with every number settled.

    Attributes
    ----------
    names
        Owner and munition of each page.
    opening
        Of each page.
    entries
        By day.
    deliveries
        How many.
    givers
        Who gives what in each of them.
    """

    names: tuple[tuple[str, str], ...]
    opening: tuple[int, ...]
    entries: tuple[Entry, ...]
    deliveries: int
    givers: tuple[tuple[str, str], ...] = ()


def plan_of(campaign: Campaign, policy: str, draw: Draw) -> Plan:
    """Settle the numbers of a policy's ledger.

    Numbers are called ``ledger.OWNER.MUNITION.opening`` and so on, those of a delivery ``ledger.deliveries.ID.rounds``.
    """
    ledger = campaign.ledger
    first, last = date.fromisoformat(campaign.since), date.fromisoformat(campaign.until)
    names = tuple((one.owner, one.munition) for one in ledger.stocks)
    number = {name: row for row, name in enumerate(names)}
    opening, entries = [], []
    for row, stock in enumerate(ledger.stocks):
        key = f"ledger.{stock.owner}.{stock.munition}"
        opening.append(round(draw(f"{key}.opening", stock.opening)))
        for index, made in enumerate(stock.production):
            rate = draw(f"{key}.production.{index}.per_month", made.per_month)
            entries += [Entry(day, PRODUCED, row, rounds) for day, rounds in _made(made, rate, first, last)]
        for index, loss in enumerate(stock.losses):
            rounds = round(draw(f"{key}.losses.{index}.rounds", loss.rounds))
            entries.append(Entry(date.fromisoformat(loss.day), LOST, row, rounds))
    deliveries = campaign.deliveries(policy)
    for place, one in enumerate(deliveries):
        rounds = round(draw(f"ledger.deliveries.{one.id}.rounds", one.rounds))
        arrives = date.fromisoformat(one.arrives)
        giver, taker = number.get((one.giver, one.munition)), number.get((one.to, one.munition))
        if giver is not None:
            sent = arrives if one.sent is None else date.fromisoformat(one.sent)
            entries.append(Entry(sent, SENT, giver, rounds, place))
        if taker is not None:
            entries.append(Entry(arrives, ARRIVED, taker, rounds, place, outside=giver is None))
    # What is sent and arrives on one day is sent first.
    order = {SENT: 0, PRODUCED: -1, ARRIVED: 1, LOST: 2}
    kept = [one for one in entries if first <= one.day <= last]
    kept.sort(key=lambda one: (one.day, order[one.kind], one.stock, one.delivery))
    return Plan(
        names,
        tuple(opening),
        tuple(kept),
        len(deliveries),
        tuple((one.giver, one.munition) for one in deliveries),
    )


def _made(made: Production, rate: float, first: date, last: date) -> Iterator[tuple[date, int]]:
    """The days on which whole rounds come out, and how many: what a steady flow has filled up by then."""
    day = first if made.since is None else max(first, date.fromisoformat(made.since))
    end = last if made.until is None else min(last, date.fromisoformat(made.until))
    exact, out = Fraction(rate).limit_denominator(1_000_000), 0
    filled = Fraction(0)
    while day <= end:
        filled += exact / monthrange(day.year, day.month)[1]
        whole = int(filled)
        if whole > out:
            yield day, whole - out
            out = whole
        day += timedelta(days=1)


class Books:
    """The pages of a policy in some replications, and what is on the way.

    Parameters
    ----------
    plan
        What begins and happens.
    replications
        How many, each with rounds of its own.

    Attributes
    ----------
    columns, there
        By page, what each column has, and what is there.
    on_the_way, handed_over
        By delivery, what has been sent and not arrived, and what the giver has parted with.
    """

    def __init__(self, plan: Plan, replications: int) -> None:
        self.plan = plan
        self.columns: dict[str, Rounds] = {
            name: np.zeros((len(plan.names), replications), np.int64) for name in COLUMNS
        }
        self.columns["opening"] += np.array(plan.opening, np.int64)[:, None]
        self.there: Rounds = self.columns["opening"].copy()
        self.on_the_way: Rounds = np.zeros((plan.deliveries, replications), np.int64)
        self.handed_over: Rounds = self.on_the_way.copy()
        self._outside = np.zeros(replications, np.int64)
        self._left = 0

    def book_before(self, day: date) -> None:
        """Book all that happens before a day: what arrives on a day can be fired from the next night on."""
        entries = self.plan.entries
        while self._left < len(entries) and entries[self._left].day < day:
            self._book(entries[self._left])
            self._left += 1

    def fire(self, stock: int, rounds: Rounds) -> None:
        """Book what was fired in a night."""
        self.columns["fired"][stock] += rounds
        self.there[stock] -= rounds

    def _book(self, entry: Entry) -> None:
        row, there = entry.stock, self.there
        if entry.kind == PRODUCED:
            self.columns["produced"][row] += entry.rounds
            there[row] += entry.rounds
        elif entry.kind == ARRIVED:
            came: Rounds | int = entry.rounds
            if not entry.outside:
                came = self.on_the_way[entry.delivery].copy()
                self.on_the_way[entry.delivery] = 0
            else:
                self._outside += entry.rounds
                self.handed_over[entry.delivery] += entry.rounds
            self.columns["received"][row] += came
            there[row] += came
        else:
            gone = np.minimum(there[row], entry.rounds)
            there[row] -= gone
            self.columns["given" if entry.kind == SENT else "lost"][row] += gone
            if entry.kind == SENT:
                self.on_the_way[entry.delivery] += gone
                self.handed_over[entry.delivery] += gone

    def check(self, day: date) -> None:
        """Look whether every round is in one place.

        Raises
        ------
        LedgerError
            If not.
        """
        have = self.columns
        due = have["opening"] + have["produced"] + have["received"]
        due = due - have["given"] - have["fired"] - have["lost"]
        wrong = (due != self.there) | (self.there < 0)
        # Given is received, on the way, or gone to somebody without a page.
        given = have["given"].sum(axis=0)
        taken = have["received"].sum(axis=0) - self._outside + self.on_the_way.sum(axis=0)
        if wrong.any() or (taken > given).any():
            page = int(np.argmax(wrong.any(axis=1)))
            raise LedgerError(f"on {day} the ledger of {self.plan.names[page]} does not add up")


def pages(names: Sequence[tuple[str, str]], campaign: Campaign) -> Mapping[tuple[str, str], int]:
    """The page of each owner and system that fires from the ledger."""
    row = {name: number for number, name in enumerate(names)}
    return {
        (owner, system): row[owner, munition]
        for owner, munition in names
        for system in campaign.ledger.munitions[munition].systems
    }
