"""The campaign format as a JSON Schema."""

from __future__ import annotations

from typing import Any

from skypact.campaigns.model import Campaign
from skypact.reading.publish import json_schema


def campaign_schema() -> dict[str, Any]:
    """The JSON Schema of a campaign file, which ``schema/campaign.schema.json`` publishes.

    Examples
    --------
    >>> campaign_schema()["properties"]["format"]["const"]
    'skypact-campaign/1'
    """
    return json_schema(Campaign, "Skypact campaign")
