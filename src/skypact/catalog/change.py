"""Laying a scenario's own systems and numbers over the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from skypact.catalog.model import Catalog, Effector, Family, Sensor, Threat
from skypact.quantity import Quantity

SystemT = TypeVar("SystemT", Threat, Effector, Sensor, Family)


def with_systems(
    catalog: Catalog,
    threats: Mapping[str, Threat],
    effectors: Mapping[str, Effector],
    sensors: Mapping[str, Sensor],
    families: Mapping[str, Family],
) -> Catalog:
    """The catalogue with further systems; a name that it has already keeps its meaning.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> shipped = load_catalog()
    >>> radar = shipped.sensors["medium-radar"]
    >>> list(with_systems(shipped, {}, {}, {"new-radar": radar}, {}).sensors)[-1]
    'new-radar'
    """
    if not (threats or effectors or sensors or families):
        return catalog
    more = {
        "threats": {**catalog.threats, **_new(threats, catalog.threats)},
        "effectors": {**catalog.effectors, **_new(effectors, catalog.effectors)},
        "sensors": {**catalog.sensors, **_new(sensors, catalog.sensors)},
        "families": {**catalog.families, **_new(families, catalog.families)},
    }
    return catalog.model_copy(update=more)


def _new(systems: Mapping[str, SystemT], known: Mapping[str, SystemT]) -> dict[str, SystemT]:
    return {name: system for name, system in systems.items() if name not in known}


def with_numbers(catalog: Catalog, numbers: Mapping[str, Quantity]) -> Catalog:
    """The catalogue with some numbers replaced.

    Parameters
    ----------
    catalog
        What systems are.
    numbers
        By name: the part, the system and the fields, joined by dots.

    Raises
    ------
    KeyError
        If the catalogue has no number of that name.
    ValueError
        If the number is impossible there (a probability above 1).

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> half = Quantity(value=0.1, kind="notional", note="an example")
    >>> changed = with_numbers(load_catalog(), {"effectors.buk-m1.against.drone.p_kill": half})
    >>> changed.effectors["buk-m1"].against["drone"].p_kill.value
    0.1
    """
    for name, quantity in numbers.items():
        path = name.split(".")
        catalog = _replaced(catalog, path, name, quantity)
        changed = getattr(catalog, path[0])[path[1]]
        type(changed).model_validate(changed.model_dump(by_alias=True))
    return catalog


def _replaced(part: Any, path: list[str], name: str, quantity: Quantity) -> Any:
    step, *rest = path
    if isinstance(part, BaseModel):
        inner = getattr(part, step, None) if step in type(part).model_fields else None
    else:
        inner = part.get(step) if isinstance(part, Mapping) else None
    if (
        inner is None
        or (not rest and not isinstance(inner, Quantity))
        or (rest and isinstance(inner, Quantity))
    ):
        raise KeyError(name)
    new = _replaced(inner, rest, name, quantity) if rest else quantity
    if isinstance(part, BaseModel):
        return part.model_copy(update={step: new})
    return {**part, step: new}
