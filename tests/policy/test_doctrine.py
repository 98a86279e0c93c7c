"""Doctrine: whose number is drawn when several entries apply."""

from __future__ import annotations

import copy
from pathlib import Path

from skypact.catalog import load_catalog
from skypact.policy import build_situation
from skypact.quantity import Quantity
from skypact.reading import read_document
from skypact.scenario.model import Scenario

SMALL = read_document(Path(__file__).parent.parent / "scenario" / "small.yaml").data


def test_a_number_is_drawn_under_the_name_of_the_entry_that_gives_it() -> None:
    data = copy.deepcopy(SMALL)
    basis = {"systems": ["iris-t-slm"], "kind": "notional", "note": "an example"}

    def near(km: float) -> dict[str, object]:
        return {"value": km, "low": km - 1, "high": km + 1, "kind": "notional", "note": "an example"}

    data["doctrine"] = [
        {"id": "ranks", "rank": 3, **basis},
        {"id": "all-late", "from_range_km": near(20.0), **basis},
        {"id": "drones-later", "classes": ["drone"], "from_range_km": near(10.0), **basis},
        {"id": "cruise-left", "classes": ["cruise"], "engage": False, **basis},
        {"id": "two-rounds", "salvo": near(2.0), **basis},
    ]
    scenario = Scenario.model_validate(data)
    asked: dict[str, set[float]] = {}

    def draw(name: str, quantity: Quantity) -> float:
        asked.setdefault(name, set()).add(quantity.value)
        return quantity.value

    situation = build_situation(scenario, load_catalog(), next(iter(scenario.policies)), draw)
    unit = next(unit for unit in situation.units if unit.system == "iris-t-slm")
    assert {name: values for name, values in asked.items() if name.startswith("doctrine.")} == {
        "doctrine.drones-later.from_range_km": {10.0},
        "doctrine.two-rounds.salvo": {2.0},
    }
    assert (unit.engages["drone"].from_range_km, unit.engages["drone"].salvo) == (10.0, 2)
    assert unit.leaves["cruise"] == "cruise-left"
    assert all(len(values) == 1 for values in asked.values())
