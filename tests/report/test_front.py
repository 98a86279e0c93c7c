"""The first screen: the question, one sentence never stronger than the result, one picture, what weakens it."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

import pytest

from skypact.report.distributions import distributions
from skypact.report.front import front
from skypact.report.headline import headline
from skypact.report.recorded import recorded
from skypact.report.section import Figure
from skypact.report.sections import sections
from skypact.report.sections.spent import section as spent
from skypact.report.stock import systems_shown
from skypact.scenario.model import Observed
from tests.report.conftest import Case
from tests.report.reading import read_page

HOLDS = {"mean": -2.0, "p05": -3.0, "p95": -1.0, "central": -2.0}
SURE = {"share": 1.0, "low": 0.9434, "high": 1.0}
UNSURE = {"share": 0.6, "low": 0.48, "high": 0.71}


def with_changes(case: Case, **leakers: Any) -> Case:
    """The case with another difference, the same of every policy."""
    comparison = copy.deepcopy(case.comparison)
    for record in comparison["differences"]:
        record["leakers"] = leakers
    return replace(case, comparison=comparison)


def said(case: Case) -> str:
    found = headline(case.material)
    assert found is not None
    return found.sentence


def test_the_answer_is_one_sentence_with_its_range(case: Case) -> None:
    text = said(case)
    assert text.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", text), "one sentence"
    low, high = (
        case.comparison["policies"][case.scenario.baseline]["leakers"][end] for end in ("p05", "p95")
    )
    assert f"{low:.0f} to {high:.0f} of 12 threats arrive" in text


def test_a_claim_is_made_where_the_sign_holds_and_nowhere_else(case: Case) -> None:
    assert "fewer arrive" in said(with_changes(case, **HOLDS, same_sign=SURE))
    doubtful = said(with_changes(case, **{**HOLDS, "p95": 1.0}, same_sign=UNSURE))
    assert "cannot tell" in doubtful


def test_a_decision_that_another_forbids_is_said_to_be_overruled(case: Case) -> None:
    (record,) = case.comparison["differences"]
    policy = record["policy"]
    name = next(
        one
        for one in case.scenario.policies[policy].decisions
        if one not in case.scenario.policies[case.scenario.baseline].decisions
    )
    comparison = copy.deepcopy(case.comparison)
    idle = {"what": "decision", "name": name, "why": "not_permitted", "says": "“No” forbids it there."}
    comparison["policies"][policy]["idle"] = [idle, {**idle, "what": "owner"}]
    found = headline(replace(case, comparison=comparison).material)
    assert found is not None
    (first,) = [said for said in found.weakened if "overruled" in said]
    assert case.scenario.decisions[name].title in first
    assert first.endswith("“No” forbids it there.")
    idle["why"] = "out_of_reach"
    found = headline(replace(case, comparison=comparison).material)
    assert found is not None
    assert not any("overruled" in said for said in found.weakened)


def several(case: Case, *changes: dict[str, Any]) -> Case:
    """The case with a policy for each of these changes, all of them like the only other one."""
    comparison, scenario = copy.deepcopy(case.comparison), case.scenario
    (record,) = comparison["differences"]
    other = record["policy"]
    names = [f"other-{number}" for number in range(len(changes))]
    comparison["differences"] = [
        {**record, "policy": name, "leakers": change} for name, change in zip(names, changes, strict=True)
    ]
    comparison["policies"] |= {name: comparison["policies"][other] for name in names}
    policies = scenario.policies | {
        name: scenario.policies[other].model_copy(update={"title": name.capitalize()}) for name in names
    }
    return replace(case, comparison=comparison, scenario=scenario.model_copy(update={"policies": policies}))


def test_policies_of_which_the_same_may_be_said_stand_together(case: Case) -> None:
    more = {"mean": 2.0, "p05": 1.0, "p95": 3.0, "central": 2.0, "same_sign": SURE}
    unsure = {**HOLDS, "p95": 1.0, "same_sign": UNSURE}
    nothing = {"mean": 0.0, "p05": 0.0, "p95": 0.0, "same_sign": {"share": 0.0, "low": 0.0, "high": 0.06}}
    text = said(several(case, {**HOLDS, "same_sign": SURE}, more, unsure, unsure, nothing))
    assert (
        "fewer arrive under “Other-0” (1.0 to 3.0 fewer in nine draws of ten of the unknown numbers alone), in all 64 of 64 draws"
        " (up to 6 % of draws might still say otherwise)" in text
    )
    assert "more arrive under “Other-1” (1.0 to 3.0 more in nine draws of ten)" in text
    assert "cannot tell whether fewer or more arrive under “Other-2” or “Other-3”" in text
    assert "nothing changes under “Other-4”" in text
    few = {**HOLDS, "same_sign": {"share": 1.0, "low": 0.6, "high": 1.0}}
    assert "of “Other-0” and “Other-1” the model cannot tell from so few draws" in said(
        several(case, few, few)
    )
    assert "any of the 2 other policies" in said(several(case, unsure, unsure))


def test_of_a_small_difference_without_a_sign_it_is_said_how_small_it_is(case: Case) -> None:
    small = {"mean": -0.1, "p05": -0.31, "p95": 0.02, "central": -0.1, "same_sign": UNSURE}
    text = said(several(case, {**HOLDS, "same_sign": SURE}, small, {**small, "p05": -0.4}))
    assert (
        "“Other-1” and “Other-2” change less than one arrival in nine draws of ten (−0.4 to 0.0; which way the model cannot tell)"
        in text
    )


def test_many_policies_of_which_nothing_can_be_said_are_counted(case: Case) -> None:
    unsure = {**HOLDS, "p95": 1.0, "same_sign": UNSURE}
    text = said(several(case, {**HOLDS, "same_sign": SURE}, *[unsure] * 5))
    assert "whether fewer or more arrive under 5 others" in text


def test_what_weakens_a_claim_stands_with_it(case: Case) -> None:
    rests = [{"family": "p_kill", "share": 0.8, "notional": 1.0}]
    found = front(with_changes(case, **HOLDS, same_sign=SURE, rests_on=rests).material)
    assert found is not None
    assert any("notional" in one for one in found.weakened)
    assert "80 %" in found.notional
    assert "debris" in found.left_out


def test_a_policy_that_came_up_later_says_so(case: Case) -> None:
    """The day asked about is 26 August 2024."""

    def asked(**decision: str) -> str:
        decisions = {n: d.model_copy(update=decision) for n, d in case.scenario.decisions.items()}
        scenario = case.scenario.model_copy(update={"decisions": decisions})
        found = front(replace(case, scenario=scenario).material)
        assert found is not None
        return found.later

    assert asked() == asked(date="2024-08") == ""
    assert asked(date="2025-03-06").endswith(
        "asked as if in force then: “Poland helps” (proposed 6 March 2025)."
    )
    assert "(ours, dated March 2025)" in asked(date="2025-03", status="hypothetical")


def test_what_was_reported_is_marked_and_compared(case: Case) -> None:
    """Of 12 threats 5 are reported shot down: 7 were not, and that is what is marked."""
    source = next(iter(case.scenario.sources))
    report = Observed(what="killed", value=5, low=4, high=6, by="One side", sources=(source,))
    scenario = case.scenario.model_copy(update={"observed": (report,)})
    simulated = {"mean": 10.0, "p05": 9.0, "p95": 11.0}
    entry = {
        **report.model_dump(mode="json"),
        "simulated": simulated,
        "place": {"low": 0.02, "high": 0.03},
    }
    one = replace(case, scenario=scenario, comparison={**case.comparison, "reported": [entry]})
    (found,) = recorded(one.material)
    assert (found.value, found.low, found.high) == (7.0, 6.0, 8.0)
    assert "1 to 3 arrive or fail" in found.beside
    assert "lies above" in found.beside
    # 2 % of the simulated counts of kills are below the report: there more arrive or fail than were reported.
    assert "2.0 % of the results have more" in found.beside
    assert "the simulated defence is stronger than by this report" in found.beside
    assert "At most 7 arrived" in str(distributions(one.material))
    assert any("One side" in text for text in front(one.material).record)  # type: ignore[union-attr]


def test_the_axis_of_arrivals_begins_at_zero(case: Case) -> None:
    drawn = str(distributions(case.material))
    for svg in re.findall(r"<svg .*?</svg>", drawn, re.S):
        texts = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
        ticks = [float(text) for text in texts if re.fullmatch(r"[−-]?[\d.]+", text)]
        assert min(ticks) == 0


def test_sections_are_folded_and_come_in_the_order_of_questions(case: Case, page: str) -> None:
    tree = read_page(page)
    assert not [one for one in tree.all("details") if "open" in one.attributes]
    ids = [one.id for one in sections(case.material)]
    wanted = [
        "answer",
        "paired",
        "arrive",
        "idle-section",
        "spent",
        "exposed",
        "record",
        "maps",
        "rests-on",
        "left-out",
    ]
    assert [name for name in ids if name in wanted] == wanted
    assert ids[-1] == "sources"


def test_what_runs_out_is_drawn_for_each_policy(case: Case) -> None:
    found = spent(case.material)
    assert found is not None
    figures = [block for block in found.blocks if isinstance(block, Figure)]
    assert [bool(one.folded) for one in figures] == [False, *[True] * (len(case.material.policies) - 1)]
    assert all("% of what it had" in one.caption and "128 replications" in one.note for one in figures)
    assert 0 < len(systems_shown(case.material)) <= 9


@pytest.mark.parametrize("what", ["owner", "system"])
def test_what_changes_nothing_is_listed_with_its_reason(case: Case, what: str, page: str) -> None:
    tree = read_page(page)
    table = next(one for one in tree.all("table") if one.attributes["id"] == "idle")
    rows = [line.text for line in table.all("tr")]
    reason = {"owner": "Others were first", "system": "Nothing to shoot at"}[what]
    assert any(what in text and reason in text for text in rows)
    assert any("every policy" in text for text in rows)


def test_classes_have_colours_that_nothing_else_has(page: str) -> None:
    """What a colour means in one picture it means in all: c1 to c5 are for classes alone."""
    tree = read_page(page)
    for figure in tree.all("figure"):
        caption = next(figure.all("figcaption")).text
        used = {
            value
            for one in figure.all()
            for value in one.attributes.values()
            if re.fullmatch(r"var\(--c[1-5]\)", value)
        }
        assert not used or caption.startswith("The raid, and the defence"), caption
