"""Who stands where: places, assets, laydown, sensors. No place is finer than a city."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from skypact.catalog.model import EffectorId, SensorId
from skypact.quantity import Amount, Basis, Kilometres, Number, SourceId
from skypact.reading import Ref, Strict

Plain = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""An id: lower-case letters, digits and hyphens."""

ActorId = Annotated[str, Ref("actor")]
PlaceId = Annotated[str, Ref("place")]
AssetId = Annotated[str, Ref("asset")]


def _coarse(degrees: float) -> float:
    if round(degrees, 1) != degrees:
        raise ValueError(f"{degrees:g} is finer than a city | at most one decimal of a degree")
    return degrees


Latitude = Annotated[float, Field(strict=True, ge=-90, le=90), AfterValidator(_coarse)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180), AfterValidator(_coarse)]


class Actor(Strict):
    """A state, an alliance or an organisation.

    `territory` lists ISO 3166-1 alpha-3 codes of recognised territory; null means the actor's own
    id if that is such a code. `role` is seen from the defended country. `members` are those of whom
    each can stop a purchase through the organisation.
    """

    name: str
    role: Literal["defender", "ally", "neighbour", "attacker", "other"]
    territory: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...] | None = None
    members: tuple[ActorId, ...] = ()


class Place(Strict):
    """A city, a region or a sea area, by a point with one decimal of a degree (about 10 km)."""

    name: str
    lat: Latitude
    lon: Longitude
    kind: Literal["city", "region", "sea"] = "city"


class Region(Strict):
    """A coarse area by its corners, each ``[lat, lon]`` with one decimal of a degree."""

    name: str
    corners: Annotated[tuple[tuple[Latitude, Longitude], ...], Field(min_length=3)]
    note: str
    sources: tuple[SourceId, ...] = ()


class Asset(Strict):
    """Something defended: a city or a region that threats may be aimed at.

    `weight` is its share when a national total is spread (population in thousands, say);
    `priority` is added to the priority of the threats aimed at it.
    """

    place: PlaceId
    weight: Annotated[float, Field(strict=True, ge=0)]
    priority: Number = 0.0


class Spread(Strict):
    """The rule by which a total is spread over assets: in proportion to their weights.

    Whole units, by Sainte-Laguë's method (divisors 1, 3, 5, ...), as seats are shared out; ties go
    to the asset named first. `over` null means all assets. `at_most` caps the units at one asset.
    """

    over: tuple[AssetId, ...] | None = None
    at_most: Annotated[int, Field(strict=True, ge=1)] | None = None


class OtherPlacement(Basis):
    """Where else what is given could stand, to see whether an answer rests on the rule that places it.

    Under it all fire units that decisions hand over are spread over these assets, in place of what the decisions say.
    """

    title: str
    over: Annotated[tuple[AssetId, ...], Field(min_length=1)]


class Patrol(Strict):
    """Where a unit that is not fixed to its place may be: a disc around the place.

    For aircraft: the patrol station and the radius flown. For mobile groups: the district that
    they cover. `on_station_min` are the intervals, in minutes after the raid's zero time, in which
    it is there; null means throughout.
    """

    radius_km: Kilometres
    on_station_min: tuple[tuple[Number, Number], ...] | None = None


class Entry(Basis):
    """What laydown and sensors share: an owner, a number of units and where they are.

    Either `spread` (the stated rule) or `at` (a number at each place) says where. `count` is the
    national total; with `at` it may be left out and is the sum.
    """

    id: Plain
    owner: ActorId
    count: Amount | None = None
    spread: Spread | None = None
    at: dict[PlaceId, Annotated[int, Field(strict=True, ge=1)]] | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Entry:
        if (self.spread is None) == (self.at is None):
            raise ValueError("where the units are must be said once | give spread or at")
        if self.spread is not None and self.count is None:
            raise ValueError("a spread needs a total | add count")
        if self.at is not None and self.count is not None and self.count.value != sum(self.at.values()):
            raise ValueError(
                f"at adds up to {sum(self.at.values())}, count says {self.count.value:g} | make them equal"
            )
        return self


class LaydownEntry(Entry):
    """Fire units of one system.

    Attributes
    ----------
    ready, reserve
        Rounds per fire unit where they differ from the catalogue.
    patrol
        For aircraft and mobile groups.
    arrives_min
        When the units stand there, minutes after the raid's zero time; null: from the start.
    group
        Engagement picture; the owner's by default.
    """

    system: EffectorId
    ready: Amount | None = None
    reserve: Amount | None = None
    patrol: Patrol | None = None
    arrives_min: Amount | None = None
    group: Plain | None = None


class SensorEntry(Entry):
    """Sensors of one type. `classes` null means what the catalogue says."""

    system: SensorId
