"""x."""

from typing import Any


def render_campaign(document: Any, question: str) -> str:
    """X."""
    return ""
