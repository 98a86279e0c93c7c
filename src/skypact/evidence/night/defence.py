"""Ukraine's notional defence on a date: who stood where by the stated rule, and how units use what they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from skypact.evidence.laydown import laydown
from skypact.reading import Problem, Problems, read_document
from skypact.scenario.find import find_scenario

FRAME = "ukraine-2024-08-26"
"""The shipped scenario from which cities, their weights and doctrine are taken."""


@dataclass(frozen=True)
class Defence:
    """Sections of a scenario, as plain data; only what concerns Ukraine's own defence.

    Attributes
    ----------
    defender
        The actor.
    sources
        Every source that the sections name, and others.
    notes
        What a reader must know of it, in words.
    """

    defender: str
    sources: dict[str, Any]
    places: dict[str, Any]
    assets: dict[str, Any]
    laydown: list[dict[str, Any]]
    sensors: list[dict[str, Any]]
    doctrine: list[dict[str, Any]]
    priorities: dict[str, float]
    notes: tuple[str, ...]


@cache
def frame() -> dict[str, Any]:
    """The sections of the shipped scenario, as plain data."""
    return dict(read_document(find_scenario(FRAME)).data)


def has_defence(day: date) -> bool:
    """Whether the laydown has counts for a date."""
    return laydown().since <= day.isoformat() <= laydown().until


def defence_on(day: date) -> Defence:
    """The defence on a date.

    Raises
    ------
    Problems
        If the laydown has no counts for it.
    """
    whole, dated = frame(), laydown()
    if not has_defence(day):
        what = f"there is no laydown of Ukraine's defence for {day}"
        right = f"a night from {dated.since} to {dated.until}"
        raise Problems([Problem("laydown", 0, 0, "night", what, right)])
    weights = {name: float(one["weight"]) for name, one in whole["assets"].items()}
    standing = dated.on(day, weights)
    doctrine = []
    for entry in whole["doctrine"]:
        owners = entry.get("owners")
        if owners is None or dated.of in owners:
            doctrine.append({**entry, **({"owners": [dated.of]} if owners else {})})
    own = {name: source.model_dump(exclude_defaults=True) for name, source in dated.sources.items()}
    return Defence(
        dated.of,
        {**whole["sources"], **own},
        whole["places"],
        whole["assets"],
        list(standing.laydown),
        list(standing.sensors),
        doctrine,
        whole["raid"]["priorities"],
        (
            "The laydown is that of the date, from deliveries and statements where they are public; the numbers of S-300 "
            "and Buk batteries, of mobile fire groups, of jamming districts, of aircraft in the air and all stocks are not.",
            "Doctrine is that of the shipped scenario of 26 August 2024 on every date, and every unit begins with the "
            "stock of the catalogue.",
            *(f"Left out of the laydown: {line}" for line in dated.left_out),
        ),
    )
