"""The campaign file: which nights, whose stock, how it is rationed, and decisions with dates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from skypact.catalog.model import EffectorId, Source, ThreatClass
from skypact.evidence.laydown import DatedCount
from skypact.quantity import Amount, Basis, Dollars, SourceId
from skypact.reading import Ref, Strict
from skypact.scenario.dates import PartialDate
from skypact.scenario.forces import Plain

FORMAT = "skypact-campaign/1"

Day = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day, as ``2024-10-01``."""
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month, as ``2024-10``."""
ActorId = Annotated[str, Ref("actor")]
MunitionId = Annotated[str, Ref("munition")]
DeliveryId = Annotated[str, Ref("delivery")]
DecisionId = Annotated[str, Ref("decision")]
PolicyId = Annotated[str, Ref("policy")]


class Repeated(Strict):
    """A month of the record that is played again under another month's dates.

    Attributes
    ----------
    month
        The month of the record.
    as_
        ``as`` in the file: the month under whose dates it is played; nights of days that it lacks are left out.
    why
        What question it answers; shown with every result.
    """

    month: Month
    as_: Annotated[Month, Field(alias="as")]
    why: Annotated[str, Field(min_length=1)]


class Nights(Strict):
    """Which nights are played: those of a record, as they were.

    Attributes
    ----------
    record
        A store that ``skypact evidence import`` made, or the name of a small record or table of nights in the package.
    leave_out
        Nights that are not played.
    repeat
        Months of the record that are played again under other dates.
    """

    record: str
    leave_out: tuple[Day, ...] = ()
    repeat: tuple[Repeated, ...] = ()


class Made(Basis):
    """How many rounds all makers together make in a month, for whoever buys them.

    It goes into no stock; what is taken from a stock is told in months of it as well.
    """

    per_month: Amount


class Munition(Strict):
    """What is counted in one stock.

    Attributes
    ----------
    systems
        The systems that fire it. One system fires one munition: where a battery mixes two, it is two systems.
    rounds
        What one round is, where that is not one missile: "a burst of 32 shells".
    made
        What is made of it in a month, as stated.
    """

    name: str
    systems: Annotated[tuple[EffectorId, ...], Field(min_length=1)]
    rounds: str = ""
    made: Made | None = None


class Production(Basis):
    """What an owner makes each month and puts into its own stock.

    Attributes
    ----------
    since, until
        ``from`` in the file; null: from the campaign's first day, to its last.
    per_month
        Rounds in a month, put into the stock day by day in whole rounds.
    """

    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    per_month: Amount


class Loss(Basis):
    """Rounds that are lost without being fired: destroyed, expired, used elsewhere. What is there is lost, and no more."""

    day: Day
    rounds: Amount


class Stock(Strict):
    """The ledger's page of one owner and munition.

    Attributes
    ----------
    opening
        Rounds on the first day, those with the units included.
    """

    owner: ActorId
    munition: MunitionId
    opening: Amount
    production: tuple[Production, ...] = ()
    losses: tuple[Loss, ...] = ()


class Delivery(Basis):
    """Rounds that change hands.

    Where the giver has a stock in the ledger they leave it on the day they are sent, as many as are there; else they come
    from outside.  Between `sent` and `arrives` they are on the way.  What arrives on a day can be fired from the next
    night on.

    Attributes
    ----------
    giver, to
        ``from`` and ``to`` in the file.
    sent
        Null: on the day of arrival.
    """

    id: Plain
    giver: Annotated[ActorId, Field(alias="from")]
    to: ActorId
    munition: MunitionId
    rounds: Amount
    sent: Day | None = None
    arrives: Day

    @model_validator(mode="after")
    def _in_order(self) -> Delivery:
        if self.sent is not None and self.sent > self.arrives:
            raise ValueError("it arrives before it is sent | sent <= arrives")
        return self


class Rationing(Basis):
    """A rule by which stocks are handed to units each night.

    Without a rule every unit gets its full load, or where that is too much, all get the same share of it.

    Attributes
    ----------
    owners, munitions
        Whose stocks of what; null for all.
    lasts_nights
        No more than this part of the stock goes out in a night: one in so many.
    keeps
        The last so many rounds of each stock are for `classes` alone.
    spares
        While fewer than so many rounds are there, units do not fire them at `classes`.
    spares_loads
        The same in full loads of all units that fire the munition.
    classes
        Classes of threats: of `keeps` those for whom rounds are kept, of `spares` those that are spared.
    costing_over_usd
        Only of munitions of which a round costs more.
    """

    id: Plain
    owners: tuple[ActorId, ...] | None = None
    munitions: tuple[MunitionId, ...] | None = None
    lasts_nights: Annotated[int, Field(strict=True, ge=1)] | None = None
    keeps: Amount | None = None
    spares: Amount | None = None
    spares_loads: Amount | None = None
    classes: tuple[ThreatClass, ...] = ()
    costing_over_usd: Dollars | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Rationing:
        said = [name for name in ("lasts_nights", "keeps", "spares", "spares_loads") if getattr(self, name)]
        if len(said) != 1:
            raise ValueError("a rule says one thing | give one of lasts_nights, keeps, spares, spares_loads")
        if (said[0] == "lasts_nights") == bool(self.classes):
            right = "leave classes out" if self.classes else f"add classes: of whom {said[0]} speaks"
            raise ValueError(f"{said[0]} and classes do not go together so | {right}")
        return self


class Ledger(Strict):
    """Whose stock of what, and what arrives in every policy that does not say otherwise.

    Systems without a munition here begin every night with the stock of the catalogue; what they fire is counted, and
    nothing runs out.
    """

    munitions: Annotated[dict[Plain, Munition], Field(min_length=1)]
    stocks: Annotated[tuple[Stock, ...], Field(min_length=1)]
    deliveries: tuple[Delivery, ...] = ()
    rationing: tuple[Rationing, ...] = ()


class OtherDates(Basis):
    """Other days for a delivery. Null: as it is."""

    sent: Day | None = None
    arrives: Day


class OtherCounts(Strict):
    """How many units of an entry of the dated laydown are in service, in place of what the laydown says.

    `counts` hold from their days on, until the next; before the first the laydown's hold.
    """

    entry: Annotated[str, Ref("laydown")]
    counts: Annotated[tuple[DatedCount, ...], Field(min_length=1)]


def _not_before(until: str | None, info: ValidationInfo) -> str | None:
    """Refuse a last day before the first, at the line where it stands."""
    since = info.data.get("since")
    if since is not None and until is not None and since > until:
        raise ValueError(f"it ends before it begins, on {since} | from <= until")
    return until


class Decision(Strict):
    """A dated act, or a proposal for one, and what it changes.

    Attributes
    ----------
    actor
        Who decides (for a proposal: who would have to decide).
    date
        When it was decided, asked for or proposed.
    since, until
        ``from`` and ``until`` in the file: the first and the last night on which `enacts` and `stands` hold; null: the
        campaign's first and last.
    status
        ``taken``, ``requested``, ``proposed`` or ``hypothetical`` (ours, to answer a question).
    enacts
        Decisions of the base scenario that are in force from then on.
    delivers
        Deliveries that come with it.
    moves
        Deliveries that take place on other days.
    cancels
        Deliveries that do not take place.
    stands
        Units of the dated laydown in other numbers.
    """

    actor: ActorId
    date: PartialDate
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    status: Literal["taken", "requested", "proposed", "hypothetical"]
    title: str
    sources: tuple[SourceId, ...] = ()
    note: str = ""
    enacts: tuple[Annotated[str, Ref("base-decision")], ...] = ()
    delivers: tuple[Delivery, ...] = ()
    moves: dict[DeliveryId, OtherDates] = {}
    cancels: tuple[DeliveryId, ...] = ()
    stands: tuple[OtherCounts, ...] = ()

    in_order = field_validator("until")(_not_before)

    @model_validator(mode="after")
    def _has_a_basis(self) -> Decision:
        if self.status != "hypothetical" and not self.sources:
            raise ValueError("no source | add sources: [name], or call it hypothetical with a note")
        if self.status == "hypothetical" and not self.note.strip():
            raise ValueError("hypothetical without a reason | add note: which question it answers")
        return self


class Policy(Strict):
    """A set of decisions. An empty one is what stands in the file without them."""

    title: str
    summary: str
    decisions: tuple[DecisionId, ...] = ()


class Campaign(Strict):
    """A whole campaign file.

    Attributes
    ----------
    since, until
        ``from`` and ``until`` in the file: the first and the last night, by the dates of their mornings.
    question
        What is asked, in words, with who asked it.
    actors
        Actors that the base scenario lacks, who give: their names.
    base
        The scenario that has cities, actors, rules, decisions, doctrine and allied forces.
    laydown
        ``ukraine``: its units are those of the dated laydown in the package; null: those of the base scenario throughout.
    baseline
        The policy that others are compared with.
    notional
        What a reader must know to be notional, in words.
    """

    format: Literal["skypact-campaign/1"]
    kind: Literal["campaign"]
    id: Plain
    title: str
    since: Annotated[Day, Field(alias="from")]
    until: Day
    summary: str
    question: str
    sources: dict[Plain, Source] = {}
    actors: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")], str] = {}
    base: str
    laydown: Literal["ukraine"] | None = None
    nights: Nights
    ledger: Ledger
    decisions: dict[Plain, Decision] = {}
    policies: Annotated[dict[Plain, Policy], Field(min_length=1)]
    baseline: PolicyId
    notional: tuple[str, ...] = ()

    in_order = field_validator("until")(_not_before)

    def deliveries(self, policy: str) -> tuple[Delivery, ...]:
        """The deliveries of a policy, each on its days under it."""
        chosen = [self.decisions[name] for name in self.policies[policy].decisions]
        found = {one.id: one for one in self.ledger.deliveries}
        for decision in chosen:
            found |= {one.id: one for one in decision.delivers}
        for decision in chosen:
            for name, other in decision.moves.items():
                if name in found:
                    sent = None if other.sent is None else other.sent
                    found[name] = found[name].model_copy(update={"sent": sent, "arrives": other.arrives})
            for name in decision.cancels:
                found.pop(name, None)
        return tuple(found.values())
