"""What is counted: arrivals by place aimed at, and what the added units fire."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.engine import LEAKED, Outcomes
from skypact.raid import Raid
from skypact.study.measures.base import Column, Key, MeasureSet, Shown

ARRIVE: Key = ("leakers",)
FIRED: Key = ("added_rounds",)


def at(asset: str) -> Key:
    """The measure of what arrives at an asset."""
    return "by_asset", asset, "leakers"


@dataclass(frozen=True)
class Arrivals(MeasureSet):
    """Leakers, all and by asset, and the rounds that the added entries fire."""

    raid: Raid
    entries: frozenset[str]

    shown = {
        "leakers": Shown("Arrive", "threats", spread="sums"),
        "added_rounds": Shown("Rounds fired by it", "rounds", spread="sums"),
    }
    headline = ARRIVE

    @cached_property
    def assets(self) -> tuple[str, ...]:
        """What is aimed at, sorted."""
        return tuple(sorted({str(threat.info.get("asset", "")) for threat in self.raid.threats}))

    @cached_property
    def _aims(self) -> NDArray[np.int64]:
        """Whether a threat is aimed at an asset, [threats, assets]."""
        aims = [str(threat.info.get("asset", "")) for threat in self.raid.threats]
        return np.array([[own == asset for asset in self.assets] for own in aims], dtype=np.int64)

    @cached_property
    def _added(self) -> NDArray[np.bool_]:
        return np.array([unit.info.get("entry") in self.entries for unit in self.raid.units], dtype=np.bool_)

    def measure(self, outcomes: Outcomes) -> list[Column]:
        """Count some replications."""
        leaked = outcomes.fate == LEAKED
        by_asset = leaked.astype(np.int64) @ self._aims
        fired = outcomes.rounds[:, self._added].sum(axis=(1, 2))
        return [
            (ARRIVE, leaked.sum(axis=1)),
            (FIRED, fired),
            *((at(asset), by_asset[:, column]) for column, asset in enumerate(self.assets)),
        ]
