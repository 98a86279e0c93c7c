"""Permission as data: rules, decisions that change them, policies that put decisions in force."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from skypact.catalog.model import Basing, EffectorId, ThreatClass
from skypact.quantity import Amount, Basis, Days, Kilometres, SourceId
from skypact.reading import Ref, Strict
from skypact.scenario.actions import Action, meanings
from skypact.scenario.aid import Category, Channel, ItemId, Stationing, Transfer, VersionId
from skypact.scenario.dates import PartialDate, StatementId
from skypact.scenario.forces import LaydownEntry, Plain, SensorEntry, Spread
from skypact.scenario.scope import Subject, fits

ActorId = Annotated[str, Ref("actor")]
RegionId = Annotated[str, Ref("region")]
AreaName = Annotated[str, Ref("area")]  # an actor's territory, a region or a place
DecisionId = Annotated[str, Ref("decision")]
EntryId = Annotated[str, Ref("laydown")]
RuleId = Annotated[str, Ref("rule")]
StepId = Annotated[str, Ref("step")]


class Distance(Strict):
    """A distance from the edge of territories, regions or places."""

    of: Annotated[tuple[AreaName, ...], Field(min_length=1)]
    km: Kilometres


class Area(Strict):
    """A part of the world. All conditions that are given hold together; none given is everywhere.

    Attributes
    ----------
    inside
        In one of these territories, regions or places. An actor's name means its territory: land
        and internal waters within the recognised borders.
    outside
        In none of these.
    within
        At most so far from one of these (in `of`), their inside included. A depth of 70 km over an
        ally's territory is ``inside: [UKR], within: [{of: [POL, ROU], km: 70}]``.
    beyond
        At least so far from all of these (in `of`).
    """

    inside: tuple[AreaName, ...] | None = None
    outside: tuple[AreaName, ...] = ()
    within: tuple[Distance, ...] = ()
    beyond: tuple[Distance, ...] = ()


class Rule(Strict):
    """What the holder's assets may or may not do.

    Attributes
    ----------
    holder
        Whose assets (for ``consent``: whose airspace).
    effect
        A permission or a prohibition.
    classes, systems, basing
        Which threat classes, whose systems and which basing the rule is about; null for all.
    stand
        Where the shooter must stand, or for aircraft fly (null: anywhere).
    over
        Where the intercept must lie: any of these areas (null: anywhere).
    to
        The other actors, as the action needs them.
    needs_consent
        Whether an engagement over another actor's territory needs that actor's consent rule.
    since, until
        When the rule holds; null: since its decision, and without an end.
    condition
        A condition in words, shown with every answer that rests on the rule.
    channels, categories, items, donors
        For ``transfer`` and ``re-export``: by which channels, of what category (as the holder classes
        the item), which items, and for ``re-export`` handed on by whom; null for all.
    before_delivery, met
        The condition must be met before anything arrives (a reform, a certification), and when it was;
        null: not yet. A condition that is not of this kind binds the use.
    where
        ``away``: the items must stay away from the line of contact.
    version
        The account of a contested fact that this rule follows; null: not contested.
    said
        Statements of the ledger that the rule rests on.
    """

    id: Plain
    holder: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    effect: Literal["may", "may-not"]
    action: Annotated[Action, Field(description=meanings())]
    classes: tuple[ThreatClass, ...] | None = None
    systems: tuple[EffectorId, ...] | None = None
    basing: tuple[Basing, ...] | None = None
    stand: Area | None = None
    over: tuple[Area, ...] | None = None
    to: tuple[ActorId, ...] = ()
    needs_consent: bool = True
    since: PartialDate | None = None
    until: PartialDate | None = None
    condition: str = ""
    channels: tuple[Channel, ...] | None = None
    categories: tuple[Category, ...] | None = None
    items: tuple[ItemId, ...] | None = None
    donors: tuple[ActorId, ...] | None = None
    before_delivery: bool = False
    met: PartialDate | None = None
    where: Literal["anywhere", "away"] = "anywhere"
    version: VersionId | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""
    said: tuple[StatementId, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether it is a permission, and not a prohibition."""
        return self.effect == "may"

    def covers(self, subject: Subject) -> bool:
        """Whether the rule is about this: its holder, one of the others in `to`, and all that it names.

        Where the shooter stands and where the intercept lies is a matter of the map, and not looked at.
        """
        return (
            subject.holder in self.holder
            and (not self.to or not subject.others.isdisjoint(self.to))
            and (self.version is None or self.version in subject.versions)
            and fits(self, subject)
        )


