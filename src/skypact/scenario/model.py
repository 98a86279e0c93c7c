"""The scenario: who has what, who is allowed to do what, and what is coming."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from skypact.catalog.model import Effector, Family, Sensor, Source, SystemName, Threat, ThreatClass, ThreatId
from skypact.quantity import Amount, Basis, Kilometres, Number, Quantity, SourceId
from skypact.reading import Ref, Strict
from skypact.scenario.aid import Item, Row, Stationing, Transfer, Version
from skypact.scenario.dates import PartialDate, StatementId
from skypact.scenario.forces import (
    Actor,
    ActorId,
    Asset,
    AssetId,
    LaydownEntry,
    OtherPlacement,
    Place,
    PlaceId,
    Plain,
    Region,
    SensorEntry,
)
from skypact.scenario.incident import Incident
from skypact.scenario.rules import Decision, DecisionId, Doctrine, EntryId, Policy, Rule

PolicyId = Annotated[str, Ref("policy")]


class Wave(Basis):
    """Threats of one type, launched from one area along one route.

    Attributes
    ----------
    launch
        Launch area.
    via
        Waypoints between launch and aim point; level flight only.
    aims
        How many at each asset, in the order of launch round robin.
    start_min
        Launch of the first, minutes after the raid's zero time.
    spacing_s
        Between successive launches.
    offset_min
        The whole wave shifts by one uniform draw from this interval: its timing is not known better.
    abreast_km
        Width of the front in which the wave flies; lanes evenly spaced, meeting at the aim point.
    decoy
        True for objects that cannot do harm and count as failed if they arrive.
    """

    id: Plain
    threat: ThreatId
    launch: PlaceId
    via: tuple[PlaceId, ...] = ()
    aims: Annotated[dict[AssetId, Annotated[int, Field(strict=True, ge=1)]], Field(min_length=1)]
    start_min: Number
    spacing_s: Annotated[float, Field(strict=True, ge=0)]
    offset_min: tuple[Number, Number] = (0.0, 0.0)
    abreast_km: Annotated[float, Field(strict=True, ge=0, le=300)] = 0.0
    decoy: bool = False

    @model_validator(mode="after")
    def _offset_is_ordered(self) -> Wave:
        if self.offset_min[0] > self.offset_min[1]:
            raise ValueError("offset_min runs backwards | write [earliest, latest]")
        return self


class Attack(Strict):
    """The raid. `zero` is its zero time; `priorities` gives a base priority to each class.

    `waves` is empty only where there is an incident instead.
    """

    zero: AwareDatetime
    attacker: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    waves: tuple[Wave, ...]
    priorities: dict[ThreatClass, Number] = {}


class Observed(Strict):
    """One party's report of what happened; contested facts have one entry for each version.

    Attributes
    ----------
    what
        ``launched``, ``killed``, ``leaked``, ``failed`` or ``rounds``.
    classes
        Which classes it counts; null for all.
    owner
        Whose kills or rounds, where the report says so.
    value, low, high
        The number reported, and a range where the report gives bounds ("over 80": low 81).
    by
        Who says so.
    input
        The number went into the scenario, so that agreeing with it shows nothing; numbers launched always do.
    """

    what: Literal["launched", "killed", "leaked", "failed", "rounds"]
    classes: tuple[ThreatClass, ...] | None = None
    owner: ActorId | None = None
    value: Annotated[float, Field(strict=True, ge=0)]
    low: Annotated[float, Field(strict=True, ge=0)] | None = None
    high: Annotated[float, Field(strict=True, ge=0)] | None = None
    by: str
    input: bool = False
    contested: bool = False
    note: str = ""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    said: tuple[StatementId, ...] = ()


class RecordedRate(Basis):
    """What became of the threats of a class before the day, in a public record: a plain forecast to beat.

    Attributes
    ----------
    since, until
        The first and the last day of the record that is counted.
    reports
        How many reports.
    launched, killed
        How many threats they count together, and how many of these were shot down.
    between
        Standard deviation of the share shot down from report to report, without what chance makes of it.
    """

    since: PartialDate
    until: PartialDate
    reports: Annotated[int, Field(strict=True, ge=1)]
    launched: Annotated[int, Field(strict=True, ge=1)]
    killed: Annotated[int, Field(strict=True, ge=0)]
    between: Annotated[float, Field(strict=True, ge=0, lt=0.5)]

    @model_validator(mode="after")
    def _no_more_than_came(self) -> RecordedRate:
        if self.killed > self.launched:
            raise ValueError("more were shot down than launched | killed <= launched")
        return self


class Chosen(Strict):
    """A value that was chosen after seeing an outcome, with the result before and after."""

    field: str
    before: str
    after: str
    result_before: str
    result_after: str
    why: str


class Statement(Strict):
    """What an actor said or did, in our own words: a request, a refusal, a decision, a report, a claim.

    Attributes
    ----------
    id
        Name by which decisions, rules, transfers and numbers point to it (in `said`).
    about
        The decisions it concerns.
    on
        What else it is about, in words.
    """

    id: Plain | None = None
    actor: ActorId
    to: str = ""
    date: PartialDate
    kind: Literal["request", "refusal", "decision", "report", "claim"]
    text: str
    about: tuple[DecisionId, ...] = ()
    on: str = ""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Consent(Strict):
    """Who owns an airspace on the way, and whether it consented to engagements there."""

    airspace: ActorId
    consent: Literal["given", "withheld", "not-asked", "contested", "unknown"]
    note: str
    sources: tuple[SourceId, ...] = ()


class Reach(Basis):
    """A notional reach of the attacker's air defence from a place."""

    at: Annotated[tuple[PlaceId, ...], Field(min_length=1)]
    system: str
    reach_km: Kilometres


