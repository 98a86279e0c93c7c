"""Requests made from the published description, sound and unsound: none is answered with a fault of the server."""

from __future__ import annotations

from collections import Counter
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from skypact.app.api import ENDPOINTS
from tests.app.conftest import Client

LEAST = {"central": 100, "sets": 2, "replications": 3}
"""What is asked to be played is played less often."""
PLAYED = ("/api/whatif", "/api/compare", "/api/export")
EXAMPLES = 12


def test_no_request_is_answered_with_a_fault(client: Client) -> None:
    """Of each endpoint and of each way of making requests, twelve; half of those about a scenario are about one that is there."""
    seen: dict[str, Counter[int]] = {}
    for found in schemathesis.openapi.from_url(f"{client.address}api/openapi.json").get_all_operations():
        operation = found.ok()
        seen[operation.label] = Counter()
        for mode in (GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if operation.body else [])):
            _ask(operation, mode, seen[operation.label])
    assert set(seen) == {f"{one.method} {one.path}" for one in ENDPOINTS}
    whatif = seen["POST /api/whatif"]
    assert min(whatif[200], whatif[422]) > 0, whatif


def _ask(operation: Any, mode: GenerationMode, answers: Counter[int]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def asked(case: Any) -> None:
        _about_what_is_there(case.body, sum(answers.values()), operation.path in PLAYED)
        answer = case.call(timeout=60)
        answers[answer.status_code] += 1
        assert answer.status_code < 500, f"{operation.label}: {case.body!r}: {answer.text[:200]}"

    asked()


def _about_what_is_there(body: Any, number: int, plays: bool) -> None:
    """Every second request about a scenario or decisions is about some that are there, and little is played."""
    if not isinstance(body, dict):
        return
    for name, most in LEAST.items():
        if isinstance(body.get(name), int) and not isinstance(body[name], bool):
            body[name] = min(body[name], most)
    if isinstance(body.get("campaign"), str):
        body["campaign"] = "nobody"  # a campaign takes seconds, and is asked for elsewhere
    if number % 2 and "scenario" in body:
        body["scenario"] = "small"
        for name in ("text", "baseline", "policy"):
            body.pop(name, None)
        body.update({name: body.get(name, most) for name, most in LEAST.items()} if plays else {})
        if isinstance(body.get("decisions"), list):
            body["decisions"] = ["help-70km"][: len(body["decisions"])]
