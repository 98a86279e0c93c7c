"""The measures of an incident: how long the fire lasts, what it does, and which step ends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skypact.engine import Outcomes
from skypact.raid import Raid
from skypact.study.measures.aftermath import aftermath
from skypact.study.measures.base import Column, Key, MeasureSet, Shown
from skypact.study.setup import CompiledIncident, CompiledPolicy, Study


@dataclass(frozen=True)
class IncidentMeasures(MeasureSet):
    """Minutes of fire, rounds, harm, guns destroyed, crossings of the line, cost, and the step that ended it."""

    raid: Raid
    incident: CompiledIncident

    shown = {
        "minutes_of_fire": Shown("Fire", "minutes", spread="values"),
        "rounds_fired": Shown("Rounds of the fire", "rounds", spread="values"),
        "harm": Shown("Harm, both sides", "persons", spread="values"),
        "harm_by_side": Shown("Harm", "persons", spread="values"),
        "guns_destroyed": Shown("Guns destroyed", "guns", spread="values"),
        "line_crossed": Shown("Line crossed", "share", spread="values"),
        "steps_cost_usd": Shown("Cost of the steps", "USD", spread="values"),
        "ended_by": Shown("Ended by", "share", spread="whole", paired=False),
    }
    headline = ("minutes_of_fire",)
    needs_times = True

    @classmethod
    def of(cls, study: Study, compiled: CompiledPolicy) -> IncidentMeasures | None:
        """The measures of a compiled policy; None where there is no incident."""
        return None if compiled.incident is None else cls(compiled.raid, compiled.incident)

    def facts(self) -> Mapping[Key, object]:
        """How much of the circle in which the gun may lie each unit of a step may and can reach."""
        return {
            ("reach", unit): {"share": off.share, "short_km": off.short_km, "reach_km": off.reach_km}
            for unit, off in self.incident.standoffs.items()
        }

    def measure(self, outcomes: Outcomes) -> Iterator[Column]:
        """Follow the fire of each replication to what it did."""
        settled = self.incident.settled
        found = aftermath(self.raid, settled, dict(self.incident.standoffs), outcomes)
        yield ("minutes_of_fire",), found.minutes
        yield ("rounds_fired",), found.rounds
        yield ("harm",), found.harm
        yield ("harm_by_side", settled.under), found.harm_under
        yield ("harm_by_side", settled.by), found.harm_by
        yield ("guns_destroyed",), found.hit
        yield ("line_crossed",), found.crossed
        yield ("steps_cost_usd",), found.spent_usd
        for number, step in enumerate(settled.steps):
            yield ("ended_by", step.id), found.ended_by == number
        yield ("ended_by", "none"), found.ended_by < 0
