"""Any set of decisions as a policy: what it means, and what is said where decisions contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import skypact
from skypact.study import Study

UKRAINE = "ukraine-2024-08-26"
SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
HOW = {"central": True, "replications": 40}


def test_the_decisions_of_a_policy_make_that_policy() -> None:
    scenario = skypact.load(UKRAINE)
    policy = scenario.data.policies["give-instead"]
    more = scenario.with_decisions(reversed(policy.decisions))
    study = Study.of(more.data)
    assert study.compile("what-if").raid.units == study.compile("give-instead").raid.units
    assert study.compile("what-if").raid.windows == study.compile("give-instead").raid.windows
    assert more.data.policies["what-if"].title == policy.title
    assert more != scenario
    assert scenario.added == {}


def test_the_decisions_of_the_baseline_change_nothing_however_many_sets_are_drawn() -> None:
    """With more sets than those in which decisions are played one by one there is no decision to share a difference among."""
    small = skypact.load(SMALL)
    found = skypact.whatif(small, small.data.policies[small.baseline].decisions, sets=10, replications=2)
    change = found.differences[0].leakers
    assert (change.mean, change.p05, change.p95) == (0, 0, 0)


def test_a_decision_that_is_left_out_is_lifted() -> None:
    found = skypact.whatif(SMALL, [], baseline="helped", **HOW)
    (difference,) = found.differences
    usual = skypact.compare(SMALL, ["helped", "alone"], baseline="helped", **HOW)
    assert difference.leakers == usual.differences[0].leakers
    assert list(found.policies) == ["helped", "what-if"]
    assert found.of.data.policies["what-if"].title == "Ukraine alone"


def test_an_unknown_decision_gets_the_nearest_name() -> None:
    with pytest.raises(skypact.Problems) as raised:
        skypact.whatif(UKRAINE, ["ukraine-consents", "zone-70km-al", "ukraine-consents"])
    said = [str(problem) for problem in raised.value.problems]
    assert any("zone-70km-all" in line and "unknown decision" in line for line in said)
    assert any("named twice" in line for line in said)


CONTRADICTING = """
  refuse:
    actor: POL
    date: "2024-05-11"
    status: hypothetical
    title: Poland forbids it on the same day
    sources: [proposal]
    adds:
      - id: no-drones-70km
        holder: [POL]
        effect: may-not
        action: engage
        classes: [drone]
        stand: {inside: [POL]}
        over:
          - inside: [UKR]
            within: [{of: [POL], km: {value: 70, kind: reported, sources: [proposal]}}]
        sources: [proposal]

policies:
  refused: {title: Refused, summary: Poland refuses., decisions: [refuse]}
"""


def test_decisions_that_contradict_each_other_are_named_with_their_lines() -> None:
    text = SMALL.read_text(encoding="utf-8").replace("\npolicies:\n", CONTRADICTING, 1)
    scenario = skypact.load(text)
    with pytest.raises(skypact.Problems) as raised:
        skypact.whatif(scenario, ["help-70km", "refuse"])
    (problem,) = raised.value.problems
    assert "contradict each other" in problem.what
    assert "drones-70km" in problem.what
    assert text.splitlines()[problem.line - 1].strip() == "effect: may-not"
    assert skypact.whatif(scenario, ["refuse"], **HOW).differences


def test_its_report_can_be_made_again(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    path = skypact.whatif(SMALL, ["help-70km"], **HOW).report(tmp_path / "r.html")
    again = skypact.rerun(path)
    assert again.agrees
    assert list(again.comparison.policies) == ["alone", "what-if"]
