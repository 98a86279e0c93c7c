"""A compiled policy keeps which numbers it rests on, and it rests on no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skypact.catalog.change import with_numbers
from skypact.policy.used import numbers_in
from skypact.quantity import Quantity
from skypact.raid import dump_raid
from skypact.report.quantities import used_quantities
from skypact.study import Study
from skypact.study.setup import CompiledPolicy

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


@pytest.fixture(scope="module")
def study() -> Study:
    return Study.ask(str(SMALL))


@pytest.fixture(scope="module")
def compiled(study: Study) -> dict[str, CompiledPolicy]:
    return {name: study.compile(name) for name in study.policies}


def test_what_is_used_is_named_once_with_its_number(
    study: Study, compiled: dict[str, CompiledPolicy]
) -> None:
    used = compiled["helped"].used
    for name in (
        "effectors.iris-t-slm.against.drone.p_kill",
        "threats.geran-2.rcs_m2",
        "sensors.long-range-radar.delay_s",
        "laydown.ukr-mobile.patrol.radius_km",
        "laydown.ukr-iris-t",
        "doctrine.patriot-waits",
        "waves.drones",
    ):
        assert name in used, name
    distance = used["rules.drones-70km.over.0.within.0.km"]
    assert isinstance(distance, Quantity)
    assert distance.value == 70
    assert "rules.drones-70km.over.0.within.0.km" not in compiled["alone"].used
    for name in used:
        assert "ballistic" not in name, "no such threat comes"
    assert "threats.geran-2.reach_km" not in used


def test_nothing_else_of_the_catalogue_moves_the_raid(
    study: Study, compiled: dict[str, CompiledPolicy]
) -> None:
    """Every number of the catalogue that is not named as used is changed; the raid stays bit for bit."""
    everything = {
        name: number
        for kind in ("threats", "effectors", "sensors", "families")
        for name, number in numbers_in(getattr(study.catalog, kind), kind).items()
    }
    for name, one in compiled.items():
        others = {
            path: number.model_copy(update={"value": 0.9 * number.value, "low": None, "high": None})
            for path, number in everything.items()
            if path not in one.used
        }
        assert 0 < len(others) < len(everything)
        other = replace(study, catalog=with_numbers(study.catalog, others))
        assert dump_raid(other.compile(name).raid) == dump_raid(one.raid)


def test_only_what_was_settled_is_listed(study: Study, compiled: dict[str, CompiledPolicy]) -> None:
    used = {name: one.used for name, one in compiled.items()}
    listed = used_quantities(study.scenario, study.catalog, used)
    names = {(one.section, one.name) for one in listed}
    patriot = study.catalog.effectors["patriot-pac-2-gem-t"].name
    assert (patriot, "Kill probability of one round against drones") in names
    assert not any(section == patriot and "ballistic" in name for section, name in names)
    assert len(listed) < len(used_quantities(study.scenario, study.catalog))
    alone = used_quantities(study.scenario, study.catalog, {"alone": used["alone"]})
    difference = [one.name for one in listed if one not in alone]
    assert difference == [f"“{study.scenario.decisions['help-70km'].title}”: distance"]


def test_a_unit_with_its_own_rounds_does_not_rest_on_the_systems(study: Study) -> None:
    """A laydown entry that says its rounds leaves those of the catalogue unused."""
    number = Quantity(value=3, kind="notional", note="an example")
    laydown = tuple(
        entry.model_copy(update={"ready": number}) if entry.id == "ukr-iris-t" else entry
        for entry in study.scenario.laydown
    )
    scenario = study.scenario.model_copy(update={"laydown": laydown})
    used = replace(study, scenario=scenario).compile("alone").used
    assert used["laydown.ukr-iris-t.ready"] == number
    assert "effectors.iris-t-slm.ready" not in used


def test_steps_that_no_policy_takes_are_not_listed() -> None:
    study = Study.ask("hranitne-2021-10-26", ("demand-and-note-only",))
    used = {"demand-and-note-only": study.compile("demand-and-note-only").used}
    names = [one.name for one in used_quantities(study.scenario, study.catalog, used)]
    assert any(name.startswith("Demand for a ceasefire") for name in names)
    assert not any(name.startswith("TB2") for name in names), names