class Landscape(Strict):
    """What `skypact landscapes` needs beyond the rest of the scenario."""

    defended: ActorId
    raids_per_month: Amount
    weapons_per_month: Amount
    consents: tuple[Consent, ...] = ()
    attacker_reach: tuple[Reach, ...] = ()
    alone: PolicyId
    joint: PolicyId


class OwnSystems(Strict):
    """Systems that the scenario brings, beside those of the shipped catalogue; names of their own."""

    threats: dict[SystemName, Threat] = {}
    effectors: dict[SystemName, Effector] = {}
    sensors: dict[SystemName, Sensor] = {}
    families: dict[SystemName, Family] = {}


class Scenario(Strict):
    """A whole scenario file.

    Attributes
    ----------
    baseline
        The policy that others are compared with.
    reported_under
        The policy whose result stands beside what was reported.
    watched
        Actors to whose territory the nearest approach is stated; the attackers where empty.
    catalog
        Systems that the shipped catalogue has not.
    numbers
        Numbers of the catalogue that this scenario replaces, by name: ``effectors.buk-m1.against.drone.p_kill``.
    notional
        What a reader must know to be notional, in words.
    placements
        Where else what decisions give could stand; ``report --full`` asks what that changes.
    record
        By class, what a public record says of the time before the day: a plain forecast beside the model's.
    items, transfers, asked, stationing, versions
        Aid: what can be handed over, what was, rows asked for without a transfer, how holdings become
        fire units, and the accounts of contested facts (holdings follow the first of each fact).
    incident
        A fire and a ladder of responses, in the place of waves.
    """

    format: Literal["skypact-scenario/1"]
    id: Plain
    title: str
    date: PartialDate
    summary: str
    sources: Annotated[dict[Plain, Source], Field(min_length=1)]
    actors: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")], Actor]
    places: dict[Plain, Place]
    regions: dict[Plain, Region] = {}
    assets: dict[Plain, Asset]
    laydown: tuple[LaydownEntry, ...] = ()
    sensors: tuple[SensorEntry, ...] = ()
    raid: Attack
    doctrine: tuple[Doctrine, ...] = ()
    rules: tuple[Rule, ...] = ()
    decisions: dict[Plain, Decision] = {}
    policies: Annotated[dict[Plain, Policy], Field(min_length=1)]
    baseline: PolicyId
    reported_under: PolicyId
    watched: tuple[ActorId, ...] = ()
    catalog: OwnSystems | None = None
    numbers: dict[str, Quantity] = {}
    observed: tuple[Observed, ...] = ()
    record: dict[ThreatClass, RecordedRate] = {}
    chosen: tuple[Chosen, ...] = ()
    statements: tuple[Statement, ...] = ()
    notional: tuple[str, ...] = ()
    placements: dict[Plain, OtherPlacement] = {}
    landscape: Landscape | None = None
    items: dict[Plain, Item] = {}
    transfers: tuple[Transfer, ...] = ()
    asked: tuple[Row, ...] = ()
    stationing: tuple[Stationing, ...] = ()
    versions: dict[Plain, Version] = {}
    incident: Incident | None = None

    @property
    def defended(self) -> tuple[str, ...]:
        """The actors that are defended; everyone else who fires is an ally."""
        if self.landscape is not None:
            return (self.landscape.defended,)
        return tuple(name for name, actor in self.actors.items() if actor.role == "defender")

    @model_validator(mode="after")
    def _something_comes(self) -> Scenario:
        if not self.raid.waves and self.incident is None:
            raise ValueError("nothing is coming | give waves to the raid, or an incident")
        return self


__all__ = ["EntryId", "Scenario", "Wave"]
