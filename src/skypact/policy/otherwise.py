"""The same scenario with what is given placed otherwise."""

from __future__ import annotations

from skypact.scenario.forces import Spread
from skypact.scenario.model import Scenario


def placed_otherwise(scenario: Scenario, over: tuple[str, ...]) -> Scenario:
    """The scenario in which all fire units that decisions hand over are spread over these assets."""
    spread = Spread(over=over)
    decisions = {
        name: decision.model_copy(
            update={"gives": tuple(gift.model_copy(update={"spread": spread}) for gift in decision.gives)}
        )
        for name, decision in scenario.decisions.items()
    }
    return scenario.model_copy(update={"decisions": decisions})


def giving(scenario: Scenario) -> tuple[str, ...]:
    """The policies under which fire units change hands."""
    return tuple(
        name
        for name, policy in scenario.policies.items()
        if any(scenario.decisions[one].gives for one in policy.decisions)
    )
