"""Checks of the systems that a scenario brings: names of their own, and somebody who uses them."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.reading import Problem, references
from skypact.scenario.model import Scenario
from skypact.scenario.partial import PartialScenario

PARTS = {"threats": "threat", "effectors": "effector", "sensors": "sensor", "families": "family"}


def check_systems(partial: PartialScenario) -> Iterator[Problem]:
    """Every name must be new, among all kinds of systems, and be used."""
    taken = {name: "the catalogue has" for part in PARTS for name in getattr(partial.shipped, part)}
    used = {(kind, name) for _, kind, name in references(Scenario, partial.document.data)}
    for part, kind in PARTS.items():
        for name in partial.mapping("catalog", part):
            path = ("catalog", part, name)
            if name in taken:
                what = f"{taken[name]} a system called {name!r} already"
                right = "another name; numbers: changes the numbers of a system of the catalogue"
                yield partial.error(path, what, right, key=True)
            elif (kind, name) not in used:
                what = f"nothing in this file uses this {kind}"
                yield partial.warning(path, what, "name it, or remove it", key=True)
            taken.setdefault(name, "this file has")
