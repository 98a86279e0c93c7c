"""Night after night: one set of numbers, all policies, the same luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.compiled import CompiledNight, Compiler, costs_of, systems_of
from skypact.campaigns.lack import InHand
from skypact.campaigns.ledger import Books, LedgerError, pages, plan_of
from skypact.campaigns.measures import Counted, Counts
from skypact.campaigns.rationing import Handed, Rule, hand_out, rules_of
from skypact.campaigns.setup import CampaignStudy
from skypact.engine import Outcomes, Stock, Workers, replicate
from skypact.engine.randomness import identity
from skypact.policy.draw import Draw


def night_seed(seed: int, day: date) -> int:
    """The seed of a night: with it `skypact run` meets the same luck.

    Examples
    --------
    >>> night_seed(1, date(2024, 10, 1)) == night_seed(1, date(2024, 10, 2))
    False
    """
    return identity("night", str(seed), day.isoformat())


@dataclass(frozen=True)
class Job:
    """Replications of one set: which they are, and how many keep their stock by night for the bands."""

    first: int
    replications: int
    seed: int
    kept: int


def play_nights(
    study: CampaignStudy,
    draw: Draw,
    job: Job,
    team: Workers,
    told: Callable[[float], None] = lambda share: None,
) -> dict[str, Counted]:
    """Play all nights of a set under every policy.

    Parameters
    ----------
    study
        The campaign.
    draw
        Settles numbers.
    job
        Which replications.
    team
        The threads that play.
    told
        Told which share of the nights is done.
    """
    compiler, rules = Compiler(study, draw), rules_of(study.campaign, draw)
    books = {name: Books(plan_of(study.campaign, name, draw), job.replications) for name in study.policies}
    counts = {name: Counts(study, books[name], job.replications, job.kept) for name in study.policies}
    for number, night in enumerate(study.nights):
        compiled: dict[object, CompiledNight] = {}
        for row, policy in enumerate(study.policies):
            share = (number + row / len(study.policies)) / len(study.nights)
            told(share)
            state = study.state(policy, night.day)
            if state not in compiled:
                compiled[state] = compiler.compile(number, policy, partial(told, share))
            book = books[policy]
            book.book_before(night.day)
            _play_night(study, compiled[state], night.day, book, rules, job, team, counts[policy], number)
            book.check(night.day)
    told(1.0)
    after = date.fromisoformat(study.campaign.until) + timedelta(days=1)
    for policy, book in books.items():
        book.book_before(after)
        book.check(after)
        counts[policy].close(book)
    return {policy: one.done() for policy, one in counts.items()}


def _play_night(
    study: CampaignStudy,
    night: CompiledNight,
    day: date,
    book: Books,
    rules: tuple[Rule, ...],
    job: Job,
    team: Workers,
    counts: Counts,
    number: int,
) -> None:
    """Hand out, play, and take back what is left."""
    handed = Hands(study, night, book, rules, job.replications)
    counts.begin(number, night, book.there, handed.of, handed.outside)
    done = 0
    fired = np.zeros((len(book.plan.names), job.replications), np.int64)
    seed = night_seed(job.seed, day)
    for outcomes in replicate(night.prepared, job.replications, seed, job.first, team, stock=handed.stock):
        rows = slice(done, done + len(outcomes.fate))
        fired[:, rows] = handed.fired(outcomes, rows)
        counts.add(outcomes, rows)
        done = rows.stop
    for stock in range(len(book.plan.names)):
        book.fire(stock, fired[stock])
    counts.end(number, book.there)


class Hands:
    """What is in the hands of the units for a night, in every replication.

    Parameters
    ----------
    study, night, book, rules, replications
        The campaign, the night as it is compiled, what is there, and how it is handed out.
    """

    def __init__(
        self,
        study: CampaignStudy,
        night: CompiledNight,
        book: Books,
        rules: tuple[Rule, ...],
        replications: int,
    ) -> None:
        raid = night.raid
        self._pages = len(book.plan.names)
        page = pages(book.plan.names, study.campaign)
        self._page = np.array([page.get(name, -1) for name in systems_of(raid)], np.int64)
        self.outside = self._page < 0
        ready = np.array([unit.ready for unit in raid.units], np.int64)
        reserve = np.array([unit.reserve for unit in raid.units], np.int64)
        cost, classes = costs_of(raid), night.prepared.classes
        self.rounds = np.tile(ready + reserve, (replications, 1))
        self.of: dict[int, InHand] = {}
        salvo = np.array([unit.salvo for unit in raid.units], np.int64)
        holds: NDArray[np.int64] | None = None
        for stock, name in enumerate(book.plan.names):
            units = np.flatnonzero(self._page == stock)
            if not len(units):
                continue
            found: Handed = hand_out(
                name, book.there[stock], (ready + reserve)[units], rules, classes, float(cost[units].max())
            )
            self.of[stock] = InHand(units, int(salvo[units].sum()), found.rounds, found.hold)
            self.rounds[:, units] = found.rounds
            for class_, rows in found.hold.items():
                if holds is None:
                    holds = np.zeros((replications, len(raid.units), len(classes)), np.int64)
                holds[:, units, classes.index(class_)] = rows
        in_hand = np.minimum(self.rounds, ready)
        rest = self.rounds - in_hand
        self.stock = Stock(
            in_hand.astype(np.int32),
            rest.astype(np.int32),
            None if holds is None else holds.astype(np.int32),
        )

    def fired(self, outcomes: Outcomes, rows: slice) -> NDArray[np.int64]:
        """What was fired from each page, shape (pages, replications).

        Raises
        ------
        LedgerError
            If a unit has not what it was given less what it fired.
        """
        fired = outcomes.rounds.sum(axis=2, dtype=np.int64)
        left = outcomes.ready.astype(np.int64) + outcomes.reserve
        if not np.array_equal(self.rounds[rows], fired + left):
            raise LedgerError("a unit has not what it was given less what it fired")
        return np.array([fired[:, self._page == stock].sum(axis=1) for stock in range(self._pages)])
