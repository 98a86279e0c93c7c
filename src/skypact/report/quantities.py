"""Every number that a result rests on, with its kind, range and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from skypact.catalog.model import Catalog, Effector, Family, OwnRadar, Sensor, Threat
from skypact.formatting import capital, listed, unit_of
from skypact.policy.describe import Names
from skypact.policy.describe_numbers import number_words
from skypact.policy.draw import Recorder, central
from skypact.policy.holdings import AidTimeline
from skypact.quantity import Basis, Kind, Quantity
from skypact.scenario.aid import Stationing, Transfer
from skypact.scenario.forces import Entry, LaydownEntry, SensorEntry
from skypact.scenario.incident import Step
from skypact.scenario.model import Scenario, Wave
from skypact.scenario.rules import Doctrine, Rule


@dataclass(frozen=True)
class Used:
    """One number (or one entry with its numbers) that the scenario rests on.

    `group` and `section` sort them for the page; `name` says which it is, and `code` the same as files have it;
    `text` is its value in words where it is more than one number.
    """

    group: str
    section: str
    name: str
    code: str
    kind: Kind
    value: float | None
    low: float | None
    high: float | None
    unit: str
    text: str
    sources: tuple[str, ...]
    note: str


Rests = Mapping[str, Mapping[str, Basis]]
"""By policy what it rests on, by name: `skypact.study.setup.CompiledPolicy.used`."""


def used_quantities(
    scenario: Scenario, catalog: Catalog, used: Rests | None = None, landscapes: bool = True
) -> list[Used]:
    """Every number with a basis that a result rests on, in the order of the files.

    Parameters
    ----------
    scenario, catalog
        What was asked, and what systems are.
    used
        By policy what it rests on; None: whatever the scenario says and the systems that it names have.
    landscapes
        Whether the numbers of `skypact landscapes` count.
    """
    runs = None if used is None else [{**run, **_transfers(scenario, name)} for name, run in used.items()]
    names = Names(scenario, catalog)
    found: list[Used] = []
    for section, key, part in _scenario_parts(scenario, landscapes):
        for code, one in _walk(key, part, runs):
            found.append(_used(names, "Scenario", section, code, one))
    for kind, systems in systems_used(scenario, catalog).items():
        known: Mapping[str, Threat | Effector | Sensor | Family] = getattr(catalog, kind)
        for name in (name for name in systems if name in known):
            for code, one in _walk(f"{kind}.{name}", known[name], runs):
                found.append(_used(names, kind.capitalize(), known[name].name, code, one))
    return found


def _used(names: Names, group: str, section: str, code: str, part: Basis) -> Used:
    """A number, or an entry in words; in the section of a system it needs no word of whose it is."""
    said = number_words(names, code)
    name = said.what if section == said.of and said.what else str(said)
    number = part if isinstance(part, Quantity) else None
    return Used(
        group,
        section,
        capital(name),
        code,
        part.kind,
        number.value if number else None,
        number.low if number else None,
        number.high if number else None,
        unit_of(code) if number else "",
        "" if number else _entry_in_words(names, part),
        part.sources,
        part.note,
    )


def _transfers(scenario: Scenario, policy: str) -> dict[str, Quantity]:
    """The numbers of the transfers, which the table of aid shows whether or not a raid rests on them."""
    recorder = Recorder(central)
    if scenario.transfers:
        AidTimeline(scenario, policy).holdings(recorder)
    return recorder.used


def systems_used(scenario: Scenario, catalog: Catalog) -> dict[str, list[str]]:
    """Names of the catalogue that the scenario uses, by part of the catalogue, in order of use.

    Families are those of the systems that are used, and of their own radars.
    """
    decisions = scenario.decisions.values()
    laydown = [*scenario.laydown, *(entry for decision in decisions for entry in decision.laydown)]
    orders = [*scenario.stationing, *(order for decision in decisions for order in decision.stationing)]
    sensors = [*scenario.sensors, *(entry for decision in decisions for entry in decision.sensors)]
    shoot = dict.fromkeys([*(entry.system for entry in laydown), *(order.system for order in orders)])
    see = dict.fromkeys(entry.system for entry in sensors)
    shooting = [catalog.effectors[name] for name in shoot if name in catalog.effectors]
    seeing = [catalog.sensors[name] for name in see if name in catalog.sensors]
    own = [system.sensor for system in shooting if system.sensor is not None]
    members: tuple[Effector | OwnRadar | Sensor, ...] = (*shooting, *own, *seeing)
    alike = [one.family for one in members if one.family is not None]
    return {
        "threats": list(dict.fromkeys(wave.threat for wave in scenario.raid.waves)),
        "effectors": list(shoot),
        "sensors": list(see),
        "families": list(dict.fromkeys(alike)),
    }


def _scenario_parts(scenario: Scenario, landscapes: bool) -> Iterator[tuple[str, str, BaseModel]]:
    """Section, name and value of every part; entries with an id have a name of their own."""
    parts: dict[str, Sequence[BaseModel]] = {
        "The raid": scenario.raid.waves,
        "Laydown": (*scenario.laydown, *scenario.sensors),
        "Transfers": scenario.transfers,
        "Stationing": scenario.stationing,
    }
    for section, found in parts.items():
        yield from ((section, "", one) for one in found)
    if scenario.incident is not None:
        yield "The incident", "incident", scenario.incident
    yield from (("Doctrine", "", one) for one in scenario.doctrine)
    yield from (("Rules", "", one) for one in scenario.rules)
    yield from (("Decisions", f"decisions.{name}", one) for name, one in scenario.decisions.items())
    if scenario.landscape is not None and landscapes:
        yield "Landscape", "landscape", scenario.landscape


_Named = Wave | LaydownEntry | SensorEntry | Doctrine | Rule | Transfer | Stationing
_UNDER: dict[type[BaseModel], str] = {
    Wave: "waves",
    LaydownEntry: "laydown",
    SensorEntry: "laydown",
    Doctrine: "doctrine",
    Rule: "rules",
    Transfer: "transfers",
    Stationing: "stationing",
}
"""Under what the numbers of entries with an id are settled, wherever in the file the entry stands."""


def _walk(key: str, part: object, runs: Sequence[Mapping[str, Basis]] | None) -> Iterator[tuple[str, Basis]]:
    """The numbers and entries in a model and below, each with the name under which it is settled.

    With `runs` only what one of them used counts.
    """
    if isinstance(part, _Named):
        key = f"{_UNDER[type(part)]}.{part.id}"
    if runs is not None and not any(_is_used(run, key, part) for run in runs):
        return
    if isinstance(part, Basis):
        yield key, part
    if isinstance(part, Quantity):
        return
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _walk(f"{_settled_under(part, key, name)}.{name}", getattr(part, name), runs)
    elif isinstance(part, Mapping):
        for name, item in part.items():
            yield from _walk(f"{key}.{name}", item, runs)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for index, item in enumerate(part):
            yield from _walk(f"{key}.{index}", item, runs)


def _settled_under(part: BaseModel, key: str, field: str) -> str:
    """Stationing becomes an entry of the laydown, which has all its numbers but one."""
    if isinstance(part, Stationing) and field != "most":
        return f"laydown.{part.id}"
    return key


def _is_used(run: Mapping[str, Basis], key: str, part: object) -> bool:
    """Whether a policy rests on a number or an entry; what is neither is always looked into."""
    if isinstance(part, Quantity):
        return key.startswith("landscape.") or run.get(key) == part
    if isinstance(part, Stationing):
        return run.get(f"{key}.most") == part.most
    if isinstance(part, Transfer):
        return run.get(f"{key}.quantity") == part.quantity
    return key in run or not isinstance(part, Wave | Entry | Doctrine | Step)


def _entry_in_words(names: Names, part: Basis) -> str:
    if isinstance(part, Wave):
        return f"{sum(part.aims.values())} {names.system(part.threat)} at {_counts(names, part.aims)}"
    if isinstance(part, Entry):
        if part.at is not None:
            return _counts(names, part.at)
        over = part.spread.over if part.spread is not None else None
        where = listed(map(names.area, over)) if over else "all assets"
        return f"spread over {where} in proportion to their weights"
    given = {name: getattr(part, name) for name in type(part).model_fields}
    plain = {name: value for name, value in given.items() if isinstance(value, int | float)}
    return ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in plain.items())


def _plain(value: float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}"


def _counts(names: Names, counts: Mapping[str, int]) -> str:
    return ", ".join(f"{names.area(name)} ({number})" for name, number in counts.items())
