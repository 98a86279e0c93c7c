"""The measures of a raid: what becomes of the threats, what is fired, by whom and at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.engine import REASONS, Outcomes
from skypact.raid import Raid
from skypact.raid.incident import BY_NATURE
from skypact.study.measures.base import Column, Key, MeasureSet, Shown
from skypact.study.measures.counting import count
from skypact.study.setup import CompiledPolicy, Study

FATES = ("leakers", "failed", "kills", "soft_kills")
BECAUSE = "leakers_because"
WHY = {
    "no_window": "Nobody could",
    "unavailable": "Not available",
    "unseen": "Not seen",
    "unacquired": "Not acquired",
    "blocked": "Others busy",
    "missed": "Missed",
}
"""Why threats arrive, in the order in which it is found out, with the head of a column for each."""


@dataclass(frozen=True)
class Labels:
    """The labels of threats or units: their names, and for each item the number of its name."""

    names: tuple[str, ...]
    of: NDArray[np.int64]

    @classmethod
    def make(cls, labels: Sequence[str], names: Sequence[str] | None = None) -> Labels:
        """Number labels in the order given, or in that of their first use."""
        order = tuple(dict.fromkeys(labels)) if names is None else tuple(names)
        number = {name: index for index, name in enumerate(order)}
        return cls(order, np.array([number[label] for label in labels], dtype=np.int64))


@dataclass(frozen=True)
class RaidMeasures(MeasureSet):
    """Leakers, kills, failures, rounds, engagements and cost, by class, asset, owner, system and unit."""

    raid: Raid

    shown = {
        "leakers": Shown("Arrive", "threats", spread="counts"),
        BECAUSE: Shown("Arrive because", "threats", spread="whole"),
        "failed": Shown("Failed", "threats", spread="whole"),
        "kills": Shown("Killed", "threats", spread="whole"),
        "soft_kills": Shown("Killed by jamming", "threats", spread="whole"),
        "rounds": Shown("Rounds fired", "rounds", spread="whole"),
        "engagements": Shown("Engagements", "engagements", spread="whole"),
        "cost_usd": Shown("Cost of rounds", "USD", spread="amounts"),
        "unit_rounds": Shown("Rounds fired", "rounds", spread="whole", paired=False),
    }
    headline = ("leakers",)

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> RaidMeasures:
        """The measures of a compiled policy."""
        return cls(compiled.raid)

    def how(self, key: Key) -> Shown:
        """How a measure is shown; single units are not compared."""
        if key[0] == BECAUSE:
            return self.shown[BECAUSE]
        return self.shown["unit_rounds"] if key[0] == "by_unit" else self.shown[key[-1]]

    def facts(self) -> Mapping[Key, object]:
        """Threats launched by class and asset; fire units and their stock by system."""
        found: Counter[Key] = Counter({("launched",): len(self.raid.threats)})
        for threat in self.raid.threats:
            found["by_class", threat.class_, "launched"] += 1
            if asset := str(threat.info.get("asset", "")):
                found["by_asset", asset, "launched"] += 1
        for unit in self.raid.units:
            if system := str(unit.info.get("system", "")):
                found["by_system", system, "units"] += 1
                found["by_system", system, "stock"] += unit.ready + unit.reserve
        return found

    def measure(self, outcomes: Outcomes) -> list[Column]:
        """Count some replications."""
        return self._columns(self._count(outcomes))

    @cached_property
    def classes(self) -> Labels:
        """Threats by class, the classes sorted, as the engine counts them."""
        labels = [threat.class_ for threat in self.raid.threats]
        return Labels.make(labels, sorted(set(labels)))

    @cached_property
    def assets(self) -> Labels:
        """Threats by the asset they are aimed at ("" where the raid does not say)."""
        return Labels.make([str(threat.info.get("asset", "")) for threat in self.raid.threats])

    @cached_property
    def owners(self) -> Labels:
        """Units by owner."""
        return Labels.make([unit.owner for unit in self.raid.units])

    @cached_property
    def acting(self) -> frozenset[str]:
        """Owners of a unit that is somebody's."""
        return frozenset(unit.owner for unit in self.raid.units if not unit.info.get(BY_NATURE))

    @cached_property
    def systems(self) -> Labels:
        """Units by system ("" where the raid does not say)."""
        return Labels.make([str(unit.info.get("system", "")) for unit in self.raid.units])

    @cached_property
    def cost_usd(self) -> NDArray[np.float64]:
        """Cost of a round by unit, whole US dollars."""
        return np.rint([float(unit.info.get("cost_usd", 0.0)) for unit in self.raid.units])

    @cached_property
    def soft(self) -> NDArray[np.bool_]:
        """Which units are soft."""
        return np.array([unit.kind == "soft" for unit in self.raid.units], dtype=np.bool_)

    def _count(self, outcomes: Outcomes) -> tuple[NDArray[np.int64], ...]:
        counts: tuple[NDArray[np.int64], ...] = count(
            outcomes.fate,
            outcomes.reason,
            outcomes.killer,
            outcomes.rounds,
            outcomes.engagements,
            self.classes.of,
            self.assets.of,
            self.owners.of,
            self.systems.of,
            self.soft,
            len(self.assets.names),
            len(self.owners.names),
            len(self.systems.names),
        )
        return counts

    def _columns(self, counts: tuple[NDArray[np.int64], ...]) -> list[Column]:
        fates, because, leaked, owned, by_system, by_unit, engaged = counts
        classes, owners = self.classes.names, self.owners.names
        found: list[Column] = []
        for f, what in enumerate(FATES):
            found.append(((what,), fates[:, f].sum(axis=1)))
            found += [(("by_class", name, what), fates[:, f, c]) for c, name in enumerate(classes)]
        found += [((BECAUSE, name), because[:, REASONS.index(name)]) for name in WHY]
        found += [
            (("by_asset", name, "leakers"), leaked[:, a]) for a, name in enumerate(self.assets.names) if name
        ]
        cost = by_unit[:, 0] * self.cost_usd
        found += [
            (("rounds",), by_unit[:, 0].sum(axis=1)),
            (("cost_usd",), cost.sum(axis=1)),
            (("engagements",), engaged.sum(axis=1)),
        ]
        for o, name in enumerate(owners):
            if name not in self.acting:
                continue
            found += [
                (("by_owner", name, "rounds"), owned[:, 0, o].sum(axis=1)),
                (("by_owner", name, "kills"), owned[:, 1, o].sum(axis=1)),
                (("by_owner", name, "engagements"), engaged[:, o]),
                (("by_owner", name, "cost_usd"), cost[:, self.owners.of == o].sum(axis=1)),
            ]
            for c, kind in enumerate(classes):
                found.append((("by_owner", name, "by_class", kind, "rounds"), owned[:, 0, o, c]))
                found.append((("by_owner", name, "by_class", kind, "kills"), owned[:, 1, o, c]))
        for s, name in enumerate(self.systems.names):
            if name:
                found += [
                    (("by_system", name, what), by_system[:, i, s])
                    for i, what in enumerate(("rounds", "kills", "engagements"))
                ]
                found.append((("by_system", name, "cost_usd"), cost[:, self.systems.of == s].sum(axis=1)))
        for u, unit in enumerate(self.raid.units):
            if not unit.info.get(BY_NATURE):
                found.append((("by_unit", unit.id, "rounds"), by_unit[:, 0, u]))
                found.append((("by_unit", unit.id, "kills"), by_unit[:, 1, u]))
        return found
