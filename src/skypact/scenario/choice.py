"""A policy made of any decisions of a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from skypact.reading import Problem, Problems, suggest
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Policy

NAME = "what-if"
"""What such a policy is called, where the scenario has no policy of that name."""


def with_decisions(
    scenario: Scenario, decisions: Iterable[str], name: str = NAME, title: str | None = None
) -> Scenario:
    """The scenario with one more policy: these decisions in force, and no other.

    Decisions of the baseline that are left out do not hold: what they would have brought or forbidden is not
    there.  Whether the decisions contradict each other is not looked at (`skypact.scenario.check_choice`).

    Parameters
    ----------
    decisions
        Names; their order does not matter.
    name
        Of the policy.
    title
        What it is called where no policy of the scenario has these decisions; None: what it differs in from the baseline.

    Raises
    ------
    Problems
        If a decision is unknown or named twice.
    """
    chosen = tuple(decisions)
    problems = [
        Problem("decisions", 0, 0, one, "unknown decision", suggest(one, scenario.decisions))
        for one in chosen
        if one not in scenario.decisions
    ]
    problems += [
        Problem("decisions", 0, 0, one, "named twice", "name each decision once")
        for one in dict.fromkeys(chosen)
        if chosen.count(one) > 1
    ]
    if problems:
        raise Problems(problems)
    return with_policies(scenario, {name: chosen}, title)


def with_policies(
    scenario: Scenario, sets: Mapping[str, Sequence[str]], title: str | None = None
) -> Scenario:
    """The scenario with more policies, each by name the decisions in force."""
    added = {
        name: Policy(
            title=_title(scenario, decisions, title), summary=_summary(decisions), decisions=tuple(decisions)
        )
        for name, decisions in sets.items()
    }
    return scenario.model_copy(update={"policies": {**scenario.policies, **added}})


def free_name(scenario: Scenario) -> str:
    """A name for such a policy that the scenario does not have yet.

    Examples
    --------
    >>> from skypact.scenario.load import load_scenario
    >>> free_name(load_scenario("ukraine-2024-08-26"))
    'what-if'
    """
    name, number = NAME, 1
    while name in scenario.policies:
        number += 1
        name = f"{NAME}-{number}"
    return name


def _title(scenario: Scenario, decisions: Sequence[str], otherwise: str | None) -> str:
    """The name of a policy with the same decisions; else what it differs in from the baseline."""
    chosen = set(decisions)
    for policy in scenario.policies.values():
        if set(policy.decisions) == chosen:
            return policy.title
    if otherwise is not None:
        return otherwise
    usual = scenario.policies[scenario.baseline].decisions
    with_, without = [d for d in decisions if d not in usual], [d for d in usual if d not in chosen]
    said = [f"with {', '.join(with_)}" if with_ else "", f"without {', '.join(without)}" if without else ""]
    return f"What if: {', '.join(filter(None, said))}"


def _summary(decisions: Sequence[str]) -> str:
    return f"In force: {', '.join(decisions)}." if decisions else "No decision is in force, only the rules."
