"""A small scenario with everything that a report can show, and its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skypact.catalog import Catalog, load_catalog
from skypact.policy import Situation
from skypact.report import render_report
from skypact.report.material import Material
from skypact.scenario.load import load_scenario
from skypact.scenario.model import Chosen, Observed, Scenario, Statement
from tests.report.sample import comparison_of, landscapes_of, situations_of

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> & "quotes" {{ 7*7 }}'


@dataclass(frozen=True)
class Case:
    """What a report is made of."""

    scenario: Scenario
    catalog: Catalog
    comparison: dict[str, Any]
    situations: dict[str, Situation]

    @property
    def landscapes(self) -> dict[str, Any]:
        return landscapes_of(self.scenario)

    @property
    def material(self) -> Material:
        return Material(self.scenario, self.catalog, self.comparison, self.situations, self.landscapes)

    def page(self) -> str:
        return render_report(self.material)


def full(scenario: Scenario) -> Scenario:
    """The small scenario with statements, contested reports and a value chosen after the fact."""
    source = next(iter(scenario.sources))
    sources = {
        **scenario.sources,
        "agency": scenario.sources[source].model_copy(
            update={"publisher": "The Agency", "note": "State agency of one side."}
        ),
        "odd": scenario.sources[source].model_copy(update={"url": "javascript:alert(1)"}),
        "web": scenario.sources[source].model_copy(update={"url": "https://example.org/a?b=1&c=2"}),
    }
    killed = {"what": "killed", "classes": ("drone",), "contested": True}
    return scenario.model_copy(
        update={
            "sources": sources,
            "observed": (
                Observed(what="launched", classes=("drone",), value=8, by="One side", sources=("agency",)),
                Observed(**killed, value=6, low=5, high=7, by="One side", sources=("agency",)),
                Observed(**killed, value=1, by="The other side", note="In a speech.", sources=("web",)),
            ),
            "chosen": (
                Chosen(
                    field="patriot.hold",
                    before="0",
                    after="8",
                    result_before="5 arrive",
                    result_after="4 arrive",
                    why="The magazine was empty.",
                ),
            ),
            "statements": (
                Statement(actor="UKR", date="2024-08", kind="request", text="Please help.", sources=("web",)),
                Statement(
                    actor="POL",
                    to="UKR",
                    date="2024-09",
                    kind="refusal",
                    text="That is for NATO.",
                    sources=("agency",),
                ),
            ),
            "notional": ("Where units stand.",),
        }
    )


def case_of(scenario: Scenario) -> Case:
    catalog = load_catalog()
    situations = situations_of(scenario, catalog)
    return Case(scenario, catalog, comparison_of(scenario, situations), situations)


@pytest.fixture(scope="session")
def case() -> Case:
    return case_of(full(load_scenario(SMALL)))


@pytest.fixture(scope="session")
def page(case: Case) -> str:
    return case.page()


@pytest.fixture(scope="session")
def hostile_page() -> str:
    """The page of a scenario whose every text tries to become markup."""
    scenario = full(load_scenario(SMALL))
    policies = {
        name: policy.model_copy(update={"title": HOSTILE, "summary": HOSTILE})
        for name, policy in scenario.policies.items()
    }
    actors = {name: a.model_copy(update={"name": HOSTILE}) for name, a in scenario.actors.items()}
    places = {name: p.model_copy(update={"name": HOSTILE}) for name, p in scenario.places.items()}
    statements = tuple(s.model_copy(update={"text": HOSTILE, "to": HOSTILE}) for s in scenario.statements)
    observed = tuple(o.model_copy(update={"by": HOSTILE, "note": HOSTILE}) for o in scenario.observed)
    sources = {
        name: s.model_copy(update={"title": HOSTILE, "publisher": HOSTILE, "note": HOSTILE})
        for name, s in scenario.sources.items()
    }
    changed = scenario.model_copy(
        update={
            "title": HOSTILE,
            "summary": HOSTILE,
            "policies": policies,
            "actors": actors,
            "places": places,
            "statements": statements,
            "observed": observed,
            "sources": sources,
            "notional": (HOSTILE,),
        }
    )
    return case_of(changed).page()
