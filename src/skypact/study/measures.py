"""What is measured in one replication: a table with a row a replication and a column a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.engine import Outcomes
from skypact.raid import Raid
from skypact.study.count import count

Key = tuple[str, ...]
"""Names a measure: ``("leakers",)``, ``("by_class", "drone", "kills")`` and so on."""

Column = tuple[Key, NDArray[Any]]

FATES = ("leakers", "failed", "kills", "soft_kills")


@dataclass(frozen=True)
class Table:
    """Measures of some replications.

    Attributes
    ----------
    values
        Shape (replications, measures), in the order of `Measures.keys`.
    fate
        Shape (replications, threats), as the engine gives it.
    by_unit
        Rounds and kills of every unit, shape (replications, 2, units).
    """

    values: NDArray[np.float64]
    fate: NDArray[np.uint8]
    by_unit: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.values)

    def split(self, size: int) -> tuple[Table, Table]:
        """The first `size` replications, and the rest."""
        return (
            Table(self.values[:size], self.fate[:size], self.by_unit[:size]),
            Table(self.values[size:], self.fate[size:], self.by_unit[size:]),
        )


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
class ReportedCount:
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
    asked: tuple[ReportedCount, ...] = ()

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
        threats, units = len(self.raid.threats), len(self.raid.units)
        by_unit = np.zeros((0, units), np.int32)
        nothing = Outcomes(
            first=0,
            fate=np.zeros((0, threats), np.uint8),
            killer=np.zeros((0, threats), np.int32),
            rounds=np.zeros((0, units, len(self.classes.names)), np.int32),
            engagements=by_unit,
            reason=np.zeros((0, threats), np.uint8),
            ready=by_unit,
            reserve=by_unit,
        )
        return tuple(key for key, _ in self._columns(self._count(nothing)))

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which measures have percentiles: numbers of leakers, and what was asked."""
        return np.array([key[-1] == "leakers" or key[0] == "asked" for key in self.keys], dtype=np.bool_)

    def table(self, outcomes: Outcomes) -> Table:
        """Measure some replications."""
        counts = self._count(outcomes)
        values = np.empty((len(self.keys), len(outcomes.fate)))
        for column, (_, one) in enumerate(self._columns(counts)):
            values[column] = one
        return Table(values.T, outcomes.fate, counts[4][:, :2])

    def _count(self, outcomes: Outcomes) -> tuple[NDArray[np.int64], ...]:
        counts: tuple[NDArray[np.int64], ...] = count(
            outcomes.fate,
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
        fates, leaked, owned, by_system, by_unit, engaged = counts
        classes, owners = self.classes.names, self.owners.names
        found: list[Column] = []
        for f, what in enumerate(FATES):
            found.append(((what,), fates[:, f].sum(axis=1)))
            found += [(("by_class", name, what), fates[:, f, c]) for c, name in enumerate(classes)]
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
        for number, asked in enumerate(self.asked):
            found.append((("asked", str(number)), self._answer(asked, fates, owned)))
        return found

    def _answer(
        self, asked: ReportedCount, fates: NDArray[np.int64], owned: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        classes = [asked.classes is None or name in asked.classes for name in self.classes.names]
        if asked.what in ("killed", "rounds"):
            owners = [asked.owner in (None, name) for name in self.owners.names]
            chosen = owned[:, int(asked.what == "killed")][:, owners][:, :, classes]
            return np.asarray(chosen.sum(axis=(1, 2)), dtype=np.float64)
        kinds = {"launched": [0, 1, 2], "leaked": [0], "failed": [1]}[asked.what]
        return np.asarray(fates[:, kinds][:, :, classes].sum(axis=(1, 2)), dtype=np.float64)
