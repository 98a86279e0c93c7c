"""What takes minutes: Sobol indices against Ishigami's function, and other placements of what is given."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from skypact.policy import build_situation
from skypact.policy.otherwise import giving, placed_otherwise
from skypact.scenario.load import load_scenario
from skypact.study import Study
from skypact.study.draw import Sets
from skypact.study.pick_freeze import OTHERS, indices, pick_freeze
from skypact.study.play import RunSettings

UKRAINE = "ukraine-2024-08-26"


def ishigami(x: np.ndarray) -> np.ndarray:
    angle = np.pi * (2 * x - 1)
    return np.sin(angle[:, 0]) + 7 * np.sin(angle[:, 1]) ** 2 + 0.1 * angle[:, 2] ** 4 * np.sin(angle[:, 0])


def test_ishigamis_indices() -> None:
    """First order 0.314, 0.442, 0; total 0.558, 0.442, 0.244 (Ishigami and Homma 1990, a = 7, b = 0.1)."""
    points = qmc.Sobol(6, rng=np.random.default_rng(1)).random(4096)
    a, b = points[:, :3], points[:, 3:]
    swapped = {}
    for place, name in enumerate("xyz"):
        mixed = a.copy()
        mixed[:, place] = b[:, place]
        swapped[name] = ishigami(mixed)
    found = {one.family: one for one in indices(ishigami(a), ishigami(b), swapped)}
    first, total = (
        {name: getattr(one, what)[0] for name, one in found.items()} for what in ("first", "total")
    )
    assert first == pytest.approx({"x": 0.314, "y": 0.442, "z": 0.0}, abs=0.02)
    assert total == pytest.approx({"x": 0.558, "y": 0.442, "z": 0.244}, abs=0.02)
    for one in found.values():
        for value, low, high in (one.first, one.total):
            assert low <= value <= high


def test_nothing_that_varies_has_no_indices() -> None:
    assert indices(np.ones(8), np.ones(8), {"x": np.ones(8)}) == ()


def test_families_of_a_scenario_are_drawn_anew() -> None:
    study = Study.ask("tests/scenario/small.yaml")
    settings = RunSettings(40, seed=2, threads=1)
    found = pick_freeze(study, settings, Sets(8, 2), ["detection", "stock"], samples=8)
    by = {one.family: one.total[0] for one in found["helped"]}
    assert set(by) == {"detection", "stock", OTHERS}
    assert by["detection"] > by["stock"]


def test_what_is_given_stands_where_a_placement_says() -> None:
    scenario = load_scenario(UKRAINE)
    assert giving(scenario) == ("give-instead",)
    assert set(scenario.placements) == {"kharkiv-dnipro", "lviv-odesa"}
    study = Study.of(scenario)
    entries = {
        entry
        for name in scenario.decisions
        for gift in scenario.decisions[name].gives
        for entry in gift.entries
    }
    for placement in scenario.placements.values():
        other = placed_otherwise(scenario, placement.over)
        situation = build_situation(other, study.catalog, "give-instead")
        places = {unit.place for unit in situation.units if unit.entry in entries}
        assert places == {scenario.assets[name].place for name in placement.over}
        same = build_situation(other, study.catalog, "status-quo")
        assert same == build_situation(scenario, study.catalog, "status-quo")
