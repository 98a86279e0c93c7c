"""What a system is: threats, effectors and sensors, each number with its source.

Field names carry the unit: ``_km``, ``_m``, ``_m_s`` (metres per second), ``_s``, ``_m2``, ``_usd``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from skypact.quantity import (
    Amount,
    Dollars,
    Factor,
    Kilometres,
    Metres,
    MetresPerSecond,
    Probability,
    Seconds,
    SourceId,
    SquareMetres,
)
from skypact.reading import Ref, Strict

ThreatClass = Literal[
    "drone",
    "cruise",
    "fast-cruise",
    "ballistic-short",
    "ballistic-medium",
    "aeroballistic",
    "armour",
    "artillery",
]
Basing = Literal["ground", "air", "ship"]

ThreatId = Annotated[str, Ref("threat")]
EffectorId = Annotated[str, Ref("effector")]
SensorId = Annotated[str, Ref("sensor")]
FamilyId = Annotated[str, Ref("family")]
SystemName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class Source(Strict):
    """A publication. `note` names a state-directed outlet or one side of a conflict as such."""

    title: str
    publisher: str
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    url: str = ""
    note: str = ""


class Ballistic(Strict):
    """A ballistic flight: the altitude against time is that of a Kepler arc over a round Earth.

    `loft` is the apogee as a factor of that of least energy for the distance: below 1 the arc is flatter,
    above 1 steeper. Null means 1, the arc of least energy.
    """

    loft: Factor | None = None


class Threat(Strict):
    """A type of incoming object.

    Attributes
    ----------
    threat_class
        ``class`` in the file; what permissions, doctrine and kill probabilities refer to.
    speed_m_s
        Ground speed in level flight; for ballistic flight not needed.
    altitude_m
        Altitude above mean sea level in level flight.
    ballistic
        Present if the flight is a ballistic arc.
    rcs_m2
        Radar cross-section towards the defender.
    reach_km
        Greatest distance from launch to aim point.
    reliability
        Chance that one works at all.
    """

    name: str
    threat_class: Annotated[ThreatClass, Field(alias="class")]
    speed_m_s: MetresPerSecond | None = None
    altitude_m: Metres | None = None
    ballistic: Ballistic | None = None
    rcs_m2: SquareMetres
    reach_km: Kilometres
    reliability: Probability
    cost_usd: Dollars | None = None
    description: str = ""

    @model_validator(mode="after")
    def _one_kind_of_flight(self) -> Threat:
        level = self.speed_m_s is not None and self.altitude_m is not None
        if level == (self.ballistic is not None):
            raise ValueError(
                "a threat flies level or on a ballistic arc | give speed_m_s and altitude_m, or ballistic"
            )
        return self


class Radar(Strict):
    """What an antenna sees: a target of `reference_rcs_m2` at `range_km`, above the radar horizon."""

    range_km: Kilometres
    reference_rcs_m2: SquareMetres
    height_m: Metres


class OwnRadar(Radar):
    """The radar of a fire unit. A threat must be in its sight from launch to intercept.

    Attributes
    ----------
    p_detect
        Chance that one look, a passage through its sight, finds a threat, by class. Classes that are
        missing it does not search for, and is cued onto them by others; so by default for all.
    delay_s
        From first sight to a usable track; null: none beyond the unit's `reaction_s`.
    coast_s
        How long a track is kept after the passage has ended; null: not at all.
    family
        As for a sensor.
    """

    p_detect: dict[ThreatClass, Probability] = {}
    delay_s: Seconds | None = None
    coast_s: Seconds | None = None
    family: FamilyId | None = None


class Sensor(Strict):
    """A sensor type.

    Attributes
    ----------
    p_detect
        Chance that one look, a passage of a threat through its sight, finds it, by class. It sees the classes
        that stand here.
    delay_s
        From first sight to a track that others can use.
    coast_s
        How long a track is kept after the passage has ended; null: not at all.
    family
        What its misses have in common with those of its like; null: nothing, every look is a chance of
        its own.
    scatter_km
        Radius of the disc around a place over which the sensors at it are scattered; null: they stand on
        its point.
    """

    name: str
    basing: Basing
    radar: Radar
    p_detect: Annotated[dict[ThreatClass, Probability], Field(min_length=1)]
    delay_s: Seconds
    coast_s: Seconds | None = None
    family: FamilyId | None = None
    scatter_km: Kilometres | None = None
    description: str = ""


class Family(Strict):
    """Sensors or interceptors that miss the same threats: one draw decides for all, in a replication.

    `susceptible` is the most that many looks or rounds of the family can reach against a class; 1 where it
    is missing. It is never below the chance of one look or one round: where a drawn number would be, it
    is raised to that chance.
    """

    name: str
    susceptible: Annotated[dict[ThreatClass, Probability], Field(min_length=1)]
    description: str = ""


class Envelope(Strict):
    """Against one class of threat: where an intercept is possible and how likely one round kills.

    For an aircraft the range band counts from the aircraft, for anything else from the fire unit.
    `p_acquire` is the chance that the unit gets the threat into its own sights at all, once for a unit and
    threat, however often it could shoot; null means 1.
    """

    p_kill: Probability
    p_acquire: Probability | None = None
    min_range_km: Kilometres | None = None
    max_range_km: Kilometres
    min_altitude_m: Metres | None = None
    max_altitude_m: Metres


class Flight(Strict):
    """How a patrol fights: the dash from its area. When it is on station is said by the scenario.

    Attributes
    ----------
    aircraft
        How many fly in one fire unit.
    reach_km, dash_m_s
        How far and how fast it dashes from its area to a launch.
    altitude_m
        Altitude of flight above mean sea level.
    """

    aircraft: Annotated[int, Field(strict=True, ge=1)] = 2
    reach_km: Kilometres
    dash_m_s: MetresPerSecond
    altitude_m: Metres


class Effector(Strict):
    """A type of fire unit: a battery, a section, a patrol of aircraft, a ship, a jamming site.

    Attributes
    ----------
    kind
        ``hard`` (destroys) or ``soft`` (jams or deceives); soft kills are counted apart.
    unit
        What one fire unit is, in words (a battery of six launchers, a pair of aircraft).
    channels
        Engagements at the same time.
    ready, magazine, reserve
        Rounds on the rails at the start, after a reload, and in store.
    salvo
        Rounds per engagement unless doctrine says otherwise.
    reload_at
        A reload starts when so many ready rounds are left, or fewer; null means 0, when all are gone.
    attempts
        Engagements of one threat by one unit; null for no limit.
    availability
        Chance that one unit takes part: not moving, hiding, broken or without a crew; null means 1.
    family
        What its rounds' misses have in common with those of their like; null: nothing, every round is a
        chance of its own.
    scatter_km
        Radius of the disc around a place over which the units at it are scattered; null: they stand on its
        point.
    interceptor_m_s
        Mean speed of the interceptor; null where the effect is at once (guns at short range, jamming).
    reaction_s
        From a usable track to the first launch.
    assess_s, recover_s, reload_s
        After an engagement: until its result is known, until the channel is free; time to reload (for
        aircraft the turnaround and the way to base and back).
    sensor
        The unit's own fire-control sensor; null where it needs none beyond the shared track.
    against
        An envelope for each class that the system can engage at all.
    """

    name: str
    origin: str
    kind: Literal["hard", "soft"] = "hard"
    basing: Basing
    unit: str
    channels: Amount
    ready: Amount
    magazine: Amount | None = None
    reserve: Amount
    salvo: Annotated[int, Field(ge=1)] = 1
    reload_at: Amount | None = None
    attempts: Amount | None = None
    availability: Probability | None = None
    family: FamilyId | None = None
    scatter_km: Kilometres | None = None
    interceptor_m_s: MetresPerSecond | None = None
    reaction_s: Seconds
    assess_s: Seconds
    recover_s: Seconds
    reload_s: Seconds
    cost_usd: Dollars
    sensor: OwnRadar | None = None
    flight: Flight | None = None
    against: Annotated[dict[ThreatClass, Envelope], Field(min_length=1)]
    description: str = ""

    @model_validator(mode="after")
    def _aircraft_fly(self) -> Effector:
        if (self.basing == "air") != (self.flight is not None):
            raise ValueError("an aircraft needs flight, and only an aircraft has one | add or remove flight")
        return self


class Catalog(Strict):
    """All systems that scenarios may name."""

    sources: dict[str, Source]
    threats: dict[SystemName, Threat]
    effectors: dict[SystemName, Effector]
    sensors: dict[SystemName, Sensor]
    families: dict[SystemName, Family]


__all__ = [
    "Catalog",
    "Effector",
    "Envelope",
    "Family",
    "Flight",
    "OwnRadar",
    "Radar",
    "Sensor",
    "Source",
    "SourceId",
    "Threat",
    "ThreatClass",
]
