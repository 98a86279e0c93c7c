"""Small campaigns: three nights of December 2024, with stocks of one's choice."""

from __future__ import annotations

from typing import Any

import yaml

from skypact.campaigns.load import ask
from skypact.campaigns.setup import CampaignStudy

NIGHTS = ("2024-12-02", "2024-12-03", "2024-12-04")
SYSTEMS = (
    *(
        "patriot-pac-2-gem-t",
        "patriot-pac-3-mse",
        "samp-t",
        "iris-t-slm",
        "nasams",
        "hawk",
        "s-300ps",
        "buk-m1",
    ),
    *("gepard", "mobile-fire-group", "f-16-ukraine", "mig-29-ukraine", "su-27-ukraine"),
)
"""Everything of Ukraine's that fires rounds."""


def number(value: float) -> dict[str, Any]:
    return {"value": value, "kind": "notional", "note": "made for a test"}


def delivery(name: str, rounds: float, arrives: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "from": "USA",
        "to": "UKR",
        "munition": "nasams",
        "rounds": number(rounds),
        "arrives": arrives,
        "kind": "notional",
        "note": "made for a test",
        **more,
    }


def data(
    opening: float = 60, nights: tuple[str, str] = (NIGHTS[0], NIGHTS[-1]), **ledger: Any
) -> dict[str, Any]:
    """A campaign as plain data; every system has a stock of its own name."""
    return {
        "format": "skypact-campaign/1",
        "kind": "campaign",
        "id": "three-nights",
        "title": "Three nights",
        "from": nights[0],
        "until": nights[1],
        "summary": "Three nights.",
        "question": "What is left?",
        "base": "ukraine-2024-08-26",
        "laydown": "ukraine",
        "nights": {"record": "ukraine-to-2025-06"},
        "ledger": {
            "munitions": {name: {"name": name, "systems": [name]} for name in SYSTEMS},
            "stocks": [{"owner": "UKR", "munition": name, "opening": number(opening)} for name in SYSTEMS],
            **ledger,
        },
        "decisions": {
            "alone": {
                "actor": "NATO",
                "date": "2024-07-14",
                "status": "hypothetical",
                "title": "Alone",
                "note": "made for a test",
                "enacts": ["ukraine-consents", "nato-refuses"],
            }
        },
        "policies": {"alone": {"title": "Alone", "summary": "Alone.", "decisions": ["alone"]}},
        "baseline": "alone",
    }


def study(given: dict[str, Any]) -> CampaignStudy:
    return ask(text(given))


def text(given: dict[str, Any]) -> str:
    return yaml.safe_dump(given, sort_keys=False, allow_unicode=True)
