"""Ukraine's notional defence on a date: who stood where by the stated rule, and how units use what they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from skypact.reading import read_document
from skypact.scenario.find import find_scenario

FRAME = "ukraine-2024-08-26"
"""The shipped scenario from which cities, their weights and doctrine are taken."""
DEFENDER = "UKR"


@dataclass(frozen=True)
class Defence:
    """Sections of a scenario, as plain data; only what concerns Ukraine's own defence.

    Attributes
    ----------
    sources
        Every source that the sections name, and others.
    notes
        What a reader must know of it, in words.
    """

    sources: dict[str, Any]
    places: dict[str, Any]
    assets: dict[str, Any]
    laydown: list[dict[str, Any]]
    sensors: list[dict[str, Any]]
    doctrine: list[dict[str, Any]]
    priorities: dict[str, float]
    notes: tuple[str, ...]


@cache
def _frame() -> dict[str, Any]:
    return dict(read_document(find_scenario(FRAME)).data)


def defence_on(day: date) -> Defence:
    """The defence on a date."""
    frame = _frame()
    own = [_throughout(entry) for entry in frame["laydown"] if entry["owner"] == DEFENDER]
    sensors = [entry for entry in frame["sensors"] if entry["owner"] == DEFENDER]
    doctrine = []
    for entry in frame["doctrine"]:
        owners = entry.get("owners")
        if owners is None or DEFENDER in owners:
            doctrine.append({**entry, **({"owners": [DEFENDER]} if owners else {})})
    return Defence(
        frame["sources"],
        frame["places"],
        frame["assets"],
        own,
        sensors,
        doctrine,
        frame["raid"]["priorities"],
        (),
    )


def _throughout(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without the times of its patrols, which are those of the raid of 26 August 2024."""
    if "patrol" not in entry:
        return entry
    return {
        **entry,
        "patrol": {key: value for key, value in entry["patrol"].items() if key != "on_station_min"},
    }
