"""The file of a sweep: which scenario, what is varied, at which points."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from skypact.reading import Strict

FORMAT = "skypact-sweep/1"
MOST_POINTS = 65_536


class Vary(Strict):
    """What is varied, each an axis of its own from 0 to 1.

    Attributes
    ----------
    families
        Families of numbers, by what they have in common: at 0.5 its middle, at 0 and 1 its ends.
    numbers
        Single numbers by name: at 0 the low end of its range, at 1 the high one, between them by its distribution.
    """

    families: list[str] = Field(default_factory=list, max_length=24)
    numbers: list[str] = Field(default_factory=list, max_length=64)


class Design(Strict):
    """At which points.

    Attributes
    ----------
    kind
        ``sobol``: two samples of a scrambled Sobol sequence, and the first with each axis from the second, so that shares
        of the variance can be told, first-order and total; ``latin-hypercube``; ``grid``.
    points
        Of ``sobol`` the size of a sample, a power of two; of ``latin-hypercube`` all points; of ``grid`` the levels of
        each axis.
    """

    kind: Literal["sobol", "latin-hypercube", "grid"]
    points: Annotated[int, Field(ge=2, le=16_384)]


class Sweep(Strict):
    """A whole sweep file.

    Attributes
    ----------
    scenario
        A shipped name, or a path beside the sweep file.
    policies
        Names; null: all of the scenario's.
    baseline
        The policy that others are compared with; null: the scenario's.
    sets
        How often all other numbers are drawn anew at each point; 0: they are at their central values.
    replications
        Of each point (and set), with the same luck at every point.
    """

    format: Literal["skypact-sweep/1"]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Annotated[str, Field(min_length=1)]
    scenario: str
    policies: Annotated[list[str], Field(min_length=1)] | None = None
    baseline: str | None = None
    vary: Vary
    design: Design
    sets: Annotated[int, Field(ge=0, le=1_000)] = 0
    replications: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    seed: Annotated[int, Field(ge=0)] = 1
