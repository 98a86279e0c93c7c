"""Why a threat leaked."""

from __future__ import annotations

REASONS = ("", "missed", "no_window", "unavailable", "unseen", "unacquired", "blocked")
"""The names behind `Outcomes.reason`: the first stands where a threat did not leak."""

MISSED, NO_WINDOW, UNAVAILABLE, UNSEEN, UNACQUIRED, BLOCKED = range(1, 7)
