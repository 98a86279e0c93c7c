"""Nights that stand in a small table of the package, by night and class: what flew, and who says what of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from skypact.catalog.load import load_catalog
from skypact.catalog.model import Source, ThreatClass
from skypact.evidence.night.claims import RecordedFlight
from skypact.evidence.reports import UNREPORTED
from skypact.quantity import Count, SourceId
from skypact.reading import Strict, read_document, validate
from skypact.scenario.forces import Place
from skypact.scenario.load import load_scenario
from skypact.scenario.model import Wave

DATA = Path(__file__).parent / "data"


class Version(Strict):
    """What somebody says of the weapons of a class; null: nothing."""

    by: str
    launched: Count | None = None
    destroyed: Count | None = None
    failed: Count | None = None
    arrived: Count | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""


class Counted(Strict):
    """A class of threats in a night: how many are played, and every version."""

    threat_class: Annotated[ThreatClass, Field(alias="class")]
    played: Annotated[int, Field(strict=True, ge=1)]
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]


class TabledNight(Strict):
    """A night; what the fields mean stands in the file."""

    day: date
    waves_of: str | None = None
    waves: tuple[Wave, ...] = ()
    counts: Annotated[tuple[Counted, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _flies_one_way(self) -> TabledNight:
        if (self.waves_of is None) == (not self.waves):
            raise ValueError("how it flew must be said once | give waves or waves_of")
        return self


class Table(Strict):
    """The whole file; `place_names` is the scenario that has the places."""

    place_names: str
    sources: dict[str, Source]
    nights: Annotated[tuple[TabledNight, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Flown:
    """A night of a table as it is played; attributes as of `skypact.campaigns.nights.Night`."""

    waves: tuple[Wave, ...]
    places: dict[str, Place]
    flights: tuple[RecordedFlight, ...]
    versions: tuple[dict[str, Any], ...]


def tables() -> tuple[str, ...]:
    """The names of the tables in the package."""
    return tuple(sorted(file.stem for file in DATA.glob("*.yaml")))


@cache
def table(name: str) -> Table:
    """A table by its name."""
    return validate(Table, read_document(DATA / f"{name}.yaml"))


def flown(name: str) -> dict[date, Flown]:
    """The nights of a table, by the dates of their mornings.

    Raises
    ------
    ValueError
        If in a night other numbers fly than are counted, so that the table contradicts itself.

    Examples
    --------
    >>> nights = flown("israel-2024")
    >>> [(str(day), sum(one.launched for one in night.flights)) for day, night in nights.items()]
    [('2024-04-14', 320), ('2024-10-02', 180)]
    """
    found = table(name)
    places = load_scenario(found.place_names).places
    return {night.day: _night(night, places) for night in found.nights}


def _night(night: TabledNight, places: dict[str, Place]) -> Flown:
    waves = night.waves if night.waves_of is None else load_scenario(night.waves_of).raid.waves
    threats = load_catalog().threats
    flies: Counter[str] = Counter()
    for wave in waves:
        flies[threats[wave.threat].threat_class] += sum(wave.aims.values())
    counted = {one.threat_class: one.played for one in night.counts}
    if dict(flies) != counted:
        raise ValueError(f"in the night to {night.day} there fly {dict(flies)}, and {counted} are counted")
    flights = []
    for number, one in enumerate(night.counts):
        mine = [wave for wave in waves if threats[wave.threat].threat_class == one.threat_class]
        said = one.versions[0]
        flights.append(
            RecordedFlight(
                report=number,
                row=number,
                model=one.threat_class,
                strike="",
                threat_class=one.threat_class,
                system=mine[0].threat,
                eligible=False,
                launched=one.played,
                destroyed=UNREPORTED if said.destroyed is None else said.destroyed,
                not_reached=UNREPORTED if said.failed is None else said.failed,
                waves=tuple(wave.id for wave in mine),
            )
        )
    named = sorted({name for wave in waves for name in (wave.launch, *wave.via)})
    versions = tuple(
        {"night": night.day.isoformat(), "class": one.threat_class, **version.model_dump(exclude_none=True)}
        for one in night.counts
        for version in one.versions
    )
    return Flown(waves, {name: places[name] for name in named}, tuple(flights), versions)
