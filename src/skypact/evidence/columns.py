"""The columns of the published file."""

from __future__ import annotations

NEEDED = (
    "time_start",
    "time_end",
    "model",
    "launch_place",
    "target",
    "launched",
    "destroyed",
    "not_reach_goal",
    "still_attacking",
    "border_crossing",
    "source",
)
"""Without one of these a file is not the record."""
FURTHER = (
    "target_main",
    "is_shahed",
    "num_hit_location",
    "num_fall_fragment_location",
    "carrier",
    "turbojet",
    "turbojet_destroyed",
    "affected region",
    "destroyed_details",
    "launched_details",
    "launch_place_details",
)
"""Columns that came later; a file from before may lack them."""
COUNTS = ("launched", "destroyed", "not_reach_goal", "still_attacking")
"""Whole numbers of weapons."""
BLANK = frozenset({"", "nan", "na", "n/a", "null", "none", "<na>"})
"""What stands where nothing is reported, in small letters."""


def is_blank(text: str) -> bool:
    """Whether a field says nothing."""
    return text.strip().lower() in BLANK
