"""A scenario file while it is being checked: whatever in it is sound, and where each part stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from skypact.catalog.model import Catalog
from skypact.reading import Document, Problem, Steps, pieces
from skypact.scenario.forces import Asset, Place
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Policy

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class PartialScenario:
    """What the checks look at.

    A file with one wrong field is still checked in all its other parts: each part that is sound on
    its own (`each`) is looked at, and names count as defined even where their definition is wrong.
    `catalog` has the systems that the file brings, `shipped` is the catalogue without them.
    """

    document: Document
    catalog: Catalog
    shipped: Catalog

    @cached_property
    def parts(self) -> tuple[tuple[Steps, BaseModel], ...]:
        """Every sound part, with its path."""
        return tuple(pieces(Scenario, self.document.data, BaseModel))

    def besides(self, more: Mapping[str, Any]) -> PartialScenario:
        """The same with more top fields, which it did not have: what was sound stays so and is not looked at again."""
        found = replace(self, document=replace(self.document, data={**self.document.data, **more}))
        found.__dict__["parts"] = (*self.parts, *pieces(Scenario, dict(more), BaseModel))
        return found

    def each(self, wanted: type[ModelT]) -> Iterator[tuple[Steps, ModelT]]:
        """Every sound part of a kind, with its path."""
        for path, part in self.parts:
            if isinstance(part, wanted):
                yield path, part

    def named(self, wanted: type[ModelT]) -> dict[str, ModelT]:
        """The sound parts of a kind that stand in a mapping, by name."""
        return {str(path[-1]): part for path, part in self.each(wanted)}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        return self.named(Place)

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        return self.named(Asset)

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        return self.named(Decision)

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        return self.named(Policy)

    def at(self, *path: str | int) -> Any:
        """The raw value at a path, or None."""
        value = self.document.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def mapping(self, *path: str | int) -> dict[str, Any]:
        """The raw mapping at a path; empty if there is none."""
        value = self.at(*path)
        return value if isinstance(value, dict) else {}

    def listed(self, *path: str | int) -> list[Any]:
        """The raw list at a path; empty if there is none."""
        value = self.at(*path)
        return value if isinstance(value, list) else []

    def ids(self, part: str, in_decisions: str = "") -> Iterator[tuple[Steps, str]]:
        """The ids of a list at the top of the file, then those of the same list in decisions."""
        places: list[Steps] = [(part,)]
        if in_decisions:
            places += [("decisions", name, in_decisions) for name in self.mapping("decisions")]
        for place in places:
            for index, entry in enumerate(self.listed(*place)):
                name = entry.get("id") if isinstance(entry, dict) else None
                if isinstance(name, str):
                    yield (*place, index, "id"), name

    def error(self, path: Steps, what: str, right: str, key: bool = False) -> Problem:
        return self.document.problem(path, what, right, key=key)

    def warning(self, path: Steps, what: str, right: str, key: bool = False) -> Problem:
        return self.document.problem(path, what, right, key=key, level="warning")

    def line(self, path: Steps) -> str:
        """Where something else stands, for use in a message."""
        return f"line {self.document.mark(path, key=True)[0]}"
