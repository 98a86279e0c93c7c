"""What is measured in one replication: a table with a row a replication and a column a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Outcomes
from skypact.raid import Raid

LEAKED, FAILED, KILLED = 0, 1, 2

Key = tuple[str, ...]
"""Names a measure: ``("leakers",)``, ``("by_class", "drone", "kills")`` and so on."""


@dataclass(frozen=True)
class Table:
    """Measures of some replications.

    Attributes
    ----------
    values
        Shape (replications, measures), in the order of `Measures.keys`.
    fate
        Shape (replications, threats), as the engine gives it.
    """

    values: NDArray[np.float64]
    fate: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.values)

    def split(self, size: int) -> tuple[Table, Table]:
        """The first `size` replications, and the rest."""
        return Table(self.values[:size], self.fate[:size]), Table(self.values[size:], self.fate[size:])


@dataclass(frozen=True)
class Labels:
    """For each threat or unit the number of its label, and the labels in order."""

    names: tuple[str, ...]
    of: NDArray[np.int64]

    @classmethod
    def make(cls, labels: Sequence[str]) -> Labels:
        names = tuple(dict.fromkeys(labels))
        number = {name: index for index, name in enumerate(names)}
        return cls(names, np.array([number[label] for label in labels], dtype=np.int64))

    def add_up(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sum the last axis by label: shape (..., items) to (..., labels)."""
        onehot = np.zeros((len(self.of), len(self.names)), dtype=np.float64)
        onehot[np.arange(len(self.of)), self.of] = 1.0
        # Whole numbers far below 2**53: sums in doubles are exact.
        return np.rint(values.astype(np.float64) @ onehot).astype(np.int64)


@dataclass(frozen=True)
class Asked:
    """A count that was reported and is asked of every replication too.

    `what` is ``launched``, ``killed``, ``leaked``, ``failed`` or ``rounds``; `classes` None counts
    all classes, `owner` None all owners.
    """

    what: str
    classes: tuple[str, ...] | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Measures:
    """How to turn what the engine gives into a table, for one raid.

    Each of `asked` is one more measure, under the key ``("asked", its number)``.
    """

    raid: Raid
    asked: tuple[Asked, ...] = ()

    @cached_property
    def classes(self) -> Labels:
        """Threats by class, the classes sorted, as the engine counts them."""
        names = tuple(sorted({threat.class_ for threat in self.raid.threats}))
        number = {name: index for index, name in enumerate(names)}
        return Labels(names, np.array([number[t.class_] for t in self.raid.threats], dtype=np.int64))

    @cached_property
    def assets(self) -> Labels:
        """Threats by the asset they are aimed at ("" where the raid does not say)."""
        return Labels.make([str(threat.info.get("asset", "")) for threat in self.raid.threats])

    @cached_property
    def owners(self) -> Labels:
        """Units by owner."""
        return Labels.make([unit.owner for unit in self.raid.units])

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

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The measures, in the order of the columns."""
        return tuple(key for key, _ in self._columns(None))

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which measures have percentiles: numbers of leakers, and what was asked."""
        return np.array([key[-1] == "leakers" or key[0] == "asked" for key in self.keys], dtype=np.bool_)

    def table(self, outcomes: Outcomes) -> Table:
        """Measure some replications."""
        columns = [values for _, values in self._columns(outcomes)]
        stacked = np.stack(columns, axis=1) if columns else np.zeros((len(outcomes.fate), 0))
        return Table(stacked.astype(np.float64), outcomes.fate)

    def _columns(self, outcomes: Outcomes | None) -> list[tuple[Key, NDArray[np.int64]]]:
        """All (key, values); with no outcomes the values are those of no replication."""
        fate = np.zeros((0, len(self.raid.threats)), np.uint8) if outcomes is None else outcomes.fate
        killer = np.zeros(fate.shape, np.int32) if outcomes is None else outcomes.killer
        units, classes = len(self.raid.units), len(self.classes.names)
        runs = len(fate)
        rounds = (
            np.zeros((0, units, classes), np.int64) if outcomes is None else outcomes.rounds.astype(np.int64)
        )
        engagements = (
            np.zeros((0, units), np.int64) if outcomes is None else outcomes.engagements.astype(np.int64)
        )

        killed = fate == KILLED
        run_of, threat_of = np.nonzero(killed)
        killer_of = killer[run_of, threat_of].astype(np.int64)
        cell = (run_of * units + killer_of) * classes + self.classes.of[threat_of]
        kills = np.bincount(cell, minlength=runs * units * classes).reshape(runs, units, classes)
        softly = np.zeros_like(killed)
        softly[run_of, threat_of] = self.soft[killer_of]

        counts = {
            "leakers": fate == LEAKED,
            "failed": fate == FAILED,
            "kills": killed,
            "soft_kills": softly,
        }
        found: list[tuple[Key, NDArray[np.int64]]] = []
        for name, mask in counts.items():
            found.append(((name,), mask.sum(axis=1, dtype=np.int64)))
            by_class = self.classes.add_up(mask)
            found += [(("by_class", c, name), by_class[:, i]) for i, c in enumerate(self.classes.names)]
        by_asset = self.assets.add_up(counts["leakers"])
        found += [(("by_asset", a, "leakers"), by_asset[:, i]) for i, a in enumerate(self.assets.names) if a]

        fired, dead = rounds.sum(axis=2), kills.sum(axis=2)
        cost = fired * self.cost_usd.astype(np.int64)
        by_unit = {"rounds": fired, "kills": dead, "engagements": engagements, "cost_usd": cost}
        found += [((name,), by_unit[name].sum(axis=1)) for name in ("rounds", "cost_usd", "engagements")]
        for label, labels in (("by_owner", self.owners), ("by_system", self.systems)):
            for name, values in by_unit.items():
                added = labels.add_up(values)
                found += [((label, n, name), added[:, i]) for i, n in enumerate(labels.names) if n]
        for name, cube in (("rounds", rounds), ("kills", kills)):
            for i, c in enumerate(self.classes.names):
                added = self.owners.add_up(cube[:, :, i])
                found += [
                    (("by_owner", o, "by_class", c, name), added[:, j])
                    for j, o in enumerate(self.owners.names)
                ]
        for j, unit in enumerate(self.raid.units):
            found += [(("by_unit", unit.id, name), by_unit[name][:, j]) for name in ("rounds", "kills")]
        for i, asked in enumerate(self.asked):
            found.append((("asked", str(i)), self._answer(asked, counts, kills, rounds)))
        return found

    def _answer(
        self,
        asked: Asked,
        counts: dict[str, NDArray[np.bool_]],
        kills: NDArray[np.int64],
        rounds: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        names = self.classes.names
        classes = np.array([asked.classes is None or name in asked.classes for name in names], dtype=np.bool_)
        owners = np.array([asked.owner in (None, unit.owner) for unit in self.raid.units], dtype=np.bool_)
        if asked.what in ("killed", "rounds"):
            cube = kills if asked.what == "killed" else rounds
            answer: NDArray[np.int64] = cube[:, owners][:, :, classes].sum(axis=(1, 2))
            return answer
        threats = classes[self.classes.of]
        if asked.what == "launched":
            return np.full(len(kills), threats.sum(), dtype=np.int64)
        mask = counts["leakers" if asked.what == "leaked" else "failed"]
        return mask[:, threats].sum(axis=1, dtype=np.int64)
