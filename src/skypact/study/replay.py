"""One replication as events: what was found when, who shot at what, and how every threat ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

from skypact.engine import FAILED, KILLED, REASONS, Trace, prepare, trace
from skypact.raid import Raid

MICROSECONDS = 10**6
NEVER = 2**60
FATES = {FAILED: "failed", KILLED: "killed"}
KINDS = ("found", "track", "launch", "kill", "miss", "failure", "impact")

Kind = Literal["found", "track", "launch", "kill", "miss", "failure", "impact"]


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment.

    Attributes
    ----------
    at_s
        Seconds after the raid's zero time, the drawn offset of the threat included.
    kind
        ``found`` (a look gives a track), ``track`` (a group's track begins), ``launch``, ``kill``, ``miss`` (at the
        intercept), ``failure`` (the threat fails by itself), ``impact``.
    threat
        The threat's id.
    unit, rounds
        Who shoots, and how many rounds.
    look, track
        The look that finds; the track that begins.
    reason
        Of an impact: why the threat got through (the reasons of ``leakers_because``).
    """

    at_s: float
    kind: Kind
    threat: str
    unit: str | None = None
    rounds: int | None = None
    look: str | None = None
    track: str | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: what an event has not is left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Replay:
    """One replication.

    Attributes
    ----------
    seed, replication
        With these it can be played again.
    events
        In the order of time; at one moment as listed in `KINDS`.
    fates
        By threat: ``killed``, ``failed`` or ``leaked``.
    unavailable
        Units that took no part.
    offsets_s
        By threat: by how much chance shifts its whole history.
    """

    seed: int
    replication: int
    events: tuple[Event, ...]
    fates: dict[str, str]
    unavailable: tuple[str, ...]
    offsets_s: dict[str, float]

    @property
    def leakers(self) -> int:
        """How many threats arrived."""
        return sum(fate == "leaked" for fate in self.fates.values())


def replay(raid: Raid, replication: int, seed: int) -> Replay:
    """Play one replication of a raid and tell it as events: the very replication that a study counts."""
    played = trace(prepare(raid), replication, seed)
    names = [threat.id for threat in raid.threats]
    return Replay(
        seed,
        replication,
        tuple(sorted(_events(raid, played), key=lambda event: (event.at_s, KINDS.index(event.kind)))),
        {name: FATES.get(int(fate), "leaked") for name, fate in zip(names, played.fate, strict=True)},
        tuple(unit.id for unit, takes in zip(raid.units, played.before.available, strict=True) if not takes),
        dict(zip(names, (played.before.offset_us / MICROSECONDS).tolist(), strict=True)),
    )


def _events(raid: Raid, played: Trace) -> Iterator[Event]:
    ends = {threat.id: int(end) for threat, end in zip(raid.threats, played.end_us, strict=True)}
    for look, at in zip(raid.looks, played.before.look_us.tolist(), strict=True):
        if at < NEVER and at <= ends[look.threat]:
            yield Event(at / MICROSECONDS, "found", look.threat, look=look.id)
    for track, at in zip(raid.tracks, played.before.track_us.tolist(), strict=True):
        if at < NEVER and at <= ends[track.threat]:
            yield Event(at / MICROSECONDS, "track", track.threat, track=track.id)
    for shot in played.engagements:
        threat, unit = raid.threats[shot.threat].id, raid.units[shot.unit].id
        yield Event(shot.launch_us / MICROSECONDS, "launch", threat, unit=unit, rounds=shot.rounds)
        result: Kind = "kill" if shot.killed else "miss"
        yield Event(shot.intercept_us / MICROSECONDS, result, threat, unit=unit, rounds=shot.rounds)
    for threat_, fate, why in zip(raid.threats, played.fate, played.reason, strict=True):
        end = ends[threat_.id]
        if fate == FAILED and end > -NEVER:
            yield Event(end / MICROSECONDS, "failure", threat_.id)
        elif fate not in FATES:
            yield Event(end / MICROSECONDS, "impact", threat_.id, reason=REASONS[why])
