"""Aid as data: what is handed over, by whom, to whom, by which channel, and where it stands afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from skypact.catalog.model import EffectorId
from skypact.quantity import Amount, Basis, Days, SourceId
from skypact.reading import Ref, Strict
from skypact.scenario.dates import PartialDate, StatementId
from skypact.scenario.forces import ActorId, Patrol, PlaceId, Plain, Spread

ItemId = Annotated[str, Ref("item")]
VersionId = Annotated[str, Ref("version")]

Category = Literal["lethal", "defensive-lethal", "non-lethal"]
Channel = Literal["grant", "government-sale", "commercial-sale", "agency", "re-export"]


class Classification(Strict):
    """How an actor classes an item from a day on. `version` names the account that says so, if contested."""

    by: ActorId
    category: Category
    since: PartialDate
    version: VersionId | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    said: tuple[StatementId, ...] = ()


class Item(Strict):
    """What can be handed over: a weapon, a munition, a boat, a radar, equipment.

    Attributes
    ----------
    origin
        Who makes it.
    consent
        Whose consent a re-export needs; the origin's alone by default.
    category
        How it is classed, unless an actor has its own view.
    views
        Views of single actors, each from its date; the last one before a day holds on it.
    """

    name: str
    origin: ActorId
    consent: tuple[ActorId, ...] | None = None
    category: Category
    views: tuple[Classification, ...] = ()
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""

    @property
    def consenting(self) -> tuple[ActorId, ...]:
        """Whose consent a re-export needs."""
        return (self.origin,) if self.consent is None else self.consent


class Transfer(Basis):
    """Items that one actor hands, or was asked to hand, to another.

    A transfer arrives on `delivered`, or `lead_days` after it was agreed, but never on a day on which a
    rule blocks it: then it waits.  Its items can be used `training_days` later.

    Attributes
    ----------
    donor, recipient
        From and to. For ``agency`` the donor is the organisation whose `members` decide.
    quantity
        How many.
    agreed
        When it was agreed; null for one that was only asked for (a row of the table, never a holding).
    delivered
        When it arrived, where that is known. Without it and without `lead_days` nothing is held.
    terms
        Conditions of use, in words.
    """

    id: Plain
    donor: ActorId
    recipient: ActorId
    item: ItemId
    channel: Channel
    quantity: Amount
    agreed: PartialDate | None = None
    lead_days: Days | None = None
    delivered: PartialDate | None = None
    training_days: Days | None = None
    terms: str = ""


class Stationing(Basis):
    """The rule by which a holding becomes fire units: so many items each, at most so many, there.

    A later decision's stationing takes the place of an earlier one with the same holder and item.

    Attributes
    ----------
    id
        Name of the laydown entry that is made; keep it the same in decisions that only move the units,
        so that they keep their luck.
    holder, item
        Whose holding of what.
    system
        What one unit is (an effector of the catalogue).
    each
        Items that one unit needs.
    most
        Units at most; the others are elsewhere.
    at, spread
        Where: filled in the order given, or spread over the assets.
    arrives_min
        From the raid's zero time until the units stand there: the way from store to line.
    forward
        Whether this is near the line of contact. Where the rule that allows the transfer says
        ``where: away``, a forward stationing gives way to the one before it.
    """

    id: Plain
    holder: ActorId
    item: ItemId
    system: EffectorId
    each: Annotated[int, Field(strict=True, ge=1)] = 1
    most: Amount
    at: dict[PlaceId, Annotated[int, Field(strict=True, ge=1)]] | None = None
    spread: Spread | None = None
    patrol: Patrol | None = None
    arrives_min: Amount | None = None
    ready: Amount | None = None
    reserve: Amount | None = None
    forward: bool = False

    @model_validator(mode="after")
    def _is_somewhere(self) -> Stationing:
        if (self.spread is None) == (self.at is None):
            raise ValueError("where the units are must be said once | give spread or at")
        return self


class Version(Strict):
    """One account of a contested fact; rules and views name the account that they follow.

    Attributes
    ----------
    fact
        What is contested; versions of one fact exclude each other, and the first of them is the one that
        statuses and holdings follow.
    """

    fact: Plain
    title: str
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""


class Row(Strict):
    """A row of the table of aid for which no transfer is recorded."""

    donor: ActorId
    recipient: ActorId
    item: ItemId
    channel: Channel
