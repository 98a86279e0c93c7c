"""What one side's claims cannot tell, and what follows for a result that rests on them."""

from __future__ import annotations

from skypact.report.table import Column, Table, row

_ROWS = (
    (
        "Decoys among the drones",
        "Counted as launched, and as destroyed.",
        "Every drone counts alike; how many of those stopped had a warhead is not told.",
    ),
    (
        "Shot down, jammed or crashed",
        "“Did not reach” is reported since July 2024, and not by every report. Before, they are in another number, or in none.",
        "What guns, missiles and jamming each stop is not told apart; they share what is learned.",
    ),
    (
        "True launches",
        "Counted is what was seen. What failed at the start is missing.",
        "Shares are of what was seen; reliability of what comes is told only from there on.",
    ),
    (
        "Who fired",
        "Nowhere.",
        "Systems are told apart only by where they stood and at which classes they can shoot.",
    ),
    (
        "Shots for a kill",
        "Nowhere. A share destroyed is the outcome of all of a night's defence.",
        "Rounds and cost are narrowed by nothing but who gets through.",
    ),
    (
        "What was defended, what was hit",
        "Nowhere. Of those that get through, some miss and some are aimed at nothing.",
        "Arrivals are no damage; where units stood is taken from the laydown, with its ranges.",
    ),
    (
        "Whether claims are true",
        "One side's claims, not verified by others.",
        "Taken as told, unless a calibration lets them be too high (--overclaimed).",
    ),
)


def not_known() -> Table:
    """What one side's claims cannot tell."""
    columns = (Column("Not known"), Column("In the record"), Column("So, in the result"))
    return Table(
        "not-known",
        "What one side's claims cannot tell",
        columns,
        tuple(row(*one) for one in _ROWS),
    )
