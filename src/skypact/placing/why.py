"""Why a unit does next to nothing where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skypact.formatting import fixed
from skypact.placing.question import Asked, Stand, with_units
from skypact.study.idle import SELDOM, Tried, why_nothing
from skypact.study.play import RunSettings
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.verdict import Judge


@dataclass(frozen=True)
class Nothing:
    """Why a unit at a place fires next to nothing in a raid: one of `skypact.study.idle.WHY`, ``no_rounds`` or ``too_late``."""

    why: str
    says: str

    def to_dict(self) -> dict[str, str]:
        """As JSON has it."""
        return {"why": self.why, "says": self.says}


WHY = {"no_rounds": "No rounds", "too_late": "Not there in time"}
"""The reasons that only a unit that is given can have, in words."""


def seldom(rounds: float) -> bool:
    """Whether so many rounds in a replication are next to nothing."""
    return rounds < SELDOM


def why_idle(
    study: Study, asked: Asked, stands: Sequence[Stand], settings: RunSettings
) -> dict[Stand, Nothing]:
    """Of stands at which next to nothing is fired in a raid the reason, with central numbers."""
    made, names = with_units(study, asked.units, stands)
    judge, found = Judge(made), {}
    for stand, name in zip(stands, names, strict=True):
        found[stand] = _why(made.compile(name), asked, judge, settings)
    return found


def _why(compiled: CompiledPolicy, asked: Asked, judge: Judge, settings: RunSettings) -> Nothing:
    situation = compiled.situation
    own = [number for number, unit in enumerate(situation.units) if unit.entry in asked.entries]
    units = [situation.units[number] for number in own]
    if not units:
        return Nothing("no_rounds", "No unit is left when its number is rounded.")
    if not any(unit.ready or unit.reserve for unit in units):
        radar = " Its radar alone reports what it sees." if any(unit.site for unit in units) else ""
        return Nothing("no_rounds", f"It has no rounds.{radar}")
    last = max((threat.impact_s for threat in compiled.raid.threats), default=0.0)
    there = min((start for unit in units for start, _ in unit.on_station_s), default=float("inf"))
    if there >= last:
        when = (
            f"stands there {fixed(there / 60, 0)} minutes after the raid begins"
            if there < float("inf")
            else "never stands there"
        )
        return Nothing("too_late", f"It {when}; the last threat arrives after {fixed(last / 60, 0)}.")
    why, says, _ = why_nothing(judge, Tried(compiled, settings.seed, 0), own)
    return Nothing(why, says)
