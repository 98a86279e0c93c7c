"""An incident as data: a fire, who is under it, and a ladder of responses.

It becomes an ordinary raid: the fire is its one threat, and each response a unit whose window opens
after a delay and whose kill ends the fire.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from skypact.catalog.model import ThreatClass
from skypact.quantity import (
    Amount,
    Basis,
    Dollars,
    Kilometres,
    Number,
    Probability,
    Quantity,
    SourceId,
    UnsureMinutes,
)
from skypact.reading import Ref, Strict
from skypact.scenario.dates import StatementId
from skypact.scenario.forces import ActorId, PlaceId, Plain

RegionId = Annotated[str, Ref("region")]
UnitsId = Annotated[str, Ref("units")]  # an entry of the laydown or a stationing
Minutes = Annotated[float, Field(strict=True, ge=0, le=2880)]

Response = Literal["monitoring-mission", "diplomatic-note", "armed-uav", "counter-battery", "none"]


def _written_as(value: object) -> str:
    return "quantity" if isinstance(value, dict | Quantity) else "number"


End = Annotated[
    Annotated[Minutes, Tag("number")] | Annotated[UnsureMinutes, Tag("quantity")], Discriminator(_written_as)
]


class Span(Basis):
    """Minutes that differ from one replication to the next: one uniform draw between `low` and `high`.

    An end that is not known is a number with a range of its own: then a set of drawn numbers has other
    ends.
    """

    low: End
    high: End

    @model_validator(mode="after")
    def _is_ordered(self) -> Span:
        if central_end(self.low) > central_end(self.high):
            raise ValueError("the span runs backwards | low <= high")
        if _greatest(self.low) > _least(self.high):
            raise ValueError("the ranges of low and high overlap | low.high <= high.low")
        return self


def central_end(end: float | Quantity) -> float:
    """The central value of an end of a span."""
    return end.value if isinstance(end, Quantity) else end


def _least(end: float | Quantity) -> float:
    return end.low if isinstance(end, Quantity) and end.low is not None else central_end(end)


def _greatest(end: float | Quantity) -> float:
    return end.high if isinstance(end, Quantity) and end.high is not None else central_end(end)


class Gun(Strict):
    """Where the fire comes from, as far as it is known: so deep behind a line, within a circle.

    Attributes
    ----------
    behind
        The region on the other side of the line of contact.
    depth_km
        From the line to the middle of the circle, along the straight line from the place under fire
        across the nearest point of the region's edge.
    uncertain_km
        Radius of the circle in which it lies, every point as likely.
    seen
        Chance that the armed platform's sensor finds it, if it is in reach.
    """

    behind: RegionId
    depth_km: Kilometres
    uncertain_km: Kilometres
    seen: Probability


class Fire(Strict):
    """The fire: whose, at whom, how fast, how long if nothing ends it, and what a round does.

    Attributes
    ----------
    by
        Whose guns.
    under
        Who is under fire, at which place.
    threat_class
        Its class, for permission and envelopes.
    rounds_per_min
        Rate, all guns together.
    harm_per_round
        Persons killed or wounded by one round on average.
    lasts_min
        From its start until it would burn out by itself.
    """

    by: ActorId
    under: ActorId
    at: PlaceId
    name: str
    threat_class: Annotated[ThreatClass, Field(alias="class")] = "artillery"
    rounds_per_min: Amount
    harm_per_round: Amount
    lasts_min: Span
    gun: Gun


class Step(Basis):
    """One response, from its act to what it may do to the fire.

    Attributes
    ----------
    response
        The channel that it takes.
    actor
        Who responds.
    delay_min
        From the start of the fire to the act.
    chance
        That it ends the fire (of a step with units: given that the gun is destroyed).
    works_after_min
        From the act until it ends the fire, if it does.
    tries, every_min
        How often it is repeated while the fire lasts, and how far apart.
    units
        The fire units that carry it out, which then need permission and reach.
    cost_usd
        Of one try; units cost what their rounds cost.
    prolongs_min
        If it was tried and the fire burnt out by itself: so much longer it lasted for that.
    renews, renewed_min
        If it ended the fire: chance that another fire follows, and how long that lasts.
    widens
        From the act on: by which share the rate rises for that.
    harm_if_hit
        Persons of the other side killed or wounded on average, if a gun is destroyed.
    contested
        If it is one side's account that this step ended the fire: whose. The result without it is then
        shown beside the other.
    """

    response: Response
    title: str
    actor: ActorId
    delay_min: Span
    chance: Probability
    works_after_min: Number = 0.0
    tries: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    every_min: Annotated[float, Field(strict=True, ge=0)] = 0.0
    units: UnitsId | None = None
    cost_usd: Dollars | None = None
    prolongs_min: Amount | None = None
    renews: Probability | None = None
    renewed_min: Span | None = None
    widens: Quantity | None = None
    harm_if_hit: Amount | None = None
    contested: str = ""

    @model_validator(mode="after")
    def _renews_for_a_time(self) -> Step:
        if (self.renews is None) != (self.renewed_min is None):
            raise ValueError("a fire that is renewed lasts for a time | give renews and renewed_min, or none")
        return self


class Account(Strict):
    """What one side, or the monitors, say about the incident; contested points have one entry a version."""

    by: str
    point: str
    text: str
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    said: tuple[StatementId, ...] = ()


class Incident(Strict):
    """The fire, the ladder and the accounts. A decision's `steps` says which steps a policy takes."""

    fire: Fire
    ladder: Annotated[dict[Plain, Step], Field(min_length=1)]
    accounts: tuple[Account, ...] = ()
