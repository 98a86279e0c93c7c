"""Holdings: what a recipient has, from when, and from when it can be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from skypact.policy.draw import Draw, central
from skypact.policy.force import dated, effective, in_force
from skypact.policy.transfers import Ruling, TransferQuery, may_transfer
from skypact.scenario.aid import Transfer
from skypact.scenario.dates import first_day, last_day
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Rule


@dataclass(frozen=True)
class Holding:
    """One transfer as it turns out under a policy.

    Attributes
    ----------
    transfer
        What was agreed or asked for.
    quantity
        How many.
    arrives, usable
        First day in the recipient's hands, and first day of use; None: never under these rules.
    precision
        How well these days are known: the length of a date, 4 (year), 7 (month) or 10 (day).
    """

    transfer: Transfer
    quantity: int
    arrives: date | None
    usable: date | None
    precision: int

    @property
    def asks(self) -> TransferQuery:
        """The question that the transfer puts."""
        return asks(self.transfer)

    def held(self, day: date) -> int:
        """How many are in the recipient's hands on a day."""
        return self.quantity if self.arrives is not None and self.arrives <= day else 0

    @property
    def usable_from(self) -> str | None:
        """First day of use, as well as it is known."""
        return None if self.usable is None else self.usable.isoformat()[: self.precision]


def asks(transfer: Transfer) -> TransferQuery:
    """The question that a transfer puts."""
    return TransferQuery(transfer.donor, transfer.recipient, transfer.item, transfer.channel)


class AidTimeline:
    """A policy from day to day: what is in force, asked many times over.

    Parameters
    ----------
    scenario, policy
        The scenario, and the name of one of its policies.
    """

    def __init__(self, scenario: Scenario, policy: str) -> None:
        self.scenario, self.policy = scenario, policy
        self.changes = tuple(sorted(set(_changes(scenario, policy))))
        self._rulings: dict[tuple[TransferQuery, date, frozenset[str] | None], Ruling] = {}

    def ruling(self, ask: TransferQuery, day: date, versions: frozenset[str] | None = None) -> Ruling:
        """Whether a transfer is allowed on a day."""
        since = max((change for change in self.changes if change <= day), default=date.min)
        key = (ask, since, versions)
        if key not in self._rulings:
            force = in_force(self.scenario, self.policy, day)
            self._rulings[key] = may_transfer(self.scenario, force, ask, day, versions)
        return self._rulings[key]

    def transfers(self) -> Iterator[Transfer]:
        """Every transfer under the policy; those that a decision cancels included."""
        yield from self.scenario.transfers
        for _, decision in dated(self.scenario, self.policy):
            yield from decision.transfers

    def holdings(self, draw: Draw = central) -> tuple[Holding, ...]:
        """How every transfer turns out."""
        return tuple(self._holding(transfer, draw) for transfer in self.transfers())

    def _holding(self, transfer: Transfer, draw: Draw) -> Holding:
        key = f"transfers.{transfer.id}"
        quantity = round(draw(f"{key}.quantity", transfer.quantity))
        due, precision = self._due(transfer, draw)
        arrives = None if due is None else self._arrives(transfer, due)
        if arrives is None:
            return Holding(transfer, quantity, None, None, precision)
        if arrives != due:
            precision = 10
        days = 0
        if transfer.training_days is not None:
            days = round(draw(f"{key}.training_days", transfer.training_days))
        return Holding(transfer, quantity, arrives, arrives + timedelta(days), precision)

    def _due(self, transfer: Transfer, draw: Draw) -> tuple[date | None, int]:
        if transfer.agreed is None:
            return None, 10
        if transfer.delivered is not None:
            return first_day(transfer.delivered), len(transfer.delivered)
        if transfer.lead_days is None:
            return None, 10
        lead = draw(f"transfers.{transfer.id}.lead_days", transfer.lead_days)
        return first_day(transfer.agreed) + timedelta(round(lead)), len(transfer.agreed)

    def _arrives(self, transfer: Transfer, due: date) -> date | None:
        """The first day from `due` on that no rule keeps it back, unless it is cancelled before."""
        cancelled = min(
            (
                effective(self.scenario, decision)
                for _, decision in dated(self.scenario, self.policy)
                if transfer.id in decision.cancels
            ),
            default=date.max,
        )
        for day in (due, *(change for change in self.changes if change > due)):
            if day >= cancelled:
                return None
            if not self.ruling(asks(transfer), day).waits:
                return day
        return None


def _changes(scenario: Scenario, policy: str) -> Iterator[date]:
    """Every day on which an answer may change."""
    rules: list[Rule] = list(scenario.rules)
    for _, decision in dated(scenario, policy):
        yield effective(scenario, decision)
        rules += decision.adds
    for rule in rules:
        for text in (rule.since, rule.met):
            if text:
                yield first_day(text)
        if rule.until:
            yield last_day(rule.until) + timedelta(1)
    for item in scenario.items.values():
        for view in item.views:
            yield first_day(view.since)
