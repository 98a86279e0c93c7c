"""What is kept of compiled policies changes no answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import skypact
from skypact.study.play import RunSettings
from skypact.study.ready import ready

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
HOW = {"central": True, "replications": 50}


def told(found: skypact.Comparison) -> list[dict[str, object]]:
    return list(found.rows())


def test_a_second_question_is_answered_alike_and_compiles_nothing() -> None:
    small = skypact.load(SMALL)
    first, second = (skypact.whatif(small, ["help-70km"], **HOW) for _ in range(2))
    assert told(first) == told(second)
    assert first.exposure == second.exposure
    assert first.compiled["what-if"].raid is second.compiled["what-if"].raid
    assert told(second) == told(skypact.whatif(skypact.load(SMALL), ["help-70km"], **HOW))


def test_few_replications_of_the_baseline_are_played_once_for_many_questions() -> None:
    small = skypact.load(SMALL)
    skypact.whatif(small, [], **HOW)
    first = skypact.whatif(small, ["help-70km"], **HOW)
    known = ready(small.study(("alone",)), "alone").player.remembered(RunSettings(50))
    assert known is not None
    assert known.played.estimates()["leakers",] == first.policies["alone"].leakers
    for how in ({"seed": 2}, {"replications": 51}, {"replications": 300}):
        found = skypact.whatif(small, ["help-70km"], **{**HOW, **how})
        assert told(found) == told(skypact.whatif(skypact.load(SMALL), ["help-70km"], **{**HOW, **how}))


def test_other_decisions_under_the_same_name_are_another_policy() -> None:
    small = skypact.load(SMALL)
    with_, without = (skypact.whatif(small, chosen, **HOW) for chosen in (["help-70km"], []))
    assert with_.compiled["what-if"].raid is not without.compiled["what-if"].raid
    assert with_.policies["what-if"].leakers.mean < without.policies["what-if"].leakers.mean


def test_a_scenario_that_was_changed_is_compiled_anew() -> None:
    small = skypact.load(SMALL)
    before = ready(small.study(("alone",)), "alone")
    assert ready(small.study(("alone", "helped")), "alone").compiled.raid is before.compiled.raid
    fewer = replace(small, data=small.data.model_copy(update={"laydown": small.data.laydown[1:]}))
    after = ready(fewer.study(("alone",)), "alone")
    assert len(after.compiled.raid.units) < len(before.compiled.raid.units)