class UnitGrant(Strict):
    """Fire units that change hands: entries of the laydown, to a new owner, placed by its rule.

    `training_days` is the time from the decision until the new owner's crews can use them.
    """

    entries: Annotated[tuple[EntryId, ...], Field(min_length=1)]
    to: ActorId
    spread: Spread
    training_days: Days


class Doctrine(Basis):
    """How units use what they have. Later entries override earlier ones, field by field.

    Attributes
    ----------
    owners, systems, basing, classes
        To what the entry applies; null for all.
    engage
        False: the unit leaves this class to others.
    from_range_km
        The unit waits until the threat is this near (to the unit).
    salvo, hold, rank
        Rounds fired at once; rounds kept back from this class; preference among units (lower
        first, a tie-break).
    group
        The units that the entry is about share an engagement picture of this name among themselves, within
        the picture in which they fight. Without classes.
    concurrency, concurrency_late
        How many engagements of one threat may be under way at once in a group; and how many where there is no
        time left to look before shooting again. 1 and the same again where nothing is said. Where units of one
        group differ the least holds.
    """

    id: Plain
    owners: tuple[ActorId, ...] | None = None
    systems: tuple[EffectorId, ...] | None = None
    basing: tuple[Basing, ...] | None = None
    classes: tuple[ThreatClass, ...] | None = None
    engage: bool | None = None
    from_range_km: Kilometres | None = None
    salvo: Amount | None = None
    hold: Amount | None = None
    rank: Annotated[float, Field(strict=True)] | None = None
    group: Plain | None = None
    concurrency: Amount | None = None
    concurrency_late: Amount | None = None


DOCTRINE_SAYS = (
    *("engage", "from_range_km", "salvo", "hold", "rank"),
    *("group", "concurrency", "concurrency_late"),
)
"""The fields in which an entry of doctrine says something; the others say of whom."""


class Decision(Strict):
    """A dated act of an actor, or a proposal for one, that changes rules or forces.

    Attributes
    ----------
    actor
        Who decides (for a proposal: who would have to decide).
    date
        When it was decided, asked for or proposed.
    status
        ``taken``, ``requested``, ``proposed`` (by whom stands in `title` or `note`) or
        ``hypothetical`` (ours, to answer a question).
    adds, lifts
        Rules that come into force and names of rules that end.
    laydown, sensors
        Forces that come with the decision.
    withdraws
        Entries of the laydown that are not there under the decision.
    gives
        Fire units that change hands.
    doctrine
        Doctrine laid over the scenario's.
    transfers, stationing
        Transfers and stationing rules that come with the decision.
    cancels
        Transfers that do not take place under the decision.
    steps
        Steps of the incident's ladder that are taken.
    said
        Statements of the ledger that say so.
    """

    actor: ActorId
    date: PartialDate
    status: Literal["taken", "requested", "proposed", "hypothetical"]
    title: str
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""
    adds: tuple[Rule, ...] = ()
    lifts: tuple[RuleId, ...] = ()
    laydown: tuple[LaydownEntry, ...] = ()
    sensors: tuple[SensorEntry, ...] = ()
    withdraws: tuple[EntryId, ...] = ()
    gives: tuple[UnitGrant, ...] = ()
    doctrine: tuple[Doctrine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    cancels: tuple[Annotated[str, Ref("transfer")], ...] = ()
    stationing: tuple[Stationing, ...] = ()
    steps: tuple[StepId, ...] = ()
    said: tuple[StatementId, ...] = ()


class Policy(Strict):
    """A set of decisions in force. An empty one is the scenario's rules alone."""

    title: str
    summary: str
    decisions: tuple[DecisionId, ...] = ()
