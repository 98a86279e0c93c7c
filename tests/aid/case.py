"""The invented case of the tests: a catalogue with a drone of known numbers, and questions about it."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from skypact.catalog import Catalog, Effector, load_catalog
from skypact.reading import read_document
from skypact.scenario.model import Scenario
from skypact.study.setup import Study

FILE = Path(__file__).parent / "hills.yaml"
DATA = read_document(FILE).data


def number(value: float, **more: float) -> dict[str, Any]:
    """A number as files have it."""
    return {"value": float(value), "kind": "notional", "note": "an example", **more}


DRONE = {
    "name": "A drone",
    "origin": "Turkey",
    "basing": "air",
    "unit": "one aircraft",
    "channels": number(1),
    "ready": number(4),
    "reserve": number(0),
    "interceptor_m_s": number(200),
    "reaction_s": number(0),
    "assess_s": number(0),
    "recover_s": number(0),
    "reload_s": number(0),
    "cost_usd": number(100_000),
    "flight": {
        "aircraft": 1,
        "reach_km": number(0),
        "dash_m_s": number(35),
        "altitude_m": number(5000),
    },
    "against": {
        "artillery": {"p_kill": number(0.5), "max_range_km": number(10), "max_altitude_m": number(500)}
    },
}


@cache
def catalog() -> Catalog:
    """The shipped catalogue and the drone."""
    shipped = load_catalog()
    return shipped.model_copy(
        update={"effectors": {**shipped.effectors, "test-drone": Effector.model_validate(DRONE)}}
    )


def scenario(change: dict[str, Any] | None = None) -> Scenario:
    """The case, with values changed by their dotted paths."""
    data = copy.deepcopy(DATA)
    for path, value in (change or {}).items():
        *steps, last = path.split(".")
        part = data
        for step in steps:
            part = part[int(step)] if isinstance(part, list) else part[step]
        part[last] = value
    return Scenario.model_validate(data)


def question(*policies: str, change: dict[str, Any] | None = None) -> Study:
    """The question how these policies compare; the first is the baseline."""
    return Study(scenario(change), catalog(), policies, policies[0])
