"""What is counted over the nights: one value a replication, and the stock night by night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.compiled import CompiledNight, costs_of
from skypact.campaigns.lack import InHand, Lack
from skypact.campaigns.ledger import COLUMNS, Books
from skypact.campaigns.setup import CampaignStudy
from skypact.engine import FAILED, KILLED, LEAKED, Outcomes
from skypact.raid import Raid
from skypact.study.measures.base import Key, Shown

Floats = NDArray[np.float64]
SHOWN: Mapping[str, Shown] = {
    "leakers": Shown("Arrive", "threats", spread="values"),
    "failed": Shown("Failed", "threats"),
    "kills": Shown("Killed", "threats"),
    "soft_kills": Shown("Killed by jamming", "threats"),
    "rounds": Shown("Rounds fired", "rounds"),
    "outside": Shown("Rounds fired without a page in the ledger", "rounds"),
    "cost_usd": Shown("Cost", "USD"),
    "leakers_after": Shown("Arrive from the night on which it has run out", "threats"),
    "nights_empty": Shown("Nights begun without a salvo for each unit", "nights"),
    "unanswered": Shown("Arrive in reach of units without a round for them", "threats"),
    **{name: Shown(name.capitalize(), "rounds") for name in (*COLUMNS, "closing")},
    "on_the_way": Shown("On the way", "rounds"),
    "handed_over": Shown("Given to others", "rounds"),
}
"""How measures are shown, by the last part of their key."""


@dataclass(frozen=True)
class Counted:
    """What became of a policy in some replications.

    Attributes
    ----------
    keys, values
        Measures, and float64[R, keys].
    facts
        What holds in every replication.
    by_night
        int32[kept, nights, pages]: what is there after each night, in the first replications.
    empty, last_empty, short
        int32[R, pages]: nights by number, as `skypact.campaigns.lack.Lack` has them.
    """

    keys: tuple[Key, ...]
    values: Floats
    facts: Mapping[Key, object]
    by_night: NDArray[np.int32]
    empty: NDArray[np.int32]
    last_empty: NDArray[np.int32]
    short: NDArray[np.int32]


class Counts:
    """Counts night after night.

    Parameters
    ----------
    study
        The campaign.
    book
        Whose pages are counted.
    replications, kept
        How many, and how many keep their stock by night.
    """

    def __init__(self, study: CampaignStudy, book: Books, replications: int, kept: int) -> None:
        self._study, self._names = study, book.plan.names
        self._runs = replications
        munitions = study.campaign.ledger.munitions
        self._munition = {system: name for name, one in munitions.items() for system in one.systems}
        self._values: dict[Key, Floats] = {}
        self._facts: dict[Key, object] = {}
        threats = study.catalog.threats
        for night in study.nights:
            for wave in night.waves:
                class_, number = threats[wave.threat].threat_class, sum(wave.aims.values())
                month: Key = ("by_month", night.month)
                for key in ((), ("by_class", class_), month, (*month, "by_class", class_)):
                    named = (*key, "launched")
                    self._facts[named] = int(str(self._facts.get(named, 0))) + number
        for key in list(self._facts):
            self._of((*key[:-1], "leakers"))
        pages = len(self._names)
        self._by_night = np.zeros((min(kept, replications), len(study.nights), pages), np.int32)
        classes = sorted({str(key[1]) for key in self._facts if key[0] == "by_class"})
        self._lack = Lack(pages, classes, replications)
        self._night: tuple[int, CompiledNight, Mapping[int, InHand]] | None = None

    def _of(self, key: Key) -> Floats:
        if key not in self._values:
            self._values[key] = np.zeros(self._runs)
        return self._values[key]

    def begin(
        self,
        number: int,
        night: CompiledNight,
        there: NDArray[np.int64],
        hands: Mapping[int, InHand],
        outside: NDArray[np.bool_],
    ) -> None:
        """A night begins.

        `there` is what each page has, int64[pages, R], `hands` what its units were handed, and `outside` are the units
        that have no page in the ledger.
        """
        raid = night.raid
        self._night = number, night, hands
        self._lack.begin(number, there, hands)
        owners: dict[str, list[int]] = {}
        for row, unit in enumerate(raid.units):
            owners.setdefault(unit.owner, []).append(row)
        self._owners = [(name, np.array(rows, np.int64)) for name, rows in owners.items()]
        self._firing = _firing(raid, self._munition)
        self._cost, self._outside = costs_of(raid), outside
        self._soft = np.array([unit.kind == "soft" for unit in raid.units], np.bool_)
        self._classes: dict[str, NDArray[np.int64]] = {}
        for class_ in sorted({threat.class_ for threat in raid.threats}):
            rows = [row for row, threat in enumerate(raid.threats) if threat.class_ == class_]
            self._classes[class_] = np.array(rows, np.int64)

    def add(self, outcomes: Outcomes, rows: slice) -> None:
        """Add some replications of the night."""
        assert self._night is not None
        number, night, hands = self._night
        cost, outside = self._cost, self._outside
        in_month: Key = ("by_month", self._study.nights[number].month)
        fate, killer = outcomes.fate, outcomes.killer
        for name, code in (("leakers", LEAKED), ("failed", FAILED), ("kills", KILLED)):
            whole = (fate == code).sum(axis=1)
            self._of((name,))[rows] += whole
            self._of((*in_month, name))[rows] += whole
            for class_, mine in self._classes.items():
                part = (fate[:, mine] == code).sum(axis=1)
                self._of(("by_class", class_, name))[rows] += part
                self._of((*in_month, "by_class", class_, name))[rows] += part
        soft = (killer >= 0) & self._soft[killer]
        self._of(("soft_kills",))[rows] += soft.sum(axis=1)
        rounds = outcomes.rounds.sum(axis=2) * ~self._soft
        self._of(("rounds",))[rows] += rounds.sum(axis=1)
        self._of((*in_month, "rounds"))[rows] += rounds.sum(axis=1)
        self._of(("outside",))[rows] += rounds[:, outside].sum(axis=1)
        # Not by matrices: their sums depend on how many replications stand together.
        spent = (rounds * cost).sum(axis=1)
        self._of(("cost_usd",))[rows] += spent
        self._of((*in_month, "cost_usd"))[rows] += spent
        for owner, units in self._owners:
            self._of(("by_owner", owner, "rounds"))[rows] += rounds[:, units].sum(axis=1)
            self._of(("by_owner", owner, "cost_usd"))[rows] += (rounds[:, units] * cost[units]).sum(axis=1)
        self._lack.add(number, outcomes, rows, hands, self._classes, night.reach)

    def end(self, number: int, there: NDArray[np.int64]) -> None:
        """The night is over; `there` is what each page has, int64[pages, R]."""
        self._by_night[:, number] = there.T[: len(self._by_night)]
        if number == len(self._study.nights) - 1 and self._night is not None:
            self._lack.end(number, there, self._night[2])

    def close(self, book: Books) -> None:
        """The campaign is over: write down what each page has in its columns."""
        for page, (owner, munition) in enumerate(self._names):
            key = ("stock", owner, munition)
            for name in COLUMNS:
                self._of((*key, name))[:] = book.columns[name][page]
            self._of((*key, "closing"))[:] = book.there[page]
            self._of((*key, "leakers_after"))[:] = self._lack.after[:, page]
            self._of((*key, "nights_empty"))[:] = self._lack.nights[:, page]
            for class_, found in self._lack.unanswered.items():
                self._of((*key, "unanswered"))[:] += found[:, page]
                self._of((*key, "by_class", class_, "unanswered"))[:] = found[:, page]
        for place, (giver, munition) in enumerate(book.plan.givers):
            self._of(("by_owner", giver, "by_munition", munition, "handed_over"))[:] += book.handed_over[
                place
            ]
        self._of(("on_the_way",))[:] = book.on_the_way.sum(axis=0)

    def done(self) -> Counted:
        """What was counted."""
        keys = tuple(sorted(self._values))
        values = np.array([self._values[key] for key in keys]).T
        facts = {**self._facts, ("nights",): len(self._study.nights)}
        lack = self._lack
        return Counted(keys, values, facts, self._by_night, lack.empty, lack.last_empty, lack.short)


def _firing(raid: Raid, munition: Mapping[str, str]) -> dict[tuple[str, str], NDArray[np.int64]]:
    """The units by owner and munition, or where the ledger has none, by owner and system; without those that jam."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, unit in enumerate(raid.units):
        if unit.kind != "soft":
            system = str(unit.info.get("system", ""))
            found.setdefault((unit.owner, munition.get(system, system)), []).append(row)
    return {name: np.array(rows, np.int64) for name, rows in found.items()}
