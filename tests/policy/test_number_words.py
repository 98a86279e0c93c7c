"""Every number that can be settled has a name for people: no code is left in it."""

from __future__ import annotations

import re

import pytest

from skypact.formatting import CLASS_NAMES
from skypact.policy.describe import Names
from skypact.policy.describe_numbers import QUANTITIES, number_words
from skypact.report.quantities import used_quantities
from skypact.scenario.load import load_scenario, shipped
from skypact.scenario.systems import catalog_of


@pytest.mark.parametrize("name", shipped())
def test_no_number_of_a_shipped_scenario_is_called_by_its_code(name: str) -> None:
    scenario = load_scenario(name)
    catalog = catalog_of(scenario)
    ids = {*catalog.effectors, *catalog.sensors, *catalog.threats, *scenario.decisions, *CLASS_NAMES}
    codes = {one for one in ids if "-" in one}
    for one in used_quantities(scenario, catalog):
        assert "_" not in one.name, one.code
        assert not codes & set(re.findall(r"[\w-]+", one.name)), one.code
        if one.value is not None:
            assert set(one.code.split(".")) & set(QUANTITIES), one.code


def test_a_name_says_whose_it_is_and_against_what() -> None:
    scenario = load_scenario("ukraine-2024-08-26")
    names = Names(scenario, catalog_of(scenario))
    said = {
        "sensors.long-range-radar.p_detect.drone": (
            "Long-range surveillance radar (P-18, 36D6 and GM400 class): chance that one look finds the threat"
            " against drones"
        ),
        "doctrine.mse-kept-for-ballistic.hold": (
            "Doctrine of Ukraine: Patriot PAC-3 MSE against cruise missiles: rounds kept back"
        ),
        "rules.zone-70km-drones.over.0.within.0.km": (
            "“Units in Poland and Romania shoot down drones up to 70 km inside Ukraine”: distance"
        ),
        "effectors.s-300ps.availability": "S-300PS and S-300PT: availability",
    }
    for code, words in said.items():
        assert str(number_words(names, code)) == words
