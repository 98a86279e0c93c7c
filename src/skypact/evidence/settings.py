"""The settings of the forecasts, and how they were chosen.

They were chosen by the scores of forecasts for the twelve months July 2023 to June 2024, each made from what lay
before its origin, and fixed before any forecast for July 2024 or later was scored.  docs/evidence-forecast.md has what
was tried, what it scored, and what of the forecasts' form was changed after that year had been looked at.  What "did
not reach" could not be tried so, for the record has none before July 2024: its settings are those of Shaheds, without
what is peculiar to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from skypact.evidence.filter import Variants

_MOTION = Variants(walks=(0.03, 0.06, 0.12), jumps=(0.0, 0.003))
SHAHED = replace(
    _MOTION, growth=(0.2, 0.4, 0.6), sizes=(-0.15, 0.0, 0.15), sure=(0.0, 0.1, 0.2), level=(1.5, 1.5)
)
FLYING = Variants(
    growth=(0.2, 0.4, 0.6),
    sizes=(-0.25, 0.0, 0.25),
    sure=(0.0, 0.1),
    walks=(0.0, 0.03, 0.09),
    jumps=(0.0, 0.003),
    level=(1.0, 1.5),
    spread=(1.6, 1.1),
)
"""Missiles that fly like aircraft: cruise and air-launched guided missiles, mostly stopped."""
FAST = replace(FLYING, sizes=(0.0,), aims=(0.0, 1.5, 3.0), sure=(0.0,), level=(-2.0, 2.0), spread=(1.3, 1.0))
"""Ballistic and other fast missiles, rarely stopped, oftener where Patriot stands: about the capital."""
SHARE = replace(_MOTION, growth=(0.2, 0.4, 0.6), level=(0.0, 1.5), spread=(1.3, 1.1))
"""One of destroyed, not reached and through as a share of two or three of them."""
FORGETS = 15.0
"""Days in which a report fades to 1/e for a likelihood that forgets."""
REPORTED_DAYS = 30.0
"""In how many days what is known of "did not reach" being given at all fades to 1/e."""
FADED = 12.0
"""After how many such times a report is left out."""
SIZES = 2.0
"""By what factor numbers launched may differ for a report to tell whether another says it: of a small raid nothing
may be left that could be lost, of a large one rarely."""


@dataclass(frozen=True)
class Member:
    """One learner of a pool.

    Attributes
    ----------
    variants
        Its variants.
    classes
        The strike classes whose reports it learns from.
    forgets
        Days in which a report fades to 1/e, for a likelihood that forgets; None: a filter.
    weight
        Its weight in the pool.
    """

    variants: Variants
    classes: tuple[str, ...]
    forgets: float | None = None
    weight: float = 1.0


LIKE: tuple[str, ...] = ("ballistic", "kinzhal", "s300", "supersonic", "antirad")
"""Classes so scarce, and so alike, that what is learned from one is used for another."""
POOLS: Mapping[str, tuple[Member, ...]] = {
    "shahed": (
        Member(SHAHED, ("shahed",), weight=2.0),
        Member(replace(SHAHED, sizes=(0.0,)), ("shahed",), forgets=FORGETS),
    ),
    "cruise": (Member(FLYING, ("cruise",)),),
    "airguided": (Member(FLYING, ("airguided",)),),
    **{one: (Member(FAST, (one,)), Member(FAST, LIKE)) for one in LIKE},
}
ALIKE: tuple[tuple[str, ...], ...] = (("cruise", "airguided"), LIKE)
"""Which classes share what is learned of "did not reach", which few reports on them give."""
COUNTED: tuple[str, ...] = ("shahed",)
"""Classes in which "did not reach" is given of most reports once it is given at all.  What was learned of those
stopped before is forgotten then, as the definition of the scores does for its baselines."""
CAPITAL = "Kyiv"
"""What a report's target has in it where the capital or its region is named."""
