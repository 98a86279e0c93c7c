"""The scenario format as a JSON Schema."""

from __future__ import annotations

from typing import Any

from skypact.reading.publish import json_schema
from skypact.scenario.model import Scenario


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, which ``schema/scenario.schema.json`` publishes.

    Examples
    --------
    >>> scenario_schema()["properties"]["format"]["const"]
    'skypact-scenario/1'
    """
    return json_schema(Scenario, "Skypact scenario")
