"""Which numbers are like one another: whoever is wrong about one is likely wrong about the others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BY_FIELD: Mapping[str, str] = MappingProxyType(
    {
        "p_kill": "kill probability",
        "p_detect": "detection",
        "p_acquire": "acquisition",
        "rcs_m2": "detection",
        "reliability": "reliability",
        "count": "stock",
        "quantity": "stock",
        "reserve": "stock",
        "ready": "stock",
        "channels": "stock",
        "max_range_km": "reach",
        "range_km": "reach",
        "reach_km": "reach",
        "radius_km": "placement",
        "scatter_km": "placement",
        "from_range_km": "doctrine",
        "reaction_s": "delays",
        "assess_s": "delays",
        "reload_s": "delays",
        "recover_s": "delays",
        "altitude_m": "flight",
        "speed_m_s": "flight",
    }
)
"""The family by the last part of a number's name."""


def family_of(name: str) -> str | None:
    """The family of a number by its name; None for one that has none and is drawn by itself.

    Examples
    --------
    >>> family_of("effectors.hawk.against.cruise.p_kill"), family_of("effectors.hawk.cost_usd")
    ('kill probability', None)
    """
    return BY_FIELD.get(name.rsplit(".", 1)[-1])
