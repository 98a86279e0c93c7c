"""Decisions that were split so that they can be told apart still mean together what they meant as one."""

from __future__ import annotations

import pytest

from skypact.scenario.load import load_scenario
from skypact.scenario.model import Scenario
from skypact.study import Study

UKRAINE, ISRAEL = "ukraine-2024-08-26", "israel-2024-04-13"
PARTS = {
    UKRAINE: (
        ("zone-70km-drones", "zone-70km-drones-tracks-out", "zone-70km-drones-tracks-in"),
        ("zone-70km-all", "zone-70km-all-tracks-out", "zone-70km-all-tracks-in"),
        ("sky-shield", "sky-shield-picture", "sky-shield-tracks"),
        ("joint-as-over-israel", "joint-picture", "joint-tracks"),
        ("give-instead-usa", "give-instead-rou", "give-instead-fra"),
        ("israel-like-lower-layer", "israel-like-middle-layer", "israel-like-upper-layer"),
    ),
    ISRAEL: (
        ("usa-coordination", "usa-coordination-picture"),
        ("no-forward-israel", "no-forward-americans", "no-forward-partners"),
    ),
}
"""What was one decision."""
LISTS = ("adds", "lifts", "laydown", "sensors", "withdraws", "gives", "doctrine")


def bundled(scenario: Scenario) -> Scenario:
    """The scenario with each bundle as one decision again, named as its first part."""
    decisions, policies = dict(scenario.decisions), dict(scenario.policies)
    for names in PARTS[scenario.id]:
        first = decisions[names[0]]
        together = {name: sum((getattr(decisions[part], name) for part in names), ()) for name in LISTS}
        for part in names[1:]:
            del decisions[part]
        decisions[names[0]] = first.model_copy(update=together)
        for name, policy in policies.items():
            kept = tuple(one for one in policy.decisions if one not in names[1:])
            policies[name] = policy.model_copy(update={"decisions": kept})
    return scenario.model_copy(update={"decisions": decisions, "policies": policies})


@pytest.mark.parametrize("name", PARTS)
def test_a_policy_of_parts_is_the_policy_of_the_bundle(name: str) -> None:
    scenario = load_scenario(name)
    parts, whole = Study.of(scenario), Study.of(bundled(scenario))
    for policy in scenario.policies:
        assert parts.compile(policy).raid == whole.compile(policy).raid, policy


@pytest.mark.parametrize("name", PARTS)
def test_parts_have_one_date_and_stand_together(name: str) -> None:
    scenario = load_scenario(name)
    for names in PARTS[name]:
        parts = [scenario.decisions[part] for part in names]
        assert len({part.date for part in parts}) == 1
        for policy in scenario.policies.values():
            assert len(set(names) & set(policy.decisions)) in (0, len(names))
