"""What a report is made of, with the names that every part of it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from skypact.catalog.model import Catalog, Source, ThreatClass
from skypact.formatting import ordered
from skypact.policy.describe import Names
from skypact.policy.situation import Situation
from skypact.report.quantities import Rests, Used, used_quantities
from skypact.scenario.model import Scenario
from skypact.study.measures.base import Key, Shown
from skypact.study.results import Comparison

Record = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """Everything that tables and a report show of a scenario and what was studied in it.

    Attributes
    ----------
    comparison
        The document of ``skypact compare --json``; empty where nothing was played.
    situations
        The situation under each policy: what the maps are drawn from.
    landscapes
        The document of ``skypact landscapes``, where it was asked for.
    used
        By policy the numbers and entries that it rests on; None: not recorded.
    shown
        How each measure is shown; empty: only those that have tables of their own are.
    """

    scenario: Scenario
    catalog: Catalog
    comparison: Record = field(default_factory=dict)
    situations: Mapping[str, Situation] = field(default_factory=dict)
    landscapes: Record | None = None
    used: Rests | None = None
    shown: Mapping[Key, Shown] = field(default_factory=dict)

    @classmethod
    def of(cls, comparison: Comparison, landscapes: Record | None = None) -> Material:
        """What a comparison has to show, and the two landscapes beside it."""
        study, compiled = comparison.study, comparison.compiled
        return cls(
            study.scenario,
            study.catalog,
            comparison.to_dict(),
            {name: one.situation for name, one in compiled.items()},
            landscapes,
            {name: one.used for name, one in compiled.items()},
            {key: how for one in comparison.policies.values() for key, how in one.shown.items()},
        )

    @cached_property
    def policies(self) -> Record:
        """The run documents by policy, the baseline first."""
        found: Record = self.comparison.get("policies", {})
        return {name: found[name] for name in sorted(found, key=lambda name: name != self.baseline)}

    @property
    def baseline(self) -> str:
        return str(self.comparison.get("baseline", self.scenario.baseline))

    @cached_property
    def differences(self) -> Record:
        """The differences by policy, the baseline's own left out."""
        found = {record["policy"]: record for record in self.comparison.get("differences", ())}
        return {name: found[name] for name in self.policies if name in found and name != self.baseline}

    @property
    def exposure(self) -> Record:
        found: Record = self.comparison.get("exposure", {})
        return found

    @property
    def permissions(self) -> Record:
        """By policy, who may intercept over whose territory."""
        found: Record = self.comparison.get("permissions", {})
        return found

    @property
    def defended(self) -> tuple[str, ...]:
        """The actors that are defended; everyone else who fires is an ally."""
        return self.scenario.defended

    @cached_property
    def classes(self) -> list[str]:
        """The classes of the raid, in the catalogue's order."""
        found = {name for record in self.policies.values() for name in record.get("by_class", {})}
        return ordered(found, get_args(ThreatClass))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source that the scenario or its systems may name; the scenario's come first."""
        return {**self.catalog.sources, **self.scenario.sources}

    @cached_property
    def quantities(self) -> list[Used]:
        """Every number that the results rest on."""
        return used_quantities(self.scenario, self.catalog, self.used, self.landscapes is not None)

    @property
    def incident(self) -> Record | None:
        """What the comparison says about the scenario's incident; None where it has none."""
        found: Record | None = self.comparison.get("incident")
        return found if self.scenario.incident is not None else None

    @property
    def calibrated(self) -> Record | None:
        """The calibration that the sets are from, and the answer without it; None where there is none."""
        found: Record | None = self.comparison.get("calibrated")
        return found

    @property
    def counts_arrivals(self) -> bool:
        """Whether what arrives is what was asked; an incident asks how long its fire lasts."""
        return bool(self.policies) and self.incident is None

    @property
    def sets(self) -> int | None:
        """How many sets of numbers were drawn; None: central values alone."""
        found: int | None = self.comparison.get("sets")
        return found

    @property
    def central(self) -> str:
        """What a caption adds where only central values were played."""
        return "" if self.sets is not None else " (central values alone)"

    def title(self, policy: str) -> str:
        found = self.scenario.policies.get(policy)
        return found.title if found else policy

    @property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.scenario, self.catalog)

    def actor(self, name: str) -> str:
        return self.names.actor(name)

    def actors(self, names: tuple[str, ...], last: str = "and") -> str:
        return self.names.actors(names, last)

    def system(self, name: str) -> str:
        return self.names.system(name)

    def is_soft(self, system: str) -> bool:
        """Whether a system jams or deceives instead of destroying."""
        return system in self.catalog.effectors and self.catalog.effectors[system].kind == "soft"

    def area_name(self, name: str) -> str:
        """The name of a territory, region or place."""
        return self.names.area(name)
