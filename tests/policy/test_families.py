"""Families of ignorance: every number that a shipped scenario can draw has one."""

from __future__ import annotations

import doctest

import pytest

import skypact.policy.families as families
from skypact.catalog import load_catalog
from skypact.policy.build import build_situation
from skypact.policy.draw import Recorder, central
from skypact.policy.families import KINDS, TITLES, family_of, family_words, sign_of
from skypact.policy.used import numbers_in, used_undrawn
from skypact.quantity import Quantity
from skypact.scenario.load import load_scenario, shipped
from skypact.scenario.systems import catalog_of


def test_examples_hold() -> None:
    assert doctest.testmod(families).failed == 0


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_number_that_is_drawn_has_a_family(name: str) -> None:
    scenario = load_scenario(name)
    catalog = catalog_of(scenario)
    shorts = {short for short, _ in KINDS.values()}
    for policy in scenario.policies:
        recorder = Recorder(central)
        situation = build_situation(scenario, catalog, policy, recorder)
        undrawn = used_undrawn(scenario, catalog, policy, situation)
        numbers = [*recorder.used, *(key for key, one in undrawn.items() if isinstance(one, Quantity))]
        for number in numbers:
            family = family_of(number, catalog)
            assert family in TITLES or family.startswith("kill-"), number
            assert family in TITLES or family.rpartition("-")[2] in shorts, number
            assert family_words(family, catalog), number
            assert sign_of(number) in (1, -1)


def test_every_number_of_the_catalogue_has_a_family() -> None:
    catalog = load_catalog()
    for part in ("threats", "effectors", "sensors", "families"):
        for system, what in getattr(catalog, part).items():
            for number in numbers_in(what, f"{part}.{system}"):
                assert family_of(number), number


def test_a_family_of_kill_probability_in_words() -> None:
    assert family_words("kill-hit-to-kill-ballistic") == (
        "Kill probability of hit-to-kill missiles in the air against ballistic and other fast missiles"
    )


def test_a_scenarios_own_system_is_of_the_kind_that_it_says() -> None:
    catalog = load_catalog()
    mine = catalog.effectors["nasams"].model_copy(update={"family": "infrared-guided"})
    own = catalog.model_copy(update={"effectors": {**catalog.effectors, "mine": mine}})
    assert family_of("effectors.mine.against.drone.p_kill", own) == "kill-infrared-guided-drone"


@pytest.mark.parametrize(
    ("number", "family", "sign"),
    [
        ("threats.geran-2.rcs_m2", "detection", 1),
        ("effectors.nasams.against.drone.p_kill", "kill-radar-guided-drone", 1),
        ("effectors.patriot-pac-3-mse.against.aeroballistic.p_kill", "kill-hit-to-kill-ballistic", 1),
        ("effectors.mobile-fire-group.against.cruise.p_kill", "kill-gun-fire-cruise", 1),
        ("effectors.javelin-team.against.armour.p_kill", "kill-other-ground", 1),
        ("effectors.a-system-of-a-scenario.against.drone.p_kill", "kill-other-drone", 1),
        ("threats.geran-2.reliability", "reliability", 1),
        ("threats.iskander-m.ballistic.loft", "flight", 1),
        ("effectors.gepard.against.drone.p_acquire", "acquisition", 1),
        ("effectors.gepard.sensor.reference_rcs_m2", "detection", -1),
        ("effectors.f-15e.flight.altitude_m", "reach", 1),
        ("effectors.hawk.availability", "availability", 1),
        ("effectors.hawk.scatter_km", "placement", 1),
        ("effectors.hawk.reserve", "stock", 1),
        ("effectors.hawk.attempts", "tempo", 1),
        ("effectors.hawk.reload_s", "tempo", -1),
        ("families.radar-guided.susceptible.drone", "susceptibility", 1),
        ("laydown.some.patrol.radius_km", "placement", 1),
        ("doctrine.some.hold", "doctrine", 1),
        ("rules.drones-70km.over.0.within.0.km", "doctrine", 1),
        ("transfers.some.lead_days", "aid", -1),
        ("incident.fire.gun.seen", "incident", 1),
    ],
)
def test_the_family_and_the_direction_of_a_number(number: str, family: str, sign: int) -> None:
    assert (family_of(number), sign_of(number)) == (family, sign)
