"""What waves and units are called on a screen, where their ids would say little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from skypact.policy.describe import Names
from skypact.scenario.forces import LaydownEntry, SensorEntry
from skypact.scenario.model import Scenario, Wave


def titles(scenario: Scenario, names: Names) -> dict[str, dict[str, str]]:
    """Titles by id of ``waves``, and of ``units``: entries of the laydown, sensors, what is stationed; decisions' included."""
    units: list[LaydownEntry | SensorEntry] = [*scenario.laydown, *scenario.sensors]
    orders = list(scenario.stationing)
    for decision in scenario.decisions.values():
        units += [*decision.laydown, *decision.sensors]
        orders += decision.stationing
    entries = [(one.id, _unit(one, names)) for one in units]
    return {
        "waves": _apart((wave.id, _wave(wave, names)) for wave in scenario.raid.waves),
        "units": _apart([*entries, *((one.id, names.units(one.id)) for one in orders)]),
    }


def _wave(wave: Wave, names: Names) -> str:
    aims = [names.area(name) for name in wave.aims]
    others = "" if len(aims) == 1 else f" and {len(aims) - 1} other{'s' if len(aims) > 2 else ''}"
    return f"{_short(names.system(wave.threat))} from {names.area(wave.launch)} to {aims[0]}{others}"


def _short(system: str) -> str:
    """A system's name without what it says besides."""
    return system.split(" (")[0].split(", ")[0]


def _unit(entry: LaydownEntry | SensorEntry, names: Names) -> str:
    title = f"{_short(names.system(entry.system))} of {names.actors((entry.owner,))}"
    places = list(entry.at or ())
    if not places:
        return title
    return f"{title}, {names.area(places[0])}" if len(places) == 1 else f"{title}, {len(places)} places"


def _apart(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Titles by id; those that are the same are numbered in the order in which they stand."""
    found = dict(named)
    many, seen = Counter(found.values()), Counter[str]()
    made = {}
    for name, title in found.items():
        seen[title] += 1
        made[name] = title if many[title] == 1 else f"{title} ({seen[title]} of {many[title]})"
    return made
