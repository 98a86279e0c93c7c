"""Checks of a scenario's own numbers in place of the catalogue's."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from skypact.catalog.bands import check_system
from skypact.catalog.change import with_numbers
from skypact.catalog.model import Catalog
from skypact.quantity import Quantity
from skypact.reading import Problem, suggest
from skypact.scenario.partial import PartialScenario

PARTS = ("effectors", "threats", "sensors", "families")


def check_numbers(partial: PartialScenario) -> Iterator[Problem]:
    """Every name must be that of a number in the catalogue, and its value possible there."""
    given = partial.at("numbers")
    for name, data in (given if isinstance(given, dict) else {}).items():
        try:
            quantity = Quantity.model_validate(data)
        except ValidationError:
            continue  # said by the schema's own check
        try:
            changed = with_numbers(partial.catalog, {name: quantity})
            yield from _implausible(partial, name, changed)
        except KeyError:
            part, _, rest = name.partition(".")
            systems = getattr(partial.catalog, part, {}) if part in PARTS else {}
            known = [f"{part}.{system}" for system in systems] or list(PARTS)
            right = suggest(".".join([part, *rest.split(".")[:1]]), known, "skypact catalog")
            yield partial.error(
                ("numbers", name), "the catalogue has no number of this name", right, key=True
            )
        except ValueError as error:
            what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            yield partial.error(
                ("numbers", name), what.removeprefix("Value error, ").replace(" | ", "; "), ""
            )


def _implausible(partial: PartialScenario, name: str, changed: Catalog) -> Iterator[Problem]:
    """What the number makes implausible that was not so before."""
    part, system, *steps = name.split(".")
    before = set(check_system(getattr(partial.catalog, part)[system]))
    for found in check_system(getattr(changed, part)[system]):
        if found in before:
            continue
        rest = found.path[len(steps) :] if found.path[: len(steps)] == tuple(steps) else ()
        path = ("numbers", name, *rest)
        yield partial.document.problem(path, found.what, found.right, level=found.level)
