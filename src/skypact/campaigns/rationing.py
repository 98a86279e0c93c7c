"""Handing out: how many rounds each unit gets for a night, and how many it keeps from whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.model import Campaign
from skypact.policy.draw import Draw

Rounds = NDArray[np.int64]
NEVER = 10**9
"""Held back from a class: more than any unit has."""


@dataclass(frozen=True)
class Rule:
    """A rule of rationing with its numbers settled; attributes as of `skypact.campaigns.model.Rationing`."""

    owners: tuple[str, ...] | None
    munitions: tuple[str, ...] | None
    classes: tuple[str, ...]
    lasts_nights: int | None
    keeps: int | None
    spares: int | None
    spares_loads: float | None
    costing_over_usd: float

    def concerns(self, name: tuple[str, str], cost_usd: float) -> bool:
        """Whether it is about a stock of which a round costs so much."""
        owner, munition = name
        return (
            (self.owners is None or owner in self.owners)
            and (self.munitions is None or munition in self.munitions)
            and cost_usd > self.costing_over_usd
        )


def rules_of(campaign: Campaign, draw: Draw) -> tuple[Rule, ...]:
    """The rules with their numbers settled, called ``rationing.ID.keeps`` and so on."""
    found = []
    for one in campaign.ledger.rationing:
        number: dict[str, float | None] = {}
        for name in ("keeps", "spares", "spares_loads", "costing_over_usd"):
            quantity = getattr(one, name)
            number[name] = None if quantity is None else draw(f"rationing.{one.id}.{name}", quantity)
        keeps, spares, loads, cost = number.values()
        found.append(
            Rule(
                one.owners,
                one.munitions,
                one.classes,
                one.lasts_nights,
                None if keeps is None else round(keeps),
                None if spares is None else round(spares),
                loads,
                -math.inf if cost is None else cost,
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Handed:
    """What the units of one stock get.

    Attributes
    ----------
    rounds
        int64[R, units].
    hold
        By class, int64[R, units]: what they keep from it; classes from which nothing is kept are missing.
    """

    rounds: Rounds
    hold: Mapping[str, Rounds]


def hand_out(
    name: tuple[str, str],
    there: Rounds,
    loads: Rounds,
    rules: Sequence[Rule],
    classes: Sequence[str],
    cost_usd: float,
) -> Handed:
    """Hand a stock to its units for a night.

    Parameters
    ----------
    name
        Owner and munition.
    there
        The stock, int64[R].
    loads
        The full load of each unit, ready and in reserve.
    rules
        All rules; those that are not about this stock are passed over.
    classes
        The classes that come.
    cost_usd
        Of a round.

    Examples
    --------
    >>> found = hand_out(("UKR", "m"), np.array([5, 100]), np.array([4, 4, 2]), (), ("drone",), 0.0)
    >>> found.rounds.tolist()
    [[2, 2, 1], [4, 4, 2]]
    """
    full = int(loads.sum())
    out = np.minimum(there, full)
    mine = [rule for rule in rules if rule.concerns(name, cost_usd)]
    for rule in mine:
        if rule.lasts_nights is not None:
            out = np.minimum(out, -(-there // rule.lasts_nights))
    rounds = shared(out, loads)
    hold: dict[str, Rounds] = {}
    for rule in mine:
        if rule.keeps is not None:
            kept = np.maximum(0, out - np.maximum(0, there - rule.keeps))
            if kept.any():
                part = shared(kept, loads)
                _held(hold, [one for one in classes if one not in rule.classes], part)
        elif rule.lasts_nights is None:
            least = rule.spares if rule.spares is not None else (rule.spares_loads or 0.0) * full
            under = there < least
            if under.any():
                never = np.where(under, NEVER, 0)[:, None] + np.zeros(len(loads), np.int64)
                _held(hold, [one for one in classes if one in rule.classes], never)
    return Handed(rounds, hold)


def _held(hold: dict[str, Rounds], classes: Sequence[str], rounds: Rounds) -> None:
    for name in classes:
        hold[name] = np.maximum(hold[name], rounds) if name in hold else rounds


def shared(out: Rounds, loads: Rounds) -> Rounds:
    """Whole rounds in proportion to loads: what falls to the first units together is rounded down, one unit after the other.

    Nobody gets more than its load, and all together get what goes out.
    """
    ends = np.concatenate([[0], np.cumsum(loads)])
    parts = out[:, None] * ends // max(1, int(ends[-1]))
    found: Rounds = np.diff(parts, axis=1)
    return found
