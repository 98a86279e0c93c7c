"""Nothing without effect goes unsaid: who and what changes nothing, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skypact.geometry.tracked import tracked
from skypact.geometry.windows import opportunities
from skypact.raid.compile import compile_raid
from skypact.scenario.load import load_scenario
from skypact.study import Comparison, RunSettings, Study, compare
from skypact.study.idle import SELDOM, WHY, Idle
from skypact.study.measures.no_window import NO_WINDOW_WHY, NOT_PERMITTED, OUT_OF_REACH, NoWindowMeasures

SMALL_FILE = Path(__file__).parents[1] / "scenario" / "small.yaml"
SMALL = SMALL_FILE.read_text(encoding="utf-8")
SETTINGS = RunSettings(replications=100, threads=1)


def compared(tmp_path: Path, *changes: tuple[str, str]) -> Comparison:
    text = SMALL
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    place = tmp_path / "changed.yaml"
    place.write_text(text, encoding="utf-8")
    return compare(Study.of(load_scenario(str(place))), SETTINGS)


def entry(found: Comparison, policy: str, name: str) -> Idle | None:
    return next((one for one in found.policies[policy].idle if one.name == name), None)


@pytest.fixture(scope="module")
def shipped() -> Comparison:
    """The raid of which the reader's first question is why help changes so little."""
    policies = ("status-quo", "neighbours-drones-70km", "sky-shield")
    return compare(Study.ask("ukraine-2024-08-26", policies), RunSettings(replications=200))


def test_every_owner_and_system_that_never_fires_is_named(shipped: Comparison) -> None:
    for policy, result in shipped.policies.items():
        fired: dict[tuple[str, str], float] = {}
        for unit in shipped.compiled[policy].situation.units:
            key = unit.owner, unit.system
            fired[key] = fired.get(key, 0.0) + result.by_unit[unit.id].rounds.mean
        named = {(one.what, one.name, one.owner) for one in result.idle}
        for owner in {owner for owner, _ in fired}:
            total = sum(rounds for (whose, _), rounds in fired.items() if whose == owner)
            assert (("owner", owner, "") in named) == (total < SELDOM), (policy, owner)
        for (owner, system), rounds in fired.items():
            if not rounds:
                assert {("owner", owner, ""), ("system", system, owner)} & named, (policy, owner, system)


def test_every_decision_is_named_or_changes_who_arrives(shipped: Comparison) -> None:
    scenario = shipped.study.scenario
    for policy, result in shipped.policies.items():
        named = {one.name for one in result.idle if one.what == "decision"}
        for decision in scenario.policies[policy].decisions:
            left = tuple(one for one in scenario.policies[policy].decisions if one != decision)
            without = scenario.policies[policy].model_copy(update={"decisions": left})
            other = scenario.model_copy(
                update={
                    "policies": {"with": scenario.policies[policy], "without": without},
                    "baseline": "with",
                    "reported_under": "with",
                }
            )
            change = (
                compare(Study.of(other), RunSettings(replications=200), besides=False)
                .differences[0]
                .leakers.mean
            )
            assert decision in named or change != 0, (policy, decision)


def test_reasons_of_the_shipped_raid(shipped: Comparison) -> None:
    """Batteries at the border: forbidden, or without tracks, as things were; with the zone, others are first."""
    assert entry(shipped, "status-quo", "USA").why == "not_permitted"  # type: ignore[union-attr]
    assert "“NATO will not become part" in entry(shipped, "status-quo", "USA").says  # type: ignore[union-attr]
    assert entry(shipped, "status-quo", "ROU").why == "not_seen"  # type: ignore[union-attr]
    assert entry(shipped, "neighbours-drones-70km", "ROU").why == "out_of_reach"  # type: ignore[union-attr]
    assert any(one.why == "others_first" for result in shipped.policies.values() for one in result.idle)
    assert entry(shipped, "status-quo", "ukraine-consents").why == "nobody_concerned"  # type: ignore[union-attr]


def test_reasons_have_words_and_numbers(shipped: Comparison) -> None:
    for result in shipped.policies.values():
        document = result.to_dict()["idle"]
        assert len(document) == len(result.idle)
        for one in document:
            assert one["why"] in WHY
            assert one["says"].endswith(".")
            assert all(value >= 0 for value in one["numbers"].values())


def test_a_battery_without_a_target_is_said_to_have_none(tmp_path: Path) -> None:
    no_class = "    classes: [drone]\n    hold: {value: 8, kind: notional, note: Half of sixteen.}\n"
    found = compared(
        tmp_path,
        (no_class, "    classes: [drone, cruise]\n    engage: false\n"),
    )
    one = entry(found, "helped", "POL")
    assert one is not None
    assert one.why == "nothing_to_shoot_at"
    assert "patriot-waits" in one.says


def test_a_permission_that_is_forbidden_elsewhere_is_said_to_change_nothing(tmp_path: Path) -> None:
    """Without consent the permission covers nothing in Ukraine."""
    rule = "    holder: [UKR]\n    effect: may\n    action: consent\n"
    found = compared(tmp_path, (rule, rule.replace("effect: may\n", "effect: may-not\n")))
    one = entry(found, "helped", "POL")
    assert one is not None
    assert one.why == "not_permitted"


def test_a_far_away_battery_is_out_of_reach_or_unseen(tmp_path: Path) -> None:
    far = "hrubieszow: {name: Hrubieszów, lat: 50.8, lon: 23.9}"
    found = compared(tmp_path, (far, "hrubieszow: {name: Hrubieszów, lat: 53.8, lon: 15.9}"))
    assert entry(found, "alone", "POL").why == "not_seen"  # type: ignore[union-attr]
    one = entry(found, "helped", "POL")
    assert one is not None
    assert one.why == "out_of_reach"
    assert one.numbers["beyond_range_km"] > 100
    assert entry(found, "helped", "help-70km").why == "out_of_reach"  # type: ignore[union-attr]


def test_why_there_is_no_window_adds_up(tmp_path: Path, shipped: Comparison) -> None:
    for result in (*shipped.policies.values(), *compared(tmp_path).policies.values()):
        parts = result.measures[NO_WINDOW_WHY]
        together = parts[OUT_OF_REACH].mean + parts[NOT_PERMITTED].mean
        assert together == pytest.approx(result.leakers_because.no_window.mean)


def test_nobody_may_is_told_from_nobody_can() -> None:
    """With the Polish battery alone and no rule at all, what it reaches over Ukraine is not permitted."""
    study = Study.ask(str(SMALL_FILE), ("helped",))
    compiled = study.compile("helped")
    (battery,) = (unit for unit in compiled.situation.units if unit.owner == "POL")
    silent = {name: replace(how, clauses=()) for name, how in battery.engages.items()}
    for engages, some in ((battery.engages, False), (silent, True)):
        situation = replace(compiled.situation, units=(replace(battery, engages=engages),))
        found = opportunities(situation, study.atlas)
        raid = compile_raid(situation, found, {})
        one = replace(compiled, situation=situation, opportunities=found, raid=raid)
        measures = NoWindowMeasures.of(study, one)
        assert measures is not None
        free = tracked(situation, opportunities(situation, study.atlas, permission=False)).windows
        reached = len(set(free.threat.tolist()))
        windows = len({window.threat for window in raid.windows})
        assert measures.reachable.sum() == reached - windows
        assert (measures.reachable.sum() == reached > 0) == some
