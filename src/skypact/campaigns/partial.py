"""A campaign file while it is being checked: whatever in it is sound, and where each part stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from skypact.campaigns.model import Campaign, Nights
from skypact.catalog import load_catalog
from skypact.evidence.laydown import laydown
from skypact.reading import Document, Problems, Steps, pieces, read_text
from skypact.scenario.find import find_scenario
from skypact.scenario.model import Scenario
from skypact.scenario.systems import catalog_of

ModelT = TypeVar("ModelT", bound=BaseModel)


def day_of(value: Any) -> date | None:
    """A day, if it is one.

    >>> day_of("2024-02-30") is None
    True
    """
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True)
class PartialCampaign:
    """What the checks look at; `base` is None where the base scenario could not be read."""

    document: Document
    base: Scenario | None

    def at(self, *path: str | int) -> Any:
        """What stands at a path; None where nothing does."""
        found = self.document.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def mapping(self, *path: str | int) -> dict[str, Any]:
        """The mapping at a path; empty where there is none."""
        found = self.at(*path)
        return found if isinstance(found, dict) else {}

    def listed(self, *path: str | int) -> list[Any]:
        """The list at a path; empty where there is none."""
        found = self.at(*path)
        return found if isinstance(found, list) else []

    def each(self, wanted: type[ModelT]) -> Iterator[tuple[Steps, ModelT]]:
        """Every sound part of a kind, with its path."""
        return pieces(Campaign, self.document.data, wanted)

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day."""
        first, last = day_of(self.at("from")), day_of(self.at("until"))
        return None if first is None or last is None or first > last else (first, last)

    @cached_property
    def nights(self) -> Nights | None:
        """The nights, where that part is sound."""
        try:
            return Nights.model_validate(self.at("nights"))
        except ValidationError:
            return None

    @cached_property
    def base_text(self) -> str:
        """The text of the base scenario; empty where it cannot be read."""
        try:
            return read_text(find_scenario(str(self.at("base"))))
        except Problems:
            return ""

    @cached_property
    def known(self) -> Mapping[str, Collection[str]]:
        """What is defined, by kind of name; what rests on the base is missing where that could not be read."""
        decisions = self.mapping("decisions")
        brought = [
            one.get("id")
            for decision in decisions.values()
            if isinstance(decision, dict) and isinstance(decision.get("delivers"), list)
            for one in decision["delivers"]
            if isinstance(one, dict)
        ]
        own = [one.get("id") for one in self.listed("ledger", "deliveries") if isinstance(one, dict)]
        dated = laydown()
        found: dict[str, Collection[str]] = {
            "munition": list(self.mapping("ledger", "munitions")),
            "delivery": [name for name in (*own, *brought) if isinstance(name, str)],
            "decision": list(decisions),
            "policy": list(self.mapping("policies")),
            "laydown": [one.id for one in (*dated.laydown, *dated.sensors)],
        }
        if self.base is not None:
            catalog = catalog_of(self.base)
            found |= {
                "source": {
                    *self.mapping("sources"),
                    *catalog.sources,
                    *self.base.sources,
                    *dated.sources,
                },
                "actor": [*self.base.actors, *self.mapping("actors")],
                "base-decision": list(self.base.decisions),
                "effector": list(catalog.effectors),
                "statement": [one.id for one in self.base.statements if one.id],
            }
        else:
            found["effector"] = list(load_catalog().effectors)
        return found
