"""The fields of a raid file: names, kinds, bounds and defaults."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from skypact.raid.model import FORMAT
from skypact.reading import Strict

# 1e9 s are 31 years; whole microseconds of it are exact as reals.
MOST_S = 1e9
MOST_COUNT = 10**9
# Control characters, and the lone halves of characters, which cannot be written in UTF-8.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _name(text: str) -> str:
    """Ids are joined by a control character before they are hashed, so they hold none."""
    if not text:
        raise ValueError("the name is empty | a name of at least one character")
    if UNPRINTABLE.search(text):
        raise ValueError(f"{text!r} holds a control character | a name of printable characters")
    return text


Name = Annotated[str, AfterValidator(_name)]
Moment = Annotated[float, Field(ge=-MOST_S, le=MOST_S)]
Duration = Annotated[float, Field(ge=0, le=MOST_S)]
Probability = Annotated[float, Field(ge=0, le=1)]
Susceptible = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=0, le=MOST_COUNT)]
Salvo = Annotated[int, Field(ge=1, le=MOST_COUNT)]
Moments = Annotated[list[Moment], Field(min_length=2, max_length=2)]
Durations = Annotated[list[Duration], Field(min_length=2, max_length=2)]
Described = dict[str, Any]


class _Row(Strict):
    model_config = ConfigDict(strict=True)


class ThreatRow(_Row):
    id: Name
    class_: Name = Field(alias="class")
    impact_s: Moment
    priority: float = 0.0
    reliability: Probability = 1.0
    fails_s: Duration | None = None
    offset_s: Moments = Field(default_factory=lambda: [0.0, 0.0])
    wave: Name | None = None
    info: Described = Field(default_factory=dict)


class UnitRow(_Row):
    id: Name
    owner: Name
    group: Name
    channels: Count
    ready: Count
    kind: Literal["hard", "soft"] = "hard"
    family: Name | None = None
    availability: Probability = 1.0
    magazine: Count | None = None
    reserve: Count = 0
    reload_at: Count = 0
    reload_s: Duration = 0.0
    salvo: Salvo = 1
    assess_s: Duration = 0.0
    recover_s: Duration = 0.0
    rank: float = 0.0
    attempts: Count | None = None
    info: Described = Field(default_factory=dict)


class LookRow(_Row):
    id: Name
    threat: str
    at_s: Moment
    delay_s: Durations = Field(default_factory=lambda: [0.0, 0.0])
    p_detect: Probability = 1.0
    family: Name | None = None
    susceptible: Susceptible = 1.0
    info: Described = Field(default_factory=dict)


class TrackRow(_Row):
    id: Name
    threat: str
    looks: Annotated[list[str], Field(min_length=1)]


class WindowRow(_Row):
    threat: str
    unit: str
    opens_s: Moment
    closes_s: Moment
    flight_open_s: Duration
    flight_close_s: Duration
    p_kill: Probability
    track: str | None = None
    p_acquire: Probability = 1.0
    susceptible: Susceptible = 1.0
    salvo: Salvo | None = None
    rank: float | None = None
    hold: Count = 0


class RaidFile(_Row):
    format: Literal[FORMAT]  # type: ignore[valid-type]
    threats: list[ThreatRow] = Field(default_factory=list)
    units: list[UnitRow] = Field(default_factory=list)
    looks: list[LookRow] = Field(default_factory=list)
    tracks: list[TrackRow] = Field(default_factory=list)
    windows: list[WindowRow] = Field(default_factory=list)
    concurrency: dict[Name, Any] = Field(default_factory=dict)  # see `skypact.raid.check`
    concurrency_late: dict[Name, Any] = Field(default_factory=dict)
    info: Described = Field(default_factory=dict)
