"""A report of a comparison with a calibration says what it rests on, and has the answer before and after."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from skypact.report import render_report
from skypact.report.answer import headlines
from skypact.report.headline import headline
from skypact.report.material import Material
from skypact.report.tables import calibration
from tests.report.conftest import Case
from tests.study.calibration.test_file import made


def material_of(case: Case, overclaimed: bool = False) -> Material:
    """The case with a calibration; before it twice as many arrived."""
    found = made()
    if overclaimed:
        told = replace(found.sample, levels=np.zeros(2))
        found = replace(found, overclaimed={"drone": 0.5}, as_told=told)
    document = deepcopy(case.comparison)
    before = {
        "policies": {name: {"leakers": one["leakers"]} for name, one in document["policies"].items()},
        "differences": {one["policy"]: {"leakers": one["leakers"]} for one in document["differences"]},
    }
    document["calibrated"] = {
        **found.to_dict(),
        "effective_sets": 1.5,
        "changed": ["scenario"],
        "before": before,
        "answer_as_told": before if overclaimed else None,
    }
    return replace(case.material, comparison=document)


def test_the_first_sentences_say_what_it_rests_on(case: Case) -> None:
    said = "narrowed by one recorded night, 2024-01-13: one side's claims"
    found = material_of(case)
    assert said in headlines(found)[0]
    first = headline(found)
    assert first is not None
    assert said in first.sentence
    plain = headline(case.material)
    assert plain is not None
    assert "narrowed" not in plain.sentence


def test_the_page_has_before_and_after_the_record_and_what_changed_since(case: Case) -> None:
    page = render_report(material_of(case))
    for one in (
        'id="calibration"',
        "Before and after calibration",
        "What the record says about each family",
        "The record and what sets give",
        "the scenario was another one: calibrate anew",
    ):
        assert one in page
    assert 'id="calibration"' not in case.page()


def test_with_claims_too_high_the_answer_as_told_stands_beside(case: Case) -> None:
    found = material_of(case, overclaimed=True)
    answers = calibration.before_and_after(found)
    assert answers is not None
    assert [one.head for one in answers.columns if one.head.startswith("Arrive")] == [
        "Arrive, before",
        "Arrive, after",
        "Arrive, after, claims as told",
    ]
    assert any("up to 50 % of drones" in line for line in calibration.lines(found.calibrated or {}))
    assert "Moved, claims as told" in {
        one.head for one in calibration.families(found.calibrated or {}).columns
    }


@pytest.mark.parametrize(("name", "said"), [("emulator", "2.0 times as far"), ("unmatched", "No set agrees")])
def test_what_is_wrong_with_it_is_said(case: Case, name: str, said: str) -> None:
    document = {**(material_of(case).calibrated or {})}
    document[name] = 2.0 if name == "emulator" else [["2024-01-13", "drone"]]
    assert any(said in line for line in calibration.lines(document))
