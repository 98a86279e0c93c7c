"""The table of actions: complete, about fields that rules have, and with a sentence for every rule."""

from __future__ import annotations

from typing import get_args

import pytest

from skypact.policy.describe import Names, rule_words
from skypact.reading import read_document
from skypact.scenario.actions import ACTIONS, Action
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Rule
from skypact.scenario.scope import NAMED, Subject
from tests.scenario.malformed import SMALL


def test_every_action_has_its_entry() -> None:
    assert set(ACTIONS) == set(get_args(Action))
    for terms in ACTIONS.values():
        assert set(terms.fields) <= set(Rule.model_fields)
        assert terms.consent is None or terms.consent in ACTIONS
        assert bool(terms.aim) == ("over" in terms.fields)
        assert not terms.needs_other or "to" in terms.fields


def test_what_narrows_a_rule_is_a_part_of_the_subject() -> None:
    assert set(NAMED.values()) <= set(Subject.__dataclass_fields__)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_rule_has_a_sentence(action: Action) -> None:
    scenario = Scenario.model_validate(read_document(SMALL).data)
    names = Names(scenario, None)  # type: ignore[arg-type]
    made = Rule(id="r", holder=("POL",), effect="may", action=action, to=("UKR",), sources=("proposal",))
    allowed = rule_words(names, made)
    forbidden = rule_words(names, made.model_copy(update={"effect": "may-not"}))
    assert allowed.startswith("Poland ")
    assert "{" not in allowed + forbidden
    turned = {" not": "", "does let": "lets", "does consent": "consents", "anything": "all classes"}
    for said, meant in turned.items():
        forbidden = forbidden.replace(said, meant)
    assert forbidden == allowed
