"""Every number that a scenario uses, with its kind, range and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from skypact.catalog.model import Catalog, Effector, Sensor, Threat
from skypact.formatting import class_name, unit_of
from skypact.quantity import Basis, Kind, Quantity
from skypact.scenario.forces import Entry
from skypact.scenario.model import Scenario, Wave


@dataclass(frozen=True)
class Used:
    """One number (or one entry with its numbers) that the scenario rests on.

    `group` and `section` sort them for the page; `name` says which it is; `text` is its value in words where
    it is more than one number.
    """

    group: str
    section: str
    name: str
    kind: Kind
    value: float | None
    low: float | None
    high: float | None
    unit: str
    text: str
    sources: tuple[str, ...]
    note: str


def used_quantities(scenario: Scenario, catalog: Catalog) -> list[Used]:
    """Every number with a basis that the scenario, its decisions and the systems it names rest on."""
    found: list[Used] = []
    for section, name, part in _scenario_parts(scenario):
        found += _walk(("Scenario", section), name, part)
    for kind, names in systems_used(scenario).items():
        systems: Mapping[str, Threat | Effector | Sensor] = getattr(catalog, kind)
        for name in names:
            if name in systems:
                found += _walk((kind.capitalize(), systems[name].name), "", systems[name])
    return found


def systems_used(scenario: Scenario) -> dict[str, list[str]]:
    """Names of the catalogue that the scenario uses, by part of the catalogue, in order of use."""
    decisions = scenario.decisions.values()
    laydown = [*scenario.laydown, *(entry for decision in decisions for entry in decision.laydown)]
    orders = [*scenario.stationing, *(order for decision in decisions for order in decision.stationing)]
    sensors = [*scenario.sensors, *(entry for decision in decisions for entry in decision.sensors)]
    return {
        "threats": list(dict.fromkeys(wave.threat for wave in scenario.raid.waves)),
        "effectors": list(dict.fromkeys([*(e.system for e in laydown), *(o.system for o in orders)])),
        "sensors": list(dict.fromkeys(entry.system for entry in sensors)),
    }


def _scenario_parts(scenario: Scenario) -> Iterator[tuple[str, str, BaseModel]]:
    for wave in scenario.raid.waves:
        yield "The raid", wave.id, wave
    for entry in (*scenario.laydown, *scenario.sensors):
        yield "Laydown", entry.id, entry
    for transfer in scenario.transfers:
        yield "Transfers", transfer.id, transfer
    for order in scenario.stationing:
        yield "Stationing", order.id, order
    if scenario.incident is not None:
        yield "The incident", "", scenario.incident
    for doctrine in scenario.doctrine:
        yield "Doctrine", doctrine.id, doctrine
    for rule in scenario.rules:
        yield "Rules", rule.id, rule
    for name, decision in scenario.decisions.items():
        yield "Decisions", name, decision
    if scenario.landscape is not None:
        yield "Landscape", "", scenario.landscape


def _walk(section: tuple[str, str], path: str, part: object) -> Iterator[Used]:
    """The numbers in a model and below; an entry's own id takes the place of its number in a list."""
    if isinstance(part, Quantity):
        field = path.rsplit(" · ", 1)[-1]
        yield Used(
            *section,
            readable(path),
            part.kind,
            part.value,
            part.low,
            part.high,
            unit_of(field),
            "",
            part.sources,
            part.note,
        )
        return
    if isinstance(part, Basis):
        text = _entry_in_words(part)
        yield Used(*section, readable(path), part.kind, None, None, None, "", text, part.sources, part.note)
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _walk(section, _join(path, name), getattr(part, name))
    elif isinstance(part, Mapping):
        for key, item in part.items():
            yield from _walk(section, _join(path, class_name(str(key))), item)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for index, item in enumerate(part):
            yield from _walk(section, _join(path, str(getattr(item, "id", index + 1))), item)


def _join(path: str, step: str) -> str:
    return f"{path} · {step}" if path else step


def readable(path: str) -> str:
    """A path without the unit of its last field, which has its own column."""
    *above, field = path.split(" · ")
    unit = unit_of(field)
    if unit and not unit.startswith(("units", "rounds", "engage", "prob")):
        field = next((field[: -len(end)] for end in _ENDINGS if field.endswith(end)), field)
    return " · ".join([*above, field]).replace("_", " ")


_ENDINGS = ("_m_s", "_m2", "_km", "_usd", "_days", "_min", "_m", "_s", "_h")


def _entry_in_words(part: Basis) -> str:
    if isinstance(part, Wave):
        return f"{sum(part.aims.values())} {part.threat} at {_counts(part.aims)}"
    if isinstance(part, Entry):
        if part.at is not None:
            return _counts(part.at)
        over = part.spread.over if part.spread is not None else None
        return f"spread over {', '.join(over) if over else 'all assets'} in proportion to their weights"
    given = {name: getattr(part, name) for name in type(part).model_fields}
    plain = {name: value for name, value in given.items() if isinstance(value, int | float)}
    return ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in plain.items())


def _plain(value: float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
