"""Scenarios: loading and checking them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from skypact.reading import Problem, Problems, read_text
from skypact.scenario import model
from skypact.scenario.check import MAX_BYTES, examine_text
from skypact.scenario.check_choice import check_choice
from skypact.scenario.choice import free_name, with_decisions
from skypact.scenario.load import find_scenario
from skypact.study.check import check_text
from skypact.study.setup import Study

UNNAMED = "scenario"
"""What a text without a file is called in problems."""


@dataclass(frozen=True)
class Scenario:
    """A scenario without errors, ready to be asked.

    Attributes
    ----------
    name
        How it was asked for: a shipped name, a path, or ``scenario`` for a text.
    text
        The YAML text.
    data
        The scenario as typed values.
    added
        Policies that do not stand in the text: by name the decisions of which they were made.

    Examples
    --------
    >>> import skypact
    >>> scenario = skypact.load("ukraine-2024-08-26")
    >>> scenario.baseline, len(scenario.policies) > 3
    ('status-quo', True)
    """

    name: str
    text: str = field(repr=False)
    data: model.Scenario = field(repr=False, compare=False)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """Its id."""
        return self.data.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.data.title

    @property
    def policies(self) -> tuple[str, ...]:
        """The names of its policies."""
        return tuple(self.data.policies)

    @property
    def baseline(self) -> str:
        """The policy that others are compared with."""
        return self.data.baseline

    def study(
        self, policies: tuple[str, ...] | None = None, baseline: str | None = None, alone: bool = False
    ) -> Study:
        """The study of some of its policies; `alone`: of the baseline, unless policies are named.

        Raises
        ------
        skypact.Problems
            If a policy is unknown or named twice.
        """
        return Study.of(self.data, policies, alone, baseline, asked=self.name)

    def with_decisions(
        self, decisions: Iterable[str], name: str | None = None, title: str | None = None
    ) -> Scenario:
        """The scenario with one more policy: these decisions in force, and no other.

        Parameters
        ----------
        decisions
            Names, in any order; a decision of the baseline that is left out is lifted.
        name
            Of the policy; None: ``what-if``.
        title
            What it is called, unless a policy of the scenario has the same decisions: then as that one. None: what it
            differs in from the baseline.

        Raises
        ------
        skypact.Problems
            If a decision is unknown or named twice, or if some contradict each other.

        Examples
        --------
        >>> import skypact
        >>> more = skypact.load("ukraine-2024-08-26").with_decisions(["ukraine-consents", "zone-70km-all"])
        >>> more.policies[-1]
        'what-if'
        """
        chosen, name = tuple(decisions), name or free_name(self.data)
        data = with_decisions(self.data, chosen, name, title)
        wrong = check_choice(self.text, self.name, chosen)
        if wrong:
            raise Problems(wrong)
        return replace(self, data=data, added={**self.added, name: chosen})

    def __repr__(self) -> str:
        return f"<Scenario {self.id}: {self.title}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{escape(policy.title)}"
            f"{' (baseline)' if name == self.baseline else ''}</td></tr>"
            for name, policy in self.data.policies.items()
        )
        return (
            f"<p><b>{escape(self.title)}</b><br>{escape(self.data.summary.strip())}</p><table>{rows}</table>"
        )


def load(scenario: str | Path | Scenario) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    scenario
        A shipped name, the path of a file, or YAML text (which has a line break).

    Raises
    ------
    skypact.Problems
        With every error of the file, or the nearest names where there is no such scenario.
    """
    if isinstance(scenario, Scenario):
        return scenario
    name, text, file = _text_of(scenario)
    examined = examine_text(text, file)
    if examined.scenario is None or examined.errors:
        raise Problems(examined.errors)
    return Scenario(name, text, examined.scenario)


def check(scenario: str | Path | Scenario) -> tuple[Problem, ...]:
    """Everything that is wrong with a scenario: errors and warnings, sorted by place.

    Parameters
    ----------
    scenario
        As for `load`.

    Returns
    -------
    tuple of Problem
        Empty where nothing is wrong. Whatever the file holds, no exception is raised.

    Examples
    --------
    >>> import skypact
    >>> print(skypact.check("format: skypact-scenario/1\\n")[0])
    scenario:1:1: actors: missing (add actors)
    """
    if isinstance(scenario, Scenario):
        return check_text(scenario.text, scenario.name)
    try:
        _, text, file = _text_of(scenario)
    except Problems as bad:
        return bad.problems
    from skypact.campaigns.check import examine_text as examine_campaign
    from skypact.campaigns.check import is_campaign

    if is_campaign(text):
        return examine_campaign(text, file, Path(file).parent).problems
    return check_text(text, file)


def _text_of(scenario: str | Path) -> tuple[str, str, str]:
    """What it is called, its text, and the file that problems name."""
    if isinstance(scenario, str) and "\n" in scenario:
        return UNNAMED, scenario, UNNAMED
    path = find_scenario(scenario)
    return str(scenario), read_text(path, MAX_BYTES), str(path)
